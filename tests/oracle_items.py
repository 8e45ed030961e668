"""An independent model of things: how they come, wait, are worn, change hands and end.

It shares no code with the engine or the rules. Each act answers None if it may be done,
and has done it, or the reason why not. Nothing in it is taken from what the engine wrote:
things get their numbers here, and every roll is drawn a second time.
"""

from dataclasses import dataclass, field

from tests.oracle import Pair, rank
from tests.oracle_kinds import CASES, DEFAULT, KINDS, Kind
from tests.oracle_streets import words

HOUR, DAY = 3_600_000, 86_400_000
CASE_PRICE = 100
GEAR = ("weapon", "armor")
WORN = (*GEAR, "font_color")
PROMISED = ("listed", "offered")
HELD = ("owned", "equipped", *PROMISED)
GONE = (
    *("sold", "withdrawn", "gifted", "traded", "fused", "stolen", "destroyed", "expired"),
    "returned",
)
LEADS_TO = {
    "acquire": "owned",
    "drop": "escrowed",
    "claim": "owned",
    "expire": "expired",
    "equip": "equipped",
    "unequip": "owned",
    "sell": "sold",
    "withdraw": "withdrawn",
    "gift": "gifted",
    "list": "listed",
    "delist": "owned",
    "offer": "offered",
    "take_back": "owned",
    "trade": "traded",
    "fuse": "fused",
    "steal": "stolen",
    "break": "destroyed",
    "undo": "owned",
    "return": "returned",
}


@dataclass
class Thing:
    """One row of a thing's life; steps are (event, from, to, at)."""

    owner: str
    item: str
    how: str
    source: str
    paid: int = 0
    origin: int | None = None
    roll: tuple[Pair, int] | None = None
    status: str | None = None
    locked: bool = False
    durability: int | None = None
    until: int | None = None
    steps: list[tuple[str, str | None, str, int]] = field(default_factory=list)

    def step(self, event: str, at: int) -> None:
        """The next line of its journal."""
        self.steps.append((event, self.status, LEADS_TO[event], at))
        self.status = LEADS_TO[event]

    @property
    def kind(self) -> Kind:
        """What it is."""
        return KINDS[self.item]

    @property
    def gear(self) -> bool:
        """Whether it takes up room."""
        return self.kind.category in GEAR


@dataclass
class Person:
    """One player; told are (kind, tone, message, place, thing, at)."""

    created: int
    active: Pair
    oranges: int = 5_000
    gems: int = 25
    experience: int = 0
    robbed: dict[str, int] = field(default_factory=dict)
    looted: dict[str, list[int]] = field(default_factory=dict)
    told: list[tuple[str, str, str, str, int | None, int]] = field(default_factory=list)


@dataclass
class Deed:
    """What somebody may think better of: a thing that went, when, and after how many deeds.

    Attributes:
        gift: the gift's number, or None for a sale.
        pushed: whether it pushed another thing out of a friend's escrow.
        told: which of the friend's notifications tells of it.
    """

    who: str
    number: int
    at: int
    after: int
    gift: int | None = None
    pushed: bool = False
    told: int = 0
    undone: bool = False


class ThingOracle:
    """What players have, and what they were told of it."""

    def __init__(self) -> None:
        self.now = 0
        self.people: dict[str, Person] = {}
        self.player_items: dict[int, Thing] = {}
        self.acts: list[str] = []
        """Who did something, in order."""
        self.deeds: list[Deed] = []

    # What everything stands on.

    def of(self, who: str, *statuses: str) -> list[tuple[int, Thing]]:
        """Somebody's things in these statuses, ascending."""
        return [
            (n, t)
            for n, t in sorted(self.player_items.items())
            if t.owner == who and t.status in statuses
        ]

    def mine(self, who: str, number: int) -> Thing | str:
        """A thing of somebody, or why it is none."""
        player_item = self.player_items.get(number)
        if player_item is None:
            return "unknown_item"
        return player_item if player_item.owner == who else "not_yours"

    def free(self, who: str, number: int) -> Thing | str:
        """A thing of somebody that may leave them, or why it may not."""
        player_item = self.mine(who, number)
        if isinstance(player_item, str):
            return player_item
        if player_item.status in GONE:
            return "ended"
        if player_item.locked:
            return "locked"
        return player_item if player_item.status == "owned" else "wrong_status"

    def tell(
        self,
        who: str,
        kind: str,
        tone: str,
        message: str,
        place: str,
        player_item: int | None = None,
    ) -> None:
        """Somebody is told something, now."""
        self.people[who].told.append((kind, tone, message, place, player_item, self.now))

    def learn(self, person: Person, points: int) -> None:
        """Experience, and 10 gems for each new rank."""
        before = rank(person.experience)
        person.experience += points
        person.gems += 10 * (rank(person.experience) - before)

    def room(self, who: str) -> bool:
        """Whether there is room for one more piece of gear."""
        return sum(t.gear for _, t in self.of(who, *HELD)) < 10

    def expire(self, who: str, overdue: list[tuple[int, Thing]], why: str) -> None:
        """Escrow lets things go, and says so."""
        for number, player_item in overdue:
            player_item.step("expire", self.now)
            said = f"Escrow let go of {player_item.kind.name}: {why}."
            self.tell(who, "expired", "info", said, "", number)

    def arrive(
        self, player_item: Thing, until: int | None = None, durability: int | None = None
    ) -> int:
        """A row begins, in escrow if there is an end to its waiting; its number."""
        number = max(self.player_items, default=0) + 1
        self.player_items[number] = player_item
        player_item.durability = player_item.kind.durability if durability is None else durability
        player_item.until = until
        player_item.step("acquire" if until is None else "drop", self.now)
        return number

    def overflow(self, who: str) -> None:
        """A fourth thing in escrow makes the oldest expire."""
        self.expire(who, self.of(who, "escrowed")[:-3], "it holds 3 things at most")

    def hand_on(self, number: int, event: str, receiver: str, how: str, waits: bool) -> int:
        """One row ends and another begins; the new one's number."""
        player_item = self.player_items[number]
        player_item.step(event, self.now)
        new = Thing(receiver, player_item.item, how, player_item.owner, origin=number)
        until = self.now + 48 * HOUR if waits else None
        got = self.arrive(new, until, player_item.durability)
        self.overflow(receiver)
        return got

    def chain(self, number: int) -> list[int]:
        """A thing's rows from its first owner's to this one."""
        origin = self.player_items[number].origin
        return [*([] if origin is None else self.chain(origin)), number]

    def settle(self, who: str) -> None:
        """Time passed for somebody: escrow keeps nothing for ever."""
        overdue = [(n, t) for n, t in self.of(who, "escrowed") if (t.until or 0) <= self.now]
        self.expire(who, overdue, "its time was up")

    # Getting and parting.

    def open(self, who: str, count: int, case: str = "vault") -> str | None:
        """So many cases."""
        self.settle(who)
        person, paid = self.people[who], CASE_PRICE * count
        if paid > person.oranges:
            return "insufficient_funds"
        person.oranges -= paid
        self.learn(person, paid // 10)
        wins = [item for item, percent in CASES[case].items() for _ in range(percent)]
        waiting = []
        for _ in range(count):
            pair, ticket = person.active, words(*self.seeds(person))[0] * 1_000_000 >> 32
            roll = (pair, pair.nonce)
            won = Thing(who, wins[ticket // 10_000], "case", case, CASE_PRICE, roll=roll)
            waits = won.gear and not self.room(who)
            number = self.arrive(won, self.now + DAY if waits else None)
            if waits:
                waiting.append(number)
            pair.nonce += 1
        self.wait(who, waiting)
        return None

    def wait(self, who: str, numbers: list[int]) -> None:
        """New gear waits in escrow for want of room, and what was there longest goes."""
        stay = numbers[-3:]
        if stay:
            names = ", ".join(self.player_items[number].kind.name for number in stay)
            it, them = ("they wait", "them") if len(stay) > 1 else ("it waits", "it")
            said = f"There is no room for {names}: {it} in escrow for 24 h."
            said += f" Sell or discard gear, then claim {them}."
            self.tell(who, "escrowed", "info", said, "inventory", stay[0])
        self.overflow(who)

    def seeds(self, person: Person) -> tuple[str, str, int]:
        """What somebody's next roll is drawn from."""
        return person.active.server, person.active.client, person.active.nonce

    def grant(self, who: str, item: str) -> None:
        """The world's owner gives something; nobody's time is made up for."""
        player_item = Thing(who, item, "admin", "the world's owner")
        waits = player_item.gear and not self.room(who)
        number = self.arrive(player_item, self.now + DAY if waits else None)
        self.wait(who, [number] if waits else [])

    def claim(self, who: str, number: int) -> str | None:
        """Out of escrow."""
        self.settle(who)
        player_item = self.mine(who, number)
        if isinstance(player_item, str):
            return player_item
        if player_item.status != "escrowed":
            ends = {"expired": "expired", **dict.fromkeys(HELD, "wrong_status")}
            return ends.get(str(player_item.status), "ended")
        if player_item.gear and not self.room(who):
            return "no_room"
        player_item.step("claim", self.now)
        return None

    def sell(self, who: str, number: int) -> str | None:
        """To the house."""
        self.settle(who)
        player_item = self.free(who, number)
        if isinstance(player_item, str):
            return player_item
        if not player_item.gear and player_item.kind.category != "collectible":
            return "not_sellable"
        player_item.step("sell", self.now)
        self.people[who].oranges += player_item.kind.value
        self.deeds.append(Deed(who, number, self.now, len(self.acts)))
        return None

    def lock(self, who: str, number: int, locked: bool) -> str | None:
        """Lock it, or unlock it."""
        self.settle(who)
        player_item = self.mine(who, number)
        if isinstance(player_item, str):
            return player_item
        if player_item.status in GONE:
            return "ended"
        if player_item.status in PROMISED:
            return "wrong_status"
        player_item.locked = locked
        return None

    # Wearing.

    def worn(self, who: str, slot: str) -> tuple[int, Thing] | None:
        """What is in a slot."""
        return next(((n, t) for n, t in self.of(who, "equipped") if t.kind.category == slot), None)

    def dress(self, who: str, number: int, on: bool) -> str | None:
        """A thing is put on or taken off; a default goes back on."""
        self.settle(who)
        player_item = self.mine(who, number)
        if isinstance(player_item, str):
            return player_item
        if on and player_item.kind.category not in WORN:
            return "not_wearable"
        if player_item.status in GONE:
            return "ended"
        if player_item.status != ("owned" if on else "equipped"):
            return "wrong_status"
        if on:
            off = self.worn(who, player_item.kind.category)
            if off is not None:
                off[1].step("unequip", self.now)
            player_item.step("equip", self.now)
            return None
        if player_item.item == DEFAULT:
            return "is_default"
        player_item.step("unequip", self.now)
        if player_item.kind.category == KINDS[DEFAULT].category:
            next(t for _, t in self.of(who, "owned") if t.item == DEFAULT).step("equip", self.now)
        return None
