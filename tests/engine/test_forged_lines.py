"""What no lawful operation could have written is refused by a guard, or named by the audit."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inventui.content.layers import digest_of_all
from inventui.content.source import base_pack
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.people.models import FriendChange
from inventui.engine.players.models import Grant
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.people.friends import FriendEvent
from inventui.rules.people.passphrases import NONE_ASKED
from tests.builders import a_world, audited, done, lived_in
from tests.engine.attacker import Attacker
from tests.engine.forging import REFUSED, Attack, attacks
from tests.engine.test_economy_numbers import a_lively_world, player_of

Forgery = Callable[[Attacker], object]

ANA, NEIGHBOUR, BOB, CY = 1, 2, 10, 11
MILLION = 1_000_000
CHEAP = "i.category = 'collectible'"
FORGERIES: dict[str, tuple[str, Forgery]] = {}
"""Each with the check that names it."""


def forgery(check: str, words: str) -> Callable[[Forgery], Forgery]:
    """Add a forgery that is more than one line."""

    def add(made: Forgery) -> Forgery:
        FORGERIES[words] = (check, made)
        return made

    return add


def attacked(path: Path) -> int:
    """A world in which everything was done, with what an attacker would like to use; its time."""
    clock = FrozenClock(a_lively_world(path))
    with a_world(path, clock=clock, entropy=SeededEntropy("attack"), pack=base_pack()) as world:
        world.players.add("cy")
        ana, bob = player_of(world, "ana"), player_of(world, "bob")
        for slug in ("repair-kit", "backup-umbrella"):
            done(world.grant("ana", item=slug), Grant)
        done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
        done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
        clock.advance(HOUR)
        ana.fairness.rotate()
        audited(world)
    return clock.at


# Money


def faucet(house: str, kind: str, currency: str = "oranges", amount: int = MILLION) -> Forgery:
    """An operation of ana's in which the house pays for nothing."""

    def made(by: Attacker) -> None:
        by.begin(kind)
        by.earn(house, amount, currency)
        by.tell()

    return made


for house, kind, check in (
    ("sale", "sell", "sales"),
    ("start", "player", "causes"),
    ("start", "rename", "causes"),
    ("admin", "grant", "causes"),
    ("admin", "sell", "causes"),
    ("play", "shift", "shifts"),
    ("play", "settle", "causes"),
    ("daily_bonus", "daily", "bonuses"),
    ("achievement", "achieve", "achievements"),
    ("achievement", "complete", "completions"),
    ("business", "settle", "income"),
):
    FORGERIES[f"a million as {house} in {kind}"] = (check, faucet(house, kind))
for house, currency, kind, check in (
    ("experience", "experience", "open", "experience"),
    ("experience", "experience", "shift", "experience"),
    ("experience", "experience", "lock", "causes"),
    ("rank_up", "gems", "open", "experience"),
    ("rank_up", "gems", "equip", "causes"),
    ("business", "gems", "settle", "causes"),
    ("sale", "gems", "sell", "causes"),
    ("play", "gems", "shift", "causes"),
    ("experience", "oranges", "open", "causes"),
    ("rank_up", "oranges", "open", "causes"),
):
    FORGERIES[f"{currency} as {house} in {kind}"] = (check, faucet(house, kind, currency))


@forgery("starts", "a start of somebody who is there already")
def _(by: Attacker) -> None:
    by.begin("player", None, {"name": "ana"})
    by.earn("start", 5_000)
    by.earn("start", 25, "gems")
    by.tell(player=ANA)


@forgery("starts", "a start of a million")
def _(by: Attacker) -> None:
    by.begin("player", None, {"name": "dee"})
    number = by.insert(
        "player",
        name="dee",
        name_key="dee",
        created_at=by.at,
        look="dee",
        revealed_operation_id=0,
    )
    for currency in ("oranges", "gems", "experience"):
        by.insert(
            "account",
            player_id=number,
            currency=currency,
            balance=0,
            spent=0,
            lines=0,
            last_transfer_id=0,
        )
    by.pay("start", MILLION, "start", number)
    by.tell(player=number)


@forgery("grants", "a grant that says less than it gave")
def _(by: Attacker) -> None:
    by.begin("grant", None, {"player": ANA, "item": None, "oranges": 10, "gems": 0})
    by.earn("admin", MILLION)
    by.tell(player="ana", oranges=10, gems=0, item_id=None, item_name=None)


@forgery("grants", "a grant of which the outcome says another sum")
def _(by: Attacker) -> None:
    by.begin("grant", None, {"player": ANA, "item": None, "oranges": MILLION, "gems": 0})
    by.earn("admin", MILLION)
    by.tell(player="ana", oranges=10, gems=0, item_id=None, item_name=None)


@forgery("sales", "a cheap thing sold for a million")
def _(by: Attacker) -> None:
    thing = by.mine(CHEAP)
    by.begin("sell", ANA, {"items": [thing]})
    by.move(thing, "sell")
    by.earn("sale", MILLION)
    by.tell(items_sold=1, total_value=MILLION, refused=[])


@forgery("sales", "a thing sold for nothing")
def _(by: Attacker) -> None:
    thing = by.mine(CHEAP)
    by.begin("sell", ANA, {"items": [thing]})
    by.move(thing, "sell")
    by.tell(items_sold=1, total_value=0, refused=[])


@forgery("events", "another's thing sold with the money to me")
def _(by: Attacker) -> None:
    thing = by.mine(CHEAP, BOB)
    value = by.one(
        "SELECT i.value FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.id = ?", thing
    )
    by.begin("sell", ANA, {"items": [thing]})
    by.move(thing, "sell")
    by.earn("sale", value)
    by.tell(items_sold=1, total_value=value, refused=[])


@forgery("events", "a thing sold that nobody asked to sell")
def _(by: Attacker) -> None:
    first = by.mine(CHEAP)
    by.begin("sell", ANA, {"items": []})
    by.move(first, "sell")
    by.earn(
        "sale",
        by.one(
            "SELECT i.value FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.id = ?",
            first,
        ),
    )
    by.tell(items_sold=1, total_value=8, refused=[])


@forgery("sales", "a gear piece sold for a million")
def _(by: Attacker) -> None:
    thing = by.mine("i.slug = 'backup-umbrella'")
    by.begin("sell", ANA, {"items": [thing]})
    by.move(thing, "sell")
    by.earn("sale", MILLION)
    by.tell(items_sold=1, total_value=MILLION, refused=[])


def between(kind: str, operation: str, currency: str = "oranges") -> Forgery:
    """Another player's money for ana, in an operation of hers."""

    def made(by: Attacker) -> None:
        by.begin(operation)
        by.pay(kind, 20, BOB, ANA, currency)
        by.tell()

    return made


for kind, operation, check in (
    ("present", "gift", "causes"),
    ("tax", "settle", "causes"),
    ("gift", "gift", "causes"),
    ("gift", "settle", "gifts"),
    ("bazaar", "bazaar_buy", "causes"),
    ("trade", "trade_accept", "causes"),
    ("robbery", "rob", "robberies"),
    ("sale", "sell", "causes"),
    ("admin", "grant", "causes"),
    ("case", "open", "causes"),
    ("trade_hold", "trade", "causes"),
):
    FORGERIES[f"another's money as {kind} in {operation}"] = (check, between(kind, operation))
FORGERIES["another's gems as robbery"] = ("causes", between("robbery", "rob", "gems"))
FORGERIES["another's experience as gift"] = ("causes", between("gift", "gift", "experience"))


@forgery("causes", "another pays my case")
def _(by: Attacker) -> None:
    open_case(by, payer=BOB)


# Openings


def open_case(
    by: Attacker,
    *,
    paid: int | None = None,
    payer: int = ANA,
    case: str = "citrus-crate",
    table: int | None = None,
    asked: str | None = None,
    count: int = 1,
    purpose: str = "case",
    kind: str = "open",
    price_paid: int | None = None,
    source: str | None = None,
) -> None:
    """Open a case with a true roll."""
    number, odds = by.odds(case)
    if table is not None:
        number = table
        odds = json.loads(by.one("SELECT canonical FROM odds_table WHERE id = ?", table))
    price = odds["price"] if paid is None else paid
    won = by.wins(odds)
    by.begin(kind, ANA, {"case": asked or case, "count": count})
    if price:
        by.pay("case", price, payer, "case")
    if price // 10:
        by.earn("experience", price // 10, "experience")
    thing = by.get(
        "case",
        won["item"],
        price_paid=odds["price"] if price_paid is None else price_paid,
        source=source or asked or case,
    )
    by.roll(purpose, number, thing)


FORGERIES |= {
    "a case opened unpaid": ("openings", lambda by: open_case(by, paid=0)),
    "a case opened for 1": ("openings", lambda by: open_case(by, paid=1)),
    "one roll where ten were asked for": ("openings", lambda by: open_case(by, count=10)),
    "another case than was asked for": (
        "openings",
        lambda by: open_case(by, case="golden-grove", asked="citrus-crate"),
    ),
    "a case opened in another kind of operation": (
        "openings",
        lambda by: open_case(by, kind="lock"),
    ),
    "a roll of purpose zzz that gives a thing": (
        "purposes",
        lambda by: open_case(by, purpose="zzz"),
    ),
    "a won thing that says it cost a million": (
        "openings",
        lambda by: open_case(by, price_paid=MILLION),
    ),
    "a won thing that says it is from another case": (
        "openings",
        lambda by: open_case(by, source="golden-grove"),
    ),
}


def best(by: Attacker) -> tuple[str, Any]:
    """The most valuable entry of any case in force, and its case."""
    found = []
    for (slug,) in by.sql.execute("SELECT slug FROM case_box WHERE active").fetchall():
        _, odds = by.odds(slug)
        found += [(entry["value"], slug, entry) for entry in odds["entries"]]
    _, slug, entry = max(found, key=lambda each: each[0])
    return slug, entry


@forgery("openings", "an own odds table with one entry of 100 percent")
def _(by: Attacker) -> None:
    slug, entry = best(by)
    _, odds = by.odds(slug)
    own = by.keep_odds({**odds, "entries": [{**entry, "parts_per_million": 1_000_000}]})
    open_case(by, case=slug, table=own)


@forgery("openings", "an own odds table at a lower price")
def _(by: Attacker) -> None:
    _, odds = by.odds("golden-grove")
    open_case(by, case="golden-grove", table=by.keep_odds({**odds, "price": 1}))


@forgery("openings", "a case in force that was exchanged for another")
def _(by: Attacker) -> None:
    slug, entry = best(by)
    _, odds = by.odds(slug)
    own = by.keep_odds({**odds, "entries": [{**entry, "parts_per_million": 1_000_000}]})
    kept = by.one("SELECT odds_table_id FROM case_box WHERE slug = ?", slug)
    by.sql.execute("UPDATE case_box SET odds_table_id = ? WHERE slug = ?", (own, slug))
    open_case(by, case=slug)
    by.sql.execute("UPDATE case_box SET odds_table_id = ? WHERE slug = ?", (kept, slug))


# Fusions


def fuse(by: Attacker, *, fee: int | None = None, entry: Any = None, inputs: int = 5) -> None:
    """Fuse commons with a true roll, at a fee or with odds of one's own."""
    from inventui.rules.cases.canonical import from_canonical
    from inventui.rules.core.enums import Rarity
    from inventui.rules.workshop import fusion_odds

    things = by.sql.execute(
        "SELECT p.id FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.player_id = 1"
        " AND p.status = 'owned' AND NOT p.locked AND i.category = 'collectible'"
        " AND i.rarity = 'common' AND p.acquisition = 'case' AND p.source = 'citrus-crate'"
        " ORDER BY p.id LIMIT ?",
        (inputs,),
    ).fetchall()
    assert len(things) == inputs
    canonical = by.one(
        "SELECT canonical FROM odds_table WHERE id ="
        " (SELECT odds_table_id FROM case_box WHERE slug = 'citrus-crate')"
    )
    pool = tuple(e for e in from_canonical(canonical).entries if e.rarity is Rarity.UNCOMMON)
    made = fusion_odds(Rarity.COMMON, [pool] * inputs)
    assert made is not None
    table = json.loads(made.canonical())
    if fee is not None:
        table["price"] = fee
    if entry is not None:
        table["entries"] = [{**entry, "parts_per_million": 1_000_000}]
    kept = by.sql.execute(
        "SELECT id FROM odds_table WHERE canonical = ?",
        (json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False),),
    ).fetchone()
    number = kept[0] if kept else by.keep_odds(table)
    won, price = by.wins(table), table["price"]
    by.begin("fuse", ANA, {"items": [thing for (thing,) in things]})
    by.pay("workshop_fee", price, ANA, "workshop_fee")
    if price // 10:
        by.earn("experience", price // 10, "experience")
    got = by.get("workshop", won["item"], price_paid=price, source="five")
    roll = by.roll("workshop", number, got)
    for (thing,) in things:
        by.move(thing, "fuse")
    fusion = by.insert(
        "fusion", operation_id=by.operation, player_id=ANA, rarity="common", fee=price,
        roll_id=roll, inputs=inputs,
    )  # fmt: skip
    for (thing,) in things:
        by.insert("fusion_input", operation_id=by.operation, fusion_id=fusion, player_item_id=thing)
    by.tell(fusion=fusion)


@forgery("fusions", "a fusion into the best uncommon for sure")
def _(by: Attacker) -> None:
    found = []
    for (slug,) in by.sql.execute("SELECT slug FROM case_box WHERE active").fetchall():
        found += [e for e in by.odds(slug)[1]["entries"] if e["rarity"] == "uncommon"]
    fuse(by, entry=max(found, key=lambda entry: entry["value"]))


FORGERIES |= {
    "a fusion at fee 1": ("fusions", lambda by: fuse(by, fee=1)),
    "a fusion of two things": ("fusions", lambda by: fuse(by, inputs=2)),
}

# Things from nothing

BEST = "kingpins-invitation"


def thing(acquisition: str, kind: str, slug: str = "", **columns: object) -> Forgery:
    """The best thing for ana, out of nothing."""

    def made(by: Attacker) -> None:
        by.begin(kind, None if kind in ("grant", "player") else ANA, {"item": slug})
        number = by.get(acquisition, slug or best(by)[1]["item"], **columns)  # type: ignore[arg-type]
        by.tell(item_id=number, item_ids=[number])

    return made


@forgery("begun_shifts", "a shift of skill 90 after another was begun and left")
def _(by: Attacker) -> None:
    by.begin("begin_shift")
    by.tell()
    by.begin("shift", request={"skill": 90})
    by.insert(
        "shift",
        operation_id=by.operation,
        player_id=ANA,
        day=10**6,
        number=1,
        at=by.at,
        skill=90,
        pay=110,
        fed=0,
        rest=0,
    )
    by.tell()


@forgery("begun_shifts", "a shift that is begun twice")
def _(by: Attacker) -> None:
    for _ in range(2):
        by.begin("begin_shift")
        by.tell()


for acquisition, kind, check in (
    ("purchase", "buy", "purchases"),
    ("bundle", "buy", "purchases"),
    ("purchase", "lock", "beginnings"),
    ("starter", "starter", "beginnings"),
    ("starter", "player", "beginnings"),
    ("starter", "settle", "beginnings"),
    ("drop", "shift", "beginnings"),
    ("drop", "settle", "beginnings"),
    ("admin", "grant", "grants"),
    ("admin", "buy", "beginnings"),
    ("gift", "gift", "gifts"),
    ("achievement", "achieve", "achievements"),
    ("theft", "rob", "beginnings"),
    ("bazaar", "bazaar_buy", "beginnings"),
    ("trade", "trade_accept", "beginnings"),
    ("case", "open", "openings"),
    ("workshop", "fuse", "provenance"),
):
    FORGERIES[f"the best thing as {acquisition} in {kind}"] = (check, thing(acquisition, kind))


@forgery("grants", "a granted thing that is another than was asked for")
def _(by: Attacker) -> None:
    by.begin("grant", None, {"player": ANA, "item": "bent-straw", "oranges": 0, "gems": 0})
    number = by.get("admin", best(by)[1]["item"], source="the world's owner")
    by.tell(player="ana", oranges=0, gems=0, item_id=number, item_name="Bent Straw")


@forgery("beginnings", "a granted piece of gear of durability 100,000")
def _(by: Attacker) -> None:
    request = {"player": ANA, "item": "backup-umbrella", "oranges": 0, "gems": 0}
    by.begin("grant", None, request)
    number = by.get("admin", "backup-umbrella", durability=100_000, source="the world's owner")
    by.tell(player="ana", oranges=0, gems=0, item_id=number, item_name="x")


@forgery("beginnings", "a consumable of a thousand uses")
def _(by: Attacker) -> None:
    by.begin("grant", None, {"player": ANA, "item": "repair-kit", "oranges": 0, "gems": 0})
    number = by.get("admin", "repair-kit", uses=1_000, source="the world's owner")
    by.tell(player="ana", oranges=0, gems=0, item_id=number, item_name="x")


@forgery("beginnings", "a thing got in the past")
def _(by: Attacker) -> None:
    by.begin("grant", None, {"player": ANA, "item": "repair-kit", "oranges": 0, "gems": 0})
    number = by.get("admin", "repair-kit", acquired_at=1, source="the world's owner")
    by.tell(player="ana", oranges=0, gems=0, item_id=number, item_name="x")


@forgery("beginnings", "a drop that escrow keeps for ever")
def _(by: Attacker) -> None:
    by.begin("grant", None, {"player": ANA, "item": "repair-kit", "oranges": 0, "gems": 0})
    number = by.get("admin", "repair-kit", "drop", held_until=2**52, source="the world's owner")
    by.tell(player="ana", oranges=0, gems=0, item_id=number, item_name="x")


def buy(by: Attacker, slug: str, price: int, full: int | None = None, discount: int = 0,
        acquisition: str = "purchase", **request: object) -> None:  # fmt: skip
    """Buy an item at a price of one's own."""
    by.begin("buy", ANA, {"item": slug, **request})
    if price:
        by.pay("shop", price, ANA, "shop")
    if price // 10:
        by.earn("experience", price // 10, "experience")
    number = by.get(acquisition, slug, price_paid=price, source=slug)
    by.tell(
        slug=slug, oranges_paid=price, gems_paid=0, full_oranges=price if full is None else full,
        full_gems=0, discount=discount, item_ids=[number], names=["x"], seller="shop",
    )  # fmt: skip


FORGERIES |= {
    "a purchase at 0": ("prices", lambda by: buy(by, "sure-thing", 0)),
    "a purchase at 1": ("prices", lambda by: buy(by, "repair-kit", 1)),
    "a purchase at a discount of one's own": (
        "prices",
        lambda by: buy(by, "repair-kit", 1, full=100, discount=99),
    ),
    "a purchase of what the shop does not sell": (
        "prices",
        lambda by: buy(by, best(by)[1]["item"], 10),
    ),
    "a bundle of one thing that is in none": (
        "prices",
        lambda by: buy(by, "repair-kit", 1, acquisition="bundle"),
    ),
    "a purchase from the gear shop of what it has not": (
        "prices",
        lambda by: buy(by, "repair-kit", 250, **{"from": "gear_shop"}),
    ),
}


@forgery("prices", "another thing than was bought")
def _(by: Attacker) -> None:
    price = by.one("SELECT price_oranges FROM item WHERE slug = 'repair-kit'")
    by.begin("buy", ANA, {"item": "repair-kit"})
    by.pay("shop", price, ANA, "shop")
    if price // 10:
        by.earn("experience", price // 10, "experience")
    number = by.get("purchase", best(by)[1]["item"], price_paid=price, source="repair-kit")
    by.tell(
        slug="repair-kit", oranges_paid=price, gems_paid=0, full_oranges=price, full_gems=0,
        discount=0, item_ids=[number], names=["x"], seller="shop",
    )  # fmt: skip


@forgery("achievements", "a reward of a million for a goal")
def _(by: Attacker) -> None:
    goal, slug = by.row(
        "SELECT id, slug FROM achievement a WHERE NOT EXISTS (SELECT 1 FROM achieved d"
        " WHERE d.player_id = 1 AND d.achievement_id = a.id) ORDER BY id LIMIT 1"
    )
    tally = json.loads(by.one("SELECT outcome FROM operation WHERE kind = 'achieve'"))["tally"]
    by.begin("achieve")
    by.insert("achieved", operation_id=by.operation, player_id=ANA, achievement_id=goal, at=by.at)
    by.earn("achievement", MILLION)
    by.insert(
        "notification", operation_id=by.operation, player_id=ANA, at=by.at, kind="achieved",
        tone="success", message="Achieved.", place="achievements", seen=0,
    )  # fmt: skip
    given = {"oranges": MILLION, "gems": 0, "experience": 0, "item": "", "item_name": ""}
    award = {
        "achievement": slug, "name": "x", "emoji": "x", "given": given, "item_id": None,
        "message": "Achieved.",
    }  # fmt: skip
    by.tell(awards=[award], tally=tally, rank_gems=0, rank_up=None)


@forgery("completions", "a set completed without its pieces")
def _(by: Attacker) -> None:
    case = by.one("SELECT id FROM case_box WHERE slug = 'golden-grove'")
    by.begin("complete", ANA, {"case": "golden-grove"})
    _, odds = by.odds("golden-grove")
    oranges = sum(entry["value"] for entry in odds["entries"]) // 10
    by.earn("achievement", oranges)
    by.earn("achievement", 10, "gems")
    by.earn("experience", oranges // 10, "experience")
    by.insert(
        "completion", operation_id=by.operation, player_id=ANA, case_id=case, at=by.at,
        oranges=oranges, gems=10,
    )  # fmt: skip
    by.tell(collection="golden-grove", oranges=oranges, gems=10)


# Ends of things


def ended(event: str, kind: str, *, whose: int = BOB, where: str = CHEAP) -> Forgery:
    """Somebody's thing ended in an operation of ana's."""

    def made(by: Attacker) -> None:
        number = by.mine(where, whose)
        by.begin(kind, ANA, {"item": number, "items": [number], "target": None})
        by.move(number, event)
        by.tell(item_id=number)

    return made


for event, kind, check in (
    ("sell", "sell", "events"),
    ("steal", "rob", "events"),
    ("use_up", "use", "events"),
    ("break", "rob", "events"),
    ("discard", "discard", "events"),
    ("withdraw", "withdraw", "withdrawals"),
    ("gift", "gift", "gifts"),
    ("fuse", "fuse", "fusions"),
    ("list", "list", "listings"),
    ("offer", "trade", "trades"),
    ("equip", "equip", "events"),
):
    FORGERIES[f"another's thing ended by {event}"] = (check, ended(event, kind))
FORGERIES["a thing stolen by nobody"] = ("events", ended("steal", "settle", whose=ANA))
FORGERIES["a thing broken without a robbery"] = ("events", ended("break", "settle", whose=ANA))
FORGERIES["a thing thrown away in a sale"] = ("events", ended("discard", "sell", whose=ANA))
FORGERIES["a thing used up that is none to use"] = ("events", ended("use_up", "use", whose=ANA))
FORGERIES["a thing listed without a listing"] = ("listings", ended("list", "list", whose=ANA))


@forgery("events", "a home lost without arrears")
def _(by: Attacker) -> None:
    home = by.one(
        "SELECT id FROM player_item WHERE player_id = 1 AND category = 'housing'"
        " AND status = 'equipped'"
    )
    by.begin("settle", ANA)
    by.move(home, "evict")
    by.tell()


# Conditions and effects

GEAR = (
    "SELECT p.id FROM player_item p WHERE p.player_id = 1 AND p.category = 'weapon'"
    " AND p.status IN ('owned', 'equipped')"
)


@forgery("wear", "durability 100,000 by a condition line")
def _(by: Attacker) -> None:
    by.begin("use", ANA, {"item": 1, "target": by.one(GEAR)})
    by.wear(by.one(GEAR), durability=100_000)
    by.tell()


@forgery("wear", "a repair without a kit")
def _(by: Attacker) -> None:
    gear = by.one(GEAR)
    by.begin("use", ANA, {"item": 1, "target": gear})
    by.wear(gear, durability=100)
    by.tell()


@forgery("wear", "a repair by a kit of more than a kit repairs")
def _(by: Attacker) -> None:
    gear, kit = by.one(GEAR), by.mine("i.slug = 'repair-kit'")
    uses = by.one("SELECT uses FROM player_item WHERE id = ?", kit)
    by.begin("use", ANA, {"item": kit, "target": gear})
    by.wear(kit, uses=uses - 1, durability=None)
    by.wear(gear, durability=100_000)
    by.tell()


@forgery("wear", "another's gear worn down without a robbery")
def _(by: Attacker) -> None:
    gear = by.one(
        "SELECT p.id FROM player_item p WHERE p.player_id = 2 AND p.durability IS NOT NULL"
        " AND p.status IN ('owned', 'equipped')"
    )
    by.begin("lock", ANA)
    by.wear(gear, durability=1)
    by.tell()


@forgery("wear", "uses gone without a use")
def _(by: Attacker) -> None:
    kit = by.mine("i.slug = 'repair-kit'")
    by.begin("lock", ANA)
    by.wear(kit, uses=1, durability=None)
    by.tell()


@forgery("effects", "a meal without a donut")
def _(by: Attacker) -> None:
    by.begin("use", ANA, {"item": 1, "target": None})
    by.insert("effect", operation_id=by.operation, player_id=ANA, by_player_id=ANA, kind="fed")
    by.tell()


@forgery("effects", "a splat on another's drawer for ever")
def _(by: Attacker) -> None:
    by.begin("lock", ANA)
    by.insert(
        "effect", operation_id=by.operation, player_id=BOB, by_player_id=ANA, kind="splat",
        until=2**52,
    )  # fmt: skip
    by.tell()


# Seeds


@forgery(REFUSED, "the next seed pair exchanged")
def _(by: Attacker) -> None:
    from hashlib import sha256

    seed = "ab" * 32
    by.sql.execute(
        "UPDATE seed_pair SET server_seed = ?, server_seed_hash = ? WHERE player_id = 1"
        " AND state = 'next'",
        (seed, sha256(seed.encode()).hexdigest()),
    )


@forgery("commitments", "a pair retired by nobody")
def _(by: Attacker) -> None:
    from hashlib import sha256

    by.sql.execute(
        "UPDATE seed_pair SET state = 'retired', retired_at = ? WHERE player_id = 1"
        " AND state = 'active'",
        (by.at,),
    )
    number = by.one("SELECT number FROM seed_pair WHERE player_id = 1 AND state = 'next'")
    by.sql.execute(
        "UPDATE seed_pair SET state = 'active', client_seed = 'mine' WHERE player_id = 1"
        " AND state = 'next'"
    )
    seed = "cd" * 32
    by.insert(
        "seed_pair", player_id=ANA, number=number + 1, state="next", server_seed=seed,
        server_seed_hash=sha256(seed.encode()).hexdigest(), client_seed="mine", nonce=0,
    )  # fmt: skip


# People, time, operations


def befriend(by: Attacker, low: int, high: int, event: str, who: int, number: int) -> None:
    """Write a line of a friendship."""
    by.begin(f"friend_{event}", ANA, {"player": "x"})
    by.insert(
        "friendship", operation_id=by.operation, low_id=low, high_id=high, number=number,
        by_id=who, event=event, at=by.at,
    )  # fmt: skip
    by.tell(name="x", event=event)


@forgery("friendships", "both sides of a friendship by one")
def _(by: Attacker) -> None:
    befriend(by, ANA, CY, "request", ANA, 1)
    befriend(by, ANA, CY, "accept", CY, 2)


@forgery("friendships", "a friendship of two others")
def _(by: Attacker) -> None:
    befriend(by, BOB, CY, "request", BOB, 1)
    befriend(by, BOB, CY, "accept", CY, 2)


@forgery("friendships", "a request in a purchase")
def _(by: Attacker) -> None:
    by.begin("buy", ANA)
    by.insert(
        "friendship", operation_id=by.operation, low_id=ANA, high_id=CY, number=1, by_id=ANA,
        event="request", at=by.at,
    )  # fmt: skip
    by.tell()


@forgery("operations", "an operation dated in year 33658")
def _(by: Attacker) -> None:
    by.begin("lock", at=10**15)
    by.tell()


@forgery("operations", "an operation before 1970")
def _(by: Attacker) -> None:
    by.begin("lock", at=-1)
    by.tell()


@forgery("operations", "an operation of a kind that there is not")
def _(by: Attacker) -> None:
    by.begin("wish")
    by.tell()


@forgery("operations", "an outcome of another operation")
def _(by: Attacker) -> None:
    by.begin("lock")
    by.tell(operation=1)


@forgery("operations", "a world's operation by a player")
def _(by: Attacker) -> None:
    by.begin("grant", ANA, {"player": ANA, "item": None, "oranges": 5, "gems": 0})
    by.earn("admin", 5)
    by.tell(player="ana", oranges=5, gems=0, item_id=None, item_name=None)


@forgery("operations", "a settlement until 2^53 - 1")
def _(by: Attacker) -> None:
    by.begin("settle", ANA, {"until": 2**53 - 1}, at=2**53 - 1)
    by.insert("settlement", operation_id=by.operation, player_id=ANA, since=by.at, until=2**53 - 1)
    by.tell(until=2**53 - 1)


@forgery("settlements", "a settlement until 2^53 - 1 in an operation of now")
def _(by: Attacker) -> None:
    by.begin("settle", ANA, {"until": by.at})
    by.insert("settlement", operation_id=by.operation, player_id=ANA, since=by.at, until=2**53 - 1)
    by.tell(until=by.at)


@forgery("settlements", "another's time settled")
def _(by: Attacker) -> None:
    by.begin("settle", ANA, {"until": by.at})
    by.insert("settlement", operation_id=by.operation, player_id=BOB, since=by.at - 1, until=by.at)
    by.tell(until=by.at)


@forgery("operations", "an own operation at a time that no clock shows")
def _(by: Attacker) -> None:
    by.begin("settle", ANA, {"until": 2**53 - 1}, at=2**53 - 1)
    by.tell(until=2**53 - 1)


@forgery("income", "an income that the period's draw does not give")
def _(by: Attacker) -> None:
    period, business, revenue, cost = by.row(
        "SELECT period, player_item_id, revenue, cost FROM income ORDER BY period DESC LIMIT 1"
    )
    until = max((period + 2) * 10_800_000, by.at // 10_800_000 * 10_800_000)
    by.begin("settle", ANA, {"until": until}, at=max(until, by.at))
    by.insert("settlement", operation_id=by.operation, player_id=ANA, since=until - 1, until=until)
    by.insert(
        "income", operation_id=by.operation, player_id=ANA, period=period + 1,
        player_item_id=business, revenue=revenue + 1, cost=cost, reduced=0,
    )  # fmt: skip
    by.earn("business", revenue + 1)
    by.pay("operating_cost", cost, ANA, "operating_cost")
    by.tell()


@forgery(REFUSED, "a visit of one that never came")
def _(by: Attacker) -> None:
    by.begin("lock", ANA)
    by.insert("visit", operation_id=by.operation, visitor_id=BOB, host_id=ANA)
    by.tell()


# The catalogue


def edited(sql: str) -> Forgery:
    """A change of the catalogue, which no guard forbids."""
    return lambda by: by.sql.execute(sql)


FORGERIES |= {
    "an item's value": (
        "catalogue", edited("UPDATE item SET value = value + 1 WHERE slug = 'bent-straw'"),
    ),
    "an item's price": (
        "catalogue", edited("UPDATE item SET price_oranges = 1 WHERE slug = 'repair-kit'"),
    ),
    "an item's rarity": (
        "catalogue", edited("UPDATE item SET rarity = 'legendary' WHERE slug = 'bent-straw'"),
    ),
    "an item's name": (
        "catalogue", edited("UPDATE item SET name = 'Gold' WHERE slug = 'bent-straw'"),
    ),
    "a bundle's discount": (
        "catalogue",
        edited("UPDATE item SET details = json_set(details, '$.discount', 90)"
               " WHERE category = 'bundle'"),
    ),
    "a case's price": (
        "catalogue", edited("UPDATE case_box SET price = 1 WHERE slug = 'citrus-crate'"),
    ),
    "an achievement's reward": ("catalogue", edited("UPDATE achievement SET oranges = 999")),
    "an achievement's threshold": ("catalogue", edited("UPDATE achievement SET threshold = 1")),
    "a neighbour's oranges": (
        "catalogue",
        edited("UPDATE neighbour SET details = json_set(details, '$.oranges', 999999)"),
    ),
}  # fmt: skip


@forgery(REFUSED, "a passphrase that is emptied")
def _(by: Attacker) -> None:
    by.insert("passphrase", player_id=ANA, hash=NONE_ASKED, failures=0)
    by.sql.execute("UPDATE passphrase SET hash = ''")


@forgery("packs", "a case's price, and a pack that nobody has")
def _(by: Attacker) -> None:
    by.sql.execute("UPDATE case_box SET price = 1 WHERE slug = 'citrus-crate'")
    by.sql.execute("UPDATE world_setting SET value = ? WHERE name = 'pack'", ("ab" * 32,))


@forgery("packs", "a case's price, and a pack that nobody has in all places")
def _(by: Attacker) -> None:
    digest = "ab" * 32
    by.sql.execute("UPDATE case_box SET price = 1 WHERE slug = 'citrus-crate'")
    by.sql.execute("UPDATE pack_layer SET digest = ?", (digest,))
    together = digest_of_all([digest])
    by.sql.execute("UPDATE world_setting SET value = ? WHERE name = 'pack'", (together,))


@forgery(REFUSED, "a case's price, and a pack of which nothing is kept")
def _(by: Attacker) -> None:
    digest = "ab" * 32
    by.sql.execute("UPDATE case_box SET price = 1 WHERE slug = 'citrus-crate'")
    by.sql.execute("UPDATE pack_layer SET digest = ?, files = '{}'", (digest,))
    by.sql.execute("UPDATE world_setting SET value = ? WHERE name = 'pack'", (digest,))


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attack]:
    """What becomes of each forgery in that world."""
    path = tmp_path_factory.mktemp("attacked") / "world.db"
    lived_in(path, attacked)
    with attacks(path) as attack:
        yield attack


@pytest.mark.parametrize("words", FORGERIES)
def test_what_no_rule_would_write_is_refused_or_named(words: str, attack: Attack) -> None:
    check, made = FORGERIES[words]
    found = attack(made)
    assert check in found, found
