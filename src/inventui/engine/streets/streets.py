"""Streets: shifts, the daily bonus, and robbing.

Shifts and bonuses are what a player earns by playing. Each is a line numbered by its day (whole
days since 1970 UTC): 40 shifts a day 30 s apart, one bonus a day. What may be had is decided by
these lines and not by the time that has passed, so a clock that is set back or forth pays
nothing twice; the database refuses a second line of the same day and number.

A shift of timing is begun when its first tap opens, which is an operation of its own: whoever
goes away then, by whatever way, has that shift counted before the next, with an empty glass.

A shift's skill comes from the game of timing, or from a style, whose skill is drawn from the
world's seed and the shift's number. Its crate is drawn in the same way, so what a shift gives
is fixed by its number and the rank, however often somebody tries it.

`tests/engine/test_streets.py` fails if a clock pays twice, and `test_street_processes.py` if two
programs do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.guards.sql import FED_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import gain_experience, purse_of, receive
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.streets.bonus_days import free_day_of, last_bonus
from inventui.engine.streets.crate import drop_crate
from inventui.engine.streets.loadout import rest_of
from inventui.engine.streets.models import (
    DailyPaid,
    RobberyDone,
    ShiftBegun,
    ShiftPaid,
    StreetsView,
    TargetView,
)
from inventui.engine.streets.rob import Robberies
from inventui.engine.streets.targets import targets_of
from inventui.rules.core.clock import DAY
from inventui.rules.core.counters import Counted
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Refusal
from inventui.rules.streets import daily_bonus as daily_bonus_rules
from inventui.rules.streets import shifts as shifts_rules
from inventui.rules.streets.daily_bonus import check_daily, daily_bonus, daily_streak
from inventui.rules.streets.shifts import (
    ShiftStyle,
    check_begin,
    check_shift,
    check_skill,
    next_shift,
    shift_pay,
    skill_by_choice,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


class _ShiftCounts(NamedTuple):
    """How many shifts a player worked in all and on a day, and when they began the last."""

    worked: int
    today: int
    last_at: int | None


_SHIFTS = Statement(
    "SELECT coalesce((SELECT number FROM counter WHERE player_id = :player AND what = '{shifts}'"
    " AND entry = 0), 0) AS worked, (SELECT count(*) FROM shift WHERE player_id = :player"
    " AND day = :day) AS today, (SELECT at FROM shift INDEXED BY shift_of_player"
    " WHERE player_id = :player ORDER BY id DESC LIMIT 1) AS last_at",
    _ShiftCounts,
    shifts=Counted.SHIFTS,
)
_BEGUN = Statement(
    "SELECT key FROM operation o WHERE player_id = :player AND kind = 'begin_shift' AND id >"
    " coalesce((SELECT operation_id FROM shift INDEXED BY shift_of_player WHERE player_id = :player"
    " ORDER BY id DESC LIMIT 1), 0) ORDER BY id DESC LIMIT 1",
    str,
)
_SHIFT = Statement(
    "INSERT INTO shift (operation_id, player_id, day, number, at, skill, pay, fed, rest,"
    " player_item_id)"
    " VALUES (:operation, :player, :day, :number, :at, :skill, :pay, :fed, :rest, :item)"
)
_FED = Statement(
    "SELECT 1 FROM effect INDEXED BY effect_fed WHERE player_id = :player AND {fed}",
    int,
    fed=FED_SQL,
)
_EAT = Statement(
    "UPDATE effect SET ended_by = :operation"
    " WHERE player_id = :player AND kind = 'fed' AND ended_by IS NULL"
)


_BONUS = Statement(
    "INSERT INTO daily_bonus (operation_id, player_id, day, streak)"
    " VALUES (:operation, :player, :day, :streak)"
)


class Streets:
    """One player's shifts, daily bonus and robberies."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._robbing = Robberies(handle)

    def view(self) -> StreetsView:
        """What a shift and a bonus would bring now, and when the next ones may be had."""
        with self._world.store.read() as connection:
            return self.view_in(connection, self._world.clock.now())

    def view_in(self, connection: Connection, now: int) -> StreetsView:
        """The same in a read that is under way."""
        player = {"player": self._handle.id}
        day = now // DAY
        shifts = self._shifts(connection, day)
        free_day = free_day_of(connection, self._handle.id, day)
        last = last_bonus(connection, self._handle.id, free_day)
        fed = connection.execute(_FED, player).first() is not None
        rest = rest_of(self._world, connection, self._handle.id, now)
        last_day, streak = (None, 0) if last is None else (last.day, last.streak)
        ready = check_daily(free_day, now) is None
        bonus_at = max(now, free_day * DAY)
        bonus_day = daily_streak(last_day, streak, free_day)
        oranges, gems = daily_bonus(bonus_day)
        full = streak == daily_bonus_rules.STREAK
        return StreetsView(
            at=now,
            shifts_today=shifts.today,
            shifts_left=max(0, shifts_rules.SHIFTS_A_DAY - shifts.today),
            next_shift_at=next_shift(shifts.today, shifts.last_at, now),
            shift_number=shifts.worked + 1,
            abandoned=self._begun(connection) is not None,
            fed=fed,
            rest=rest,
            pay_least=shift_pay(0, fed=fed, rest=rest),
            pay_most=shift_pay(100, fed=fed, rest=rest),
            streak=streak if bonus_day > 1 or (full and not ready) else 0,
            bonus_ready=ready,
            bonus_at=bonus_at,
            bonus_day=bonus_day,
            bonus_oranges=oranges,
            bonus_gems=gems,
        )

    def begin(self, key: str | None = None) -> ShiftBegun | Refusal:
        """Open the first tap of a shift: from now on it counts, and no other can be begun."""
        intent = Intent("begin_shift", {}, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, self._begin, ShiftBegun)

    def _begin(self, draft: Draft) -> ShiftBegun | Refusal:
        shifts = self._shifts(draft.connection, draft.at // DAY)
        another = self._begun(draft.connection) is not None
        return check_begin(another, shifts.today, shifts.last_at, draft.at) or ShiftBegun(
            draft.begin().id, draft.at
        )

    def play(
        self, skill: int | ShiftStyle, key: str | None = None, *, begun: str | None = None
    ) -> ShiftPaid | Refusal:
        """Work a shift; if another was begun and left, that one, with skill 0.

        Args:
            skill: 0 to 100, as the game of timing gave it; or a style, whose skill is drawn
                from the world's seed.
            key: idempotency key.
            begun: the key with which this shift of timing was begun.
        """
        if isinstance(skill, ShiftStyle):
            request: dict[str, object] = {"style": str(skill)}
            begun = None
        else:
            refusal = check_skill(skill)
            if refusal is not None:
                return refusal
            request = {"skill": skill} if begun is None else {"skill": skill, "begun": begun}
        intent = Intent("shift", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(
            self._world, intent, lambda draft: self._play(draft, skill, begun), ShiftPaid
        )

    def _play(
        self, draft: Draft, skill: int | ShiftStyle, begun: str | None
    ) -> ShiftPaid | Refusal:
        connection, world, player = draft.connection, self._world, self._handle.id
        day = draft.at // DAY
        shifts = self._shifts(connection, day)
        refusal = check_shift(shifts.today, shifts.last_at, draft.at)
        if refusal is not None:
            return refusal
        worked = shifts.worked + 1
        abandoned = self._begun(connection) not in (None, begun)
        if abandoned:
            skill = 0
        if isinstance(skill, ShiftStyle):
            skill = skill_by_choice(world.seed, player, worked, skill)
        fed = connection.execute(_FED, {"player": player}).first() is not None
        rest = rest_of(world, connection, player, draft.at)
        pay = shift_pay(skill, fed=fed, rest=rest)
        purse = purse_of(connection, player)

        operation = draft.begin()
        pay = receive(operation, world.house, purse, HouseAccount.PLAY, Currency.ORANGES, pay)
        if fed:
            connection.execute(_EAT, {"operation": operation.id, "player": player})
        crate = drop_crate(world, operation, player, worked, standing(purse.experience).rank)
        connection.execute(
            _SHIFT,
            {
                "operation": operation.id,
                "player": player,
                "day": day,
                "number": shifts.today + 1,
                "at": operation.at,
                "skill": skill,
                "pay": pay,
                "fed": fed,
                "rest": rest,
                "item": None if crate is None else crate.item_id,
            },
        )
        gained = gain_experience(operation, world.house, purse, shifts_rules.SHIFT_EXPERIENCE)
        left = shifts_rules.SHIFTS_A_DAY - shifts.today - 1
        return ShiftPaid(
            operation=operation.id,
            number=shifts.today + 1,
            shifts_left=left,
            skill=skill,
            pay=pay,
            fed=fed,
            rest=rest,
            crate=crate,
            next_shift_at=operation.at + shifts_rules.SHIFT_PAUSE if left else (day + 1) * DAY,
            balance=purse_of(connection, player).balance,
            experience_gained=gained.experience,
            rank_up=gained.rank_up,
            at=operation.at,
            unpaid=operation.unpaid,
            abandoned=abandoned,
        )

    def daily(self, key: str | None = None) -> DailyPaid | Refusal:
        """Take today's bonus."""
        intent = Intent("daily", {}, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, self._daily, DailyPaid)

    def _daily(self, draft: Draft) -> DailyPaid | Refusal:
        connection, house, player = draft.connection, self._world.house, self._handle.id
        day = draft.at // DAY
        last = last_bonus(connection, player, day)
        last_day, streak = (None, 0) if last is None else (last.day, last.streak)
        refusal = check_daily(free_day_of(connection, self._handle.id, day), draft.at)
        if refusal is not None:
            return refusal
        today = daily_streak(last_day, streak, day)
        oranges, gems = daily_bonus(today)
        purse = purse_of(connection, player)

        operation = draft.begin()
        oranges, gems = (
            receive(operation, house, purse, HouseAccount.DAILY_BONUS, currency, amount)
            for currency, amount in ((Currency.ORANGES, oranges), (Currency.GEMS, gems))
        )
        connection.execute(
            _BONUS, {"operation": operation.id, "player": player, "day": day, "streak": today}
        )
        return DailyPaid(
            operation=operation.id,
            streak=today,
            oranges=oranges,
            gems=gems,
            next_at=free_day_of(connection, self._handle.id, day) * DAY,
            balance=purse_of(connection, player).balance,
            at=operation.at,
            unpaid=operation.unpaid,
        )

    def targets(self, also: str = "") -> tuple[TargetView, ...]:
        """Neighbours in the pack's order, the first 1,000 persons, and who is named `also`."""
        return targets_of(self._handle, also)

    def rob(
        self, target: str, key: str | None = None, shown: int | None = None
    ) -> RobberyDone | Refusal:
        """Rob somebody by name, with a roll of this player's active seed pair.

        A chance other than the one that was `shown` is refused.
        """
        return self._robbing.rob(target, key, shown)

    def _begun(self, connection: Connection) -> str | None:
        """The key of a shift that was begun and has not ended."""
        return connection.execute(_BEGUN, {"player": self._handle.id}).first()

    def _shifts(self, connection: Connection, day: int) -> _ShiftCounts:
        return connection.execute(_SHIFTS, {"player": self._handle.id, "day": day}).one()
