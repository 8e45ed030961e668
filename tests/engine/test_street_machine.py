"""Random lives in town: two players, bold neighbours, two programs, a clock that leaps."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.market.models import Reroll
from inventui.engine.streets.models import RobberyDone, ShiftPaid
from inventui.engine.world import PlayerHandle
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import Seller
from inventui.rules.streets.shifts import ShiftStyle
from tests.builders import (
    NOW,
    TOWN_PACK,
    a_player,
    a_world,
    audited,
    connect,
    contents,
    done,
    put_copy,
)
from tests.engine.living import live
from tests.oracle_streets import StreetOracle
from tests.oracle_time import Came, Deeds, Person

NAMES = ("ana", "bob")
LEAPS = (SECOND, 30 * SECOND, HOUR, 3 * HOUR, 7 * HOUR, DAY, 3 * DAY, 8 * DAY, 31 * DAY)
GOODS = (
    *("spoon", "fork", "vest", "bib", "tent", "stand", "whisk", "hide", "loft", "press"),
    *("juicer", "peeler", "shell", "hall", "mill", "crown", "villa", "donut", "kit", "kit"),
)
BEGINNINGS = {
    "bare": (),
    "rich": ("stand", "mill", "press", "spoon", "whisk", "vest", "hide", "loft"),
    "poor": ("shell", "villa", "fork", "stand"),
}


@cache
def template(seed: int) -> Path:
    """An empty world, made once a process."""
    path = Path(mkdtemp(prefix="inventui-town-")) / "town.db"
    a_world(
        path, clock=FrozenClock(NOW), pack=TOWN_PACK, entropy=SeededEntropy(f"town {seed}")
    ).close()
    return path


begin = st.sampled_from(sorted(BEGINNINGS))
who, again, there = st.sampled_from(NAMES), st.booleans(), st.integers(0, 1)
player_item = st.tuples(st.booleans(), st.integers(0, 30))


class Town(RuleBasedStateMachine):
    """After every step the world's file is what the oracle says."""

    @initialize(seed=st.integers(0, 3), day=st.integers(0, 40), beginnings=st.tuples(begin, begin))
    def begin(self, seed: int, day: int, beginnings: tuple[str, str]) -> None:
        self.folder = TemporaryDirectory()
        self.clock = FrozenClock(NOW + day * DAY)
        path = Path(self.folder.name) / "world.db"
        put_copy(template(seed), path)
        # Two programs, each with what it remembers of its own.
        self.worlds = [
            a_world(path, clock=self.clock, pack=TOWN_PACK, entropy=SeededEntropy(f"pairs {n}"))
            for n in range(2)
        ]
        self.path = path
        self.file = connect(path)
        self.oracle = StreetOracle(TOWN_PACK)
        self.keys = 0
        for name, beginning in zip(NAMES, beginnings, strict=True):
            oranges = 40_000 if beginning == "rich" else 5_000
            player = a_player(self.worlds[0], name, oranges=oranges)
            ((server, client),) = self.rows(
                "SELECT server_seed, client_seed FROM seed_pair WHERE state = 'active'"
                " AND player_id = ?",
                player.id,
            )
            now = self.clock.at
            person = Person(player.id, now, oranges, 25, now, (server, client))
            self.oracle.people[name] = person
        self.handles = [
            {name: done(world.player(name), PlayerHandle) for name in NAMES}
            for world in self.worlds
        ]
        ((self.seen,),) = self.rows("SELECT max(id) FROM operation")
        ((made,),) = self.rows("SELECT value FROM world_setting WHERE name = 'created_at'")
        self.oracle.made = int(made)
        for name, beginning in zip(NAMES, beginnings, strict=True):
            for slug in BEGINNINGS[beginning]:
                self.buy(name, 0, False, slug, Seller.SHOP)
        if beginnings != ("bare", "bare"):
            self.look("ana", 0)
            self.wait(DAY)

    def teardown(self) -> None:
        if hasattr(self, "worlds"):
            audited(self.worlds[0])
            for name in NAMES:
                if self.oracle.people[name].nonce:
                    assert self.handles[0][name].fairness.verify().ok
            self.file.close()
            for world in self.worlds:
                world.close()
            self.folder.cleanup()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.file.execute(sql, values).fetchall()

    def ids(self) -> dict[str, int]:
        return dict(self.rows("SELECT name, id FROM player"))

    def read_deeds(self) -> None:
        """Tell the oracle what was written since the last step."""
        deeds, seen = Deeds(), self.seen
        ((self.seen,),) = self.rows("SELECT max(id) FROM operation")
        if self.seen != seen:
            for player, period, *line in self.rows(
                "SELECT player_id, period, player_item_id, revenue, cost, reduced FROM income"
                " WHERE operation_id > ?",
                seen,
            ):
                deeds.incomes[player, period] = tuple(line)  # type: ignore[assignment]
            for victim, period, *line in self.rows(
                "SELECT victim_id, period, robber_id, chance, success, oranges, stolen_id"
                " FROM robbery WHERE period IS NOT NULL AND operation_id > ?",
                seen,
            ):
                deeds.raids[victim, period] = tuple(line)  # type: ignore[assignment]
            for player, amount in self.rows(
                "SELECT o.player_id, coalesce(sum(t.amount), 0) FROM operation o"
                " LEFT JOIN transfer t ON t.operation_id = o.id AND t.kind = 'play'"
                " WHERE o.kind = 'neighbour_settle' AND o.id > ? GROUP BY o.id",
                seen,
            ):
                deeds.pay.setdefault(player, []).append(amount)
            for player, since, until in self.rows(
                "SELECT s.player_id, s.since, s.until FROM settlement s JOIN neighbour n"
                " ON n.player_id = s.player_id WHERE s.operation_id > ?",
                seen,
            ):
                deeds.paid[player] = (since, until)
            deeds.here = self.rows(
                "SELECT player_id, at FROM operation WHERE player_id IS NOT NULL AND id > ?"
                " AND (kind <> 'settle' OR substr(request, 3, 4) = 'here') ORDER BY id",
                seen,
            )  # type: ignore[assignment]
            deeds.back = self.rows(
                "SELECT CAST(json_extract(request, '$.was') AS BIGINT), at FROM operation"
                " WHERE kind = 'clock' AND id > ? ORDER BY id",
                seen,
            )  # type: ignore[assignment]
            for number, *line in self.rows(
                "SELECT p.id, p.player_id, i.slug, p.acquisition, p.origin_id FROM player_item p"
                " JOIN item i ON i.id = p.item_id JOIN move m ON m.player_item_id = p.id"
                " AND m.version = 1 WHERE m.operation_id > ? AND i.slug NOT LIKE 'default-%'",
                seen,
            ):
                deeds.came[number] = Came(*line)
            deeds.wears = self.rows(
                "SELECT player_item_id, durability FROM condition WHERE operation_id > ?"
                " AND durability IS NOT NULL ORDER BY id",
                seen,
            )  # type: ignore[assignment]
            slugs = dict(self.rows("SELECT id, slug FROM item"))
            deeds.shops = [
                (player, day, rerolls, [slugs[n] for n in json.loads(items)])
                for player, day, rerolls, items in self.rows(
                    "SELECT player_id, day, rerolls, items FROM gear_shop WHERE operation_id > ?"
                    " ORDER BY id",
                    seen,
                )
            ]
            deeds.stalls = self.rows(
                "SELECT r.number, i.slug, s.price, s.discount, s.stock FROM market_stall s"
                " JOIN market_rotation r ON r.id = s.rotation_id JOIN item i ON i.id = s.item_id"
                " WHERE s.operation_id > ?",
                seen,
            )  # type: ignore[assignment]
            ((last,),) = self.rows("SELECT at FROM operation WHERE id = ?", seen)
            expected = [(last, self.clock.at)] if last > self.clock.at + MINUTE else []
            assert deeds.back == expected
        self.oracle.deeds = deeds
        for was, now in deeds.back:
            self.oracle.set_back(was, now)
        self.oracle.open_shops()

    def step(
        self,
        name: str,
        program: int,
        twice: bool,
        act: Callable[[PlayerHandle, str], Any],
        due: Callable[[Any], str | None],
    ) -> Any:
        """Do it, let the oracle do it; asked again of the other program, nothing changes."""
        self.keys += 1
        key = f"k{self.keys}"
        result = act(self.handles[program][name], key)
        self.read_deeds()
        reason = due(result)
        self.oracle.come_here()
        assert (result.reason if isinstance(result, Refusal) else None) == reason, result
        assert not self.oracle.deeds.left_over()
        if twice:
            before = contents(self.path)
            second = act(self.handles[1 - program][name], key)
            assert contents(self.path) == before
            if reason is not None:
                assert second.reason == reason
            else:
                assert (second.repeat, result.repeat) == (True, False)
                assert second.operation == result.operation
        return result

    def number(self, name: str, pick: tuple[bool, int]) -> int:
        """One of one's own things, or of anybody's, or none at all."""
        mine, index = pick
        people = [self.oracle.people[name]] if mine else self.oracle.people.values()
        numbers = sorted(n for person in people for n in person.player_items) or [999]
        return numbers[-1 - index % len(numbers)]

    @rule(name=who, program=there, twice=again)
    def begin_shift(self, name: str, program: int, twice: bool) -> None:
        key = f"k{self.keys + 1}"
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.streets.begin(key),
            lambda _: self.oracle.begin_shift(name, self.clock.at, key),
        )

    @rule(
        name=who,
        program=there,
        twice=again,
        skill=st.sampled_from([0, 50, 100, *ShiftStyle]),
        ends=again,
    )
    def play(
        self, name: str, program: int, twice: bool, skill: int | ShiftStyle, ends: bool = False
    ) -> None:
        begun = self.oracle.people[name].begun
        mine = begun if ends and not isinstance(skill, ShiftStyle) else None

        def due(paid: Any) -> str | None:
            worked = paid.skill if isinstance(paid, ShiftPaid) else 0
            if begun not in (None, mine):
                assert worked == 0
            elif isinstance(skill, ShiftStyle):
                assert worked == 0 or 20 <= worked <= 100
            elif isinstance(paid, ShiftPaid):
                assert worked == skill
            crate = isinstance(paid, ShiftPaid) and paid.crate is not None
            return self.oracle.play(name, self.clock.at, worked, crate, mine)

        self.step(name, program, twice, lambda p, key: p.streets.play(skill, key, begun=mine), due)

    @rule(name=who, program=there, shifts=st.integers(2, 12))
    def work(self, name: str, program: int, shifts: int) -> None:
        for _ in range(shifts):
            self.clock.advance(30 * SECOND)
            self.play(name, program, False, 100)

    @rule(name=who, program=there, twice=again)
    def daily(self, name: str, program: int, twice: bool) -> None:
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.streets.daily(key),
            lambda _: self.oracle.daily(name, self.clock.at),
        )

    @rule(
        name=who,
        program=there,
        twice=again,
        whom=st.sampled_from([*NAMES, "Zest", "Pip", "nobody"]),
    )
    def rob(self, name: str, program: int, twice: bool, whom: str) -> None:
        result = self.step(
            name,
            program,
            twice,
            lambda p, key: p.streets.rob(whom, key),
            lambda _: self.oracle.rob(name, self.clock.at, whom, self.ids()),
        )
        if isinstance(result, RobberyDone):
            assert result.balance.oranges == self.oracle.people[name].oranges

    @rule(
        name=who,
        program=there,
        whom=st.lists(st.sampled_from([*NAMES, "Zest", "Pip"]), min_size=2, max_size=6),
    )
    def prowl(self, name: str, program: int, whom: list[str]) -> None:
        for target in whom:
            self.clock.advance(HOUR)
            self.rob(name, program, False, target)

    @rule(program=there, days=st.integers(1, 9), both=st.booleans())
    def days_pass(self, program: int, days: int, both: bool) -> None:
        for _ in range(days):
            self.clock.advance(DAY)
            self.catch_up(NAMES[0], program)
            if both:
                self.catch_up(NAMES[1], 1 - program)

    @rule(name=who, program=there, twice=again, pick=player_item)
    def claim(self, name: str, program: int, twice: bool, pick: tuple[bool, int]) -> None:
        waiting = self.oracle.gear(self.oracle.people[name], "escrowed")
        number = waiting[pick[1] % len(waiting)] if waiting and pick[0] else self.number(name, pick)
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.escrow.claim(number, key),
            lambda _: self.oracle.claim(name, self.clock.at, number),
        )

    @rule(
        name=who,
        program=there,
        twice=again,
        slug=st.sampled_from(GOODS),
        seller=st.sampled_from([None, *Seller]),
    )
    def buy(self, name: str, program: int, twice: bool, slug: str, seller: Seller | None) -> None:
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.sellers.buy(slug, seller, key),
            lambda _: self.oracle.buy(name, self.clock.at, slug, seller and str(seller)),
        )

    @rule(name=who, program=there, twice=again, index=st.integers(0, 12))
    def buy_from_a_stall(self, name: str, program: int, twice: bool, index: int) -> None:
        stalls = self.handles[program][name].black_market.rotation().stalls
        self.buy(name, program, twice, stalls[index % len(stalls)].slug, Seller.MARKET)

    @rule(name=who, program=there, twice=again)
    def reroll(self, name: str, program: int, twice: bool) -> None:
        person, day = self.oracle.people[name], self.clock.at // DAY
        before = self.oracle.shops.get((person.id, day), (0, []))[0]
        result = self.step(
            name,
            program,
            twice,
            lambda p, key: p.gear_shop.reroll(key),
            lambda _: self.oracle.reroll(name, self.clock.at, before),
        )
        rerolls, slugs = self.oracle.shops[person.id, day]
        if isinstance(result, Reroll):
            assert (rerolls, slugs) == (before + 1, list(result.items))
        else:
            assert rerolls == before

    @rule(name=who, program=there, twice=again, pick=player_item, put_on=st.booleans())
    def dress(
        self, name: str, program: int, twice: bool, pick: tuple[bool, int], put_on: bool
    ) -> None:
        number = self.number(name, pick)
        self.step(
            name,
            program,
            twice,
            lambda p, key: (p.wardrobe.equip if put_on else p.wardrobe.unequip)(number, key),
            lambda _: self.oracle.dress(name, self.clock.at, number, put_on),
        )

    @rule(name=who, program=there, twice=again, pick=player_item, on=player_item)
    def use(
        self, name: str, program: int, twice: bool, pick: tuple[bool, int], on: tuple[bool, int]
    ) -> None:
        person = self.oracle.people[name]
        mine = [n for n, t in person.player_items.items() if t.item in ("kit", "donut")]
        number = mine[pick[1] % len(mine)] if mine and pick[0] else self.number(name, pick)
        held = person.player_items.get(number)
        target = None if held is None or held.item == "donut" else self.number(name, on)
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.wardrobe.use(number, target, key),
            lambda _: self.oracle.use(name, self.clock.at, number, target),
        )

    @rule(name=who, program=there, twice=again, index=st.integers(0, 9))
    def mend(self, name: str, program: int, twice: bool, index: int) -> None:
        """A kit for gear that lost something, whether it is still there or not."""
        self.buy(name, program, False, "kit", None)
        player_items = self.oracle.people[name].player_items
        kits = [n for n, t in player_items.items() if (t.item, t.status) == ("kit", "owned")]
        worn = [
            n
            for n, t in sorted(player_items.items())
            if t.durability is not None and t.durability < self.oracle.most(t)
        ]
        if not (kits and worn):
            return
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.wardrobe.use(kits[0], worn[index % len(worn)], key),
            lambda _: self.oracle.use(name, self.clock.at, kits[0], worn[index % len(worn)]),
        )

    @rule(name=who, program=there, twice=again, pick=player_item, sell=st.booleans())
    def part(
        self, name: str, program: int, twice: bool, pick: tuple[bool, int], sell: bool
    ) -> None:
        number = self.number(name, pick)
        self.step(
            name,
            program,
            twice,
            lambda p, key: (
                p.inventory.sell([number], key) if sell else p.inventory.discard(number, key)
            ),
            lambda _: self.oracle.part(name, self.clock.at, number, sell),
        )

    @rule(name=who, program=there, twice=again)
    def pay(self, name: str, program: int, twice: bool) -> None:
        self.step(
            name,
            program,
            twice,
            lambda p, key: p.property.pay(key),
            lambda _: self.oracle.pay(name, self.clock.at),
        )

    @rule(name=who, program=there)
    def catch_up(self, name: str, program: int) -> None:
        self.handles[program][name].catch_up()
        self.read_deeds()
        self.oracle.settle(name, self.clock.at)
        self.oracle.come_here()
        assert not self.oracle.deeds.left_over()

    @rule(name=who, program=there)
    def look(self, name: str, program: int) -> None:
        """Looking at targets, at the market and at the gear shop; a second look writes nothing."""
        handle = self.handles[program][name]
        targets, market = handle.streets.targets(), handle.black_market.rotation()
        shop = handle.gear_shop.today()
        self.read_deeds()
        self.oracle.move_in(self.ids(), self.clock.at)
        for neighbour in self.oracle.neighbours:
            self.oracle.settle(neighbour, self.clock.at)
        self.oracle.come_here()
        assert not self.oracle.deeds.left_over()
        people = self.oracle.people
        assert {t.name: t.oranges for t in targets} == {
            n: p.oranges for n, p in people.items() if n != name
        }
        assert {s.slug: (s.price, s.remaining) for s in market.stalls} == self.oracle.stalls[
            self.clock.at // (6 * HOUR)
        ]
        key = (people[name].id, self.clock.at // DAY)
        assert [line.slug for line in shop.offers] == self.oracle.shops[key][1]
        before = contents(self.path)
        other = self.handles[1 - program][name]
        assert other.streets.targets() == targets
        assert other.black_market.rotation() == market
        assert other.gear_shop.today() == shop
        assert contents(self.path) == before

    @rule(leap=st.sampled_from(LEAPS))
    def wait(self, leap: int) -> None:
        self.clock.advance(leap)

    @rule(leap=st.sampled_from([SECOND, HOUR, 8 * HOUR, DAY, 4 * DAY, 31 * DAY]))
    def clock_goes_back(self, leap: int) -> None:
        """Both programs notice it by themselves, and so does one that did not write it down."""
        self.clock.advance(-leap)

    @invariant()
    def the_file_is_what_the_oracle_says(self) -> None:
        if not hasattr(self, "worlds"):
            return
        people = self.oracle.people
        purses: dict[int, dict[str, int]] = {}
        for player, currency, balance in self.rows(
            "SELECT player_id, currency, balance FROM account WHERE player_id IS NOT NULL"
        ):
            purses.setdefault(player, {})[currency] = balance
        assert purses == {
            p.id: {"oranges": p.oranges, "gems": p.gems, "experience": p.experience}
            for p in people.values()
        }
        assert {n for (n,) in self.rows("SELECT sum(balance) FROM account GROUP BY currency")} == {
            0
        }
        assert {
            number: tuple(line)
            for number, *line in self.rows(
                "SELECT p.id, p.player_id, i.slug, p.status, p.durability,"
                " CASE p.status WHEN 'escrowed' THEN p.held_until END FROM player_item p"
                " JOIN item i ON i.id = p.item_id WHERE i.slug NOT LIKE 'default-%'"
            )
        } == {
            n: (p.id, t.item, t.status, t.durability, t.until if t.status == "escrowed" else None)
            for p in people.values()
            for n, t in p.player_items.items()
        }
        assert self.rows(
            "SELECT player_id, day, due FROM upkeep WHERE state = 'due' ORDER BY player_id, day"
        ) == [(p.id, *due) for _, p in sorted(people.items()) for due in p.unpaid]
        sold = self.rows(
            "SELECT r.number, i.slug, s.price, s.stock - s.sold FROM market_stall s"
            " JOIN market_rotation r ON r.id = s.rotation_id JOIN item i ON i.id = s.item_id"
        )
        assert {(n, slug): (price, left) for n, slug, price, left in sold} == {
            (n, slug): left
            for n, stalls in self.oracle.stalls.items()
            for slug, left in stalls.items()
        }
        for name in NAMES:
            view, person = self.handles[0][name].streets.view(), people[name]
            day = self.clock.at // DAY
            assert (view.shifts_today, view.fed) == (person.shifts.get(day, 0), person.fed)
            assert view.bonus_ready == (day not in person.bonus)


def test_random_lives_in_town_go_as_the_oracle_says(trust: bool) -> None:
    live(Town, examples=12 if trust else 3, steps=30, shrinks=False)
