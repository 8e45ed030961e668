"""What is done in the workshop: filling the bench, fusing after a question, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.core.models import CaseDetail
from inventui.engine.workshop.models import Fused, FusionQuote
from inventui.rules import workshop
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import asks_whatever_the_price
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.cases.dialogs import ProofDialog
from inventui.screens.workshop.lists import PastList
from inventui.screens.workshop.slots import Slots
from inventui.screens.workshop.text import question
from inventui.widgets.frame.actions import KeyRefusal
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.workers import OPENING

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.fairness.models import FairnessState
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.workshop.models import FusionLine
    from inventui.widgets.frame.room import Room

PAGE = 50
"""Fusions of the past that are asked for at once."""

DEAR = Rarity.RARE
"""From this rarity up the question has No as its default."""

NO_CHANCES = Refusal(
    Reason.NOTHING_TO_DO, "There are no chances to look at: put things on the bench first."
)
NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
OTHER_VIEW = KeyRefusal(Reason.NOTHING_TO_DO, "That belongs to the other view: $past goes there.")
EMPTY = Refusal(Reason.NOTHING_TO_DO, "The bench is empty already.")


class FusionProof(ProofDialog):
    """What is promised before a fusion, in full."""

    def __init__(self, case: CaseDetail, fairness: FairnessState) -> None:
        super().__init__(case, fairness)
        self.heading = "Before you fuse"


class PastFusions:
    """Fusions of the past that a room lists.

    Args:
        room: the room, which has a `PastList`.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self._fusions: tuple[FusionLine, ...] = ()
        self._before: int | None = None

    @property
    def fusion(self) -> FusionLine | None:
        """The one under the cursor."""
        return self.room.query_one(PastList).row

    def forget(self) -> None:
        """Another player's fusions are not for this one."""
        self._fusions, self._before = (), None

    def look(self) -> None:
        """Ask for the newest fusions; what is known of the older ones stays."""
        player = self.room.session.player
        if player is not None:
            self.room.ask(lambda: player.workshop.past(limit=PAGE), self._newest, group="past")

    def _newest(self, fusions: tuple[FusionLine, ...]) -> None:
        known = self._fusions
        if not known or not fusions or fusions[-1].id > known[0].id:
            self._fusions, self._before = fusions, _next(fusions)
        else:
            self._fusions = (*fusions, *[line for line in known if line.id < fusions[-1].id])
        self.show()

    def look_further(self) -> None:
        """Ask for the page after those that are known."""
        before, player = self._before, self.room.session.player
        if before is not None and player is not None:
            self.room.ask(
                lambda: player.workshop.past(before, PAGE),
                lambda older: self._older(older, before), group="older",
            )  # fmt: skip

    def _older(self, fusions: tuple[FusionLine, ...], before: int) -> None:
        if before == self._before:
            self._before = _next(fusions)
            self._fusions += fusions
            self.show()

    def show(self) -> None:
        """Draw the fusions of the past."""
        self.room.query_one(PastList).offer(self._fusions, self.room.session.now())
        self.room.set_class(not self._fusions, "-no-past")
        self.room.refresh_bindings()


class WorkshopActions:
    """What a room's actions do in the workshop, once for each press.

    Args:
        slots: what lies on the bench.
        past: fusions of the past.
        looks_back: says whether these are shown instead of the bench.
    """

    def __init__(self, slots: Slots, past: PastFusions, looks_back: Callable[[], bool]) -> None:
        self.slots, self.past, self.looks_back, self.room = slots, past, looks_back, slots.room

    # What may be done

    def why_not_at_bench(self) -> Refusal | None:
        """None while the bench is shown."""
        return OTHER_VIEW if self.looks_back() else None

    def why_not_fuse(self) -> Refusal | None:
        """None if what lies on the bench may be fused, as far as it is known."""
        return self.why_not_at_bench() or self.slots.why_not_fuse()

    def why_not_clear(self) -> Refusal | None:
        """None if something lies on the bench."""
        return self.why_not_at_bench() or (None if self.slots.marks else EMPTY)

    def why_no_chances(self) -> Refusal | None:
        """None if it is known what could come out."""
        return self.why_not_at_bench() or (NO_CHANCES if self.slots.case is None else None)

    def why_not_verify(self) -> Refusal | None:
        """None while fusions of the past are shown."""
        return None if self.looks_back() else OTHER_VIEW

    def why_no_history(self) -> Refusal | None:
        """None if there is something under the cursor."""
        row = self.past.fusion if self.looks_back() else self.slots.listed.row
        return NOTHING_HERE if row is None else None

    # The bench

    def lay_cheapest(self) -> None:
        """Lay the five cheapest of the rarity that is listed on the bench."""
        player, rarity = self.room.session.player, self.slots.rarity()
        if player is None:
            return

        def laid(quote: FusionQuote | Refusal) -> None:
            if isinstance(quote, Refusal):
                self.room.say_refusal(quote)
                return
            rows = [line.player_item for line in quote.inputs]
            if len(rows) < workshop.INPUTS:
                count = "none" if not rows else f"only {len(rows)}"
                self.room.say_refusal(
                    Refusal(
                        Reason.WRONG_NUMBER,
                        f"A fusion takes {workshop.INPUTS} {rarity} things: {count} can be fused.",
                    )
                )
            self.slots.lay(rows)
            self.slots.listed.focus()

        self.room.ask(
            lambda: player.workshop.quote(player.workshop.cheapest(rarity)), laid, group="cheapest"
        )

    def clear(self) -> None:
        """Take everything off the bench."""
        self.slots.lay([])

    # Fusing

    def fuse(self) -> None:
        """Fuse what lies on the bench, after all has been said."""
        player, ids = self.room.session.player, tuple(self.slots.marks)
        if player is None or self.room.acting("fuse"):
            return
        self.room.ask(lambda: player.workshop.quote(ids), self._asked, group=OPENING)

    def _asked(self, quote: FusionQuote | Refusal) -> None:
        refusal = quote if isinstance(quote, Refusal) else quote.refusal
        if refusal is not None:
            self._refused(refusal)
            return
        assert isinstance(quote, FusionQuote)
        assert quote.odds is not None
        assert quote.rarity is not None
        player_items = tuple(line.player_item for line in quote.inputs)
        odds_hash = quote.odds.hash

        def answered(yes: bool | None) -> None:
            if yes:
                self._fuse(player_items, odds_hash)

        rare = quote.rarity.rank >= DEAR.rank
        if not asks_whatever_the_price(self.room.session.questions, rare=rare):
            self._fuse(player_items, odds_hash)
            return
        self.room.app.push_screen(
            ConfirmDialog(
                f"Fuse five into one {quote.result}?",
                question(quote, quote.odds, self.slots.oranges),
                yes="Fuse", no="Keep them", danger=rare,
            ),
            answered,
        )  # fmt: skip

    def _fuse(self, player_items: tuple[ItemLine, ...], odds_hash: str) -> None:
        player, world, key = self.room.session.player, self.room.session.world, uuid4().hex
        ids = tuple(player_item.id for player_item in player_items)
        if player is None or world is None:
            return

        def operation() -> tuple[Fused, CaseDetail] | Refusal:
            fused = player.workshop.fuse(ids, key, odds_hash)
            if isinstance(fused, Refusal):
                return fused
            case = world.catalogue.case_as_opened(fused.roll.odds_hash)
            assert isinstance(case, CaseDetail)
            return fused, case

        self.room.act(
            operation,
            lambda outcome: self._fused(*outcome, player_items),
            refused=self._refused,
            group="fuse",
        )
        self.room.refresh_bindings()

    def _fused(self, fused: Fused, case: CaseDetail, player_items: tuple[ItemLine, ...]) -> None:
        from inventui.screens.workshop.reveal import FusionReveal

        # By now the bench may be empty: the world has been looked at in between.
        self.slots.lay([])
        self.room.app.push_screen(FusionReveal(fused, case, player_items, self.lay_cheapest))

    def _refused(self, refusal: Refusal) -> None:
        """The world is not as it is shown: say why, and look again."""
        self.room.say_refusal(refusal)
        self.room.look_again()

    # Looking

    def show_proof(self) -> None:
        """Show what is promised in full."""
        case, fairness = self.slots.case, self.slots.fairness
        if case is not None and fairness is not None:
            self.room.app.push_screen(FusionProof(case, fairness))

    def show_history(self) -> None:
        """Show all that happened to the player item under the cursor."""
        from inventui.screens.history.item_history import ItemHistoryDialog

        if self.looks_back():
            fusion = self.past.fusion
            found = None if fusion is None else (fusion.item_id, fusion.entry)
        else:
            row = self.slots.listed.row
            found = None if row is None else (row.id, row.name)
        if found is not None:
            self.room.app.push_screen(ItemHistoryDialog(*found))

    def verify(self) -> None:
        """Check every roll, those of fusions among them."""
        from inventui.screens.fairness.verify import VerifyScreen

        if self.room.session.player is not None:
            self.room.app.push_screen(VerifyScreen(self.room.session.player))


def _next(fusions: tuple[FusionLine, ...]) -> int | None:
    """The number to go on below, or None at the end."""
    return fusions[-1].id if len(fusions) == PAGE else None
