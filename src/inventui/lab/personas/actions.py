"""What a persona does in a session, by its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from inventui.lab.personas import shopping, trading
from inventui.lab.personas.actor import Actor, ProspectLike
from inventui.lab.personas.home import follow_home
from inventui.lab.personas.model import Persona, PersonaAction
from inventui.lab.town.catalogue import TownCatalogue
from inventui.lab.town.people import Piece
from inventui.rules import consumables, workshop
from inventui.rules.cases.cases import affordable
from inventui.rules.core.clock import SECOND
from inventui.rules.core.enums import ConsumableKind, Rarity, Status
from inventui.rules.streets import robbery, shifts
from inventui.rules.streets.robbery import fine
from inventui.rules.workshop import may_be_fused

PAUSE = 5 * SECOND
"""Between two robberies."""

FUSION_PAUSE = 5 * SECOND
"""Between two fusions."""


def session(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    """Do what a persona does in a session; the milliseconds to wait between two actions."""
    actor.arrive()
    for action in persona.actions:
        yield from _ACTIONS[action](persona, actor, catalogue)


def _daily(_: Persona, actor: Actor, __: TownCatalogue) -> Iterator[int]:
    actor.daily()
    yield 0


def _claim(_: Persona, actor: Actor, __: TownCatalogue) -> Iterator[int]:
    for piece in actor.pieces():
        if piece.status is Status.ESCROWED:
            actor.claim(piece)
    yield 0


def _shifts(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    for _number in range(persona.shifts):
        if actor.shifts_today >= shifts.SHIFTS_A_DAY or actor.play(persona.work) is not None:
            return
        yield shifts.SHIFT_PAUSE


def _sell(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    sold = [
        piece
        for piece in actor.pieces()
        if piece.status is Status.OWNED and piece.item.category in persona.sells
    ]
    if sold:
        actor.sell(sold)
    yield 0


def _use(_: Persona, actor: Actor, __: TownCatalogue) -> Iterator[int]:
    """Eat a donut, if none counts yet, and repair what is worn and has lost enough."""
    gear = [p for p in actor.pieces() if p.status is Status.EQUIPPED and p.item.gear]
    worn = [
        piece for piece in gear if piece.durability <= piece.item.durability - consumables.REPAIR
    ]
    for piece in actor.pieces():
        kind = piece.item.figures.get("kind") if piece.status is Status.OWNED else None
        if kind == ConsumableKind.DONUT and not actor.fed:
            actor.use(piece)
        elif kind == ConsumableKind.REPAIR_KIT and worn:
            actor.use(piece, worn.pop())
    yield 0


def _pay(_: Persona, actor: Actor, __: TownCatalogue) -> Iterator[int]:
    if actor.owes:
        actor.pay_upkeep()
    yield 0


def _open(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    purse = (actor.oranges - persona.reserve) * persona.share // 100
    prices = sorted(
        (odds.price, case)
        for case, odds in catalogue.cases.items()
        if odds.price <= purse and persona.case in ("", case)
    )
    if prices:
        price, case = prices[-1]
        actor.open(case, min(persona.openings, affordable(price, purse)))
    yield 0


def _rob(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    for _number in range(persona.robberies):
        loss = fine(actor.oranges)
        hopes = [(_hope(found, loss), found.name) for found in actor.prospects()]
        if not hopes or actor.rob(max(hopes)[1]) is not None:
            return
        yield PAUSE


def _hope(prospect: ProspectLike, loss: int) -> int:
    """What a robbery brings in the mean, in hundredths of oranges."""
    taken = prospect.chance * prospect.oranges * (robbery.LOOT_LEAST + robbery.LOOT_MOST) // 200
    return (taken >> prospect.halved) - (100 - prospect.chance) * loss


def _fuse(persona: Persona, actor: Actor, _: TownCatalogue) -> Iterator[int]:
    left = persona.fusions
    for rarity in Rarity:
        while left:
            chosen = _spare(actor, rarity)[: workshop.INPUTS]
            if len(chosen) < workshop.INPUTS or actor.fuse(chosen) is not None:
                break
            left -= 1
            yield FUSION_PAUSE


def _spare(actor: Actor, rarity: Rarity) -> list[Piece]:
    """What may be fused and is there more than once, less one of each, the cheapest first."""
    seen: set[str] = set()
    found = []
    for piece in actor.pieces():
        item = piece.item
        if item.rarity is not rarity or not may_be_fused(item.category, rarity):
            continue
        if item.slug in seen and piece.status is Status.OWNED:
            found.append(piece)
        seen.add(item.slug)
    return sorted(found, key=lambda piece: (piece.item.value, piece.item.slug, piece.id))


def _sets(_: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    held = {piece.item.slug for piece in actor.pieces()}
    for case, wanted in catalogue.sets.items():
        if held.issuperset(wanted):
            actor.complete(case)
    yield 0


def _awards(_: Persona, actor: Actor, __: TownCatalogue) -> Iterator[int]:
    actor.award()
    yield 0


_ACTIONS: Mapping[PersonaAction, Callable[[Persona, Actor, TownCatalogue], Iterator[int]]] = {
    PersonaAction.DAILY: _daily,
    PersonaAction.CLAIM: _claim,
    PersonaAction.SHIFTS: _shifts,
    PersonaAction.SELL: _sell,
    PersonaAction.PAY: _pay,
    PersonaAction.USE: _use,
    PersonaAction.INVEST: shopping.invest,
    PersonaAction.OPEN: _open,
    PersonaAction.ROB: _rob,
    PersonaAction.GEAR: shopping.gear,
    PersonaAction.MARKET: shopping.market,
    PersonaAction.REROLL: shopping.reroll,
    PersonaAction.SHOP: shopping.shop,
    PersonaAction.LIST: trading.list_spare,
    PersonaAction.BAZAAR: trading.buy_bargains,
    PersonaAction.OFFER: trading.offer_spare,
    PersonaAction.TRADES: trading.answer_trades,
    PersonaAction.FRIENDS: trading.make_friends,
    PersonaAction.GIFTS: trading.give_spare,
    PersonaAction.NEXT: follow_home,
    PersonaAction.FUSE: _fuse,
    PersonaAction.SETS: _sets,
    PersonaAction.AWARDS: _awards,
}
