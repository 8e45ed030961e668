"""What is done in the workshop: filling the bench, fusing after a question, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on

from inventui.engine.core.models import CaseDetail
from inventui.engine.workshop.models import Fused, FusionQuote
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.workshop import INPUTS
from inventui.screens.cases.dialogs import ProofDialog
from inventui.screens.workshop.lists import PastList
from inventui.screens.workshop.slots import WorkshopBench, case_of
from inventui.screens.workshop.text import question
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.session import WorldChanged

if TYPE_CHECKING:
    from inventui.engine.fairness.models import FairnessState
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.workshop.models import FusionLine

PAGE = 50
"""Fusions of the past that are asked for at once."""

DEAR = Rarity.RARE
"""From this rarity up a hasty enter keeps the player items."""

NO_CHANCES = Refusal(
    Reason.NOTHING_TO_DO, "There are no chances to look at: put things on the bench first."
)
NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
OTHER_VIEW = Refusal(Reason.NOTHING_TO_DO, "That belongs to the other view: p goes there.")
EMPTY = Refusal(Reason.NOTHING_TO_DO, "The bench is empty already.")


class FusionProof(ProofDialog):
    """What is promised before a fusion, in full."""

    def __init__(self, case: CaseDetail, fairness: FairnessState) -> None:
        super().__init__(case, fairness)
        self.heading = "Before you fuse"


class WorkshopActions(WorkshopBench):
    """The deeds, each once for each press.

    Attributes:
        past: whether fusions of the past are shown instead of the bench.
    """

    def __init__(self) -> None:
        super().__init__()
        self.past = False
        self._fusions: tuple[FusionLine, ...] = ()
        self._before: int | None = None

    # What may be done

    @property
    def titles_now(self) -> dict[str, str]:
        """What keys are called that do something else now."""
        if not self.is_mounted:
            return {}
        titles = {"past": "Bench"} if self.past else {}
        row = self.player_items.row
        if row is not None and row.id in self.player_items.marks:
            titles["mark"] = "Take off"
        return titles

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of what can't be done now are dim; the bench's are gone while one looks back."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        of_bench = ("fuse", "cheapest", "clear", "proof", "chances", "tab", "sort", "search")
        if action in of_bench and self.past:
            return False
        if action == "verify":
            return self.past
        return None if self.refusal_of(action) else super().check_action(action, parameters)

    def refusal_of(self, action: str) -> Refusal | None:
        """Why an action can't be taken now, or None."""
        if action == "fuse":
            return self.why_not_fuse
        if action == "clear" and not self.player_items.marks:
            return EMPTY
        if action in ("proof", "chances") and self.case is None:
            return NO_CHANCES
        if action == "history":
            row = self.query_one(PastList).row if self.past else self.player_items.row
            return NOTHING_HERE if row is None else None
        return None

    def why_not(self, action: str) -> Refusal:
        """What the world says against it, else that something is still being done."""
        refusal = self.refusal_of(action)
        if refusal is None and self.check_action(action, ()) is False:
            refusal = OTHER_VIEW
        return refusal or super().why_not(action)

    # The bench

    def action_cheapest(self) -> None:
        """Lay the five cheapest of the rarity that is listed on the bench."""
        player, rarity = self.session.player, self.rarity
        if player is None:
            return

        def laid(quote: FusionQuote | Refusal) -> None:
            if isinstance(quote, Refusal):
                self.say_refusal(quote)
                return
            rows = [line.player_item for line in quote.inputs]
            if len(rows) < INPUTS:
                count = "none" if not rows else f"only {len(rows)}"
                self.say_refusal(
                    Refusal(
                        Reason.WRONG_NUMBER,
                        f"A fusion takes {INPUTS} {rarity} things: {count} can be fused.",
                    )
                )
            self.lay(rows)
            self.focus_list()

        self.ask(
            lambda: player.workshop.quote(player.workshop.cheapest(rarity)), laid, group="cheapest"
        )

    def action_clear(self) -> None:
        """Take everything off the bench."""
        self.lay([])

    # Fusing

    def action_fuse(self) -> None:
        """Fuse what lies on the bench, after all has been said."""
        player, ids = self.session.player, tuple(self.player_items.marks)
        if player is None or self.acting("fuse"):
            return
        self.ask(lambda: player.workshop.quote(ids), self._asked, group="quote")

    def _asked(self, quote: FusionQuote | Refusal) -> None:
        refusal = quote if isinstance(quote, Refusal) else quote.refusal
        if refusal is not None:
            self._refused(refusal)
            return
        assert isinstance(quote, FusionQuote)
        assert quote.odds is not None
        assert quote.rarity is not None
        player_items = tuple(line.player_item for line in quote.inputs)

        def answered(yes: bool | None) -> None:
            if yes:
                self._fuse(player_items)

        self.app.push_screen(
            ConfirmDialog(
                f"Fuse five into one {quote.result}?", question(quote, quote.odds, self.oranges),
                yes="Fuse", no="Keep them", danger=quote.rarity.rank >= DEAR.rank,
            ),
            answered,
        )  # fmt: skip

    def _fuse(self, player_items: tuple[ItemLine, ...]) -> None:
        player, world, key = self.session.player, self.session.world, uuid4().hex
        ids = tuple(player_item.id for player_item in player_items)
        if player is None or world is None:
            return

        def deed() -> tuple[Fused, CaseDetail] | Refusal:
            fused = player.workshop.fuse(ids, key)
            if isinstance(fused, Refusal):
                return fused
            case = world.catalogue.case_as_opened(fused.roll.odds_hash)
            assert isinstance(case, CaseDetail)
            return fused, case

        self.act(
            deed,
            lambda outcome: self._fused(*outcome, player_items),
            refused=self._refused,
            group="fuse",
        )
        self.refresh_bindings()

    def _fused(self, fused: Fused, case: CaseDetail, player_items: tuple[ItemLine, ...]) -> None:
        from inventui.screens.workshop.reveal import FusionReveal

        # By now the bench may be empty: the world has been looked at in between.
        self.lay([])
        self.app.push_screen(FusionReveal(fused, case, player_items, self.action_cheapest))

    def _refused(self, refusal: Refusal) -> None:
        """The world is not as it is shown: say why, and look again."""
        self.say_refusal(refusal)
        self.app.post_message(WorldChanged())

    # Looking

    def action_proof(self) -> None:
        """Show what is promised in full."""
        case = None if self.quote is None else case_of(self.quote)
        if case is not None and self.fairness is not None:
            self.app.push_screen(FusionProof(case, self.fairness))

    def action_history(self) -> None:
        """Show all that happened to the player item under the cursor."""
        from inventui.screens.history.item_history import ItemHistoryDialog

        if self.past:
            fusion = self.query_one(PastList).row
            found = None if fusion is None else (fusion.item_id, fusion.entry)
        else:
            row = self.player_items.row
            found = None if row is None else (row.id, row.name)
        if found is not None:
            self.app.push_screen(ItemHistoryDialog(*found))

    def action_verify(self) -> None:
        """Check every roll, those of fusions among them."""
        from inventui.screens.fairness.verify import VerifyScreen

        if self.session.player is not None:
            self.app.push_screen(VerifyScreen(self.session.player))

    # What was

    def forget_past(self) -> None:
        """Another player's fusions are not for this one."""
        self._fusions, self._before, self.past = (), None, False

    def look_back(self) -> None:
        """Ask for the newest fusions; what is known of the older ones stays."""
        player = self.session.player
        if player is not None:
            self.ask(lambda: player.workshop.past(limit=PAGE), self._newest, group="past")

    def _newest(self, fusions: tuple[FusionLine, ...]) -> None:
        known = self._fusions
        if not known or not fusions or fusions[-1].id > known[0].id:
            self._fusions, self._before = fusions, _next(fusions)
        else:
            self._fusions = (*fusions, *[line for line in known if line.id < fusions[-1].id])
        self.show_past()

    @on(PagedRows.Wants, "#past")
    def _wants(self) -> None:
        before, player = self._before, self.session.player
        if before is not None and player is not None:
            self.ask(
                lambda: player.workshop.past(before, PAGE),
                lambda older: self._older(older, before), group="older",
            )  # fmt: skip

    def _older(self, fusions: tuple[FusionLine, ...], before: int) -> None:
        if before == self._before:
            self._before = _next(fusions)
            self._fusions += fusions
            self.show_past()

    def show_past(self) -> None:
        """Draw the fusions of the past."""
        self.query_one(PastList).offer(self._fusions, self.session.now())
        self.set_class(not self._fusions, "-no-past")
        self.refresh_bindings()


def _next(fusions: tuple[FusionLine, ...]) -> int | None:
    """The number to go on below, or None at the end."""
    return fusions[-1].id if len(fusions) == PAGE else None
