"""An independent model of what players do in a town: play, rob, claim, buy, wear, pay.

It shares no code with the engine or the rules. Each act answers None if it may be done,
and has done it, or the reason why not. Robberies are rolled here a second time.
"""

import hashlib
import hmac
from typing import Any

from tests.oracle_time import DAY, GEAR, HELD, HOUR, SECOND, UPKEEP, Person, TownOracle, rank


def words(server: str, client: str, nonce: int) -> list[int]:
    """The eight 32-bit numbers of a nonce's first block."""
    block = hmac.new(server.encode(), f"{client}:{nonce}:0".encode(), hashlib.sha256).digest()
    return [int.from_bytes(block[i : i + 4], "big") for i in range(0, 32, 4)]


class StreetOracle(TownOracle):
    """The town as it should be, whatever its players do."""

    def learn(self, person: Person, points: int) -> None:
        """Experience, and 10 gems for each new rank."""
        before = rank(person.experience)
        person.experience += points
        person.gems += 10 * (rank(person.experience) - before)

    def begin_shift(self, who: str, now: int, key: str) -> str | None:
        """The first tap of a shift is opened."""
        self.settle(who, now)
        person = self.people[who]
        if person.begun is not None:
            return "too_soon"
        if person.shifts.get(now // DAY, 0) >= 40:
            return "too_often"
        last = person.last_shift
        if last is not None and last <= now < last + 30 * SECOND:
            return "too_soon"
        person.begun = key
        return None

    def play(
        self, who: str, now: int, skill: int, crate: bool, begun: str | None = None
    ) -> str | None:
        """A shift of this skill, which turned up a crate or did not; or the one that was begun."""
        self.settle(who, now)
        person, day = self.people[who], now // DAY
        if person.shifts.get(day, 0) >= 40:
            return "too_often"
        last = person.last_shift
        if last is not None and last <= now < last + 30 * SECOND:
            return "too_soon"
        if person.begun not in (None, begun):
            assert skill == 0
        person.begun = None
        pay = 20 + skill
        for player_item in person.player_items.values():
            told = self.items[player_item.item]
            if (told["category"], player_item.status, person.unpaid) == ("housing", "equipped", []):
                more = {"common": 10, "uncommon": 20, "rare": 35, "legendary": 60}
                pay = pay * (100 + more[told["rarity"]]) // 100
                person.rested_on = day
        person.oranges += pay * (3 if person.fed else 2) // 2
        person.fed = False
        person.shifts[day] = person.shifts.get(day, 0) + 1
        person.last_shift = now
        if crate:
            had = {t.item for t in person.player_items.values() if t.status in (*HELD, "escrowed")}
            number = self.come(person, "drop", None, now, now + 24 * HOUR)
            told = self.items[person.player_items[number].item]
            assert told["category"] not in ("consumable", "bundle")
            assert not told.get("default")
            assert told["category"] in (*GEAR, "collectible") or told["id"] not in had
        self.learn(person, 5)
        return None

    def daily(self, who: str, now: int) -> str | None:
        """Today's bonus: 100 to 700 oranges, 10 gems on the seventh day."""
        self.settle(who, now)
        person, day = self.people[who], now // DAY
        if day in person.bonus:
            return "too_soon"
        streak = person.bonus.get(day - 1, 0) % 7 + 1
        person.bonus[day] = streak
        person.oranges += 100 * streak
        person.gems += 10 if streak == 7 else 0
        return None

    def rob(self, who: str, now: int, target: str, ids: dict[str, int]) -> str | None:
        """A robbery, rolled with the robber's pair."""
        self.move_in(ids, now)
        self.settle(who, now)
        me, them = self.people[who], self.people.get(target)
        if them is None:
            return "unknown_player"
        if them is me:
            return "no_target"
        self.settle(target, now)
        if them.home is None and them.created <= now < them.created + DAY:
            return "protected"
        if them.oranges < 500:
            return "protected"
        last = me.robbed.get(target)
        if last is not None and last <= now < last + HOUR:
            return "too_soon"
        if me.oranges < 200:
            return "insufficient_funds"
        halved = sum(now - DAY < at <= now for at in me.looted.get(target, []))
        day = now // DAY
        chance = 50 + self.figure(me, "weapon", "rob_bonus", day)
        chance = min(95, max(5, chance - self.figure(them, "armor", "defence_bonus", day)))
        first, share, gear, which, mine, theirs, *_ = words(*me.pair, me.nonce)
        me.nonce += 1
        me.robbed[target] = now
        if first * 1_000_000 >> 32 < chance * 10_000:
            kept = 100 - self.figure(them, "housing", "insurance", day)
            loot = them.oranges * (500 + (share * 1_001 >> 32)) * kept // 1_000_000
            loot = max(1, loot // 2**halved)
            me.looted.setdefault(target, []).append(now)
            them.oranges -= loot
            me.oranges += loot
            spare = self.gear(them, "owned")
            if spare and gear * 100 >> 32 < 10:
                self.take(them, me, spare[which * len(spare) >> 32], now)
            self.learn(me, 25)
        else:
            me.oranges -= max(100, min(500, me.oranges * 5 // 100))
        self.wear(me, "weapon", 2 + (mine >> 31))
        self.wear(them, "armor", 2 + (theirs >> 31))
        return None

    def claim(self, who: str, now: int, number: int) -> str | None:
        """A thing leaves escrow for the inventory."""
        self.settle(who, now)
        person = self.people[who]
        player_item = person.player_items.get(number)
        if player_item is None:
            return self.stranger(number)
        if player_item.status != "escrowed":
            return {"expired": "expired", "owned": "wrong_status", "equipped": "wrong_status"}.get(
                player_item.status, "ended"
            )
        if self.items[player_item.item]["category"] in GEAR and len(self.gear(person, *HELD)) >= 10:
            return "no_room"
        player_item.status, player_item.since = "owned", now
        return None

    def stranger(self, number: int) -> str:
        """Why a number is none of one's own things."""
        known = any(number in person.player_items for person in self.people.values())
        return "not_yours" if known else "unknown_item"

    def buy(self, who: str, now: int, slug: str, seller: str | None) -> str | None:
        """One piece, from a seller or from who asks least; gear is put on."""
        self.settle(who, now)
        person, told = self.people[who], self.items[slug]
        price, source = told["price_oranges"], "shop"
        stalls = self.stalls.get(now // (6 * HOUR), {})
        if seller == "gear_shop":
            if slug not in self.shops.get((person.id, now // DAY), (0, []))[1]:
                return "not_for_sale"
        elif seller == "market" or (seller is None and stalls.get(slug, (price, 0))[0] < price):
            if slug not in stalls:
                return "not_for_sale"
            if stalls[slug][1] or seller == "market":
                (price, left), source = stalls[slug], "market"
                if not left:
                    return "sold_out"
        mine = {t.item for t in person.player_items.values() if t.status in (*HELD, "escrowed")}
        gear = told["category"] in GEAR
        if told["category"] != "consumable" and slug in mine:
            return "already_owned"
        if gear and len(self.gear(person, *HELD)) >= 10:
            return "no_room"
        if price > person.oranges:
            return "insufficient_funds"
        person.oranges -= price
        self.learn(person, price // 10)
        if source == "market":
            stalls[slug] = (price, stalls[slug][1] - 1)
        number = self.come(person, "purchase", slug, now)
        stuck = told["category"] == "housing" and self.stays(person, now, told)
        if gear and not stuck:
            self.put_on(person, number, now)
        return None

    def reroll(self, who: str, now: int, before: int) -> str | None:
        """Another choice, for 5 gems that double within a day; after so many rerolls."""
        self.settle(who, now)
        person = self.people[who]
        if person.gems < 5 * 2**before:
            return "insufficient_funds"
        person.gems -= 5 * 2**before
        return None

    def dress(self, who: str, now: int, number: int, on: bool) -> str | None:
        """A thing is put on or taken off; a home with arrears stays."""
        self.settle(who, now)
        person = self.people[who]
        player_item = person.player_items.get(number)
        if player_item is None:
            return self.stranger(number)
        slot = self.items[player_item.item]["category"]
        if on and slot not in GEAR and slot != "font_color":
            return "not_wearable"
        if player_item.status not in (*HELD, "escrowed"):
            return "ended"
        if player_item.status != ("owned" if on else "equipped"):
            return "wrong_status"
        if slot == "housing":
            stays = self.stays(person, now, self.items[player_item.item] if on else None)
            if stays is not None:
                return stays
        if on:
            self.put_on(person, number, now)
        else:
            player_item.status, player_item.since = "owned", now
        return None

    def stays(self, person: Person, now: int, instead: dict[str, Any] | None) -> str | None:
        """Why the home that is worn may not come off, with this one instead."""
        homes = [
            self.items[t.item]["rarity"]
            for t in person.player_items.values()
            if t.status == "equipped" and self.items[t.item]["category"] == "housing"
        ]
        if not homes:
            return None
        if person.unpaid:
            return "in_arrears"
        upkeep = UPKEEP[instead["rarity"]] if instead is not None else -1
        return "too_soon" if person.rested_on == now // DAY and upkeep < UPKEEP[homes[0]] else None

    def use(self, who: str, now: int, number: int, target: int | None) -> str | None:
        """A donut is eaten, or a kit brings 25 points to gear that is held."""
        self.settle(who, now)
        person = self.people[who]
        player_item = person.player_items.get(number)
        if player_item is None:
            return self.stranger(number)
        if self.items[player_item.item]["category"] != "consumable":
            return "not_usable"
        if player_item.status != "owned":
            return "ended"
        if player_item.item == "donut":
            if person.fed:
                return "nothing_to_do"
            person.fed = True
        else:
            refusal = self.repair(person, target)
            if refusal is not None:
                return refusal
        player_item.status = "consumed"
        return None

    def repair(self, person: Person, target: int | None) -> str | None:
        """25 points, up to the thing's own most."""
        if target is None:
            return "no_target"
        gear = person.player_items.get(target)
        if gear is None:
            return self.stranger(target)
        if gear.durability is None:
            return "no_target"
        if gear.status not in HELD:
            return "wrong_status" if gear.status == "escrowed" else "ended"
        most = self.most(gear)
        if gear.durability >= most:
            return "nothing_to_do"
        gear.durability = min(most, gear.durability + 25)
        # The journal has a line for it that is no wear.
        index = next(i for i, (n, _) in enumerate(self.deeds.wears) if n == target)
        assert self.deeds.wears.pop(index)[1] == gear.durability
        return None

    def part(self, who: str, now: int, number: int, sell: bool) -> str | None:
        """A thing is sold to the house, or thrown away."""
        self.settle(who, now)
        person = self.people[who]
        player_item = person.player_items.get(number)
        if player_item is None:
            return self.stranger(number)
        if player_item.status != "owned":
            return "wrong_status" if player_item.status in ("equipped", "escrowed") else "ended"
        told = self.items[player_item.item]
        if sell and told["category"] not in (*GEAR, "collectible"):
            return "not_sellable"
        player_item.status = "sold" if sell else "destroyed"
        if sell:
            person.oranges += told["sell_price"] if "sell_price" in told else told["value"]
        return None

    def pay(self, who: str, now: int) -> str | None:
        """All arrears of upkeep."""
        self.settle(who, now)
        person = self.people[who]
        owed = sum(due for _, due in person.unpaid)
        if not owed:
            return "nothing_to_do"
        if owed > person.oranges:
            return "insufficient_funds"
        person.oranges -= owed
        person.unpaid.clear()
        return None
