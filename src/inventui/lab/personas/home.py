"""A player who does what Home says first, and what a quest asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from inventui.content.models.pack import AchievementModel
from inventui.lab.personas.actor import Actor
from inventui.lab.personas.model import Persona
from inventui.lab.town.catalogue import TownCatalogue
from inventui.lab.town.people import Piece
from inventui.rules import workshop
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.clock import SECOND
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.home import NEWS, Kind, Waiting
from inventui.rules.people.friends import FriendEvent

READING = 10 * SECOND
"""How long it takes to read a line of Home, and to do what it says."""

FOR_FUN = frozenset({Kind.CASE, Kind.HOME, Kind.GEMS})
"""What a follower does not spend on, who saves for a business."""

NOTHING = Refusal(Reason.NOTHING_TO_DO, "There is nothing to do for it.")


def follow_home(persona: Persona, actor: Actor, catalogue: TownCatalogue) -> Iterator[int]:
    """Do what Home says first, again and again, until it only says what spends for its own sake.

    What the rules refuse is left for the session; what a quest asks for is tried once.
    """
    left: set[str] = set()
    while True:
        line = next(iter(worthwhile(actor, left)), None)
        if line is None:
            return
        refusal = _do(persona, actor, catalogue, line)
        if refusal is not None and refusal.reason is Reason.TOO_SOON:
            yield int(str(refusal.figures["wait_seconds"])) * SECOND
            continue
        if refusal is not None or line.kind is Kind.QUEST:
            left.add(line.what)
        actor.award()
        yield READING


def worthwhile(actor: Actor, left: set[str]) -> list[Waiting]:
    """What Home says that can be paid, and brings something or is a quest, but for what is left."""
    return [line for line in can_do(actor) if line.kind not in FOR_FUN and line.what not in left]


def can_do(actor: Actor) -> list[Waiting]:
    """What Home says that can be done and paid now."""
    lines = actor.next_lines()
    return [line for line in lines if line.kind not in NEWS and line.cost <= actor.oranges]


def _do(persona: Persona, actor: Actor, catalogue: TownCatalogue, line: Waiting) -> Refusal | None:
    if line.kind is Kind.QUEST:
        quest = next(quest for quest in catalogue.quests if quest.slug == line.target)
        action = _QUESTS.get(quest.condition)
    elif line.kind is Kind.GOAL:
        action = _GOALS.get(_goal_of(line, catalogue).condition)
    else:
        action = _LINES[line.kind]
    return NOTHING if action is None else action(persona, actor, catalogue, line)


def _answer(_: Persona, actor: Actor, __: TownCatalogue, line: Waiting) -> Refusal | None:
    named = (found for found in actor.waiting_trades() if str(found.id) == line.target)
    trade = next(named, None)
    return NOTHING if trade is None else actor.answer(trade, yes=line.worth > 0)


def _wear(_: Persona, actor: Actor, __: TownCatalogue, line: Waiting) -> Refusal | None:
    named = (piece for piece in actor.pieces() if str(piece.id) == line.target)
    idle = next(named, None)
    return NOTHING if idle is None else actor.equip(idle)


def _claim(_: Persona, actor: Actor, __: TownCatalogue, line: Waiting) -> Refusal | None:
    named = (piece for piece in actor.pieces() if str(piece.id) == line.target)
    held = next(named, None)
    return NOTHING if held is None else actor.claim(held)


def _read(_: Persona, actor: Actor, __: TownCatalogue, ___: Waiting) -> Refusal | None:
    actor.read()
    return None


def _finds(actor: Actor) -> list[Piece]:
    """The collectibles that it owns, the cheapest first."""
    owned = (piece for piece in actor.pieces() if piece.status is Status.OWNED)
    finds = [piece for piece in owned if piece.item.category is Category.COLLECTIBLE]
    return sorted(finds, key=lambda piece: (piece.item.value, piece.id))


def _open(_: Persona, actor: Actor, catalogue: TownCatalogue, __: Waiting) -> Refusal | None:
    """Open the cheapest case."""
    prices = [(odds.price, case) for case, odds in catalogue.cases.items()]
    return actor.open(min(prices)[1], 1) if prices else NOTHING


def _buy(actor: Actor, catalogue: TownCatalogue, of: Iterable[Category]) -> Refusal | None:
    """Buy the cheapest item of some categories."""
    sold = [item for category in of for item in catalogue.for_sale(category)]
    cheapest = min(sold, key=lambda item: (item.offer.price.oranges, item.slug), default=None)
    return NOTHING if cheapest is None else actor.buy(cheapest.slug)


def _buy_business(
    _: Persona, actor: Actor, catalogue: TownCatalogue, __: Waiting
) -> Refusal | None:
    return _buy(actor, catalogue, [Category.BUSINESS])


def _rob(_: Persona, actor: Actor, __: TownCatalogue, ___: Waiting) -> Refusal | None:
    """Rob whoever is most likely to bring most."""
    found = [(one.chance * one.oranges, one.name) for one in actor.prospects()]
    return actor.rob(max(found)[1]) if found else NOTHING


def _list(
    persona: Persona, actor: Actor, catalogue: TownCatalogue, line: Waiting
) -> Refusal | None:
    """List the cheapest find; where there is none, a case is opened for one."""
    if not _finds(actor):
        _open(persona, actor, catalogue, line)
    cheapest = next(iter(_finds(actor)), None)
    return NOTHING if cheapest is None else actor.put_up(cheapest, actor.suggested(cheapest))


def _batch(_: Persona, actor: Actor, catalogue: TownCatalogue, line: Waiting) -> Refusal | None:
    """Open the cheapest case as often as a goal asks for at once."""
    return actor.open(line.target, _goal_of(line, catalogue).threshold)


def _fuse(_: Persona, actor: Actor, __: TownCatalogue, line: Waiting) -> Refusal | None:
    """Fuse the five cheapest of a rarity."""
    finds = [piece for piece in _finds(actor) if piece.item.rarity == line.target]
    return actor.fuse(finds[: workshop.INPUTS])


def _goal_of(line: Waiting, catalogue: TownCatalogue) -> AchievementModel:
    """The achievement that a line is for."""
    return next(goal for goal in catalogue.achievements if goal.name == line.why)


_Do = Callable[[Persona, Actor, TownCatalogue, Waiting], Refusal | None]

_LINES: Mapping[Kind, _Do] = {
    Kind.TRADE: _answer,
    Kind.ESCROW: _claim,
    Kind.UPKEEP: lambda _, actor, __, ___: actor.pay_upkeep(),
    Kind.BONUS: lambda _, actor, __, ___: actor.daily(),
    Kind.SET: lambda _, actor, __, line: actor.complete(line.target),
    Kind.SHIFT: lambda persona, actor, _, __: actor.play(persona.work),
    Kind.FRIEND: lambda _, actor, __, line: actor.befriend(line.target, FriendEvent.ACCEPT),
    Kind.GIFTS: _read,
    Kind.WEAR: _wear,
    Kind.SELL: lambda _, actor, __, ___: actor.sell(_finds(actor)),
    Kind.ROB: lambda _, actor, __, line: actor.rob(line.target),
    Kind.FUSE: _fuse,
    Kind.BUSINESS: _buy_business,
}

_QUESTS: Mapping[Condition, _Do] = {
    Condition.OPENINGS: _open,
    Condition.ITEMS_SOLD: _LINES[Kind.SELL],
    Condition.WORN: lambda _, actor, catalogue, __: _buy(actor, catalogue, COSMETICS),
    Condition.SHIFTS: _LINES[Kind.SHIFT],
    Condition.ROBBERIES_TRIED: _rob,
    Condition.LISTINGS: _list,
    Condition.BUSINESS_REVENUE: _buy_business,
}

_GOALS: Mapping[Condition, _Do] = {
    Condition.OPENINGS: _open,
    Condition.BIGGEST_BATCH: _batch,
    Condition.SHIFTS: _LINES[Kind.SHIFT],
    Condition.ITEMS_SOLD: _LINES[Kind.SELL],
    Condition.FRIENDS: lambda _, actor, __, line: actor.befriend(line.target, FriendEvent.REQUEST),
    Condition.LISTINGS: _list,
    Condition.BAZAAR_SALES: _list,
}
