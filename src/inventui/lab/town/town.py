"""A town: players and neighbours in memory, who act by the game's own rules.

What an operation brings and costs is what it does in the engine: the same rules decide, and the
same draws, of the world's seed and the players' seed pairs. Here a line of money is a number that
changes, so that a month passes in a hundredth of the time. `tests/lab/test_side_by_side.py` plays
both beside each other and compares every operation.

A town knows all that moves oranges: shifts, bonuses, cases, fusions, sets, sales, the shop, daily
gear shops and their rerolls, the black market, escrow, what is worn, robberies, business, home and
upkeep, the bazaar, trades, friends, gifts and consumables. Limited editions are never sold out, and
nobody withdraws, undoes, or takes a new seed pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from inventui.content.pack import Pack
from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.people import Piece, SeedPairState, Townsman
from inventui.rules.achievements import Condition
from inventui.rules.core import lifecycle, money
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.money import Currency, HouseAccount, experience_for
from inventui.rules.core.ranks import gems_for_rank_up
from inventui.rules.inventory import escrow
from inventui.rules.market.black_market import Stall
from inventui.rules.time.situation import NearbyNeighbour


@dataclass(slots=True)
class TownOperation:
    """An operation: what was done, by whom and when, and (kind, currency, amount) of its lines."""

    kind: str
    player: int
    at: int
    lines: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(slots=True)
class TownStall:
    """A stall of the rotation in force, and how many pieces it sold."""

    stall: Stall
    item: TownItem
    sold: int = 0


class Town:
    """A world in memory.

    Attributes:
        seed: what the world's own draws come from.
        at: the time, in milliseconds since 1970-01-01 UTC.
        catalogue: what exists.
        people: everybody by number, players first.
        neighbours: those of them who are none, by their slugs.
        flows: oranges by day and kind; what the house pays is positive.
        gem_flows: the same of gems, of all days together.
        rotation, stalls: the black market's last rotation that anybody saw.
        bazaar_period: the last period of the bazaar that was run; None before anybody looked.
        in_period: whether one is being run.
        sales: by item, the prices of its sales in the bazaar, the latest last.
        sold: by day, what those cost, and what was sold is worth.
        operations: every operation, if they are kept.
    """

    def __init__(
        self, pack: Pack | TownCatalogue, seed: str, at: int, *, keep: bool = False
    ) -> None:
        self.seed = seed
        self.at = at
        self.catalogue = pack if isinstance(pack, TownCatalogue) else TownCatalogue(pack)
        self.people: dict[int, Townsman] = {}
        self.neighbours: Sequence[Townsman] = ()
        self.flows: defaultdict[tuple[int, str], int] = defaultdict(int)
        self.gem_flows: defaultdict[str, int] = defaultdict(int)
        self.rotation = -1
        self.stalls: list[TownStall] = []
        self.bazaar_period: int | None = None
        self.in_period = False
        self.sales: defaultdict[str, list[int]] = defaultdict(list)
        self.sold: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.operations: list[TownOperation] = []
        self._keep = keep
        self._operation = TownOperation("", 0, 0)
        self._last_piece = 0
        self._numbers: Counter[str] = Counter()

    @contextmanager
    def then(self, moment: int) -> Iterator[None]:
        """Let it be another time for a while."""
        now, self.at = self.at, moment
        try:
            yield
        finally:
            self.at = now

    def next_number(self, of: str) -> int:
        """The number of a new listing, or of a new trade."""
        self._numbers[of] += 1
        return self._numbers[of]

    # Money.

    def begin(self, kind: str, person: Townsman, *, here: bool = True) -> None:
        """Begin an operation."""
        if here:
            person.seen_at, person.robbed_away = self.at, ()
        if self._keep:
            self._operation = TownOperation(kind, person.id, self.at)
            self.operations.append(self._operation)

    def begin_for_nobody(self, kind: str) -> None:
        """Begin an operation of the world's own."""
        if self._keep:
            self._operation = TownOperation(kind, 0, self.at)
            self.operations.append(self._operation)

    def pay(self, person: Townsman, faucet: HouseAccount, oranges: int) -> None:
        """Let the house pay somebody."""
        if oranges:
            person.oranges += oranges
            self.flows[self.at // DAY, faucet] += oranges
            self.line(faucet, Currency.ORANGES, oranges)

    def charge(self, person: Townsman, sink: HouseAccount, oranges: int) -> None:
        """Let somebody pay the house."""
        if oranges:
            person.oranges -= oranges
            person.tally[Condition.ORANGES_SPENT] += oranges
            self.flows[self.at // DAY, sink] -= oranges
            self.line(sink, Currency.ORANGES, oranges)

    def hold(self, person: Townsman, oranges: int) -> None:
        """Take oranges that a trade offers; less than none gives them back."""
        person.oranges -= oranges
        self.line(HouseAccount.TRADE_HOLD, Currency.ORANGES, abs(oranges))

    def hand_over(self, kind: str, oranges: int, payer: Townsman, payee: Townsman) -> None:
        """Let somebody pay somebody else."""
        if oranges:
            payer.oranges -= oranges
            payee.oranges += oranges
            self.line(kind, Currency.ORANGES, oranges)

    def pay_gems(self, person: Townsman, faucet: HouseAccount, gems: int) -> None:
        """Let the house pay somebody gems."""
        person.gems += gems
        self.gem_flows[faucet] += gems
        self.line(faucet, Currency.GEMS, gems)

    def charge_gems(self, person: Townsman, sink: HouseAccount, gems: int) -> None:
        """Let somebody pay the house in gems."""
        person.gems -= gems
        self.gem_flows[sink] -= gems
        self.line(sink, Currency.GEMS, gems)

    def spend(self, person: Townsman, sink: HouseAccount, oranges: int) -> None:
        """Let somebody pay the house, and gain experience for it."""
        self.charge(person, sink, oranges)
        self.learn(person, experience_for(oranges))

    def learn(self, person: Townsman, experience: int) -> None:
        """Give experience, and gems for a new rank."""
        before = person.experience
        person.experience += experience
        self.line(HouseAccount.EXPERIENCE, Currency.EXPERIENCE, experience)
        self.pay_gems(person, HouseAccount.RANK_UP, gems_for_rank_up(before, person.experience))

    def line(self, kind: str, currency: Currency, amount: int) -> None:
        """Keep a line of the operation under way."""
        if self._keep and amount:
            self._operation.lines.append((str(kind), str(currency), amount))

    # People.

    def add_player(self, name: str, server_seed: str, client_seed: str) -> Townsman:
        """Let a player come into the world."""
        person = self._person(name)
        person.pair = SeedPairState(server_seed, client_seed)
        self.begin("player", person)
        self.pay(person, HouseAccount.START, money.STARTING[Currency.ORANGES])
        self.pay_gems(person, HouseAccount.START, money.STARTING[Currency.GEMS])
        return person

    def move_in(self) -> None:
        """Let the pack's neighbours move in."""
        for found in self.catalogue.neighbours:
            person = self._person(found.name)
            person.neighbour = found
            self.begin("move_in", person)
            self.pay(person, HouseAccount.START, found.nature.oranges)
            wardrobe = (self.catalogue.items[slug] for slug in found.nature.wardrobe)
            for piece in self.give(person, [item for item in wardrobe if not item.default]):
                self.put_on(person, piece)
            self.arm(person, found.nature.gear)
        residents = (p for p in self.people.values() if p.neighbour is not None)
        self.neighbours = sorted(residents, key=lambda p: p.neighbour.id if p.neighbour else "")
        nearby = tuple(self._nearby(person) for person in self.neighbours)
        for person in self.people.values():
            if person.neighbour is None:
                person.nearby = nearby

    def _person(self, name: str) -> Townsman:
        person = Townsman(len(self.people) + 1, name, self.at)
        person.settled_until = person.seen_at = self.at
        self.people[person.id] = person
        return person

    def _nearby(self, person: Townsman) -> NearbyNeighbour:
        assert person.neighbour is not None
        nature = person.neighbour.nature
        bonuses = (self.catalogue.items[slug].figure("rob_bonus") for slug in nature.gear)
        return NearbyNeighbour(
            person.id,
            person.name,
            nature.mischief,
            max(bonuses, default=0),
            person.created_at,
            nature.friendliness,
            nature.generosity,
        )

    def arm(self, person: Townsman, slugs: Iterable[str]) -> None:
        """Give gear, and put on what finds its slot empty."""
        pieces = self.give(person, [self.catalogue.items[slug] for slug in slugs])
        for piece in pieces:
            if piece.status is Status.OWNED and person.worn(piece.item.category) is None:
                self.put_on(person, piece)

    # Items.

    def give(self, person: Townsman, items: Sequence[TownItem], case: str = "") -> list[Piece]:
        """Give new items, maybe of a case; gear without room waits in escrow."""
        room = lifecycle.GEAR_ROOM - person.gear_held() if any(item.gear for item in items) else 0
        given = []
        for item in items:
            full = item.gear and room <= 0
            room -= item.gear
            given.append(self._new(person, item, item.durability, escrow.DROP_HELD if full else 0))
            given[-1].case = case
        if any(piece.status is Status.ESCROWED for piece in given):
            self._make_room(person)
        return given

    def drop(self, person: Townsman, item: TownItem, durability: int, held: int) -> Piece:
        """Put an item into somebody's escrow."""
        piece = self._new(person, item, durability, held)
        self._make_room(person)
        return piece

    def _new(self, person: Townsman, item: TownItem, durability: int, held: int) -> Piece:
        self._last_piece += 1
        status = Status.ESCROWED if held else Status.OWNED
        piece = Piece(
            self._last_piece, item, status, durability, self.at, self.at + held if held else 0
        )
        piece.uses = item.figure("uses")
        person.pieces[piece.id] = piece
        return piece

    def hand_on(
        self, piece: Piece, giver: Townsman, taker: Townsman, held: int | None = None
    ) -> Piece:
        """Let a player item be somebody else's; escrow keeps it so long, if it is `held`."""
        del giver.pieces[piece.id]
        new = self._new(taker, piece.item, piece.durability, held or 0)
        new.case, new.uses, new.counted = piece.case, piece.uses, piece.counted
        if held is not None:
            self._make_room(taker)
        return new

    def _make_room(self, person: Townsman) -> None:
        waiting = person.escrowed()
        for piece in waiting[: max(0, len(waiting) - lifecycle.ESCROW_ROOM)]:
            del person.pieces[piece.id]

    def put_on(self, person: Townsman, piece: Piece) -> None:
        """Put on an owned piece of gear; what was worn in its slot comes off."""
        off = person.worn(piece.item.category)
        if off is not None:
            off.status, off.since = Status.OWNED, self.at
        piece.status, piece.since = Status.EQUIPPED, self.at
        person.slots[piece.item.category] = piece

    def wear_down(self, person: Townsman, piece: Piece | None, points: int) -> None:
        """Take points of durability off; at 0 it breaks."""
        if piece is None:
            return
        piece.durability = max(0, piece.durability - points)
        if not piece.durability:
            del person.pieces[piece.id]
            person.tally[Condition.GEAR_BROKEN] += 1
