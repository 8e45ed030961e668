"""Home: what a player has, what happened lately, and what to do next.

It is the first room that is seen, so it imports as little as it can and shows what is known
before the rest is. What to do next is chosen from the state of the player, most useful first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from inventui.rules.core.categories import Category
from inventui.widgets.bigpulp.picture import BigPulp, speech
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.menu import Menu, MenuItem
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.text import cut, progress_bar
from inventui.widgets.theme import ago, money, rarity_mark

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.core.models import CaseSummary, PlayerCard
    from inventui.engine.inventory.models import ItemLine, Statistics
    from inventui.engine.world import PlayerHandle, World

LATELY = 40
"""Most of the latest player items that Home asks for."""


INVITATIONS = {
    "cases": "Open a case",
    "inventory": "See what you own",
    "shop": "Find something to wear",
    "black_market": "See what the market has",
    "streets": "Earn on the streets",
    "property": "Mind your business",
    "people": "See your friends",
    "bazaar": "Buy from others",
    "trades": "Swap things with others",
    "workshop": "Make one of five",
    "collections": "Complete a set",
    "drawer": "See what others see",
    "fairness": "Check that it was fair",
    "wallet": "Follow the money",
    "feed": "See what happened to you",
    "achievements": "See how far you are",
    "notifications": "Read what you were told",
    "withdrawals": "Find your certificates",
}
"""What Home says of a room instead of its title."""

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

NARROW = 32
"""Cells of a pane below which it leaves out what is not needed."""


@dataclass(frozen=True, slots=True)
class HomeState:
    """What Home shows; `lately` leaves out what everybody owns from the start."""

    statistics: Statistics
    lately: tuple[ItemLine, ...]
    cheapest: CaseSummary | None
    nonce: int


def look_around(world: World, player: PlayerHandle) -> HomeState:
    """Ask for everything that Home shows. Runs in a thread."""
    from inventui.engine.inventory.models import InventoryQuery

    page = player.inventory.page(InventoryQuery(), limit=LATELY)
    cases = world.catalogue.cases()
    return HomeState(
        player.inventory.statistics(),
        tuple(item for item in getattr(page, "items", ()) if not item.is_default),
        min(cases, key=lambda case: case.price, default=None),
        player.fairness.show(retired=0).active.nonce,
    )


def card_text(card: PlayerCard, statistics: Statistics | None, cells: int) -> Content:
    """The player in five lines."""
    standing = card.standing
    wide = cells >= NARROW
    full, empty = progress_bar(standing.progress, 12 if wide else 8)
    points = f"{standing.experience:,} xp"
    if standing.ceiling is not None:
        points = f"{standing.experience:,}/{standing.ceiling:,} xp"
    lines = [
        Content.assemble((cut(card.name, max(1, cells - 14)), "bold"), f" · {standing.rank}"),
        Content.assemble(
            (full, "$primary"), (empty, "$foreground 40%"), (f"  {points}", "$foreground 70%")
        ),
        Content(""),
        Content.assemble(
            "🍊 ", (f"{card.oranges:,}", "bold"), (f"{' oranges' * wide}    ", "$foreground 70%"),
            "💎 ", (f"{card.gems:,}", "bold"), (" gems" * wide, "$foreground 70%"),
        ),
    ]  # fmt: skip
    if statistics is None:
        lines.append(Content.styled("…", "$foreground 50%"))
    elif statistics.total_items == 0:
        lines.append(Content.styled("Nothing owned yet", "$foreground 70%"))
    else:
        player_items = "thing" if statistics.total_items == 1 else "things"
        lines.append(
            Content.assemble(
                "📦 ", (f"{statistics.total_items:,}", "bold"),
                (f" {player_items} worth " if wide else " worth ", "$foreground 70%"),
                (money(statistics.total_value).plain, "bold"),
            )
        )  # fmt: skip
    return Content("\n").join(lines)


def lately_text(lately: tuple[ItemLine, ...], now: int, cells: int, lines: int) -> Content:
    """The latest player items, a line each, with value and age at the right."""
    if not lately:
        return Content.styled(
            "Nothing yet. What you win will stand here, the newest first.", "$foreground 70%"
        )
    drawn = []
    for item in lately[: max(1, lines)]:
        age = f"  {ago(item.acquired_at, now):>6}" if cells >= NARROW else ""
        right = f"{item.value:>7,}{age}"
        name = cut(item.name, max(4, cells - len(right) - 5))
        left = rarity_mark(item.rarity) + f" {name}"
        gap = " " * max(1, cells - left.cell_length - len(right))
        drawn.append(left + gap + Content.styled(right, "$foreground 80%"))
    return Content("\n").join(drawn)


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
    )  # fmt: skip
    HELP = (
        "Home shows what you have, what you won lately and what you could do next. "
        "Choose a line and press enter to go there. Oranges are earned by selling what you "
        "win and spent on cases; every 10 oranges spent give a point of experience, and a "
        "new rank gives gems."
    )
    AUTO_FOCUS = "#next"

    def __init__(self) -> None:
        self._state: HomeState | None = None
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
        menu.offer(self._next())
        if state is None or card is None:
            return
        pane = self.query_one("#lately", Static)
        size = pane.content_size
        now = self.session.now()
        pane.update(lately_text(state.lately, now, size.width, size.height), layout=False)
        self.query_one(BigPulp).say(speech(card, len(state.lately), state.cheapest, now))

    def _show_card(self, card: PlayerCard) -> None:
        """The player, in what they wear once that is known."""
        pane, session = self.query_one("#card", Static), self.session
        self.set_class(bool(session.worn), "-worn")
        self._place_panes(
            session.appearance[Category.BIGPULP_POSITION].word if session.worn else ""
        )
        width, height = pane.content_size
        facts = own_facts(session)
        if not session.worn or facts is None or not height:
            statistics = self._state.statistics if self._state else None
            pane.update(card_text(card, statistics, width or 40), layout=False)
            return
        from inventui.widgets.player.worn_card import worn_card

        back = pane.background_colors[1].hex6.lower()
        pane.update(worn_card(facts, session.appearance, width, height, back), layout=False)
        self.query_one(BigPulp).wear(session.appearance)

    def _place_panes(self, position: str) -> None:
        """Put the panes in their places."""
        wanted, room = PLACES.get(position, PANES), self.query_one("#room")
        if [pane.id for pane in room.children] != list(wanted):
            room.sort_children(key=lambda pane: wanted.index(pane.id or ""))

    def on_pane_resized(self) -> None:
        """Cut to the new size, which a pane also gets when what is worn moves it."""
        if self.session.card is not None:
            self._show()

    def _next(self) -> tuple[MenuItem, ...]:
        """Every other room, with what it invites to and a figure that speaks for it."""
        state, card = self._state, self.session.card
        notes: dict[str, str] = {}
        first = False
        if state is not None and card is not None:
            owned = state.statistics.total_items
            first = not state.lately and card.experience == 0
            notes = {
                "inventory": f"{owned:,}",
                "fairness": f"nonce {state.nonce:,}",
                "wallet": money(card.oranges).plain,
            }
            if state.cheapest is not None:
                notes["cases"] = f"from {money(state.cheapest.price).plain}"
        titles = INVITATIONS | ({"cases": "Open your first case"} if first else {})
        return tuple(
            MenuItem(entry.slug, titles.get(entry.slug, entry.title), notes.get(entry.slug, ""))
            for entry in self.session.rooms
            if entry.slug != self.ROOM
        )

    def on_menu_moved(self) -> None:
        """Say what enter would do."""
        self._say_what(self.query_one(Menu))

    def _say_what(self, menu: Menu) -> None:
        helps = {entry.slug: entry.help for entry in self.session.rooms}
        menu.border_subtitle = helps[menu.row.id] if menu.row else ""

    def go(self) -> None:
        """Enter works from wherever the focus is."""
        self.query_one(Menu).action_choose()

    async def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Go there."""
        await self.app.run_action(f"app.room({event.row.id!r})")
