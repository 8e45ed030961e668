"""The keys of every action, room by room: one is chosen by pressing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui import config
from inventui.screens import keymap, keys_file
from inventui.widgets.frame.dialogs import ConfirmDialog, Dialog
from inventui.widgets.frame.search_dialog import SearchDialog
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.session import SettingsChanged, session_of
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

    from inventui.screens.keymap import Own, Remappable

ALL = "all"
"""The line that takes everything back; an action has a dot in its id."""

USUAL = "backspace"
"""Gives an action its usual keys again."""


class NewKeyDialog(Dialog[tuple[str, ...]], inherit_bindings=False):
    """Answers with the key that is pressed, with none for the usual ones, or with None.

    Args:
        action: what gets the key.
        own: the keys that were chosen until now.
        others: all actions.
    """

    AUTO_FOCUS = ""
    TAKES_ALL_KEYS = True

    def __init__(self, action: Remappable, own: Own, others: list[Remappable]) -> None:
        self._action, self._own, self._others = action, own, others
        super().__init__(action.words())

    def compose_dialog(self) -> ComposeResult:
        """What it is now, and what to press."""
        now, usual = self._action.keys(self._own), self._action.usual
        yield Static(
            Content.assemble(
                f"Press the new key. It is {keymap.shown(now)} now.\n",
                (f"⌫ as usual: {keymap.shown(usual)} · esc leaves it", DIM),
            ),
            classes="text",
        )
        yield Static(id="fault", classes="fault")

    def on_key(self, event: Key) -> None:
        """Take it, or say what stands against it."""
        event.stop()
        event.prevent_default()
        key = event.key
        if key == "escape":
            self.dismiss(None)
        elif key == USUAL:
            own = {id: keys for id, keys in self._own.items() if id != self._action.id}
            found = (
                keymap.taken(self._action, usual, own, self._others) for usual in self._action.usual
            )
            self._answer((), next(filter(None, found), ""))
        elif not keymap.is_key(key):
            self._answer((), "That key has no name that could be kept.")
        else:
            self._answer((key,), keymap.taken(self._action, key, self._own, self._others))

    def _answer(self, keys: tuple[str, ...], why: str) -> None:
        if why:
            self.query_one("#fault", Static).update(Content(why))
        else:
            self.dismiss(keys)


class KeysDialog(SearchDialog[None]):
    """All actions with their keys; what is chosen holds at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Another key", priority=True),
    ]

    DEFAULT_CSS = """
    KeysDialog #window { width: 72; }
    KeysDialog Menu { height: 1fr; margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__("Keys", Menu(id="keys"))
        self._actions: list[Remappable] = []
        self._faults: list[str] = []

    def on_mount(self) -> None:
        """Read the file again, for it may have been written by hand, and all actions."""
        self.ask(lambda: (keymap.all_actions(), *keys_file.load()), self._read, group="keys")

    def _read(self, found: tuple[list[Remappable], Own, list[str]]) -> None:
        self._actions, own, self._faults = found
        self._heed(own)
        self.look()

    def look(self) -> None:
        """Show the actions in which a word begins with each word of the search."""
        own, words = session_of(self).own.keys, self.search.lower().split()
        rows = [MenuItem(ALL, "All keys as usual")] if own or self._faults else []
        for action in self._actions:
            keys = keymap.shown(action.keys(own))
            text = f" {action.place} {action.title} {keys}".lower()
            if all(f" {word}" in text for word in words):
                note = f"{keys} (yours)" if action.id in own else keys
                rows.append(MenuItem(action.id, f"{action.place} · {action.title}", note))
        self.listed.offer(rows)
        self.say(config.faults_words(self._faults) or ("" if rows else "No action is called that."))

    def action_choose(self) -> None:
        """Ask for another key of what is under the cursor."""
        row = self.listed.row
        if row is None:
            return
        if row.id == ALL:
            self._ask_all()
        elif self._faults:
            self.say(f"{self._faults[0]} Mend it first, or take all keys as usual.")
        else:
            action = next(action for action in self._actions if action.id == row.id)
            own = dict(session_of(self).own.keys)

            def answered(keys: tuple[str, ...] | None) -> None:
                if keys is None:
                    return
                own.pop(action.id, None)
                if keys and keys != action.usual:
                    own[action.id] = keys
                self._keep(own)

            self.app.push_screen(NewKeyDialog(action, own, self._actions), answered)

    def _ask_all(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._faults = []
                self._keep({})

        text = f"What is written in {config.keys_file()} is gone then."
        self.app.push_screen(ConfirmDialog("All keys as usual?", text, yes="As usual"), answered)

    def _keep(self, own: Own) -> None:
        fault = keys_file.save(own)
        self._heed(own)
        self.look()
        if fault:
            self.say(fault)

    def _heed(self, own: Own) -> None:
        if own != session_of(self).own.keys:
            session_of(self).own.keys = own
            self.post_message(SettingsChanged())
