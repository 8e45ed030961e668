"""Shifts, their crates, and daily bonuses of a town."""

from __future__ import annotations

from inventui.lab.town.people import Townsman
from inventui.lab.town.robbing import arrears_of
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory import escrow
from inventui.rules.property import rest
from inventui.rules.streets import shifts
from inventui.rules.streets.crates import CrateKind, crate_item, has_crate
from inventui.rules.streets.daily_bonus import check_daily, daily_bonus, daily_streak
from inventui.rules.streets.shifts import ShiftStyle, check_shift, shift_pay, skill_by_choice


def work_shift(town: Town, me: Townsman, work: ShiftStyle | int) -> Refusal | None:
    """Work a shift in a style, or with the skill that the game of timing gave."""
    day = town.at // DAY
    today = me.shifts_on(day)
    refusal = check_shift(today, me.last_shift_at, town.at)
    if refusal is not None:
        return refusal
    number = me.shifts + 1
    skill = (
        skill_by_choice(town.seed, me.id, number, work) if isinstance(work, ShiftStyle) else work
    )
    town.begin("shift", me)
    rested = rest_of(town, me)
    if rested:
        me.rested_on = day
    town.pay(me, HouseAccount.PLAY, shift_pay(skill, fed=me.fed, rest=rested))
    me.fed = False
    me.shifts, me.shift_day, me.shifts_today, me.last_shift_at = number, day, today + 1, town.at
    if has_crate(town.seed, me.id, number):
        _drop_crate(town, me, number)
    town.learn(me, shifts.SHIFT_EXPERIENCE)
    return None


def rest_of(town: Town, me: Townsman) -> int:
    """Percent more that their home makes shifts pay."""
    home = me.worn(Category.HOUSING)
    return 0 if home is None else rest(home.item.rarity, arrears_of(town, me))


def _drop_crate(town: Town, me: Townsman, number: int) -> None:
    held = {piece.item.slug for piece in me.pieces.values()}
    pool = {
        cell: [slug for slug in slugs if slug not in held]
        if cell[0] is CrateKind.COSMETIC
        else slugs
        for cell, slugs in town.catalogue.in_crates.items()
    }
    slug = crate_item(town.seed, me.id, number, standing(me.experience).rank, pool)
    if slug is not None:
        item = town.catalogue.items[slug]
        town.drop(me, item, item.durability, escrow.DROP_HELD)


def take_bonus(town: Town, me: Townsman) -> Refusal | None:
    """Take today's bonus."""
    day = town.at // DAY
    refusal = check_daily(day + 1 if me.bonus_day == day else day, town.at)
    if refusal is not None:
        return refusal
    me.streak = daily_streak(me.bonus_day, me.streak, day)
    me.bonus_day = day
    oranges, gems = daily_bonus(me.streak)
    me.note_most(Condition.DAILY_STREAK, me.streak)
    town.begin("daily", me)
    town.pay(me, HouseAccount.DAILY_BONUS, oranges)
    town.pay_gems(me, HouseAccount.DAILY_BONUS, gems)
    return None
