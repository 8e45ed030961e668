"""Settings: the theme, motion, who plays, and where data lies.

A theme is tried while the cursor is on it and kept with enter. Theme, motion and who played last
are kept in a file of the player's own; neighbours and passphrases belong to the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui import config
from inventui.screens import own_themes
from inventui.screens.settings.choices import choice_lines, go_on
from inventui.screens.settings.names import ask_name
from inventui.screens.settings.passphrases import NewPassphraseDialog
from inventui.screens.settings.state import Known, look_at
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.session import PlayAs, SettingsChanged
from inventui.widgets.session_kind import YOUR_FILES, SessionKind
from inventui.widgets.theme import DIM, THEMES

if TYPE_CHECKING:
    from textual.app import ComposeResult


ADD = "+"
"""No player's name: the line that adds one. Names are behind `=`."""


RENAME, PASSPHRASE = "rename", "passphrase"

LINES = {
    ADD: "settings-player", RENAME: "settings-rename", PASSPHRASE: "settings-passphrase",
    "commons": "settings-commons",
    "motion": "settings-motion", "rows": "settings-rows", "toast_seconds": "settings-toasts",
    "questions": "settings-questions", "keys": "settings-keys", "neighbours": "settings-neighbours",
}  # fmt: skip
"""The actions of the lines that are neither a theme nor a player."""


class SettingsRoom(Room):
    """Everything here is kept as soon as it is chosen."""

    ROOM = "settings"
    TITLE_TEXT = "Settings"
    ACTIONS: ClassVar[tuple[Action[SettingsRoom], ...]] = (
        Action("settings-motion", "m", "Motion", "Reduced motion on or off",
               lambda room: room.switch_motion()),
        Action("settings-commons", "c", "Commons", "Sell commons at once, or not",
               lambda room: room.switch_commons(), footer=False),
        Action("settings-rows", "d", "Rows", "Rows of lists close together or wide apart",
               lambda room: room.next_choice("rows"), footer=False),
        Action("settings-toasts", "t", "Toasts", "How long toasts are seen",
               lambda room: room.next_choice("toast_seconds"), footer=False),
        Action("settings-questions", "q", "Questions", "Which questions are asked first",
               lambda room: room.next_choice("questions"), footer=False),
        Action("settings-keys", "y", "Keys", "Choose the keys of every action",
               lambda room: room.choose_keys(), footer=False),
        Action("settings-player", "p", "Add player", "Let someone new play in this world",
               lambda room: room.add_player(), owner=True),
        Action("settings-rename", "r", "Rename", "Take another name",
               ask_name),
        Action("settings-passphrase", "w", "Passphrase", "Set, change or clear your passphrase",
               lambda room: room.ask_passphrase()),
        Action("settings-neighbours", "b", "Neighbours", "Let neighbours be part of this world",
               lambda room: room.switch_neighbours(), owner=True),
    )  # fmt: skip
    HELP = (
        "Moving through the themes shows each at once; enter keeps it, leaving the list goes "
        "back to the one in use. Reduced motion shows every result at once, without a reel. "
        "Where commons are sold at once, those of a case go as soon as you have seen them, "
        "except the first piece of its kind that a collection lacks. "
        "Questions come before much of the purse is spent or something dear is sold: always, as "
        "usual, or only about what is rare. Keys lists every action, for keys of your own; a "
        "file in the folder themes beside the settings is a theme of your own. "
        "Several players may share one world: choose who plays, or add someone. A passphrase is "
        "asked before somebody is played. Neighbours befriend, give and rob; without them a "
        "world is quiet. What concerns the world is kept in it, the rest in a file of its own."
    )
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#themes"

    def __init__(self) -> None:
        super().__init__()
        self._known: Known | None = None

    @property
    def _owns(self) -> bool:
        """Whether the machine and its players are the business of who plays."""
        return self.session.kind is SessionKind.OWNER

    def compose_room(self) -> ComposeResult:
        """Themes on the left, the rest beside them."""
        with Horizontal():
            with Vertical(id="theme", classes="pane") as theme:
                theme.border_title = "Theme"
                yield Menu(id="themes")
            with Vertical(id="rest"):
                with Vertical(id="motion", classes="pane") as motion:
                    motion.border_title = "How it plays"
                    yield Menu(id="motions")
                with Vertical(id="who", classes="pane") as who:
                    who.border_title = "Players"
                    yield Menu(id="players")
                with Vertical(id="where", classes="pane") as where:
                    where.border_title = "Where things lie"
                    paths = Static(id="paths")
                    # Where the terminal is low they come into sight with the focus.
                    paths.can_focus = True
                    yield paths

    def on_mount(self) -> None:
        """The settings are known before any world is."""
        self._show_themes(anew=True)
        self._show_motion()

    def on_screen_resume(self, _: events.ScreenResume) -> None:
        """Files of themes may have been written meanwhile."""
        if self.session.own.themes or config.themes_dir().is_dir():
            faults = own_themes.register(self.app, self.session)
            if faults:
                toast(self, config.faults_words(faults), ToastKind.ERROR)
            self._show_themes(anew=True)

    def refresh_room(self) -> None:
        """Ask who plays in this world, and how it is set."""
        world, player = self.session.world, self.session.player
        if world is not None and player is not None:
            self.ask(lambda: look_at(world, player), self._seen)

    def _seen(self, known: Known) -> None:
        self._known = known
        current = self.session.player
        items = (
            []
            if not self._owns
            else [
                MenuItem(
                    f"={card.name}",
                    card.name,
                    ("plays · " if current and card.id == current.id else "")
                    + f"🍊 {card.oranges:,}",
                )
                for card in known.players
            ]
        )
        if current is not None:
            items.append(MenuItem(RENAME, f"Rename {current.name} …"))
            asked = "asked" if known.asked else "none"
            items.append(MenuItem(PASSPHRASE, "Passphrase …", asked))
        if self._owns:
            items.append(MenuItem(ADD, "Add someone …"))
        self.query_one("#players", Menu).offer(items)
        self._show_motion()
        self._show_paths()

    def _show_themes(self, *, anew: bool = False) -> None:
        own = self.session.own.themes
        first = [*(theme.name for theme in THEMES), *sorted(own)]
        names = first + sorted(set(self.app.available_themes) - set(first))
        notes = dict.fromkeys(own, "yours") | {self.session.settings.theme: "in use"}
        at = names.index(self.session.settings.theme) if anew else None
        self.query_one("#themes", Menu).offer(
            [MenuItem(name, name, notes.get(name, "")) for name in names], at=at
        )

    def _show_motion(self) -> None:
        session = self.session
        state = "on" if session.settings.reduced_motion else "off"
        if not session.animations:
            state += " · terminal: on"
        own = len(session.own.keys)
        commons = "at once" if session.settings.sell_commons else "by hand"
        items = [
            MenuItem("motion", "Reduced motion", state),
            MenuItem("commons", "Sell commons", commons),
            *choice_lines(session.settings),
            MenuItem("keys", "Keys …", f"{own:,} of your own" if own else "as usual"),
        ]
        if self._known is not None and self._owns:
            here = "here" if self._known.neighbours else "away"
            items.append(MenuItem("neighbours", "Neighbours", here))
        self.query_one("#motions", Menu).offer(items)

    def _show_paths(self) -> None:
        world = self.session.world
        place = "thrown away at the end" if self.session.demo else str(world and world.path)
        rows = [
            ("World", place),
            ("Settings", str(config.settings_file())),
            ("Documents", str(config.documents_dir())),
        ]
        if not self._owns:
            rows = [
                ("World", "on another machine, where you are a guest"),
                ("Settings", "kept there for you"),
                ("Documents", f"your files there: {YOUR_FILES}"),
            ]
        lines = [Content.assemble((label, DIM), " ", value) for label, value in rows]
        self.query_one("#paths", Static).update(Content("\n").join(lines))

    # Choosing

    def on_menu_moved(self, event: Menu.Moved) -> None:
        """Try a theme on."""
        if event.control.id == "themes" and event.control.has_focus:
            self._try(event.row.id)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving the themes without enter: as it was."""
        if event.widget.id == "themes":
            self._try(self.session.settings.theme)

    def on_screen_suspend(self) -> None:
        """Leaving the room is leaving the themes."""
        self._try(self.session.settings.theme)

    def _try(self, theme: str) -> None:
        self.session.previewing = theme != self.session.settings.theme
        self.app.theme = theme

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Keep what was chosen."""
        if event.control.id == "themes":
            self.session.previewing = False
            self.session.settings.theme = event.row.id
            self.app.theme = event.row.id
            self.post_message(SettingsChanged())
            self._show_themes()
            for words in self.session.own.themes.get(event.row.id, ())[:1]:
                toast(self, words, ToastKind.ERROR, title="Hard to read")
        elif event.row.id in LINES:
            self.action_do(LINES[event.row.id])
        elif self.session.player is None or event.row.title != self.session.player.name:
            self.post_message(PlayAs(event.row.title))

    def switch_motion(self) -> None:
        """Reduced motion on or off."""
        settings = self.session.settings
        settings.reduced_motion = not settings.reduced_motion
        self.post_message(SettingsChanged())
        self._show_motion()

    def next_choice(self, name: str) -> None:
        """Go on to what else a setting can be; it holds at once."""
        go_on(self.session.settings, name)
        self.post_message(SettingsChanged())
        self._show_motion()

    def choose_keys(self) -> None:
        """Show all keys, to choose others."""
        from inventui.screens.settings.keys import KeysDialog

        self.app.push_screen(KeysDialog(), lambda _: self._show_motion())

    def switch_commons(self) -> None:
        """Sell commons as soon as they were seen, or leave them to the player."""
        settings = self.session.settings
        settings.sell_commons = not settings.sell_commons
        self.post_message(SettingsChanged())
        self._show_motion()

    def switch_neighbours(self) -> None:
        """Invite neighbours, or send them away."""
        world, known = self.session.world, self._known
        if world is not None and known is not None:
            self.act(lambda: world.invite_neighbours(not known.neighbours))

    def ask_passphrase(self) -> None:
        """Set, change or clear the passphrase."""
        world, player, known = self.session.world, self.session.player, self._known
        if world is None or player is None or known is None:
            return

        def kept(_: object, new: str) -> None:
            words = "Your passphrase is asked from now on." if new else "No passphrase is asked."
            toast(self, words, ToastKind.SUCCESS)

        def answered(new: str | None) -> None:
            if new is not None:
                number = player.id
                self.act(
                    lambda: world.passphrases.change(number, new), lambda done: kept(done, new)
                )

        self.app.push_screen(
            NewPassphraseDialog(player.name, asked=known.asked, clearable=self._owns), answered
        )

    def add_player(self) -> None:
        """Make a player and go on as them."""
        self.post_message(PlayAs())
