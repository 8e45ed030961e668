"""The fast path equals the engine, operation for operation."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from inventui.content.source import base_pack
from inventui.lab.personas.model import Persona, PersonaDeed
from inventui.lab.town.town import Deed
from inventui.rules.core.categories import Category
from inventui.rules.home import Kind, Waiting
from tests.lab.side_by_side import in_a_town, in_the_engine, personas, seeds_of


def told(deed: Deed) -> tuple[object, ...]:
    """A deed as it is compared; neighbours move in by an operation that is nobody's."""
    player = 0 if deed.kind in ("player", "move_in") else deed.player
    return deed.kind, player, deed.at, sorted(deed.lines)


def compare(
    path: Path, days: int, cast: tuple[Persona, ...] | None = None, pack: Path | None = None
) -> list[Deed]:
    cast = cast or personas()
    engine = in_the_engine(path, cast, days, pack)
    town = in_a_town(*seeds_of(cast), cast, days, pack)
    for number, (theirs, ours) in enumerate(zip(engine, town.deeds, strict=False)):
        assert told(ours) == told(theirs), f"operation {number}"
    assert len(town.deeds) == len(engine)
    return engine


def test_a_town_does_what_the_engine_does_operation_for_operation(tmp_path: Path) -> None:
    deeds = compare(tmp_path / "world.db", 3)
    kinds = {deed.kind for deed in deeds}
    assert kinds >= {"shift", "daily", "open", "sell", "rob", "settle", "neighbour_settle", "claim"}


@pytest.mark.trust
def test_a_month_of_six_personas_is_the_same_in_a_town(tmp_path: Path) -> None:
    deeds = compare(tmp_path / "world.db", 30)
    kinds = [kind for deed in deeds for kind, _, _ in deed.lines]
    assert {"business", "operating_cost", "upkeep", "shop", "fine", "robbery"} <= set(kinds)
    assert {"workshop_fee"} <= set(kinds)
    done = {deed.kind for deed in deeds}
    assert {"gear_shop", "rotation", "fuse", "bazaar_turn", "list", "friend_accept"} <= done


POCKET = """
[[cases]]
id = "pocket"
name = "Pocket"
price = 60
entries = [
  { item = "bent-straw", chance = 60 },
  { item = "takeaway-optimism", chance = 30 },
  { item = "glass-lemon", chance = 10 },
]
"""


def test_sets_fusions_gear_shops_and_the_black_market_are_the_same_in_a_town(
    tmp_path: Path,
) -> None:
    pack = tmp_path / "pack"
    copytree(base_pack(), pack)
    (pack / "pocket.toml").write_text(POCKET)
    deeds = ("daily", "market", "gear", "shifts", "rob", "open", "fuse", "sets", "awards")
    cast = tuple(
        persona.model_copy(
            update={
                "deeds": tuple(map(PersonaDeed, deeds)),
                "case": "pocket",
                "invests": ("business", "housing", "weapon", "armor"),
            }
        )
        for persona in personas()
    )
    found = compare(tmp_path / "world.db", 5, cast, pack)
    kinds = {kind for deed in found for kind, _, _ in deed.lines}
    assert {"workshop_fee", "black_market", "achievement"} <= kinds
    assert {"achieve", "complete", "fuse", "gear_shop"} <= {deed.kind for deed in found}


@pytest.mark.parametrize("days", [4, pytest.param(12, marks=pytest.mark.trust)])
def test_bazaar_trades_gifts_consumables_and_rerolls_are_the_same_in_a_town(
    days: int, tmp_path: Path
) -> None:
    traded = tuple(
        map(Category, ("consumable", "title", "frame", "collectible", "armor", "bundle"))
    )
    deeds = (
        "daily friends claim use shifts open market gear reroll invest shop list bazaar gifts"
        " trades offer sell awards"
    )
    cast = tuple(
        persona.model_copy(
            update={
                "deeds": tuple(map(PersonaDeed, deeds.split())),
                "shops": traded,
                "lists": traded[:3],
                "offers": traded[2:5],
                "gifts": (Category.CONSUMABLE, Category.COLLECTIBLE),
                "wants": traded[:5],
                "sells": ("collectible",) if number % 2 else (),
                "invests": ("business", "weapon", "armor"),
                "ask": 60,
                "pays": 150,
                "alms": 30,
            }
        )
        for number, persona in enumerate(personas())
    )
    found = compare(tmp_path / "world.db", days, cast)
    kinds = {kind for deed in found for kind, _, _ in deed.lines}
    assert {"bazaar", "bazaar_fee", "trade", "trade_hold", "gift", "reroll"} <= kinds
    assert {"use", "friend_accept", "trade_accept", "trade_decline", "bazaar_buy"} <= {
        deed.kind for deed in found
    }
    bought = [deed for deed in found if deed.kind == "buy"]
    assert any(currency == "gems" for deed in bought for _, currency, _ in deed.lines)


def test_home_says_the_same_in_a_town_and_who_follows_it_does_the_same(tmp_path: Path) -> None:
    cast = (
        Persona(name="newcomer", deeds=(PersonaDeed.NEXT,)),
        Persona(name="another", deeds=(PersonaDeed.FRIENDS, PersonaDeed.NEXT), sessions=(9, 17)),
        Persona(
            name="giver",
            deeds=tuple(map(PersonaDeed, ("friends", "bazaar", "open", "gifts"))),
            gifts=(Category.COLLECTIBLE,),
            alms=50,
        ),
    )
    said: tuple[list[Waiting], list[Waiting]] = ([], [])
    engine = in_the_engine(tmp_path / "world.db", cast, 4, watch=said[0].extend)
    town = in_a_town(*seeds_of(cast), cast, 4, watch=said[1].extend)
    assert [told(deed) for deed in town.deeds] == [told(deed) for deed in engine]
    numbered = (Kind.ESCROW, Kind.WEAR)
    # A player item's number is another one in the engine: all that everybody has comes before it.
    theirs, ours = (
        [replace(line, target="") if line.kind in numbered else line for line in lines]
        for lines in said
    )
    assert ours == theirs
    assert {line.kind for line in ours} >= set(Kind) - {Kind.SELL, Kind.UPKEEP, Kind.SET}
