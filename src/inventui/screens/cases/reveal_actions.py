"""What can be done with player items that were just won: keep, sell, lock, open again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual.screen import ModalScreen

from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Questions
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.cases.card_wall import CardWall
from inventui.screens.cases.totals import (
    sale_words,
)
from inventui.widgets.frame.actions import BUSY, HasActions
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.undo import undo_hint, undo_step
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.items.win_card import gave
from inventui.widgets.session import LOCKED, SOLD
from inventui.widgets.text import counted
from inventui.widgets.theme import money

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from textual.worker import Worker

    from inventui.engine.cases.models import Opening, Roll
    from inventui.engine.core.models import CaseDetail
    from inventui.engine.inventory.models import LockChange, Sale, SaleQuote
    from inventui.engine.undo.models import Undone

DEAR = frozenset({Rarity.EPIC, Rarity.LEGENDARY})
"""What is celebrated, and not sold without asking."""


NOTHING_LEFT = Refusal(Reason.NOTHING_TO_DO, "None of it is left to sell.")
NO_COMMONS = Refusal(Reason.NOTHING_TO_DO, "There are no commons left to sell.")


def commons(rolls: Iterable[Roll]) -> list[Roll]:
    """Those that gave a common item."""
    return [roll for roll in rolls if gave(roll) and roll.rarity is Rarity.COMMON]


def best_last(rolls: Iterable[Roll]) -> tuple[Roll, ...]:
    """Rolls from the least to the most valuable."""
    return tuple(
        sorted(rolls, key=lambda roll: (gave(roll), roll.value, roll.rarity.rank, roll.nonce))
    )


def ids_of(rolls: Iterable[Roll]) -> list[int]:
    """The player items that they gave."""
    return [roll.item_id for roll in rolls if roll.item_id is not None]


class WonItems(HasActions, ModalScreen[None]):
    """What the actions of the reveal do; the reveal itself draws.

    Attributes:
        opening: what was won.
        case: the case that it came from.
        rolls: its rolls, the best last.
        playing: whether the result is still to come; nothing can be done then.
        oranges: what the player has.
        locked: whether the one thing is locked.
        sold: ids of what was sold here.
        sales: what was sold by each sale made here, by its operation.
        at_once: the sale of its commons that followed by itself, once it is done.
        told: what is said beside the case's name.
    """

    def __init__(self, opening: Opening, case: CaseDetail) -> None:
        self.opening, self.case = opening, case
        self.rolls: tuple[Roll, ...] = best_last(opening.rolls)
        self.playing = True
        self.oranges = opening.balance.oranges
        self.locked = False
        self.sold: frozenset[int] = frozenset()
        self.sales: dict[int, frozenset[int]] = {}
        self.at_once: Sale | None = None
        self.told = ""
        super().__init__()

    @property
    def single(self) -> bool:
        """Whether there was only one roll."""
        return len(self.opening.rolls) == 1

    @property
    def gave(self) -> bool:
        """Whether any roll gave an item."""
        return any(gave(roll) for roll in self.rolls)

    @property
    def has(self) -> bool:
        """Whether any of it is still the player's."""
        return bool(self.left())

    @property
    def times(self) -> int:
        """How many cases were opened."""
        return max(1, len(self.rolls) // self.case.odds.rolls)

    def begin(self) -> None:
        """Show `opening` from its beginning."""
        raise NotImplementedError

    def show_win(self) -> None:
        """Draw the one thing as it is now."""
        raise NotImplementedError

    def show_words(self) -> None:
        """Draw the lines below the cards."""
        raise NotImplementedError

    def why_not_now(self) -> Refusal | None:
        """None unless something is under way."""
        return BUSY if self.acting() or self.acting("open") else None

    def why_not_sell(self) -> Refusal | None:
        """None if anything is left of what was won."""
        return self.why_not_now() or (None if self.left() else NOTHING_LEFT)

    def why_not_sell_commons(self) -> Refusal | None:
        """None if there are commons among many that can be sold."""
        return self.why_not_now() or (None if self._for_sale() else NO_COMMONS)

    def on_worker_state_changed(self, _: Worker.StateChanged) -> None:
        """The keys work again."""
        self.refresh_bindings()

    def keep(self) -> None:
        """Leave it in the inventory."""
        self.dismiss()

    def left(self) -> list[Roll]:
        """The rolls whose item is still the player's, as far as is known here."""
        return [roll for roll in self.rolls if gave(roll) and roll.item_id not in self.sold]

    def _for_sale(self) -> list[int]:
        """Ids of what `s` would sell: the one thing, or the commons among many."""
        left = self.left()
        return ids_of(left if self.single else commons(left))

    def sell(self) -> None:
        """Sell; what is dear or many is asked about first."""
        player, ids = self.session.player, self._for_sale()
        if player is None or not ids:
            return
        best = self.rolls[-1]
        every = self.session.questions is Questions.ALWAYS
        if self.single and best.rarity not in DEAR and not every:
            self._sell(tuple(ids))
        else:
            self.ask(lambda: player.inventory.quote(ids), self._confirm, group=OPENING)

    def _confirm(self, quote: SaleQuote) -> None:
        if not quote.ids:
            self.say_refusal(quote.refused[0].refusal)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._sell(quote.ids)

        title, text, verb = sale_words(quote, self.rolls[-1].entry if self.single else None)
        self.app.push_screen(
            ConfirmDialog(title, text, yes=verb, no="Keep", danger=self.single), answered
        )

    def _sell(self, ids: tuple[int, ...]) -> None:
        player, key = self.session.player, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.inventory.sell(ids, key),
                lambda sale: self._sold(sale, ids),
                changes=SOLD,
            )

    def _sold(self, sale: Sale, ids: tuple[int, ...]) -> None:
        player_items = self.rolls[-1].entry if self.single else counted(sale.items_sold, "thing")
        self.app.notify(
            f"Sold {player_items} for {money(sale.total_value).plain}. "
            f"You have {money(sale.balance.oranges).plain} now." + f"\n{undo_hint(self)}",
            markup=False,
        )
        if self.single:
            self.dismiss()
            return
        self.mark_sold(sale, ids)

    def mark_sold(self, sale: Sale, ids: Collection[int]) -> None:
        """Show what is the player's no more."""
        self.oranges = sale.balance.oranges
        gone = frozenset(ids) - {refused.id for refused in sale.refused}
        self.sales[sale.operation] = gone
        self._show_sold(self.sold | gone)

    def _show_sold(self, sold: frozenset[int]) -> None:
        self.sold = sold
        gone = frozenset(i for i, roll in enumerate(self.rolls) if roll.item_id in sold)
        for wall in self.query(CardWall):
            wall.mark_gone(gone)
        if self.single:
            self.show_win()
        self.show_words()
        self.refresh_bindings()

    def can_undo(self) -> bool:
        """Whether the last thing done was a sale made here, which can be taken back."""
        if self.playing or not self.sales:
            return False
        step = undo_step(self.session)
        return step is not None and step.operation in self.sales

    def taken_back(self, undone: Undone) -> None:
        """What was sold is the player's again."""
        self.oranges -= undone.oranges
        if self.at_once is not None and self.at_once.operation == undone.undone:
            self.at_once = None
        self._show_sold(self.sold - self.sales.pop(undone.undone))

    def switch_lock(self) -> None:
        """Lock it, or unlock it again."""
        player, key = self.session.player, uuid4().hex
        won, lock = self.rolls[0].item_id, not self.locked
        if player is not None and won is not None:
            ids = [won]
            self.act(
                lambda: player.inventory.lock(ids, lock, key), self._lock_changed, changes=LOCKED
            )

    def _lock_changed(self, change: LockChange) -> None:
        self.locked = change.locked
        self.show_win()
        self.show_words()
        self.refresh_bindings()
