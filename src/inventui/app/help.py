"""What a screen is for and what can be done on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.room import GROUPS
from inventui.rules.numbers import MODULES
from inventui.widgets.entries import sign
from inventui.widgets.frame.actions import EVERYWHERE, HELP_KEY, Action, HasActions
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.toasts import FOLLOW_KEY
from inventui.widgets.frame.workers import Working
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.screen import Screen

    from inventui.widgets.session import Session


def everywhere(session: Session) -> list[tuple[str, str]]:
    """The keys that all screens have, as they are now."""
    text = session.own.key_text
    groups = [text(f"group-{group.slug}", group.key) for group in GROUPS]
    keys = {entry.slug: sign(entry.keys[-1]) for entry in session.rooms if entry.keys}
    rooms = [keys[slug] for slug in ("notifications", "settings", "people", "bazaar", "wallet")]
    up, down, left, right = (
        text(way, key) for way, key in zip(("up", "down", "left", "right"), "kjhl", strict=True)
    )
    leader = text("leader", "g")
    return [
        (f"{groups[0]} … {groups[-1]}", "The groups of rooms; once more: its next room"),
        (f"{text('tab-previous', '<')} {text('tab-next', '>')}", "The rooms of the group"),
        (f"{leader} + letter", "Any room; the letters are shown after a moment"),
        (" ".join(rooms), "Notices, settings, people, bazaar, wallet"),
        (f"↑↓←→ {left}{down}{up}{right}", "Move"),
        (f"home {leader}{leader}", "The first of a list"),
        (f"end {text('last', 'G')}", "The last"),
        ("pgup ^b", "A page up"),
        ("pgdn ^f", "A page down"),
        ("space", "Mark"),
        ("shift+↑↓", "Mark and move"),
        (f"{text('mark-up', 'K')} {text('mark-down', 'J')}", "The same, up and down"),
        ("tab", "Next pane"),
        ("enter", "Act"),
        ("escape", "Back"),
        (text("follow", FOLLOW_KEY), "Go where the last message leads"),
        (text("undo", "u"), "Undo a sale, a listing, a gift or a discard, for a minute"),
        (text("help", HELP_KEY), "Explain this screen"),
        (text("palette", "ctrl+p"), "Find any command by its name"),
        (text("draw-anew", "ctrl+l"), "Draw the screen anew"),
        (text("to-shell", "ctrl+z"), "To the shell; fg comes back"),
        ("^q", "Quit"),
    ]


class HelpScreen(Working, ModalScreen[None]):
    """Made from the screen's own words and actions, so that it can't be wrong about them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close"),
        Binding(HELP_KEY, "dismiss", "Close", show=False, id=f"{EVERYWHERE}.help"),
    ]

    CSS_PATH = "help.tcss"

    def __init__(self, about: Screen[object]) -> None:
        self.about = about
        self.heading: str = getattr(about, "TITLE_TEXT", "") or "Help"
        self.words: str = getattr(about, "HELP", "").format(**MODULES)
        self.actions: list[Action[Any]] = about.given if isinstance(about, HasActions) else []
        super().__init__()

    def compose(self) -> ComposeResult:
        """Words, then keys."""
        with Vertical(id="window") as window:
            window.border_title = Content(self.heading)
            with VerticalScroll():
                if self.words:
                    yield Static(Content(said_with_own_keys(self.about, self.words)), id="words")
                yield Static(self._keys(), id="keys")
        yield KeyBar()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def _keys(self) -> Content:
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for action in self._here():
            key = ", ".join(map(self._display, self._keys_of(action)))
            groups.setdefault(action.group or "Here", []).append((key, action.title, action.help))
        widest = max((len(key) for lines in groups.values() for key, *_ in lines), default=0)
        general = everywhere(session_of(self))
        width = max(widest, *(len(key) for key, _ in general)) + 2
        parts = []
        for heading, lines in groups.items():
            parts.append(Content.styled(heading, "bold"))
            parts.extend(self._line(key, f"{title}: {help}", width) for key, title, help in lines)
            parts.append(Content(""))
        parts.append(Content.styled("Everywhere", "bold"))
        parts.extend(self._line(key, does, width) for key, does in general)
        return Content("\n").join(parts)

    def _here(self) -> list[Action[Any]]:
        """The actions, but of several on one key only what that does now, if it does anything."""
        keys = {action.id: tuple(self._keys_of(action)) for action in self.actions}
        count = Counter(keys.values())
        now = {keys[action.id] for action in self.actions if action.here(self.about)}
        return [
            action
            for action in self.actions
            if count[keys[action.id]] == 1 or keys[action.id] not in now or action.here(self.about)
        ]

    def _keys_of(self, action: Action[Any]) -> list[str]:
        return self.about.keys_of(action) if isinstance(self.about, HasActions) else action.keys

    def _display(self, key: str) -> str:
        return self.app.get_key_display(Binding(key, ""))

    @staticmethod
    def _line(key: str, does: str, width: int) -> Content:
        return Content.assemble((f" {key:<{width}}", "bold $primary"), does)
