"""History: a player item's way from what made it to now, back through every earlier owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui.engine.history.models import HistoryEvent, ItemHistory
from inventui.rules.core.enums import Acquisition, Event
from inventui.rules.core.refusal import Refusal
from inventui.screens.shared.copy_line import item_line, worth
from inventui.widgets.frame.dialogs import DetailsDialog
from inventui.widgets.frame.toasts import copy
from inventui.widgets.items.item_text import HAPPENED, got_words, odds_words, short_hash
from inventui.widgets.lists.columns import number
from inventui.widgets.lists.item_columns import LOCKED
from inventui.widgets.text import counted
from inventui.widgets.theme import DIM, FAINT, ORANGE, exact, rarity_word

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle, World

LABEL = 12
"""Cells of the labels."""


@dataclass(frozen=True, slots=True)
class Told:
    """A player item's history, and the name of the case that it came from, if one did."""

    history: ItemHistory
    case_name: str | None


def ask_history(world: World, player: PlayerHandle, item_id: int) -> Told | Refusal:
    """What there is to tell of a player item. Blocks: for a thread."""
    history = player.history.of(item_id)
    if isinstance(history, Refusal):
        return history
    source = history.origin.get("source")
    if history.origin.get("acquisition") != Acquisition.CASE or not isinstance(source, str):
        return Told(history, None)
    case = world.catalogue.case(source)
    return Told(history, source if isinstance(case, Refusal) else case.name)


def _fact(label: str, value: str) -> Content:
    return Content.assemble((label.ljust(LABEL), DIM), value)


def origin_lines(origin: Mapping[str, object], case_name: str | None) -> list[Content]:
    """What made a player item: how it was got, for how much, and the roll if there was one."""
    try:
        acquisition = Acquisition(str(origin.get("acquisition")))
        got = got_words(acquisition, str(origin.get("source") or ""))
    except ValueError:
        got = str(origin.get("acquisition"))
    lines = [_fact("origin", f"won from {case_name}" if case_name else got)]
    paid = origin.get("price_paid")
    if isinstance(paid, int) and paid:
        lines.append(_fact("paid", f"{ORANGE} {paid:,}"))
    roll = origin.get("roll")
    if isinstance(roll, Mapping):
        lines += [
            _fact("roll", f"{roll['nonce']:,} · ticket {roll['ticket']:,}"),
            _fact("won", str(roll["entry"])),
            _fact("odds", odds_words(roll["parts_per_million"])),
            _fact("server seed", f"{short_hash(roll['server_seed_hash'])} (its hash)"),
            _fact("client seed", str(roll["client_seed"])),
            _fact("odds table", f"{short_hash(roll['odds_hash'])} (its hash)"),
        ]
    return lines


def origin_line(told: Told) -> str:
    """What made a player item in one line of plain text; of a roll all that proves it."""
    line, roll = told.history.item, told.history.origin.get("roll")
    head = item_line(line.name, line.rarity, line.category, worth(line.value), f"#{line.id}")
    if not isinstance(roll, Mapping):
        got = origin_lines(told.history.origin, told.case_name)[0].plain
        return " · ".join((head, " ".join(got.split())))
    return " · ".join(
        (
            head,
            f"roll {roll['nonce']}",
            f"ticket {roll['ticket']}",
            f"server seed hash {roll['server_seed_hash']}",
            f"client seed {roll['client_seed']}",
            f"odds hash {roll['odds_hash']}",
        )
    )


def event_lines(events: Sequence[HistoryEvent]) -> list[Content]:
    """Each step, oldest first; whose it was is said whenever that changes."""
    lines = []
    owner = ""
    for event in events:
        line = Content.assemble((exact(event.at)[:16], DIM), "  ", HAPPENED[event.event])
        if event.player != owner or event.event is Event.ACQUIRE:
            owner = event.player
            line += Content(" " if event.event is Event.ACQUIRE else ", ")
            line += Content.styled(owner, "bold")
        lines.append(line + Content.styled(f"  #{event.operation}", FAINT))
    return lines


def history_content(told: Told) -> Content:
    """The whole history."""
    line = told.history.item
    head = rarity_word(line.rarity) + Content(f"  {ORANGE} {number(line.value)}  ")
    head += Content.styled(str(line.status), "bold")
    if line.locked:
        head += Content.styled(f"  {LOCKED} locked", "$warning")
    blank = Content("")
    steps = event_lines(told.history.events)
    return Content("\n").join(
        [
            head,
            blank,
            *origin_lines(told.history.origin, told.case_name),
            blank,
            Content.styled(counted(len(steps), "step"), DIM)
            + Content.styled(" · times are UTC, # is the operation", FAINT),
            *steps,
        ]
    )


class ItemHistoryDialog(DetailsDialog):
    """Every step of one player item.

    Args:
        item_id: the player item.
        name: what it is called.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "close", "Close", show=False),
        Binding("y", "copy", "Copy"),
    ]

    DEFAULT_CSS = """
    ItemHistoryDialog #told { height: auto; }
    """

    def __init__(self, item_id: int, name: str) -> None:
        self.item_id = item_id
        self._told: Told | None = None
        super().__init__(f"History of {name}")

    def compose_details(self) -> ComposeResult:
        """The text, once it is there."""
        yield Static(Content.styled("looking it up …", DIM), id="told")

    def on_mount(self) -> None:
        """Ask for it."""
        world, player = self.session.world, self.session.player
        if world is not None and player is not None:
            self.ask(lambda: ask_history(world, player, self.item_id), self._show)

    def _show(self, told: Told | Refusal) -> None:
        self._told = None if isinstance(told, Refusal) else told
        content = Content(told.message) if isinstance(told, Refusal) else history_content(told)
        self.query_one("#told", Static).update(content)

    def action_copy(self) -> None:
        """Copy what made it, with every hash whole."""
        if self._told is not None:
            copy(self, origin_line(self._told), "its proof")
