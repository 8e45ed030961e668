"""A townsman's hands: what a player can do, asked of the rules and written at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inventui.lab.town.achievements import award
from inventui.lab.town.catalogue import TownItem
from inventui.lab.town.people import Piece, Townsman
from inventui.lab.town.robbing import Prospect, arrears_of, prospects, rob
from inventui.lab.town.sellers import (
    GearOnSale,
    gear_offer,
    gear_today,
    market_now,
    market_offer,
    stalls,
)
from inventui.lab.town.time import settle
from inventui.lab.town.town import Town
from inventui.lab.town.workshop import complete, fuse
from inventui.rules.achievements import WON, Condition
from inventui.rules.cases.cases import check_open
from inventui.rules.cases.fairness import tickets
from inventui.rules.cases.odds import OddsEntry
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.money import Currency, HouseAccount, can_pay
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.escrow import DROP_HELD, check_claim
from inventui.rules.inventory.inventory import check_sell
from inventui.rules.property import check_arrears, check_leave, rest
from inventui.rules.shop import Buyer, Offer, check_buy, worn_on_buying
from inventui.rules.streets.crates import CrateKind, crate_item, has_crate
from inventui.rules.streets.daily_bonus import check_daily, daily_bonus, daily_streak
from inventui.rules.streets.shifts import (
    SHIFT_EXPERIENCE,
    ShiftStyle,
    check_shift,
    shift_pay,
    skill_by_choice,
)


class TownHand:
    """What one townsman can do.

    Every method that does something catches up with their time first, and answers with a refusal
    if a rule forbids it.
    """

    def __init__(self, town: Town, person: Townsman) -> None:
        self._town = town
        self._me = person

    @property
    def oranges(self) -> int:
        """What they have."""
        return self._me.oranges

    @property
    def shifts_today(self) -> int:
        """How many shifts they worked today."""
        return self._me.shifts_on(self._town.at // DAY)

    @property
    def owes(self) -> bool:
        """Whether upkeep is unpaid."""
        return bool(self._me.unpaid)

    def pieces(self) -> list[Piece]:
        """What they own, wear, or have in escrow, the oldest first."""
        return list(self._me.pieces.values())

    def worn(self, category: Category) -> TownItem | None:
        """What they wear of a kind of gear."""
        piece = self._me.worn(category)
        return None if piece is None else piece.item

    def arrive(self) -> None:
        """Catch up with their time."""
        settle(self._town, self._me, here=True)

    def play(self, work: ShiftStyle | int) -> Refusal | None:
        """Work a shift in a style, or with the skill that the game of timing gave."""
        town, me = self._town, self._me
        settle(town, me, here=True)
        day = town.at // DAY
        today = me.shifts_on(day)
        refusal = check_shift(today, me.last_shift_at, town.at)
        if refusal is not None:
            return refusal
        number = me.shifts + 1
        skill = (
            skill_by_choice(town.seed, me.id, number, work)
            if isinstance(work, ShiftStyle)
            else work
        )
        town.begin("shift", me)
        rested = self._rest()
        if rested:
            me.rested_on = day
        town.pay(me, HouseAccount.PLAY, shift_pay(skill, fed=False, rest=rested))
        me.shifts, me.shift_day, me.shifts_today, me.last_shift_at = number, day, today + 1, town.at
        if has_crate(town.seed, me.id, number):
            self._crate(number)
        town.learn(me, SHIFT_EXPERIENCE)
        return None

    def _rest(self) -> int:
        """Percent more that their home makes shifts pay."""
        home = self._me.worn(Category.HOUSING)
        return 0 if home is None else rest(home.item.rarity, arrears_of(self._town, self._me))

    def _crate(self, number: int) -> None:
        town, me = self._town, self._me
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
            town.drop(me, item, item.durability, DROP_HELD)

    def daily(self) -> Refusal | None:
        """Take today's bonus."""
        town, me = self._town, self._me
        settle(town, me, here=True)
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
        me.gems += gems
        town.line(HouseAccount.DAILY_BONUS, Currency.GEMS, gems)
        return None

    def claim(self, piece: Piece) -> Refusal | None:
        """Take something out of escrow."""
        town, me = self._town, self._me
        settle(town, me, here=True)
        status = piece.status if piece.id in me.pieces else Status.EXPIRED
        item = piece.item
        refusal = check_claim(
            item.name, item.category, status, piece.held_until, me.gear_held(), town.at
        )
        if refusal is None:
            town.begin("claim", me)
            piece.status, piece.since = Status.OWNED, town.at
        return refusal

    def sell(self, pieces: Iterable[Piece]) -> Refusal | None:
        """Sell to the house what it buys."""
        town, me = self._town, self._me
        settle(town, me, here=True)
        sold = [
            piece
            for piece in pieces
            if piece.id in me.pieces
            and check_sell(piece.item.name, piece.item.category, piece.status, locked=False) is None
        ]
        if not sold:
            return Refusal(Reason.NOTHING_TO_DO, "There is nothing to sell.")
        town.begin("sell", me)
        for piece in sold:
            del me.pieces[piece.id]
        oranges = sum(piece.item.value for piece in sold)
        town.pay(me, HouseAccount.SALE, oranges)
        me.tally[Condition.ITEMS_SOLD] += len(sold)
        me.note_most(Condition.BIGGEST_SALE, oranges)
        return None

    def open(self, case: str, count: int) -> Refusal | None:
        """Open a case so often."""
        town, me = self._town, self._me
        settle(town, me, here=True)
        odds, pair = town.catalogue.cases[case], me.pair
        assert pair is not None
        refusal = check_open(odds.price, count, me.oranges)
        if refusal is not None:
            return refusal
        drawn = tickets(pair.server_seed, pair.client_seed, pair.nonce, count * odds.rolls)
        won = odds.outcomes(drawn, me.since_hit.get(case, 0))
        pair.nonce += len(drawn)
        me.since_hit[case] = odds.since_after(won[-1].entry, won[-1].since)
        _count_won(me, [odds.entries[outcome.entry] for outcome in won])
        town.begin("open", me)
        town.spend(me, HouseAccount.CASE, odds.price * count)
        slugs = [odds.entries[outcome.entry].item for outcome in won]
        town.give(me, [town.catalogue.items[slug] for slug in slugs if slug], case)
        return None

    def award(self) -> None:
        """Take the rewards of every goal that is reached."""
        award(self._town, self._me)

    def fuse(self, pieces: Sequence[Piece]) -> Refusal | None:
        """Make five collectibles of one rarity into one of the next."""
        settle(self._town, self._me, here=True)
        return fuse(self._town, self._me, pieces)

    def complete(self, case: str) -> Refusal | None:
        """Take the reward for everything that a case gives."""
        settle(self._town, self._me, here=True)
        return complete(self._town, self._me, case)

    def buy(self, slug: str) -> Refusal | None:
        """Buy something of the shop, and put it on if it is gear."""
        settle(self._town, self._me, here=True)
        item = self._town.catalogue.items[slug]
        return self._buy(item, item.offer, HouseAccount.SHOP)

    def gear_today(self) -> list[GearOnSale]:
        """What their gear shop has today."""
        return gear_today(self._town, self._me)

    def buy_gear(self, slug: str) -> Refusal | None:
        """Buy something of their gear shop."""
        settle(self._town, self._me, here=True)
        item = self._town.catalogue.items[slug]
        return self._buy(item, gear_offer(item), HouseAccount.SHOP)

    def market_now(self) -> list[GearOnSale]:
        """What the black market has now."""
        return market_now(self._town)

    def buy_at_market(self, slug: str) -> Refusal | None:
        """Buy something of the black market."""
        town = self._town
        settle(town, self._me, here=True)
        stall = next(stall for stall in stalls(town) if stall.item.slug == slug)
        refusal = self._buy(stall.item, market_offer(town, stall), HouseAccount.BLACK_MARKET)
        if refusal is None:
            stall.sold += 1
        return refusal

    def _buy(self, item: TownItem, offer: Offer, sink: HouseAccount) -> Refusal | None:
        town, me, slug = self._town, self._me, item.slug
        owned = frozenset({slug}) if any(p.item.slug == slug for p in me.pieces.values()) else ()
        buyer = Buyer(
            oranges=me.oranges, gems=me.gems, owned=frozenset(owned), gear_held=me.gear_held()
        )
        refusal = check_buy(offer, buyer, town.at)
        if refusal is not None:
            return refusal
        town.begin("buy", me)
        town.spend(me, sink, offer.price.oranges)
        (piece,) = town.give(me, [item])
        swap = self._check_swap(item) is None
        if worn_on_buying(item.category) and piece.status is Status.OWNED and swap:
            town.put_on(me, piece)
        return None

    def equip(self, piece: Piece) -> Refusal | None:
        """Put on a piece of gear."""
        town, me = self._town, self._me
        settle(town, me, here=True)
        if me.pieces.get(piece.id) is not piece or piece.status is not Status.OWNED:
            return Refusal(Reason.WRONG_STATUS, "That can't be put on.")
        refusal = self._check_swap(piece.item)
        if refusal is not None:
            return refusal
        town.begin("equip", me)
        town.put_on(me, piece)
        return None

    def _check_swap(self, item: TownItem) -> Refusal | None:
        """None if what is in an item's slot may come off for it."""
        me, worn = self._me, self._me.worn(item.category)
        if worn is None or item.category is not Category.HOUSING:
            return None
        less = item.figure("upkeep") < worn.item.figure("upkeep")
        rested = less and me.rested_on == self._town.at // DAY
        owed = sum(due for _, due in me.unpaid)
        return check_leave(worn.item.name, len(me.unpaid), owed, rested=rested)

    def pay_upkeep(self) -> Refusal | None:
        """Pay all upkeep that is due."""
        town, me = self._town, self._me
        settle(town, me, here=True)
        total = sum(due for _, due in me.unpaid)
        refusal = check_arrears(len(me.unpaid)) or can_pay(total, me.oranges, Currency.ORANGES)
        if refusal is not None:
            return refusal
        town.begin("upkeep", me)
        town.charge(me, HouseAccount.UPKEEP, total)
        me.unpaid = ()
        return None

    def prospects(self) -> list[Prospect]:
        """Everybody who may be robbed now: neighbours in the pack's order, then players by name."""
        return prospects(self._town, self._me)

    def rob(self, name: str) -> Refusal | None:
        """Rob somebody by name."""
        return rob(self._town, self._me, name)


def _count_won(me: Townsman, won: Sequence[OddsEntry]) -> None:
    me.tally[Condition.OPENINGS] += len(won)
    me.note_most(Condition.BIGGEST_BATCH, len(won))
    for entry in won:
        me.note_most(Condition.BEST_WIN, entry.value)
        if entry.rarity in WON:
            me.tally[WON[entry.rarity]] += 1
