"""An independent model of a town: what time does to it, and what its sellers have.

It shares no code with the engine or the rules: figures and laws are told again, from SPEC.
What the world drew of its own accord (revenue, raids, crates, stalls, a neighbour's pay)
is taken from what was written, as `Deeds`, and held against the law; a deed that the law
does not ask for is left over, and so noticed.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
NEVER = 2**62
TILL, RAID = 3 * HOUR, 6 * HOUR
GEAR = ("weapon", "armor", "business", "housing")
RANK_FROM = (0, 1_000, 5_000, 20_000, 75_000, 250_000)
UPKEEP = {"common": 100, "uncommon": 300, "rare": 800, "legendary": 2_000}
SHOP_RARITIES = (
    {"common"},
    {"common", "uncommon"},
    {"common", "uncommon", "rare"},
    {"common", "uncommon", "rare"},
    {"uncommon", "rare"},
    {"uncommon", "rare"},
)
STALLS = {"legendary": (0, 1), "rare": (2, 3), "uncommon": (3, 5), "common": (3, 5)}
STOCK = {"legendary": (1, 3), "rare": (3, 8), "uncommon": (5, 10), "common": (10, 20)}
HELD = ("owned", "equipped")


@dataclass(frozen=True)
class Came:
    """A thing that came to somebody."""

    player: int
    item: str
    how: str
    origin: int | None


@dataclass
class Deeds:
    """What was written since the last step, by the world's own draws and for new things."""

    incomes: dict[tuple[int, int], tuple[int, int, int, bool]] = field(default_factory=dict)
    raids: dict[tuple[int, int], tuple[int, int, bool, int, int | None]] = field(
        default_factory=dict
    )
    pay: dict[int, list[int]] = field(default_factory=dict)
    paid: dict[int, tuple[int, int]] = field(default_factory=dict)
    here: list[tuple[int, int]] = field(default_factory=list)
    back: list[tuple[int, int]] = field(default_factory=list)
    came: dict[int, Came] = field(default_factory=dict)
    wears: list[tuple[int, int]] = field(default_factory=list)
    shops: list[tuple[int, int, int, list[str]]] = field(default_factory=list)
    stalls: list[tuple[int, str, int, int, int]] = field(default_factory=list)

    def left_over(self) -> list[object]:
        """What no law asked for."""
        return [*self.incomes, *self.raids, *self.pay, *self.came, *self.wears]


@dataclass
class Thing:
    """One thing of one person; since when it stands where it stands."""

    item: str
    status: str
    durability: int | None
    since: int
    until: int | None = None
    back: int = NEVER
    """When the clock was set back, if it was since: the earliest time of it."""

    def begun(self, now: int) -> int:
        """Since when it counts: what is dated later than now, since the clock was set back."""
        return self.since if self.since <= now else min(self.back, now)


@dataclass
class Person:
    """A player, or a neighbour with its table of the pack."""

    id: int
    created: int
    oranges: int
    gems: int
    settled: int
    pair: tuple[str, str] = ("", "")
    nonce: int = 0
    experience: int = 0
    player_items: dict[int, Thing] = field(default_factory=dict)
    unpaid: list[tuple[int, int]] = field(default_factory=list)
    shifts: dict[int, int] = field(default_factory=dict)
    rested_on: int | None = None
    last_shift: int | None = None
    begun: str | None = None
    bonus: dict[int, int] = field(default_factory=dict)
    fed: bool = False
    robbed: dict[str, int] = field(default_factory=dict)
    looted: dict[str, list[int]] = field(default_factory=dict)
    home: dict[str, Any] | None = None
    tills: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    raided: set[int] = field(default_factory=set)
    paid: set[int] = field(default_factory=set)
    seen: Thing | None = None
    raids_away: list[int] = field(default_factory=list)

    def away_since(self, now: int) -> int:
        """When they were last here."""
        return self.created if self.seen is None else self.seen.begun(now)


def rank(experience: int) -> int:
    """0 for Rookie up to 5 for Kingpin."""
    return sum(experience >= least for least in RANK_FROM) - 1


class TownOracle:
    """The town as it should be."""

    def __init__(self, pack: Path) -> None:
        told = tomllib.loads(pack.read_text("utf-8"))
        self.items: dict[str, dict[str, Any]] = {item["id"]: item for item in told["items"]}
        self.neighbours: dict[str, dict[str, Any]] = {n["name"]: n for n in told["neighbours"]}
        self.people: dict[str, Person] = {}
        self.shops: dict[tuple[int, int], tuple[int, list[str]]] = {}
        self.stalls: dict[int, dict[str, tuple[int, int]]] = {}
        self.deeds = Deeds()
        self.made = 0
        self.how: dict[int, str] = {}

    # The clock.

    def set_back(self, was: int, now: int) -> None:
        """The clock was set back: what has an end that is later than it should be ends earlier."""
        for person in self.people.values():
            person.settled = min(person.settled, now)
            seen = [person.seen] if person.seen else []
            for thing in [*person.player_items.values(), *seen]:
                thing.back = min(thing.back, now)
            for number, thing in person.player_items.items():
                held = (24 if self.how[number] == "drop" else 48) * HOUR
                later = thing.until is not None and thing.until > now + held
                if thing.status == "escrowed" and thing.since > now >= self.made and later:
                    thing.until = now + held

    def come_here(self) -> None:
        """Who did something themselves, or caught up with their time, is not away any more."""
        for player, at in self.deeds.here:
            for person in self.people.values():
                if person.id == player:
                    person.seen, person.raids_away = Thing("", "", None, at), []

    # Things.

    def gear(self, person: Person, *statuses: str) -> list[int]:
        """Numbers of the gear in these statuses, ascending."""
        return [
            n
            for n, t in sorted(person.player_items.items())
            if t.status in statuses and self.items[t.item]["category"] in GEAR
        ]

    def most(self, player_item: Thing) -> int:
        """What a piece of gear lasts when it is new."""
        return int(self.items[player_item.item].get("durability", 100))

    def worn(self, person: Person, category: str) -> Thing | None:
        """What is in a slot."""
        worn = [
            t
            for t in person.player_items.values()
            if t.status == "equipped" and self.items[t.item]["category"] == category
        ]
        assert len(worn) <= 1, worn
        return worn[0] if worn else None

    def come(
        self, person: Person, how: str, item: str | None, at: int, until: int | None = None
    ) -> int:
        """The next thing that came, which must be this; its number."""
        number = min(self.deeds.came, default=0)
        came = self.deeds.came.pop(number, None)
        assert came is not None, f"{how} brought nothing"
        assert (came.player, came.how) == (person.id, how), came
        assert item in (None, came.item), came
        self.how[number] = how
        status = "owned" if until is None else "escrowed"
        player_item = person.player_items[number] = Thing(came.item, status, None, at, until)
        if self.items[came.item]["category"] in GEAR:
            player_item.durability = self.most(player_item)
        if until is not None:
            waiting = [t for _, t in sorted(person.player_items.items()) if t.status == "escrowed"]
            for old in waiting[:-3]:
                old.status = "expired"
        return number

    def put_on(self, person: Person, number: int, at: int) -> None:
        """Swap what is in the thing's slot for it."""
        off = self.worn(person, self.items[person.player_items[number].item]["category"])
        if off is not None:
            off.status, off.since = "owned", at
        person.player_items[number].status, person.player_items[number].since = "equipped", at

    def wear(self, person: Person, category: str, points: int | None = None) -> None:
        """What is worn loses 2–3 points, or exactly so many; at 0 it is gone."""
        player_item = self.worn(person, category)
        if player_item is None:
            return
        number = next(n for n, t in person.player_items.items() if t is player_item)
        index = next(i for i, (n, _) in enumerate(self.deeds.wears) if n == number)
        _, left = self.deeds.wears.pop(index)
        assert player_item.durability is not None
        allowed = (2, 3) if points is None else (points,)
        assert left in {max(0, player_item.durability - p) for p in allowed}, (player_item, left)
        player_item.durability = left
        if left == 0:
            player_item.status = "destroyed"

    # Time.

    def lowered(self, person: Person, day: int) -> bool:
        """Whether the days of grace are over."""
        return bool(person.unpaid) and day - person.unpaid[0][0] >= 3

    def figure(self, person: Person, category: str, name: str, day: int) -> int:
        """A bonus that is worn, in percent."""
        player_item = self.worn(person, category)
        full = 0 if player_item is None else int(self.items[player_item.item].get(name, 0))
        return full * 80 // 100 if self.lowered(person, day) else full

    def settle(self, name: str, now: int) -> None:
        """All that time did to somebody until now."""
        person = self.people[name]
        if person.home is not None:
            self.settle_neighbour(person, now)
            return
        since, until = person.settled, now // TILL * TILL
        fell_due = False
        for at in range((since // TILL + 1) * TILL, until + 1, TILL):
            fell_due |= self.open_till(person, at, now)
            if at % DAY == 0:
                fell_due |= self.charge(person, at // DAY, now)
            if at % RAID == 0:
                self.be_raided(person, at, now)
        overdue = [
            t
            for t in person.player_items.values()
            if t.status == "escrowed" and t.until is not None and t.until <= now
        ]
        for player_item in overdue:
            player_item.status = "expired"
        # Time in which nothing could happen is not noted, as a clock that went back shows.
        around = [
            p.created if p.created <= now else 0 for p in self.people.values() if p.home is not None
        ]
        passed = until // RAID > since // RAID and any(
            t <= (until // RAID - 1) * RAID for t in around
        )
        here = person.id in [player for player, _ in self.deeds.here]
        full = (
            here
            and self.worn(person, "business") is not None
            and now >= person.away_since(now) + 7 * DAY
        )
        noted = passed or (overdue and (around or here)) or full
        if fell_due or (until > since and noted):
            person.settled = until

    def open_till(self, person: Person, at: int, now: int) -> bool:
        """The business pays once for the 3 h that end then, if the till is not full."""
        business, period = self.worn(person, "business"), at // TILL - 1
        if business is None or business.begun(now) >= at or period in person.tills:
            return False
        if at > person.away_since(now) + 7 * DAY:
            return False
        person.tills.add(period)
        told = self.items[business.item]
        number, revenue, cost, lowered = self.deeds.incomes.pop((person.id, period))
        assert person.player_items[number] is business
        assert lowered == self.lowered(person, (at - 1) // DAY)
        least, most = told["revenue"] * 80 // 800, told["revenue"] * 120 // 800
        if lowered:
            least, most = least * 80 // 100, most * 80 // 100
        assert least <= revenue <= most, (told, revenue)
        day, part = told.get("operating_cost", 0), period % 8
        assert cost == min(revenue, day * (part + 1) // 8 - day * part // 8)
        person.oranges += revenue - cost
        return True

    def charge(self, person: Person, day: int, now: int) -> bool:
        """Upkeep of the day, once; the oldest is paid first, and seven days late is too late."""
        home = self.worn(person, "housing")
        if home is None or home.begun(now) >= day * DAY or day in person.days:
            return False
        person.days.add(day)
        person.unpaid.append((day, UPKEEP[self.items[home.item]["rarity"]]))
        person.unpaid.sort()
        # A day that is yet to come is due already, where a clock ahead has reached it.
        while person.unpaid[:1] and person.unpaid[0][0] <= day:
            if person.unpaid[0][1] > person.oranges:
                break
            person.oranges -= person.unpaid.pop(0)[1]
        if person.unpaid and day - person.unpaid[0][0] >= 7:
            person.unpaid.clear()
            home.status = "destroyed"
        return True

    def be_raided(self, person: Person, at: int, now: int) -> None:
        """A neighbour came by in the 6 h that end now, if it did."""
        period = at // RAID - 1
        raid = self.deeds.raids.pop((person.id, period), None)
        if raid is None:
            return
        robber_id, chance, success, oranges, stolen = raid
        robber = next(p for p in self.people.values() if p.id == robber_id)
        assert robber.home is not None
        assert robber.created > now or robber.created <= period * RAID
        assert person.oranges >= 500
        assert person.created > now or at >= person.created + DAY
        assert period not in person.raided
        assert len(person.raids_away) < 3
        assert period // 4 not in [raided // 4 for raided in person.raids_away]
        person.raided.add(period)
        person.raids_away.append(period)
        day = (at - 1) // DAY
        bonus = max(
            (self.items[slug].get("rob_bonus", 0) for slug in robber.home.get("gear", [])),
            default=0,
        )
        assert chance == 50 + bonus - self.figure(person, "armor", "defence_bonus", day)
        kept = 100 - self.figure(person, "housing", "insurance", day)
        if success:
            least, most = person.oranges * 5 * kept // 10_000, person.oranges * 15 * kept // 10_000
            assert least <= oranges <= most
            person.oranges -= oranges
            robber.oranges += oranges
        else:
            assert oranges == min(robber.oranges, max(100, min(500, robber.oranges * 5 // 100)))
            assert stolen is None
            robber.oranges -= oranges
        if stolen is not None:
            origin = self.deeds.came[stolen].origin
            assert origin in self.gear(person, "owned")
            self.take(person, robber, origin, now)
        self.wear(person, "armor")

    def take(self, victim: Person, robber: Person, number: int, now: int) -> int:
        """A thing goes to the robber's escrow for 48 h, as worn as it is; its new number."""
        assert self.deeds.came[min(self.deeds.came)].origin == number
        player_item = victim.player_items[number]
        player_item.status = "stolen"
        new = self.come(robber, "theft", player_item.item, now, now + 48 * HOUR)
        robber.player_items[new].durability = player_item.durability
        return new

    def settle_neighbour(self, person: Person, now: int) -> None:
        """A neighbour is paid 60–400 a period, has its gear again, and empties its escrow."""
        until = now // RAID * RAID
        if person.settled >= until:
            return
        assert person.home is not None
        due = set(range(person.settled // RAID, until // RAID)) - person.paid
        periods, plenty = len(due), 2 * person.home["oranges"]
        (earned,) = self.deeds.pay.pop(person.id)
        since, paid = self.deeds.paid.pop(person.id)
        assert person.settled // RAID == since // RAID
        assert paid <= now
        person.paid |= set(range(since // RAID, paid // RAID))
        if person.oranges >= plenty:
            assert earned == 0
        elif person.oranges + earned < plenty:
            assert 60 * periods <= earned <= 400 * periods
        else:
            assert person.oranges + earned < plenty + 400
        person.oranges += earned
        person.settled = until
        mine = {t.item for t in person.player_items.values() if t.status in (*HELD, "escrowed")}
        lost = [s for s in dict.fromkeys(person.home.get("gear", [])) if s not in mine]
        self.arm(person, lost, now)
        for number in self.gear(person, "escrowed"):
            room = len(self.gear(person, *HELD)) < 10
            person.player_items[number].status = "owned" if room else "expired"

    def arm(self, person: Person, slugs: list[str], at: int) -> None:
        """A neighbour gets gear, and wears what finds its slot empty."""
        numbers = [self.come(person, "starter", slug, at) for slug in slugs]
        for number in numbers:
            if self.worn(person, self.items[person.player_items[number].item]["category"]) is None:
                person.player_items[number].status = "equipped"

    def move_in(self, ids: dict[str, int], now: int) -> None:
        """The neighbours who live here by now, and did not."""
        for name, told in self.neighbours.items():
            if name not in self.people and name in ids:
                person = Person(ids[name], now, told["oranges"], 0, now, home=told)
                self.people[name] = person
                self.arm(person, told.get("gear", []), now)

    # Sellers.

    def open_shops(self) -> None:
        """Shops and rotations that were drawn: each as its law says."""
        for player, day, rerolls, slugs in self.deeds.shops:
            person = next(p for p in self.people.values() if p.id == player)
            level = rank(person.experience)
            assert 6 <= len(set(slugs)) == len(slugs) <= 10
            told = [self.items[slug] for slug in slugs]
            assert {item["rarity"] for item in told} <= SHOP_RARITIES[level]
            assert {item["category"] for item in told} <= set(GEAR)
            assert rerolls == self.shops.get((player, day), (-1, []))[0] + 1
            self.shops[player, day] = (rerolls, slugs)
        drawn: dict[int, list[str]] = {}
        for rotation, slug, price, discount, stock in self.deeds.stalls:
            item = self.items[slug]
            assert item["category"] in GEAR
            assert discount == (25 if item["rarity"] == "legendary" else 0)
            assert price == item["price_oranges"] * (100 - discount) // 100
            assert STOCK[item["rarity"]][0] <= stock <= STOCK[item["rarity"]][1]
            drawn.setdefault(rotation, []).append(item["rarity"])
            assert slug not in self.stalls.setdefault(rotation, {})
            self.stalls[rotation][slug] = (price, stock)
        for rarities in drawn.values():
            for rarity, (least, most) in STALLS.items():
                assert least <= rarities.count(rarity) <= most
