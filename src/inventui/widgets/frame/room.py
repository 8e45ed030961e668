"""A room: the screen that every feature of the game lives in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input

from inventui.widgets.frame.actions import EVERYWHERE, HELP_BINDING, HasActions
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.room_bar import RoomBar
from inventui.widgets.frame.status_bar import StatusBar
from inventui.widgets.frame.undo import UNDO_KEY
from inventui.widgets.line_cache import KeptLines
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.session import EVERYTHING, Changes

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle

LEADER = Binding("g", "app.leader", "Go to", show=False, id=f"{EVERYWHERE}.leader")
"""The key that a letter follows, which leads to a room."""

LEAST = Size(60, 20)
"""The smallest terminal that every room fits."""


WIDTHS = [(0, "-narrow"), (100, "-normal"), (120, "-wide")]
HEIGHTS = [(0, "-low"), (30, "-tall")]
"""From so many columns or lines on, screens have this class."""


def size_classes(size: Size) -> list[str]:
    """The classes of a screen of this size."""
    return [
        max((least, name) for least, name in steps if cells >= least)[1]
        for cells, steps in ((size.width, WIDTHS), (size.height, HEIGHTS))
    ]


def too_small(size: Size) -> bool:
    """Whether the rooms don't fit a terminal of this size."""
    return size.width < LEAST.width or size.height < LEAST.height


class Room(HasActions, Screen[None]):
    """Status bar, room bar, the room itself, and the keys that work here.

    A room writes `compose_room` and `refresh_room`, lists its actions in `ACTIONS`, and has
    its style in a `.tcss` file beside it. What is more than one screenful of code it has in
    parts: objects that know the room, or what they need of it. Screens have the classes
    `-narrow`, `-normal` (from 100 columns), `-wide` (from 120), and `-low`, `-tall` (from 30
    lines).
    """

    ROOM: ClassVar[str] = ""
    """The slug of the registry."""

    TITLE_TEXT: ClassVar[str] = ""
    """The room's name for a person."""

    FIRST_PART: ClassVar[str] = ""
    """The part to show for who comes by the room's own name; empty if it stays as it was left."""

    player_id: int | None = None
    """Whose world is shown; None before anything is."""

    SHOWS: ClassVar[Changes] = EVERYTHING
    """What the room asks the world for: if nothing of it has changed, it does not ask again."""

    HELP: ClassVar[str] = ""
    """A paragraph for `?`."""

    AUTO_FOCUS = "#room *"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "press('down')", show=False, id=f"{EVERYWHERE}.down"),
        Binding("k", "press('up')", show=False, id=f"{EVERYWHERE}.up"),
        # A room that has h or l for something else would lose what the player put in their place.
        Binding("h,own_left", "press('left')", show=False, id=f"{EVERYWHERE}.left"),
        Binding("l,own_right", "press('right')", show=False, id=f"{EVERYWHERE}.right"),
        LEADER,
        Binding("G", "press('end')", show=False, id=f"{EVERYWHERE}.last"),
        Binding("escape", "back", "Back", show=False),
        Binding(UNDO_KEY, "undo", "Undo", id=f"{EVERYWHERE}.undo"),
        HELP_BINDING,
    ]

    DEFAULT_CSS = """
    Room { layout: vertical; overflow: hidden; layers: default above; }
    Room > #room { height: 1fr; width: 1fr; }
    """

    def __init_subclass__(cls, **options: bool) -> None:
        cls.SECTION = cls.ROOM
        super().__init_subclass__(**options)

    def compose(self) -> ComposeResult:
        """The frame, with the room inside."""
        # Known before anything is mounted, so that nothing has to be styled twice.
        self.add_class(*size_classes(self.app.size))
        yield StatusBar()
        yield RoomBar(self.ROOM)
        with Vertical(id="room"):
            yield from self.compose_room()
        yield KeyBar()

    def compose_room(self) -> ComposeResult:
        """The room's widgets; nothing is known of the world yet."""
        yield from ()

    @property
    def player(self) -> PlayerHandle:
        """Who plays; only while the room is shown."""
        player = self.session.player
        assert player is not None
        return player

    def forget(self) -> None:
        """Show another player nothing of the one before; called before the room looks.

        Nothing is looked for any more; what a room keeps besides, it forgets itself.
        """
        for field in self.query(Input):
            field.value = ""
            field.remove_class("-open")

    def refresh_room(self) -> None:
        """Look again at the world: the room is shown, or something was changed.

        Called only while the session has a player. Ask in a thread (`self.ask`), keep
        cursor and marks.
        """

    def show_state(self, changes: Changes = EVERYTHING) -> None:
        """Draw the bars anew, and the room if it shows any of what has changed."""
        player = self.session.player
        if not self.is_mounted or player is None:
            return
        self._show_bars()
        if changes & self.SHOWS:
            before, self.player_id = self.player_id, player.id
            if before not in (None, player.id):
                self.forget()
            self.refresh_room()

    def _show_bars(self) -> None:
        for bar in self.query("StatusBar, RoomBar"):
            bar.refresh()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Shown again: what is seen must be true."""
        if self.player_id is None:
            # All in it was styled as it was mounted, after the room's own file of styles was read.
            event.refresh_styles = False
            self.app.stylesheet.apply(self)
        self._show_bars()
        self.call_after_refresh(self.show_state)
        if self.session.part is not None:
            self.call_after_refresh(self.show_part)

    def let_go(self) -> None:
        """Keep nothing of what was drawn, half of what a room takes: another is shown."""
        for node in (self, *self.query("*")):
            for drawn in (
                node,
                *filter(None, (node._vertical_scrollbar, node._horizontal_scrollbar)),
            ):
                drawn._set_dirty()
                drawn._render_cache.lines.clear()
            if isinstance(node, KeptLines | RowList):
                node.let_go()

    def show_part(self) -> None:
        """Show the part of the room that it was entered for, if any."""
        if not self.is_current:
            return
        part, self.session.part = self.session.part, None
        if part is not None and (part or self.FIRST_PART):
            self.enter_part(part or self.FIRST_PART)

    def enter_part(self, slug: str) -> None:
        """Show a part of the room that its entry names."""

    def action_back(self) -> None:
        """Escape leads home."""
        self.enter_room("home")

    def now(self) -> int:
        """The session's time, in milliseconds."""
        return self.session.now()

    def action_press(self, key: str) -> None:
        """Let one key stand for another, e.g. j for the arrow down."""
        self.app.simulate_key(key)
