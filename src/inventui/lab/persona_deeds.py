"""What a persona does in a session, by its rules, with the hands of whoever plays for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from inventui.lab.personas import (
    Persona,
    PersonaDeed,
)
from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.people import Piece
from inventui.lab.town.sellers import GearOnSale
from inventui.rules.cases.cases import affordable
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import SECOND
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.streets.robbery import LOOT_LEAST, LOOT_MOST, fine
from inventui.rules.streets.shifts import SHIFT_PAUSE, SHIFTS_A_DAY, ShiftStyle
from inventui.rules.workshop import INPUTS, may_be_fused


class ProspectLike(Protocol):
    """What a persona sees of somebody whom it could rob."""

    @property
    def name(self) -> str:
        """Whom."""

    @property
    def oranges(self) -> int:
        """What they have."""

    @property
    def chance(self) -> int:
        """Of success, in percent."""

    @property
    def halved(self) -> int:
        """How often what a success takes is halved."""


class Hand(Protocol):
    """What a persona can do and see; `TownHand` is one."""

    @property
    def oranges(self) -> int:
        """What it has."""

    @property
    def shifts_today(self) -> int:
        """How many shifts it worked today."""

    @property
    def owes(self) -> bool:
        """Whether upkeep is unpaid."""

    def pieces(self) -> list[Piece]:
        """What it owns, wears, or has in escrow."""

    def worn(self, category: Category) -> TownItem | None:
        """What it wears of a kind of gear."""

    def prospects(self) -> Sequence[ProspectLike]:
        """Whom it may rob now."""

    def arrive(self) -> None:
        """Catch up with its time."""

    def play(self, work: ShiftStyle | int) -> Refusal | None:
        """Work a shift."""

    def daily(self) -> Refusal | None:
        """Take the daily bonus."""

    def claim(self, piece: Piece) -> Refusal | None:
        """Take something out of escrow."""

    def sell(self, pieces: list[Piece]) -> Refusal | None:
        """Sell to the house."""

    def open(self, case: str, count: int) -> Refusal | None:
        """Open a case."""

    def buy(self, slug: str) -> Refusal | None:
        """Buy something of the shop."""

    def pay_upkeep(self) -> Refusal | None:
        """Pay what is due."""

    def rob(self, name: str) -> Refusal | None:
        """Rob somebody."""

    def fuse(self, pieces: list[Piece]) -> Refusal | None:
        """Fuse five collectibles."""

    def complete(self, case: str) -> Refusal | None:
        """Take the reward of a set."""

    def award(self) -> None:
        """Take the rewards of the goals that it reached."""

    def gear_today(self) -> list[GearOnSale]:
        """What its gear shop has today."""

    def buy_gear(self, slug: str) -> Refusal | None:
        """Buy something there."""

    def market_now(self) -> list[GearOnSale]:
        """What the black market has."""

    def buy_at_market(self, slug: str) -> Refusal | None:
        """Buy something there."""


PAUSE = 5 * SECOND
"""Between two robberies."""

FUSION_PAUSE = 5 * SECOND
"""Between two fusions."""


def session(persona: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    """Do what a persona does in a session; the milliseconds to wait between two deeds."""
    hand.arrive()
    for deed in persona.deeds:
        yield from _DEEDS[deed](persona, hand, catalogue)


def _daily(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    hand.daily()
    yield 0


def _claim(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    for piece in hand.pieces():
        if piece.status is Status.ESCROWED:
            hand.claim(piece)
    yield 0


def _shifts(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    for _number in range(persona.shifts):
        if hand.shifts_today >= SHIFTS_A_DAY or hand.play(persona.work) is not None:
            return
        yield SHIFT_PAUSE


def _sell(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    sold = [
        piece
        for piece in hand.pieces()
        if piece.status is Status.OWNED and piece.item.category in persona.sells
    ]
    if sold:
        hand.sell(sold)
    yield 0


def _pay(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    if hand.owes:
        hand.pay_upkeep()
    yield 0


def _invest(persona: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    for category in persona.invests:
        purse = hand.oranges - persona.reserve
        worn = hand.worn(Category(category))
        better = [
            item
            for item in catalogue.for_sale(Category(category))
            if item.offer.price.oranges <= purse and _better(persona, item, worn)
        ]
        owned = {piece.item.slug for piece in hand.pieces()}
        for item in reversed(better):
            if item.slug not in owned and hand.buy(item.slug) is None:
                break
    yield 0


_WORTH = {
    Category.WEAPON: "rob_bonus",
    Category.ARMOR: "defence_bonus",
    Category.HOUSING: "insurance",
}


def _better(persona: Persona, item: TownItem, worn: TownItem | None) -> bool:
    """Whether a persona would have an item rather than what it wears."""
    if item.category is Category.BUSINESS:
        before = 0 if worn is None else _earns(worn)
        return _earns(item) * persona.payback >= item.offer.price.oranges and _earns(item) > before
    if item.category is Category.HOUSING and item.rarity.rank > persona.home.rank:
        return False
    name = _WORTH[item.category]
    return worn is None or item.figure(name) > worn.figure(name)


def _earns(item: TownItem) -> int:
    """What a business brings a day."""
    return item.figure("revenue") - item.figure("operating_cost")


def _open(persona: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    purse = (hand.oranges - persona.reserve) * persona.share // 100
    prices = sorted(
        (odds.price, case)
        for case, odds in catalogue.cases.items()
        if odds.price <= purse and persona.case in ("", case)
    )
    if prices:
        price, case = prices[-1]
        hand.open(case, min(persona.openings, affordable(price, purse)))
    yield 0


def _rob(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    for _number in range(persona.robberies):
        loss = fine(hand.oranges)
        hopes = [(_hope(found, loss), found.name) for found in hand.prospects()]
        if not hopes or hand.rob(max(hopes)[1]) is not None:
            return
        yield PAUSE


def _hope(prospect: ProspectLike, loss: int) -> int:
    """What a robbery brings in the mean, in hundredths of oranges."""
    taken = prospect.chance * prospect.oranges * (LOOT_LEAST + LOOT_MOST) // 200
    return (taken >> prospect.halved) - (100 - prospect.chance) * loss


def _gear(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    _buy_best(persona, hand, hand.gear_today(), hand.buy_gear)
    yield 0


def _market(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    _buy_best(persona, hand, hand.market_now(), hand.buy_at_market)
    yield 0


def _buy_best(
    persona: Persona,
    hand: Hand,
    offered: Sequence[GearOnSale],
    buy: Callable[[str], Refusal | None],
) -> None:
    """Buy of each kind that a persona invests in the dearest that is better and can be paid."""
    for category in persona.invests:
        purse, worn = hand.oranges - persona.reserve, hand.worn(Category(category))
        owned = {piece.item.slug for piece in hand.pieces()}
        better = [
            found
            for found in offered
            if found.item.category == category
            and found.price <= purse
            and found.item.slug not in owned
            and _better(persona, found.item, worn)
        ]
        for found in sorted(better, key=lambda found: (-found.price, found.item.slug)):
            if buy(found.item.slug) is None:
                break


def _fuse(persona: Persona, hand: Hand, _: TownCatalogue) -> Iterator[int]:
    left = persona.fusions
    for rarity in Rarity:
        while left:
            chosen = _spare(hand, rarity)[:INPUTS]
            if len(chosen) < INPUTS or hand.fuse(chosen) is not None:
                break
            left -= 1
            yield FUSION_PAUSE


def _spare(hand: Hand, rarity: Rarity) -> list[Piece]:
    """What may be fused and is there more than once, less one of each, the cheapest first."""
    seen: set[str] = set()
    found = []
    for piece in hand.pieces():
        item = piece.item
        if item.rarity is not rarity or not may_be_fused(item.category, rarity):
            continue
        if item.slug in seen and piece.status is Status.OWNED:
            found.append(piece)
        seen.add(item.slug)
    return sorted(found, key=lambda piece: (piece.item.value, piece.item.slug, piece.id))


def _sets(_: Persona, hand: Hand, catalogue: TownCatalogue) -> Iterator[int]:
    held = {piece.item.slug for piece in hand.pieces()}
    for case, wanted in catalogue.sets.items():
        if held.issuperset(wanted):
            hand.complete(case)
    yield 0


def _awards(_: Persona, hand: Hand, __: TownCatalogue) -> Iterator[int]:
    hand.award()
    yield 0


_DEEDS: Mapping[PersonaDeed, Callable[[Persona, Hand, TownCatalogue], Iterator[int]]] = {
    PersonaDeed.DAILY: _daily,
    PersonaDeed.CLAIM: _claim,
    PersonaDeed.SHIFTS: _shifts,
    PersonaDeed.SELL: _sell,
    PersonaDeed.PAY: _pay,
    PersonaDeed.INVEST: _invest,
    PersonaDeed.OPEN: _open,
    PersonaDeed.ROB: _rob,
    PersonaDeed.GEAR: _gear,
    PersonaDeed.MARKET: _market,
    PersonaDeed.FUSE: _fuse,
    PersonaDeed.SETS: _sets,
    PersonaDeed.AWARDS: _awards,
}
