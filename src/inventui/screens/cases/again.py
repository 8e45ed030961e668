"""What leads on from what was won: sell it and open again, open as many again, sell at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from textual.content import Content
from textual.style import Style

from inventui.rules.cases.cases import check_open
from inventui.rules.core.money import asks_first
from inventui.rules.core.refusal import OUTDATED, Refusal
from inventui.screens.cases.reveal_actions import DEAR, NO_COMMONS, WonItems, commons, ids_of
from inventui.screens.cases.totals import sale_and_open_words, sold_at_once, sold_words
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.items.win_card import gave
from inventui.widgets.lists.item_columns import LOCKED
from inventui.widgets.session import OPENED, SOLD, session_of
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from inventui.engine.cases.models import Opening
    from inventui.engine.core.models import CaseDetail
    from inventui.engine.inventory.models import Sale


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
    if not asks_first(price, oranges, session_of(screen).questions):
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


class OpensAgain(WonItems):
    """What the actions of the reveal do that open the case once more."""

    def open_again(self) -> None:
        """Open as many once more."""
        count, self.told = self.times, ""
        ask_to_open(self, self.case, count, self.oranges, lambda: self._open(count))

    def again_words(self) -> str:
        """What opening as many again is called: with its price where no other line tells it."""
        if self.single:
            return "Again"
        return f"{self.times:,} again {money(self.case.price * self.times).plain}"

    def sell_and_open(self) -> None:
        """Sell what was won here, then open as many again; much and dear is asked about."""
        player, left, count, key = self.session.player, self.left(), self.times, uuid4().hex
        if player is None or not left:
            return
        ids, price = ids_of(left), self.case.price * count
        rich = self.oranges + sum(roll.value for roll in left)
        refusal = check_open(self.case.price, count, rich)
        if refusal is not None:
            self.say_refusal(refusal)
            return

        def sold(sale: Sale) -> None:
            self.mark_sold(sale, ids)
            self.told = f"   {sold_words(sale)}"
            self._open(count)

        def sell(yes: bool | None = True) -> None:
            if yes:
                self.act(lambda: player.inventory.sell(ids, key), sold, changes=SOLD)

        dear = [roll for roll in left if roll.rarity in DEAR]
        if not dear and not asks_first(price, rich, self.session.questions):
            sell()
            return
        title, text = sale_and_open_words(left, dear, self.case, count)
        self.app.push_screen(
            ConfirmDialog(title, text, yes="Sell and open", no="Keep", danger=bool(dear)), sell
        )

    def sell_at_once(self) -> None:
        """Sell the commons that no collection lacks, if that is what the player set."""
        player, key = self.session.player, f"at-once-{self.opening.operation}"
        ids, spare = ids_of(commons(self.left())), list[int]()
        wanted = self.session.settings.sell_commons and not self.opening.fused
        if player is None or not ids or not wanted:
            return

        def sell() -> Sale | Refusal:
            spare.extend(player.collections.spare(ids))
            return player.inventory.sell(spare, key) if spare else NO_COMMONS

        def sold(sale: Sale) -> None:
            self.at_once = sale
            self.mark_sold(sale, spare)

        self.act(sell, sold, refused=lambda _: None, changes=SOLD)

    def note_words(self) -> str:
        """What the card of one thing says besides: that it is locked, or sold."""
        if self.at_once is not None:
            return sold_at_once(self.at_once)
        return f"{LOCKED} locked" if self.locked else ""

    def _open(self, count: int) -> None:
        player, case, key = self.session.player, self.case, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.cases.open(case.id, count, key, case.odds.hash),
                self._opened,
                refused=self._not_opened,
                group="open",
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


def choices(
    opening: Opening, oranges: int, cells: int, *, locked: bool, sold: bool = False
) -> Content:
    """What can be done with one win, with its figures; each can be clicked.

    Selling and opening again in one is left out where `cells` don't suffice.
    """
    (roll,) = opening.rolls
    found = []
    free = gave(roll) and not locked and not sold
    if gave(roll) and locked:
        found.append(_choice("l", "lock", "unlocks it"))
    elif free:
        found.append(_choice("s", "sell", f"sells it for {money(roll.value).plain}"))
    if not opening.fused:
        again = "" if check_open(opening.paid, 1, oranges) is None else DIM
        words = f"again for {money(opening.paid).plain}"
        found.append(_choice("r", "again", words).stylize(again))
    line = Content("   ").join(found)
    if free and not opening.fused:
        can = "" if check_open(opening.paid, 1, oranges + roll.value) is None else DIM
        found.insert(1, _choice("S", "sell-again", "and again").stylize(can))
        longer = Content("   ").join(found)
        if longer.cell_length <= cells:
            line = longer
    return line


def _choice(key: str, action: str, words: str) -> Content:
    link = Style.from_meta({"@click": f"screen.do('reveal-{action}')"})
    return Content.assemble((key, "bold $primary"), f" {words}").stylize(link)
