"""An independent model of the world: what the engine must do, told a second time.

It shares no code with the engine or the rules: numbers, tables and the HMAC are written
again here, from SPEC. It knows nothing of transactions, triggers or SQL.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from fractions import Fraction

START_ORANGES, START_GEMS = 5_000, 25
RANK_FROM = [0, 1_000, 5_000, 20_000, 75_000, 250_000]
GEAR_ROOM, ESCROW_ROOM = 10, 3


@dataclass
class Thing:
    """One thing of a player."""

    item: str
    value: int
    sellable: bool
    gear: bool
    status: str
    locked: bool = False


@dataclass
class Pair:
    """One seed pair."""

    server: str
    client: str
    nonce: int = 0


@dataclass
class Person:
    """One player."""

    oranges: int = START_ORANGES
    gems: int = START_GEMS
    experience: int = 0
    spent: int = 0
    player_items: dict[int, Thing] = field(default_factory=dict)
    retired: list[Pair] = field(default_factory=list)
    active: Pair | None = None
    done: list[tuple[list[int], int]] = field(default_factory=list)
    """What may be taken back: things that went, and for how much."""

    def held(self) -> list[Thing]:
        """Everything in the inventory."""
        return [t for t in self.player_items.values() if t.status == "owned"]


@dataclass(frozen=True)
class Case:
    """A case: price, and (chance in percent, name, value, gear) for each entry."""

    price: int
    entries: tuple[tuple[Fraction, str, int, bool], ...]

    def winner(self, u: int) -> tuple[Fraction, str, int, bool]:
        """The entry that the 32-bit number `u` wins."""
        ticket = Fraction(u, 2**32) * 1_000_000
        upto = Fraction(0)
        for entry in self.entries:
            upto += entry[0] * 10_000
            if int(ticket) < upto:
                return entry
        raise AssertionError("chances don't sum to 100")


CASES = {
    "crate": Case(
        100,
        (
            (Fraction(60), "Bent Straw", 40, False),
            (Fraction(30), "Market Stamp", 120, False),
            (Fraction(8), "Glass Lemon", 700, False),
            (Fraction(3, 2), "Neon Peel", 2_400, False),
            (Fraction(1, 2), "Golden Squeezer", 15_000, False),
        ),
    ),
    "box": Case(
        450,
        (
            (Fraction(50), "Market Stamp", 120, False),
            (Fraction(50), "Cracked Lemon", 650, False),
        ),
    ),
    "rack": Case(
        200,
        (
            (Fraction(50), "Bent Straw", 40, False),
            (Fraction(50), "Sharp Spoon", 300, True),
        ),
    ),
}


def draw(pair: Pair) -> int:
    """The 32-bit number of a pair's next nonce."""
    message = f"{pair.client}:{pair.nonce}:0"
    digest = hmac.new(pair.server.encode(), message.encode(), hashlib.sha256).digest()
    pair.nonce += 1
    return (digest[0] << 24) | (digest[1] << 16) | (digest[2] << 8) | digest[3]


def rank(experience: int) -> int:
    """0 for Rookie up to 5 for Kingpin."""
    return sum(experience >= least for least in RANK_FROM) - 1


class Oracle:
    """The world as it should be."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}

    def open(self, who: str, case_id: str, count: int) -> list[tuple[str, int, bool]] | None:
        """What `count` openings win: (name, value, gear) each; None if it is refused."""
        person, case = self.people[who], CASES[case_id]
        paid = case.price * count
        if not 1 <= count <= 100 or paid > person.oranges:
            return None
        person.oranges -= paid
        person.spent += paid
        before = rank(person.experience)
        person.experience += paid // 10
        person.gems += 10 * (rank(person.experience) - before)
        assert person.active is not None
        won = [case.winner(draw(person.active)) for _ in range(count)]
        return [(name, value, gear) for _, name, value, gear in won]

    def receive(self, who: str, number: int, name: str, value: int, gear: bool) -> None:
        """A thing arrives: in the inventory, or in escrow if there is no room for gear."""
        person = self.people[who]
        room = sum(t.gear for t in person.held()) < GEAR_ROOM
        status = "owned" if room or not gear else "escrowed"
        person.player_items[number] = Thing(name, value, True, gear, status)

    def overflow(self, who: str) -> None:
        """The oldest things in a full escrow expire."""
        waiting = [
            t for _, t in sorted(self.people[who].player_items.items()) if t.status == "escrowed"
        ]
        for player_item in waiting[: max(0, len(waiting) - ESCROW_ROOM)]:
            player_item.status = "expired"

    def sell(self, who: str, numbers: list[int]) -> tuple[list[int], int] | None:
        """(what is sold, for how much), or None if it is refused."""
        person = self.people[who]
        sold = [
            n
            for n in dict.fromkeys(numbers)
            if n in person.player_items
            and person.player_items[n].status == "owned"
            and person.player_items[n].sellable
            and not person.player_items[n].locked
        ]
        if not sold:
            return None
        total = sum(person.player_items[n].value for n in sold)
        for n in sold:
            person.player_items[n].status = "sold"
        person.oranges += total
        person.done.append((sold, total))
        return sold, total

    def lock(self, who: str, number: int, locked: bool) -> bool:
        """Whether it may be done."""
        player_item = self.people[who].player_items.get(number)
        if player_item is None or player_item.status not in ("owned", "escrowed"):
            return False
        player_item.locked = locked
        return True

    def discard(self, who: str, number: int) -> bool:
        """Whether it may be done."""
        player_item = self.people[who].player_items.get(number)
        if player_item is None or player_item.status != "owned" or player_item.locked:
            return False
        player_item.status = "destroyed"
        self.people[who].done.append(([number], 0))
        return True

    def undo(self, who: str) -> tuple[list[int], int] | str:
        """(what came back, for how much), or the reason why not; no time passes here."""
        person = self.people[who]
        if not person.done:
            return "nothing_to_do"
        numbers, paid = person.done[-1]
        gear = sum(person.player_items[n].gear for n in numbers)
        if gear and gear + sum(t.gear for t in person.held()) > GEAR_ROOM:
            return "no_room"
        if paid > person.oranges:
            return "insufficient_funds"
        person.oranges -= paid
        for n in numbers:
            person.player_items[n].status = "owned"
        return person.done.pop()


@dataclass(frozen=True)
class Ware:
    """A thing for sale: category, oranges, gems, uses."""

    category: str
    oranges: int = 0
    gems: int = 0
    uses: int = 0


SHOP = {
    "lime": Ware("font_color", 300),
    "plum": Ware("font_color", 700),
    "rind": Ware("frame", 500),
    "neon": Ware("frame", 1_000, 10),
    "crown-frame": Ware("frame", 90_000),
    "rookie": Ware("title", 0, 5),
    "donut": Ware("consumable", 60, 0, 1),
    "box": Ware("consumable", 200, 0, 3),
    "poop": Ware("consumable", 50, 0, 1),
    "few": Ware("title", 100),
    "none": Ware("title", 100),
    "past": Ware("title", 100),
    "soon": Ware("title", 100),
    "both": Ware("title", 100),
}
BUNDLES = {
    "starter-kit": (["lime", "rind", "rookie", "donut"], 15),
    "pair": (["lime", "rind"], 33),
}
DEFAULT_WORN = {"font_color": "default-font-color", "tabs_style": "default-tabs-style"}
SECOND, TWO_HOURS, DAY = 1_000, 7_200_000, 86_400_000


@dataclass
class Shopper:
    """One player of the shop."""

    oranges: int = START_ORANGES
    gems: int = START_GEMS
    experience: int = 0
    owned: set[str] = field(default_factory=set)
    player_items: dict[int, int] = field(default_factory=dict)
    worn: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_WORN))
    fed: bool = False
    splats: list[int] = field(default_factory=list)


class ShopOracle:
    """The shop as it should be."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.people = {name: Shopper() for name in names}
        self.stock = {"few": 2, "none": 0, "both": 5}
        self.now = 0
        self.count = 0
        self.uses: dict[int, int] = {}
        self.bond = "strangers"
        """`strangers`, `friends`, or the name of who has asked the other."""

    def wait(self, milliseconds: int) -> None:
        """Time passes."""
        self.now += milliseconds
        for person in self.people.values():
            person.splats = [until for until in person.splats if until > self.now]

    def buy(self, who: str, slug: str, now: int) -> str | tuple[list[str], int, int]:
        """(what is got, oranges, gems), or the reason why not."""
        person = self.people[who]
        if slug not in SHOP and slug not in BUNDLES:
            return "unknown_item"
        if slug == "soon" and now < SECOND:
            return "not_yet_available"
        if slug == "past" or (slug == "both" and now >= TWO_HOURS):
            return "no_longer_available"
        if self.stock.get(slug, 1) <= 0:
            return "sold_out"
        wanted, discount = BUNDLES.get(slug, ([slug], 0))
        got = [s for s in wanted if SHOP[s].uses or s not in person.owned]
        if not got:
            return "already_owned"
        oranges = sum(SHOP[s].oranges for s in got) * (100 - discount) // 100
        gems = sum(SHOP[s].gems for s in got) * (100 - discount) // 100
        if oranges > person.oranges or gems > person.gems:
            return "insufficient_funds"
        person.oranges -= oranges
        person.gems -= gems
        if slug in self.stock:
            self.stock[slug] -= 1
        before = rank(person.experience)
        person.experience += oranges // 10
        person.gems += 10 * (rank(person.experience) - before)
        for s in got:
            self.count += 1
            person.owned.add(s)
            person.player_items[self.count] = SHOP[s].uses
            if not SHOP[s].uses:
                person.worn[SHOP[s].category] = s
        return got, oranges, gems

    def wear(self, who: str, slug: str, put_on: bool) -> bool:
        """Whether it may be done."""
        person, category = self.people[who], SHOP[slug].category
        if SHOP[slug].uses or (person.worn.get(category) == slug) is put_on:
            return False
        if put_on:
            person.worn[category] = slug
        elif category in DEFAULT_WORN:
            person.worn[category] = DEFAULT_WORN[category]
        else:
            del person.worn[category]
        return True

    def befriend(self, who: str) -> bool:
        """Whether asking, saying yes or ending it may be done: each is the next step of two."""
        if self.bond == "strangers":
            self.bond = who
        elif self.bond == "friends":
            self.bond = "strangers"
        elif self.bond == who:
            return False
        else:
            self.bond = "friends"
        return True

    def use(self, who: str, number: int, slug: str, other: str) -> bool:
        """Whether it may be done."""
        person = self.people[who]
        left = self.uses.setdefault(number, SHOP[slug].uses)
        if not left or (person.fed if slug != "poop" else self.bond != "friends"):
            return False
        if slug == "poop":
            self.people[other].splats.append(self.now + DAY)
        else:
            person.fed = True
        self.uses[number] = left - 1
        if left == 1:
            person.player_items.popitem()
        return True
