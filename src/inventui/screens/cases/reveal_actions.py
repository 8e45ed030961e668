"""What can be done with player items that were just won: keep, sell, lock, open again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from textual.screen import ModalScreen

from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import asks_first
from inventui.rules.core.refusal import OUTDATED, Reason, Refusal
from inventui.screens.cases.card_wall import CardWall
from inventui.screens.cases.totals import best_last, sale_words
from inventui.widgets.frame.actions import BUSY, HasActions
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.items.win_card import gave
from inventui.widgets.session import LOCKED, OPENED, SOLD
from inventui.widgets.theme import money

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.worker import Worker

    from inventui.engine.cases.models import Opening, Roll
    from inventui.engine.core.models import CaseDetail
    from inventui.engine.inventory.models import LockChange, Sale, SaleQuote

DEAR = frozenset({Rarity.EPIC, Rarity.LEGENDARY})
"""What is celebrated, and not sold without asking."""


NO_COMMONS = Refusal(Reason.NOTHING_TO_DO, "There are no commons left to sell.")


def ask_to_open(
    screen: Screen[Any], case: CaseDetail, count: int, oranges: int, then: Callable[[], object]
) -> None:
    """Open so many cases; before much of the purse is spent, ask.

    Args:
        screen: where it is asked.
        case: which case.
        count: how many.
        oranges: what the player has.
        then: opens them.
    """
    price = case.price * count
    if not asks_first(price, oranges):
        then()
        return

    def answered(yes: bool | None) -> None:
        if yes:
            then()

    cost, left = money(price).plain, money(oranges - price).plain
    several = f"{count} cases" if count > 1 else "It"
    text = f"{several} {'cost' if count > 1 else 'costs'} {cost}. You would have {left} left."
    screen.app.push_screen(
        ConfirmDialog(f"Open {case.name}?", text, yes="Open", no="Leave it"), answered
    )


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
    """

    def __init__(self, opening: Opening, case: CaseDetail) -> None:
        self.opening, self.case = opening, case
        self.rolls: tuple[Roll, ...] = best_last(opening.rolls)
        self.playing = True
        self.oranges = opening.balance.oranges
        self.locked = False
        self.sold: frozenset[int] = frozenset()
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
        return BUSY if self.acting() else None

    def why_not_sell_commons(self) -> Refusal | None:
        """None if there are commons among many that can be sold."""
        return self.why_not_now() or (None if self._for_sale() else NO_COMMONS)

    def on_worker_state_changed(self, _: Worker.StateChanged) -> None:
        """The keys work again."""
        self.refresh_bindings()

    def keep(self) -> None:
        """Leave it in the inventory."""
        self.dismiss()

    def _for_sale(self) -> list[int]:
        """Ids of what `s` would sell: the one thing, or the commons among many."""
        return [
            roll.item_id
            for roll in self.rolls
            if roll.item_id is not None
            and roll.item_id not in self.sold
            and (self.single or roll.rarity is Rarity.COMMON)
        ]

    def sell(self) -> None:
        """Sell; what is dear or many is asked about first."""
        player, ids = self.session.player, self._for_sale()
        if player is None or not ids:
            return
        best = self.rolls[-1]
        if self.single and best.rarity not in DEAR:
            self._sell(tuple(ids))
        else:
            self.ask(lambda: player.inventory.quote(ids), self._confirm, group="quote")

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
        player_items = self.rolls[-1].entry if self.single else f"{sale.items_sold:,} things"
        self.app.notify(
            f"Sold {player_items} for {money(sale.total_value).plain}. "
            f"You have {money(sale.balance.oranges).plain} now.",
            markup=False,
        )
        self.oranges = sale.balance.oranges
        if self.single:
            self.dismiss()
            return
        self.sold |= set(ids) - {refused.id for refused in sale.refused}
        gone = frozenset(i for i, roll in enumerate(self.rolls) if roll.item_id in self.sold)
        self.query_one(CardWall).mark_gone(gone)
        self.show_words()
        self.refresh_bindings()

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

    def open_again(self) -> None:
        """Open as many once more."""
        count = self.times
        ask_to_open(self, self.case, count, self.oranges, lambda: self._open(count))

    def _open(self, count: int) -> None:
        player, case, key = self.session.player, self.case, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.cases.open(case.id, count, key, case.odds.hash),
                self._opened,
                refused=self._not_opened,
                changes=OPENED,
            )
            self.refresh_bindings()

    def _not_opened(self, refusal: Refusal) -> None:
        self.say_refusal(refusal)
        if refusal.reason in OUTDATED:
            # The new odds are shown where the case is.
            self.dismiss()

    def _opened(self, opening: Opening) -> None:
        self.opening, self.oranges = opening, opening.balance.oranges
        self.begin()
