"""Property: a player's business and home, what they brought and what they owe.

A business is run and a home lived in while they are equipped, so there is one of each at most.
What they bring and cost is written by catching up with time (`time.catch_up`), not here: each
period of 3 h pays a business once, each day at 00:00 UTC makes a home's upkeep due once. This
module shows that, and does the one thing that is left to a player: paying arrears.

A day's upkeep is paid by itself if the oranges suffice; otherwise it stays due. The oldest day
that is due decides what follows (`rules.property.arrears`): first nothing, then lower bonuses
and revenue, then the home is lost. So paying ends all of it at once, and a home with arrears
can't be changed for another to escape them.

`tests/engine/test_property.py` fails if a period or a day is counted twice, or if the amounts
depend on when somebody looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.counts import count_of
from inventui.engine.core.ledger import pay, purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.situation import situation_of, unpaid
from inventui.engine.property.models import BusinessView, HomeView, PropertyView, UpkeepPaid
from inventui.rules import property as property_rules
from inventui.rules.core.clock import DAY
from inventui.rules.core.counters import Counted
from inventui.rules.core.money import Currency, HouseAccount, can_pay, check_price
from inventui.rules.core.refusal import Refusal
from inventui.rules.property import (
    Arrears,
    UpkeepState,
    arrears,
    check_arrears,
    period_at,
    period_ends,
    reduced,
    rest,
)
from inventui.rules.time.situation import Business, Home, Situation

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

LAST = 8
"""How many of the latest periods are shown: a day's."""


class _Income(NamedTuple):
    period: int
    revenue: int
    cost: int


_LAST = Statement(
    "SELECT period, revenue, cost FROM income INDEXED BY income_of_business"
    " WHERE player_item_id = :player_item"
    " ORDER BY period DESC LIMIT :count",
    _Income,
)
_PAY = Statement(
    "UPDATE upkeep SET state = '{paid}', ended_by = :operation WHERE id = :id",
    paid=UpkeepState.PAID,
)
# A clock that ran ahead may have paid periods, and charged days, that are yet to come.
_NEXT_PERIOD = Statement(
    "SELECT period + 1 FROM income i WHERE player_id = :player AND period >= :number AND NOT EXISTS"
    " (SELECT 1 FROM income n WHERE n.player_id = :player AND n.period = i.period + 1)"
    " ORDER BY period LIMIT 1",
    int,
)
_NEXT_DAY = Statement(
    "SELECT day + 1 FROM upkeep u WHERE player_id = :player AND day >= :number AND NOT EXISTS"
    " (SELECT 1 FROM upkeep n WHERE n.player_id = :player AND n.day = u.day + 1)"
    " ORDER BY day LIMIT 1",
    int,
)
_PERIOD_PAID = Statement("SELECT 1 FROM income WHERE player_id = :player AND period = :number", int)
_DAY_CHARGED = Statement("SELECT 1 FROM upkeep WHERE player_id = :player AND day = :number", int)
_ITEM = Statement("SELECT item_id FROM player_item WHERE id = :player_item", int)


class Property:
    """One player's business and home."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def view(self) -> PropertyView:
        """The player's business and home as of now."""
        world, player = self._world, self._handle.id
        now = world.clock.now()
        with world.store.read() as connection:
            purse = purse_of(connection, player)
            situation = situation_of(world, connection, player, purse, now)
            state = _arrears(situation, now // DAY)
            return PropertyView(
                business=None
                if situation.business is None
                else self._business(connection, situation.business, state, now),
                home=None
                if situation.home is None
                else self._home(connection, situation, situation.home, state, now),
                oranges=purse.oranges,
                at=now,
            )

    def _business(
        self, connection: Connection, business: Business, state: Arrears, now: int
    ) -> BusinessView:
        who = {"player": self._handle.id, "player_item": business.player_item}
        item = self._world.catalogue.item(connection, connection.execute(_ITEM, who).one())
        last = connection.execute(_LAST, {**who, "count": LAST})
        revenue, costs = (
            count_of(connection, self._handle.id, what, business.player_item)
            for what in (Counted.REVENUE, Counted.COSTS)
        )
        return BusinessView(
            item_id=business.player_item,
            slug=item.slug,
            name=item.name,
            rarity=item.rarity,
            sprite=item.sprite,
            revenue=business.revenue,
            cost=business.cost,
            earned=revenue - costs,
            last=tuple((period_ends(row.period), row.revenue, row.cost) for row in last),
            next_at=period_ends(
                self._first_free(connection, _PERIOD_PAID, _NEXT_PERIOD, period_at(now))
            ),
            reduced=state in (Arrears.DEBUFF, Arrears.EVICTION),
        )

    def _home(
        self, connection: Connection, situation: Situation, home: Home, state: Arrears, now: int
    ) -> HomeView:
        item = self._world.catalogue.item(
            connection, connection.execute(_ITEM, {"player_item": home.player_item}).one()
        )
        oldest = situation.unpaid[0][0] if situation.unpaid else None
        lowered = state in (Arrears.DEBUFF, Arrears.EVICTION)
        return HomeView(
            item_id=home.player_item,
            slug=item.slug,
            name=item.name,
            rarity=item.rarity,
            sprite=item.sprite,
            upkeep=home.upkeep,
            insurance=reduced(home.insurance) if lowered else home.insurance,
            rest=rest(item.rarity, state),
            next_at=self._first_free(connection, _DAY_CHARGED, _NEXT_DAY, now // DAY + 1) * DAY,
            arrears=state,
            days_due=len(situation.unpaid),
            owed=sum(due for _, due in situation.unpaid),
            debuff_at=None if oldest is None else (oldest + property_rules.GRACE_DAYS) * DAY,
            eviction_at=None if oldest is None else (oldest + property_rules.EVICTION_DAYS) * DAY,
        )

    def _first_free(
        self, connection: Connection, taken: Statement[int], following: Statement[int], number: int
    ) -> int:
        """The first number from `number` on that has no line yet."""
        asked = {"player": self._handle.id, "number": number}
        if connection.execute(taken, asked).first() is None:
            return number
        return connection.execute(following, asked).one()

    def pay(self, key: str | None = None, shown: int | None = None) -> UpkeepPaid | Refusal:
        """Pay all upkeep that is due; a sum other than the one that was `shown` is refused."""
        intent = Intent("upkeep", {}, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self._pay(draft, shown), UpkeepPaid)

    def _pay(self, draft: Draft, shown: int | None) -> UpkeepPaid | Refusal:
        connection, player = draft.connection, self._handle.id
        owed = unpaid(connection, player)
        purse = purse_of(connection, player)
        total = sum(row.due for row in owed)
        refusal = (
            check_arrears(len(owed))
            or check_price(total, shown, Currency.ORANGES)
            or can_pay(total, purse.oranges, Currency.ORANGES)
        )
        if refusal is not None:
            return refusal
        operation = draft.begin()
        pay(operation, self._world.house, purse, HouseAccount.UPKEEP, Currency.ORANGES, total)
        connection.execute_many(_PAY, [{"operation": operation.id, "id": row.id} for row in owed])
        return UpkeepPaid(
            operation.id, len(owed), total, Balance(purse.oranges - total, purse.gems)
        )


def _arrears(situation: Situation, day: int) -> Arrears:
    return arrears(situation.unpaid[0][0] if situation.unpaid else None, day)
