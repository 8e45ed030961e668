"""What somebody does in a random life among friends: who, what and how, an example draws."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.withdrawals.models import Withdrawn
from inventui.rules.core.clock import HOUR
from inventui.rules.core.money import Currency
from inventui.rules.people.friends import FriendEvent
from tests.builders import done
from tests.engine.people_lives import NAMES, PeopleWorld, no_room_for_json
from tests.oracle_items import HELD
from tests.oracle_people import DEAR

GOOD_WORDS = ("", "For you", "[b]“x”[/b] é 🍊", "x" * 200)
BAD_WORDS = ("x" * 501, "\x1b[2J", "two\nlines", "\x9b0m")
SUMS = (1, 7, 20, 25, 1_000, 4_800, 0, -5, 2**53)
GRANTED = ["lime", "donut", "straw", "squeezer", *2 * ["fork", "bib", "crown"]]


class Deeds(PeopleWorld):
    """Each deed is one player's in one program.

    Most of what is drawn may be done, for a deed that is refused leads nowhere.
    """

    chance: Random
    """Set at the beginning of an example."""

    def somebody(self, but: str = "") -> str:
        """One of the players; of those who are not `but`, now and then that one or nobody."""
        if but and self.chance.random() < 0.1:
            return self.chance.choice([but, "nobody"])
        return self.chance.choice([name for name in NAMES if name != but])

    def number(self, name: str, wanted: list[int]) -> int:
        """One of the wanted things, or any of one's own, or anybody's, or none."""
        lot = self.chance.random()
        if wanted and lot < 0.75:
            return self.chance.choice(wanted)
        mine = [n for n, t in self.oracle.player_items.items() if t.owner == name]
        return self.chance.choice([999, *self.oracle.player_items] if lot > 0.9 else mine)

    def words(self, longest: str) -> str:
        """Words that may be said, or not."""
        if self.chance.random() < 0.9:
            return self.chance.choice(GOOD_WORDS)
        return self.chance.choice([*BAD_WORDS, longest, f"{longest}x"])

    def change(self, name: str, other: str, event: FriendEvent) -> None:
        result = self.step(
            name,
            lambda p, key: p.friends.change(other, event, key),
            lambda: self.oracle.change(name, other, str(event)),
        )
        if isinstance(result, FriendChange):
            assert str(result.bond) == self.oracle.bond(name, other)

    def several(self, *deeds: Callable[[], None]) -> None:
        """Some of these deeds, one after the other."""
        for deed in self.chance.choices(deeds, k=self.chance.randint(1, 5)):
            deed()

    def ask_answer_or_leave(self) -> None:
        name = self.somebody()
        other = self.somebody(but=name)
        for event in (FriendEvent.REMOVE, FriendEvent.REQUEST):
            self.change(name, other, event)
        if other not in NAMES:
            return
        sides = [(name, other), (other, name)]
        self.change(*self.chance.choice(sides), self.chance.choice(list(FriendEvent)))
        if self.chance.random() < 0.8:
            self.change(name, other, FriendEvent.REQUEST)
            self.change(other, name, FriendEvent.ACCEPT)

    def give_a_player_item(self) -> None:
        name = self.somebody()
        friend, message = self.somebody(but=name), self.words("x" * 200)
        theirs = {t.item for _, t in self.oracle.of(friend, *HELD, "escrowed")}
        theirs -= {"donut"}
        new = [(n, t) for n, t in self.oracle.of(name, "owned") if t.item not in theirs]
        handed_on = [n for n, t in new if t.origin]
        dear = [n for n, t in new if t.kind.value >= DEAR]
        number = self.number(
            name, self.chance.choice([handed_on, dear, dear]) or [n for n, _ in new]
        )
        result = self.step(
            name,
            lambda p, key: p.gifts.send_item(friend, number, message, key),
            lambda: self.oracle.give_player_item(name, friend, number, message),
        )
        if isinstance(result, GiftSent):
            assert result.received_id == self.oracle.gifts[-1].received

    def give_money(self) -> None:
        name = self.somebody()
        friend, message = self.somebody(but=name), self.words("x" * 200)
        amount = self.chance.choice(SUMS)
        currency = self.chance.choice([Currency.ORANGES, Currency.GEMS])
        self.step(
            name,
            lambda p, key: p.gifts.send_money(friend, amount, currency, message, key),
            lambda: self.oracle.give_money(name, friend, amount, str(currency), message),
        )

    def rob(self) -> None:
        if self.chance.random() < 0.7:
            self.let_time_pass(self.chance.choice([1, 1, 7, 25, 50]) * HOUR)
        name = self.somebody()
        victim = self.somebody(but=name)
        self.step(
            name,
            lambda p, key: p.streets.rob(victim, key),
            lambda: self.oracle.rob(name, victim),
        )

    def withdraw(self) -> None:
        self.open_cases(self.somebody(), 1)
        dear = [(n, t) for n, t in self.oracle.player_items.items() if t.kind.value >= DEAR]
        free = [(n, t) for n, t in dear if t.status == "owned" and not t.locked]
        # What was handed on has the longest story to tell.
        best = [(n, t) for n, t in free if t.origin] or free
        name = self.chance.choice([t.owner for _, t in best] or [*NAMES])
        number = self.number(name, [n for n, t in best if t.owner == name])
        details = self.words("x" * 500)
        result = self.step(
            name,
            lambda p, key: p.withdrawals.withdraw(number, details, key),
            lambda: self.oracle.withdraw(name, number, details),
        )
        if isinstance(result, Withdrawn):
            person = self.oracle.people[name]
            assert result.rotated == (self.oracle.pair_of(number) is person.active)
            if result.rotated:
                person.active = self.pair(name)

    def rotate(self) -> None:
        name = self.somebody()
        self.handle(name).fairness.rotate()
        self.oracle.settle(name)
        self.oracle.people[name].active = self.pair(name)
        self.oracle.acts.append(name)

    def think_better(self) -> None:
        """Something is sold or given, and its player, or another, takes their last deed back."""
        self.chance.choice([self.sell, self.give_a_player_item, self.give_a_player_item])()
        if self.chance.random() < 0.2:
            self.let_time_pass(self.chance.choice([60_000, 60_001]))
        elif self.chance.random() < 0.2:
            self.chance.choice([self.lock, self.find, self.dress, self.give_money])()
        elif self.chance.random() < 0.1:
            self.look(self.somebody())
        last = self.oracle.deeds[-1].who if self.oracle.deeds else self.somebody()
        name = last if self.chance.random() < 0.9 else self.somebody()
        self.step(
            name,
            lambda p, key: p.undos.take_back(None, key),
            lambda: self.oracle.undo(name),
        )

    def deliver(self) -> None:
        self.owed(self.somebody(), self.chance.choice(["", "folder", "json"]))

    def owed(self, name: str, trouble: str) -> None:
        """Certificates are written, or the same ones are owed still."""
        due, folder, handle = self.oracle.pending(name), self.documents, self.handle(name)
        assert handle.withdrawals.pending() == bool(due)
        if trouble == "folder":
            in_the_way = self.path.with_name("file")
            in_the_way.write_text("")
            folder = in_the_way / "deeper"
        if trouble == "json":
            with no_room_for_json():
                told = handle.withdrawals.deliver(folder)
        else:
            told = handle.withdrawals.deliver(folder)
        assert [(d.withdrawal, bool(d.trouble)) for d in told] == [
            (self.oracle.withdrawals.index(w) + 1, bool(trouble)) for w in due
        ]
        if due and not trouble:
            self.oracle.settle(name)
            self.oracle.acts.append(name)
            for delivery, withdrawal in zip(told, due, strict=True):
                self.delivered(Path(delivery.path), withdrawal)

    def start_again(self) -> None:
        """A program ends, and another begins: what is owed is delivered then."""
        self.worlds.pop(0).close()
        self.worlds.append(self.open_world())
        for name in NAMES:
            self.owed(name, "")

    def open(self) -> None:
        self.open_cases(self.somebody(), self.chance.choice([1, 1, 2, 3, 80]))

    def open_cases(self, name: str, count: int, case: str = "vault") -> None:
        self.step(
            name,
            lambda p, key: p.cases.open(case, count, key),
            lambda: self.oracle.open(name, count, case),
        )

    def find(self) -> None:
        self.grant(self.somebody(), self.chance.choice(GRANTED))

    def grant(self, name: str, item: str) -> None:
        done(self.worlds[0].grant(name, item=item), Grant)
        self.oracle.grant(name, item)

    def dress(self) -> None:
        name, on = self.somebody(), self.chance.random() < 0.7
        fits = [
            n
            for n, t in self.oracle.of(name, "owned" if on else "equipped")
            if t.gear or t.item == "lime"
        ]
        number = self.number(name, fits)
        self.step(
            name,
            lambda p, key: (p.wardrobe.equip if on else p.wardrobe.unequip)(number, key),
            lambda: self.oracle.dress(name, number, on),
        )

    def sell(self) -> None:
        name = self.somebody()
        self.sell_one(name, self.number(name, [n for n, _ in self.oracle.of(name, "owned")]))

    def sell_one(self, name: str, number: int) -> None:
        self.step(
            name,
            lambda p, key: p.inventory.sell([number], key),
            lambda: self.oracle.sell(name, number),
        )

    def lock(self) -> None:
        name, locked = self.somebody(), self.chance.random() < 0.5
        number = self.number(
            name, [n for n, t in self.oracle.of(name, *HELD) if t.locked is not locked]
        )
        self.lock_one(name, number, locked)

    def lock_one(self, name: str, number: int, locked: bool = True) -> None:
        self.step(
            name,
            lambda p, key: p.inventory.lock([number], locked, key),
            lambda: self.oracle.lock(name, number, locked),
        )

    def claim(self) -> None:
        waiting = [(n, t) for n, t in self.oracle.player_items.items() if t.status == "escrowed"]
        name = self.chance.choice([t.owner for _, t in waiting] or [self.somebody()])
        number = self.number(name, [n for n, t in waiting if t.owner == name])
        gear = [n for n, t in self.oracle.of(name, "owned") if t.gear]
        if len(gear) > 7 and self.chance.random() < 0.7:
            self.sell_one(name, gear[0])
        self.step(
            name,
            lambda p, key: p.escrow.claim(number, key),
            lambda: self.oracle.claim(name, number),
        )

    def let_time_pass(self, span: int) -> None:
        self.clock.advance(span)
        self.oracle.now = self.clock.at
