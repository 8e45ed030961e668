"""Home: what a player has, what happened lately, and what to do next.

It is the first room that is seen, so it imports as little as it can and shows what is known
before the rest is. What to do next is chosen from the state of the player, most useful first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.message import Message
from textual.widgets import Static

from inventui.rules.core.categories import Category
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.home.state import HomeState, look_around
from inventui.widgets.bigpulp.picture import BigPulp
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.text import LABEL_EDGES, shortened

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.core.models import PlayerCard
    from inventui.rules.home import Waiting

NO_QUEST = Refusal(Reason.NOTHING_TO_DO, "There is no quest to skip.")

PANES = ("card", "pulp", "next", "lately")
"""The panes from left to right, the upper two first."""

PLACES = {
    "left": ("pulp", "card", "next", "lately"),
    "far_left": ("pulp", "card", "next", "lately"),
    "top": ("pulp", "lately", "next", "card"),
    "above_stats": ("lately", "pulp", "next", "card"),
    "bottom": ("lately", "card", "next", "pulp"),
}
"""Where they stand for BigPulp positions that want him elsewhere than at the card's right."""


SPANS, ALIGNED = (6, 6, 7, 5), (6, 6, 6, 6)
"""Of twelve columns: what waits has more room, unless BigPulp stands above or below the card."""


class TextPane(Static):
    """A text that is cut to the size of its pane by whoever knows it."""

    class Resized(Message):
        """The pane has another size."""

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Resized())


class HomeRoom(Room):
    """The first room."""

    ROOM = "home"
    TITLE_TEXT = "Home"
    ACTIONS: ClassVar[tuple[Action[HomeRoom], ...]] = (
        Action("home-go", "enter", "Go", "Do what the marked line says",
               lambda room: room.go(), palette=False),
        Action("skip-quest", "s", "Skip quest", "Go on with the next quest; this one gives nothing",
               lambda room: room.skip_quest(),
               legal=lambda room: None if room.quest else NO_QUEST,
               unspoken={Reason.NOTHING_TO_DO}),
    )  # fmt: skip
    HELP = (
        "Home shows what you have, what you won lately and what waits for you, with what it "
        "brings and when it ends; under it stand the rooms with their keys. What a robbery or a "
        "fusion brings is meant in the mean, its share of an achievement's reward counted. "
        "Choose a line and press enter to go there. Oranges are earned by selling what you "
        "win and spent on cases; every 10 oranges spent give a point of experience, and a "
        "new rank gives gems."
    )
    AUTO_FOCUS = "#next"

    def __init__(self) -> None:
        self._state: HomeState | None = None
        self._marked = False
        """Whether the cursor has been on a line of what waits."""
        self._top, self._passed = "", 0
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """Card and BigPulp above, menu and news below."""
        menu = Menu(*self._next(), id="next")
        self._say_what(menu)
        for widget, title in (
            (TextPane(id="card"), "You"),
            (BigPulp(id="pulp"), "BigPulp"),
            (menu, "What next"),
            (TextPane(id="lately"), "Lately"),
        ):
            widget.border_title = title
            yield widget

    def on_mount(self) -> None:
        """What waits comes and ends by itself, too."""
        self.set_interval(60, self._minute)

    def _minute(self) -> None:
        if self.is_current and self.session.player is not None:
            self.refresh_room()

    def refresh_room(self) -> None:
        """Ask for what the player has and could do."""
        world, player = self.session.world, self.session.player
        if world is not None and player is not None:
            self.ask(lambda: look_around(world, player), self._seen)

    def _seen(self, state: HomeState) -> None:
        self._state = state
        self._show()

    def on_resize(self) -> None:
        """Cut to the new size."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        card, state = self.session.card, self._state
        if card is not None:
            self._show_card(card)
        menu = self.query_one(Menu)
        rows = self._next()
        if state is None or card is None:
            menu.offer(rows)
            return
        menu.offer(rows, at=self._cursor(rows, card.oranges))
        self._marked = True
        self.refresh_bindings()
        self._say_what(menu)
        from inventui.screens.home.text import lately_text

        above = self.query_one("#card")
        above.border_subtitle = shortened(state.view.opens, above.outer_size.width - LABEL_EDGES)
        pane = self.query_one("#lately", Static)
        size = pane.content_size
        now = self.session.now()
        pane.update(lately_text(state.lately, now, size.width, size.height), layout=False)
        self.query_one(BigPulp).say(self._words(card, state))

    def _words(self, card: PlayerCard, state: HomeState) -> str:
        """What BigPulp says: the same while Home is on show, of another line the next time."""
        from inventui.screens.home.text import words

        top = state.view.lines[0] if state.view.lines else None
        if top is None or self._top != top.id:
            self._top, self._passed = top.id if top else "", 0
        return words(state.view, self._passed, card, state.cheapest)

    def on_screen_suspend(self) -> None:
        """He has said this; who comes back from a room finds the cursor on the top line."""
        self._passed += 1
        if self.app.current_mode != self.ROOM:
            self._marked = False

    def _show_card(self, card: PlayerCard) -> None:
        """The player, in what they wear once that is known."""
        pane, session = self.query_one("#card", Static), self.session
        self.query_one("#room").set_class(bool(session.worn), "-worn")
        self._place_panes(
            session.appearance[Category.BIGPULP_POSITION].word if session.worn else ""
        )
        width, height = pane.content_size
        if not session.worn or not height:
            from inventui.screens.home.text import card_text

            statistics = self._state.statistics if self._state else None
            pane.update(card_text(card, statistics, width or 40), layout=False)
            return
        from inventui.widgets.player.card_facts import facts_of
        from inventui.widgets.player.worn_card import worn_card

        facts = facts_of(card, session.statistics)

        back = pane.background_colors[1].hex6.lower()
        pane.update(worn_card(facts, session.appearance, width, height, back), layout=False)
        self.query_one(BigPulp).wear(session.appearance)

    def _place_panes(self, position: str) -> None:
        """Put the panes in their places."""
        wanted, room = PLACES.get(position, PANES), self.query_one("#room")
        if [pane.id for pane in room.children] != list(wanted):
            room.sort_children(key=lambda pane: wanted.index(pane.id or ""))
            above = position in ("above_stats", "bottom")
            for pane, span in zip(room.children, ALIGNED if above else SPANS, strict=True):
                pane.styles.column_span = span

    def on_pane_resized(self) -> None:
        """Cut to the new size, which a pane also gets when what is worn moves it."""
        if self.session.card is not None:
            self._show()

    def _next(self) -> tuple[MenuItem, ...]:
        """What waits, each with its figure and end; under it the rooms, each with its key."""
        rows, rooms = [], self.session.rooms
        if self._state is not None:
            from inventui.screens.home.text import waiting_rows

            rows = waiting_rows(self._state.view.lines, rooms, self.session.now())
        rows += [
            MenuItem(entry.slug, entry.title, entry.way, quiet=True)
            for entry in rooms
            if entry.slug != self.ROOM
        ]
        return tuple(rows)

    def _cursor(self, rows: tuple[MenuItem, ...], oranges: int) -> int:
        """Where the cursor belongs: it stays, but never on a line that the purse can't pay."""
        menu, state = self.query_one(Menu), self._state
        dear = {line.id for line in state.view.lines if line.cost > oranges} if state else set()
        stays = {row.id: index for index, row in enumerate(rows) if row.id not in dear}
        if self._marked and menu.row is not None and menu.row.id in stays:
            return stays[menu.row.id]
        return min(stays.values(), default=0)

    def on_menu_moved(self) -> None:
        """Say what enter would do."""
        self._say_what(self.query_one(Menu))

    def _say_what(self, menu: Menu) -> None:
        helps = {entry.slug: entry.help for entry in self.session.rooms}
        line = self._line(menu)
        slug = line.room if line else menu.row.id if menu.row else ""
        # Before the pane has a size there is no label to be cut.
        cells = (menu.outer_size.width or self.app.size.width) - LABEL_EDGES
        menu.border_subtitle = shortened(helps.get(slug, ""), cells)

    def _line(self, menu: Menu) -> Waiting | None:
        """What waits under the cursor; None on a room."""
        lines = self._state.view.lines if self._state else ()
        return next((line for line in lines if menu.row and line.id == menu.row.id), None)

    def go(self) -> None:
        """Enter works from wherever the focus is."""
        self.query_one(Menu).action_choose()

    @property
    def quest(self) -> Waiting | None:
        """The quest of the moment."""
        lines = self._state.view.lines if self._state else ()
        return next((line for line in lines if line.is_quest), None)

    def skip_quest(self) -> None:
        """Skip the quest of the moment."""
        player, key = self.session.player, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.quests.skip(key),
                lambda done: self.app.notify(f"Skipped: {done.name}", markup=False),
            )

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Go there, and to what it is about."""
        line = self._line(self.query_one(Menu))
        if line is not None:
            self._point_at(line)
            self.enter_room(line.room, line.part)
        else:
            self.enter_room(event.row.id, "")

    def _point_at(self, line: Waiting) -> None:
        """Let the room that a line leads to put its cursor on what the line is about."""
        from inventui.rules.home import Kind

        match line.kind:
            case Kind.ESCROW | Kind.WEAR:
                self.session.player_item = int(line.target)
            case Kind.TRADE:
                self.session.trade = int(line.target)
            case Kind.SET | Kind.CASE:
                self.session.case = line.target
            case Kind.FRIEND | Kind.ROB:
                self.session.whom = line.target
            case Kind.BUSINESS:
                self.session.category = Category.BUSINESS
            case Kind.HOME:
                self.session.category = Category.HOUSING
            case Kind.GEMS:
                self.session.ware = line.target
            case Kind.GOAL if line.room == "people":
                self.session.whom = line.target
            case Kind.GOAL if line.room == "cases":
                self.session.case = line.target
