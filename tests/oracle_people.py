"""An independent model of what goes between people: bonds, gifts, robberies, withdrawals.

As `tests.oracle_items`, on which it stands, it shares no code with the engine or the rules.
"""

from dataclasses import dataclass
from typing import Any

from tests.oracle import Pair
from tests.oracle_items import DAY, HELD, HOUR, Deed, ThingOracle
from tests.oracle_kinds import DEFAULT
from tests.oracle_streets import words

DEAR = 10_000
TOLD = {
    "request": ("info", "{} asks to be your friend."),
    "accept": ("success", "{} is your friend now."),
    "decline": ("info", "{} would rather not be your friend."),
    "remove": ("info", "{} is not your friend any more."),
}


@dataclass
class Withdrawal:
    """A thing that left; delivered when its certificate was written."""

    who: str
    player_item: int
    details: str
    at: int
    delivered: bool = False


@dataclass(frozen=True)
class Gift:
    """A gift: of one thing, or of some oranges, or of some gems."""

    giver: str
    receiver: str
    at: int
    given: int | None
    received: int | None
    oranges: int
    gems: int
    message: str


def fits(text: str, longest: int) -> bool:
    """Whether words may be kept."""
    return len(text) <= longest and text.isprintable()


class PeopleOracle(ThingOracle):
    """What players are to each other, gave each other, and took out of the world."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[frozenset[str], str] = {}
        self.friends: set[frozenset[str]] = set()
        self.gifts: list[Gift] = []
        self.withdrawals: list[Withdrawal] = []
        self.returned: set[int] = set()
        """Numbers of gifts that were taken back."""
        self.seen: dict[str, int] = {}
        """How many notifications each has seen."""
        self.marked: dict[str, set[int]] = {}
        """Notifications that nobody need see any more."""

    def bond(self, who: str, other: str) -> str:
        """How one stands with another."""
        pair = frozenset((who, other))
        if pair in self.friends:
            return "friends"
        asker = self.asked.get(pair)
        return "none" if asker is None else "asked" if asker == who else "waiting"

    def change(self, who: str, other: str, event: str) -> str | None:
        """One asks, answers or leaves another."""
        self.settle(who)
        if other not in self.people:
            return "unknown_player"
        self.settle(other)
        if other == who:
            return "no_target"
        pair, bond = frozenset((who, other)), self.bond(who, other)
        if (bond, event) not in {
            ("none", "request"),
            ("asked", "remove"),
            ("waiting", "accept"),
            ("waiting", "decline"),
            ("friends", "remove"),
        }:
            return "wrong_bond"
        self.asked.pop(pair, None)
        self.friends.discard(pair)
        if event == "request":
            self.asked[pair] = who
        elif event == "accept":
            self.friends.add(pair)
        tone, said = TOLD[event]
        self.tell(other, f"friend_{event}", tone, said.format(who), "people")
        return None

    # Gifts.

    def receiver(self, who: str, friend: str, message: str) -> str | None:
        """Why nothing can be given to somebody with these words."""
        if not fits(message, 200):
            return "invalid_message"
        self.settle(who)
        if friend not in self.people:
            return "unknown_player"
        if friend == who:
            return "no_target"
        if self.bond(who, friend) != "friends":
            return "not_friends"
        self.settle(friend)
        return None

    def give_player_item(self, who: str, friend: str, number: int, message: str) -> str | None:
        """A thing goes to a friend; gear for which they have no room waits in their escrow."""
        refusal = self.receiver(who, friend, message)
        if refusal is not None:
            return refusal
        player_item = self.free(who, number)
        if isinstance(player_item, str):
            return player_item
        if player_item.item == DEFAULT:
            return "is_default"
        theirs = {t.item for _, t in self.of(friend, *HELD, "escrowed")}
        if player_item.item in theirs and player_item.kind.category != "consumable":
            return "already_owned"
        waits = player_item.gear and not self.room(friend)
        pushed = waits and len(self.of(friend, "escrowed")) > 2
        got = self.hand_on(number, "gift", friend, "gift", waits)
        self.gifts.append(Gift(who, friend, self.now, number, got, 0, 0, message))
        self.thank(who, friend, player_item.kind.name, message, "inventory", got)
        told = len(self.people[friend].told) - 1
        gift = len(self.gifts) - 1
        self.deeds.append(Deed(who, number, self.now, len(self.acts), gift, pushed, told))
        return None

    def undo(self, who: str) -> str | None:
        """The last sale or gift of a thing is taken back, unless something depends on it."""
        self.settle(who)
        mine = [deed for deed in self.deeds if deed.who == who and not deed.undone]
        if not mine:
            return "nothing_to_do"
        deed = mine[-1]
        gift = None if deed.gift is None else self.gifts[deed.gift]
        if gift is not None:
            self.settle(gift.receiver)
        refusal = self.why_no_undo(deed, gift)
        if refusal is not None:
            return refusal
        player_item, deed.undone = self.player_items[deed.number], True
        if gift is None or gift.received is None:
            self.people[who].oranges -= player_item.kind.value
        else:
            friend = gift.receiver
            self.player_items[gift.received].step("return", self.now)
            self.returned.add(self.gifts.index(gift))
            self.marked.setdefault(friend, set()).add(deed.told)
            said = f"{who} took {player_item.kind.name} back before you had seen it."
            self.tell(friend, "returned", "info", said, "people", gift.received)
        player_item.step("undo", self.now)
        return None

    def why_no_undo(self, deed: Deed, gift: Gift | None) -> str | None:
        """Why something can't be taken back."""
        player_item = self.player_items[deed.number]
        if self.now > deed.at + 60_000:
            return "expired"
        if gift is not None and gift.received is not None:
            got, friend = self.player_items[gift.received], gift.receiver
            seen = deed.told < self.seen.get(friend, 0)
            moved = len(got.steps) > 1 or got.locked
            if seen or moved or deed.pushed or friend in self.acts[deed.after :]:
                return "depended_on"
        mine = {t.item for _, t in self.of(deed.who, *HELD, "escrowed")}
        if player_item.kind.category == "font_color" and player_item.item in mine:
            return "already_owned"
        if player_item.gear and not self.room(deed.who):
            return "no_room"
        if gift is None and player_item.kind.value > self.people[deed.who].oranges:
            return "insufficient_funds"
        return None

    def give_money(
        self, who: str, friend: str, amount: int, currency: str, message: str
    ) -> str | None:
        """Oranges or gems go to a friend."""
        refusal = self.receiver(who, friend, message)
        if refusal is not None:
            return refusal
        me, them = self.people[who], self.people[friend]
        if not 1 <= amount < 2**53:
            return "invalid_amount"
        if amount > getattr(me, currency):
            return "insufficient_funds"
        setattr(me, currency, getattr(me, currency) - amount)
        setattr(them, currency, getattr(them, currency) + amount)
        oranges, gems = (amount, 0) if currency == "oranges" else (0, amount)
        self.gifts.append(Gift(who, friend, self.now, None, None, oranges, gems, message))
        what = f"{amount:,} {currency[:-1] if amount == 1 else currency}"
        self.thank(who, friend, what, message, "wallet", None)
        return None

    def thank(
        self, giver: str, friend: str, what: str, message: str, place: str, player_item: int | None
    ) -> None:
        """The friend is told what they got, and with which words."""
        said = f"{giver} gave you {what}." + (f" “{message}”" if message else "")
        self.tell(friend, "gift", "gift", said, place, player_item)

    def sums(self, who: str) -> tuple[int, ...]:
        """Things, oranges and gems given, then received."""
        kept = [g for n, g in enumerate(self.gifts) if n not in self.returned]
        given = [g for g in kept if g.giver == who]
        got = [g for g in kept if g.receiver == who]
        return tuple(
            n
            for gifts in (given, got)
            for n in (
                sum(g.given is not None for g in gifts),
                sum(g.oranges for g in gifts),
                sum(g.gems for g in gifts),
            )
        )

    # Robberies.

    def rob(self, who: str, target: str) -> str | None:
        """A robbery, rolled with the robber's pair."""
        self.settle(who)
        me, them = self.people[who], self.people.get(target)
        if them is None:
            return "unknown_player"
        if them is me:
            return "no_target"
        self.settle(target)
        if self.now < them.created + DAY or them.oranges < 500:
            return "protected"
        last = me.robbed.get(target)
        if last is not None and self.now < last + HOUR:
            return "too_soon"
        if me.oranges < 200:
            return "insufficient_funds"
        halved = sum(self.now - DAY < at <= self.now for at in me.looted.get(target, []))
        weapon, armour = self.worn(who, "weapon"), self.worn(target, "armor")
        chance = 50 + (weapon[1].kind.bonus if weapon else 0)
        chance = min(95, max(5, chance - (armour[1].kind.bonus if armour else 0)))
        first, share, gear, which, mine, theirs, *_ = words(*self.seeds(me))
        me.active.nonce += 1
        me.robbed[target] = self.now
        if first * 1_000_000 >> 32 < chance * 10_000:
            loot = them.oranges * (500 + (share * 1_001 >> 32)) // 10_000
            loot = max(1, loot // 2**halved)
            me.looted.setdefault(target, []).append(self.now)
            them.oranges -= loot
            me.oranges += loot
            took = f"{loot:,} oranges"
            spare = [n for n, t in self.of(target, "owned") if t.gear]
            if spare and gear * 100 >> 32 < 10:
                number = spare[which * len(spare) >> 32]
                self.hand_on(number, "steal", who, "theft", True)
                took += f" and {self.player_items[number].kind.name}"
            self.tell(target, "robbed", "error", f"{who} robbed you of {took}.", "streets")
            self.learn(me, 25)
        else:
            me.oranges -= max(100, min(500, me.oranges * 5 // 100))
            said = f"{who} tried to rob you and failed."
            self.tell(target, "foiled", "success", said, "streets")
        self.wear(who, "weapon", 2 + (mine >> 31))
        self.wear(target, "armor", 2 + (theirs >> 31))
        return None

    def wear(self, who: str, slot: str, points: int) -> None:
        """What is worn loses points; at 0 it breaks."""
        worn = self.worn(who, slot)
        if worn is None:
            return
        number, player_item = worn
        assert player_item.durability is not None
        player_item.durability = max(0, player_item.durability - points)
        if not player_item.durability:
            player_item.step("break", self.now)
            said = f"{player_item.kind.name} broke. It had been through enough."
            self.tell(who, "broken", "error", said, "", number)

    # Withdrawals.

    def withdraw(self, who: str, number: int, details: str) -> str | None:
        """A thing leaves the world, and waits for its certificate."""
        if not fits(details, 500):
            return "invalid_message"
        self.settle(who)
        player_item = self.free(who, number)
        if isinstance(player_item, str):
            return player_item
        if player_item.kind.value < DEAR:
            return "too_cheap"
        player_item.step("withdraw", self.now)
        self.withdrawals.append(Withdrawal(who, number, details, self.now))
        return None

    def pair_of(self, number: int) -> Pair | None:
        """The pair that rolled a thing, whoever's it was."""
        roll = self.player_items[self.chain(number)[0]].roll
        return None if roll is None else roll[0]

    def pending(self, who: str) -> list[Withdrawal]:
        """What waits for somebody's certificate, the oldest first."""
        return [w for w in self.withdrawals if w.who == who and not w.delivered]

    def certificate(self, withdrawal: Withdrawal) -> dict[str, Any]:
        """What a certificate that is written now must say; of a proof, its server seed."""
        rows = self.chain(withdrawal.player_item)
        player_item, first = self.player_items[withdrawal.player_item], self.player_items[rows[0]]
        active = [id(person.active) for person in self.people.values()]
        proved = first.roll is not None and id(first.roll[0]) not in active
        return {
            "withdrawal": self.withdrawals.index(withdrawal) + 1,
            "player": withdrawal.who,
            "details": withdrawal.details,
            "withdrawn_at": withdrawal.at,
            "item": (
                withdrawal.player_item,
                player_item.item,
                player_item.kind.name,
                player_item.kind.value,
            ),
            "origin": (first.how, first.source, first.paid, first.owner),
            "provenance": [
                (at, self.player_items[row].owner, row, event, start, end)
                for row in rows
                for event, start, end, at in self.player_items[row].steps
            ],
            "roll": None if first.roll is None else (first.roll[0].client, first.roll[1]),
            "proof": first.roll[0].server if first.roll is not None and proved else None,
        }
