"""The lab: this world's economy as its ledger tells it, and economies that are played.

Looking reads the ledger and writes nothing. What is played is played by a program of its own, in
memory, with the world's pack; it ends with the game, or when it is stopped.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.lab.curves import (
    LabView,
    loop_view,
    property_view,
    report_views,
    run_views,
)
from inventui.screens.lab.playing import PROPERTIES, EconomyProgram, EconomyWanted
from inventui.widgets.canvas.curve_plot import curve_plot
from inventui.widgets.frame.actions import Action, KeyRefusal
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from inventui.content.layers import Layer
    from inventui.engine.world import World
    from inventui.lab.loops import EarningLoop

WAITS = KeyRefusal(
    Reason.NOTHING_TO_DO, "Economies are being played already: $lab-stop stops them."
)
IDLE = KeyRefusal(
    Reason.NOTHING_TO_DO, "Nothing is being played. Press $lab-run to play economies."
)


def layers_of(world: World) -> list[Layer]:
    """The packs of a world, in their order. Blocks: for a thread."""
    from inventui.engine.packs.layers import packs_of

    with world.store.read() as connection:
        return [kept.layer() for kept in packs_of(connection) if kept.active]


def look(world: World) -> list[LabView]:
    """What the ledger says. Blocks: for a thread."""
    from inventui.lab.report import report

    return report_views(report(world.store))


def loops_of(world: World) -> list[EarningLoop]:
    """The loops of a world's packs. Blocks: for a thread."""
    from inventui.content.loader import load_layers
    from inventui.lab.loops import find_loops

    return find_loops(load_layers(layers_of(world)))


WAYS_ON = (
    "$lab-run plays economies with personas, beside the game: what they earn, and when.\n"
    "$lab-properties measures what the base economy promises, with the packs of this world.\n"
    "$lab-loops finds every cycle of actions that earns, and how much."
)
ROOMY = 90
"""Cells from which the pane tells what can be found out, below what is."""


def view_text(view: LabView, width: int, height: int) -> Content:
    """A view, for so much room."""
    if not view.middle:
        return Content("\n".join(view.lines))
    under = [part for line in view.lines for part in wrap(line, max(1, width)) or [""]]
    drawn = curve_plot(
        view.middle, width, height - len(under), low=view.low, high=view.high,
        first=view.first, last=view.last,
    )  # fmt: skip
    return Content("\n").join(
        [*(Content.styled(line, "$primary") for line in drawn[:-1]),
         *(Content.styled(line, DIM) for line in drawn[-1:]),
         *(Content.styled(line, "$foreground 70%") for line in under)]
    )  # fmt: skip


class LabRoom(Room):
    """A list of curves and tables, and the one that was chosen."""

    ROOM = "lab"
    TITLE_TEXT = "Lab"
    ACTIONS: ClassVar[tuple[Action[LabRoom], ...]] = (
        Action("lab-run", "r", "Run", "Play economies with personas, beside the game",
               lambda room: room.ask_run(),
               legal=lambda room: WAITS if room.playing is not None else None, owner=True),
        Action("lab-stop", "x", "Stop", "Stop what is being played",
               lambda room: room.stop(),
               legal=lambda room: IDLE if room.playing is None else None,
               unspoken=(Reason.NOTHING_TO_DO,), owner=True),
        Action("lab-properties", "p", "Properties",
               "Measure what the base economy promises, of this world's packs",
               lambda room: room.measure(),
               legal=lambda room: WAITS if room.playing is not None else None, owner=True),
        Action("lab-loops", "o", "Loops", "Find every cycle of actions that earns, in this world",
               lambda room: room.find()),
    )  # fmt: skip
    HELP = (
        "The lab shows this world's economy as its ledger tells it: what came in, what went "
        "out, what there is, and how it is shared. Looking changes nothing. Run plays whole "
        "economies with personas by the game's own rules, in memory, with this world's packs or "
        "some of them: $lab-run asks for days, runs, seed, personas and packs, $lab-stop stops "
        "it. What comes of it stands in the list with a •: the line is the middle player, the "
        "dots are 10 and 90 %. Properties plays too, and says of each promise of the base "
        "economy what was measured and where it has to lie. Loops lists cycles of actions that "
        "earn oranges. The same is told by inventui economy."
    )
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#views"

    def __init__(self) -> None:
        self.playing: EconomyProgram | None = None
        self._wanted = EconomyWanted(30, 10, "inventui", "")
        self._report: list[LabView] = []
        self._loops: list[LabView] = []
        self._properties: list[LabView] = []
        self._run: list[LabView] = []
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """The list, and what was chosen beside it."""
        with Horizontal():
            with Vertical(id="list", classes="pane") as views:
                views.border_title = "Lab"
                yield Menu(id="views", choosable=False)
            with Vertical(id="seen", classes="pane"), VerticalScroll(id="shown"):
                yield Static(id="view")

    def refresh_room(self) -> None:
        """Read the ledger."""
        world = self.session.world
        if world is not None:
            self.ask(lambda: look(world), self._looked)

    def _looked(self, views: list[LabView]) -> None:
        self._report = views
        self._offer()

    @property
    def _views(self) -> list[LabView]:
        return [*self._report, *self._properties, *self._loops, *self._run]

    def _offer(self, to: str = "") -> None:
        menu, views = self.query_one(Menu), self._views
        at = next((i for i, view in enumerate(views) if view.id == to), None)
        if at is None and menu.row is None:
            at = 0
        menu.offer([MenuItem(view.id, view.title) for view in views], at=at)
        if at is not None:
            menu.move_to(at)
        self._show()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self._show)

    def on_menu_moved(self) -> None:
        """Show another one."""
        self._show()

    def _show(self) -> None:
        row = self.query_one(Menu).row
        view = next((view for view in self._views if row and view.id == row.id), None)
        if view is not None:
            shown = self.query_one("#shown")
            # A curve fits: the bar of a long text before it must not take up room beside it.
            shown.styles.overflow_y = "hidden" if view.middle else "auto"
            room = shown.size
            self.query_one("#seen").border_title = Content(view.title.removeprefix("• "))
            text = view_text(view, room.width - 1, room.height)
            if view.id == "facts" and room.width >= ROOMY:
                text += Content(f"\n\n{said_with_own_keys(self, WAYS_ON)}").stylize(DIM)
            self.query_one("#view", Static).update(text)

    # What can be done

    def ask_run(self) -> None:
        """Ask what is to be played, then play it."""
        from inventui.screens.lab.form import RunDialog

        world = self.session.world
        if world is None:
            return

        def answered(wanted: EconomyWanted | None) -> None:
            if wanted is not None and self.playing is None:
                self._wanted = wanted
                told = said_with_own_keys(self, f"of {wanted.runs:,} economies · $lab-stop stops")
                self._play(wanted.command(), wanted.packs, told, self._played)

        def ask(layers: list[Layer]) -> None:
            packs = [layer.title for layer in layers]
            self.app.push_screen(RunDialog(self._wanted, packs), answered)

        self.ask(lambda: layers_of(world), ask, group=OPENING)

    def measure(self) -> None:
        """Measure what the base economy promises, of this world's packs."""
        told = said_with_own_keys(self, "economies · $lab-stop stops")
        self._play(PROPERTIES, (), told, self._measured)

    def _play(
        self,
        command: Sequence[str],
        packs: Sequence[str],
        told: str,
        done: Callable[[dict[str, Any]], object],
    ) -> None:
        world = self.session.world
        if world is None:
            return
        playing = self.playing = EconomyProgram()
        self._say(f"0 {told}")

        def play() -> dict[str, Any] | Refusal | None:
            layers = [layer for layer in layers_of(world) if not packs or layer.title in packs]
            return playing.play(
                command,
                layers,
                lambda count: self.app.call_from_thread(self._say, f"{count:,} {told}"),
            )

        def ended(found: dict[str, Any] | Refusal | None) -> None:
            if self.playing is playing:
                self.playing = None
            self._say("")
            if isinstance(found, Refusal):
                self.say_refusal(found)
            elif found is not None:
                done(found)

        self.ask(play, ended, group="lab")

    def _played(self, found: dict[str, Any]) -> None:
        self._run = run_views(found)
        self._offer(self._run[0].id)

    def _measured(self, found: dict[str, Any]) -> None:
        self._properties = [property_view(found)]
        self._offer("properties")

    def _say(self, text: str) -> None:
        self.query_one("#seen").border_subtitle = Content(text)
        self.refresh_bindings()

    def stop(self) -> None:
        """Stop what is being played."""
        if self.playing is not None:
            self.playing.stop()

    def on_unmount(self) -> None:
        """The game ends: so does what it plays."""
        self.stop()

    def find(self) -> None:
        """Find the loops of this world's packs."""
        world = self.session.world
        if world is not None:
            self.query_one("#seen").border_subtitle = "Looking for loops …"
            self.ask(lambda: loops_of(world), self._found, group="loops")

    def _found(self, loops: list[EarningLoop]) -> None:
        self._say("")
        self._loops = [loop_view(loops)]
        self._offer("loops")
