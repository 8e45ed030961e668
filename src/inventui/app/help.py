"""What a screen is for and what can be done on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.widgets.frame.actions import Action, HasActions
from inventui.widgets.frame.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.screen import Screen

EVERYWHERE = (
    ("1 … 7", "The groups of rooms; once more: its next room"),
    ("< >", "The rooms of the group"),
    ("g + letter", "Any room; the letters are shown after a moment"),
    ("gg G", "First, last of a list"),
    ("n , 8 9 0", "Notices, settings, people, bazaar, wallet"),
    ("↑↓←→ hjkl", "Move"),
    ("home end", "First, last"),
    ("tab", "Next pane"),
    ("enter", "Act"),
    ("escape", "Back"),
    ("^p", "Find any command by its name"),
    ("^l", "Draw the screen anew"),
    ("^z", "To the shell; fg comes back"),
    ("^q", "Quit"),
)


class HelpScreen(ModalScreen[None]):
    """Made from the screen's own words and actions, so that it can't be wrong about them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss", "Close"),
    ]

    CSS_PATH = "help.tcss"

    def __init__(self, about: Screen[object]) -> None:
        self.about = about
        self.heading: str = getattr(about, "TITLE_TEXT", "") or "Help"
        self.words: str = getattr(about, "HELP", "")
        self.actions: list[Action[Any]] = about.given if isinstance(about, HasActions) else []
        super().__init__()

    def compose(self) -> ComposeResult:
        """Words, then keys."""
        with Vertical(id="window") as window:
            window.border_title = Content(self.heading)
            with VerticalScroll():
                if self.words:
                    yield Static(Content(self.words), id="words")
                yield Static(self._keys(), id="keys")
        yield KeyBar()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def _keys(self) -> Content:
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for action in self._here():
            key = ", ".join(map(self._display, action.keys))
            groups.setdefault(action.group or "Here", []).append((key, action.title, action.help))
        widest = max((len(key) for lines in groups.values() for key, *_ in lines), default=0)
        width = max(widest, *(len(key) for key, _ in EVERYWHERE)) + 2
        parts = []
        for heading, lines in groups.items():
            parts.append(Content.styled(heading, "bold"))
            parts.extend(self._line(key, f"{title}: {help}", width) for key, title, help in lines)
            parts.append(Content(""))
        parts.append(Content.styled("Everywhere", "bold"))
        parts.extend(self._line(key, does, width) for key, does in EVERYWHERE)
        return Content("\n").join(parts)

    def _here(self) -> list[Action[Any]]:
        """The actions, but of several on one key only what that does now, if it does anything."""
        keys = Counter(action.key for action in self.actions)
        now = {action.key for action in self.actions if action.here(self.about)}
        return [
            action
            for action in self.actions
            if keys[action.key] == 1 or action.key not in now or action.here(self.about)
        ]

    def _display(self, key: str) -> str:
        return self.app.get_key_display(Binding(key, ""))

    @staticmethod
    def _line(key: str, does: str, width: int) -> Content:
        return Content.assemble((f" {key:<{width}}", "bold $primary"), does)
