"""The fast path equals the engine, operation for operation."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from inventui.content.source import base_pack
from inventui.lab.personas.model import Persona, PersonaAction
from inventui.lab.town.town import TownOperation
from inventui.rules.core.categories import Category
from inventui.rules.home import Kind, Waiting
from tests.lab.side_by_side import in_a_town, in_the_engine, personas, seeds_of


def told(operation: TownOperation) -> tuple[object, ...]:
    """An operation as it is compared; neighbours move in by an operation that is nobody's."""
    player = 0 if operation.kind in ("player", "move_in") else operation.player
    return operation.kind, player, operation.at, sorted(operation.lines)


def compare(
    path: Path, days: int, cast: tuple[Persona, ...] | None = None, pack: Path | None = None
) -> list[TownOperation]:
    cast = cast or personas()
    engine = in_the_engine(path, cast, days, pack)
    town = in_a_town(*seeds_of(cast), cast, days, pack)
    for number, (theirs, ours) in enumerate(zip(engine, town.operations, strict=False)):
        assert told(ours) == told(theirs), f"operation {number}"
    assert len(town.operations) == len(engine)
    return engine


def test_a_town_does_what_the_engine_does_operation_for_operation(tmp_path: Path) -> None:
    operations = compare(tmp_path / "world.db", 3)
    kinds = {operation.kind for operation in operations}
    assert kinds >= {"shift", "daily", "open", "sell", "rob", "settle", "neighbour_settle", "claim"}


@pytest.mark.trust
def test_a_month_of_six_personas_is_the_same_in_a_town(tmp_path: Path) -> None:
    operations = compare(tmp_path / "world.db", 30)
    kinds = [kind for operation in operations for kind, _, _ in operation.lines]
    assert {"business", "operating_cost", "upkeep", "shop", "fine", "robbery"} <= set(kinds)
    assert {"workshop_fee"} <= set(kinds)
    done = {operation.kind for operation in operations}
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
    actions = ("daily", "market", "gear", "shifts", "rob", "open", "fuse", "sets", "awards")
    cast = tuple(
        persona.model_copy(
            update={
                "actions": tuple(map(PersonaAction, actions)),
                "case": "pocket",
                "invests": ("business", "housing", "weapon", "armor"),
            }
        )
        for persona in personas()
    )
    found = compare(tmp_path / "world.db", 5, cast, pack)
    kinds = {kind for operation in found for kind, _, _ in operation.lines}
    assert {"workshop_fee", "black_market", "achievement"} <= kinds
    assert {"achieve", "complete", "fuse", "gear_shop"} <= {operation.kind for operation in found}


@pytest.mark.parametrize("days", [4, pytest.param(12, marks=pytest.mark.trust)])
def test_bazaar_trades_gifts_consumables_and_rerolls_are_the_same_in_a_town(
    days: int, tmp_path: Path
) -> None:
    traded = tuple(
        map(Category, ("consumable", "title", "frame", "collectible", "armor", "bundle"))
    )
    actions = (
        "daily friends claim use shifts open market gear reroll invest shop list bazaar gifts"
        " trades offer sell awards"
    )
    cast = tuple(
        persona.model_copy(
            update={
                "actions": tuple(map(PersonaAction, actions.split())),
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
    kinds = {kind for operation in found for kind, _, _ in operation.lines}
    assert {"bazaar", "bazaar_fee", "trade", "trade_hold", "gift", "reroll"} <= kinds
    assert {"use", "friend_accept", "trade_accept", "trade_decline", "bazaar_buy"} <= {
        operation.kind for operation in found
    }
    bought = [operation for operation in found if operation.kind == "buy"]
    assert any(currency == "gems" for operation in bought for _, currency, _ in operation.lines)


def test_home_says_the_same_in_a_town_and_who_follows_it_does_the_same(tmp_path: Path) -> None:
    cast = (
        Persona(name="newcomer", actions=(PersonaAction.NEXT,)),
        Persona(
            name="another", actions=(PersonaAction.FRIENDS, PersonaAction.NEXT), sessions=(9, 17)
        ),
        Persona(
            name="giver",
            actions=tuple(map(PersonaAction, ("friends", "bazaar", "open", "gifts"))),
            gifts=(Category.COLLECTIBLE,),
            alms=50,
        ),
    )
    said: tuple[list[Waiting], list[Waiting]] = ([], [])
    engine = in_the_engine(tmp_path / "world.db", cast, 4, watch=said[0].extend)
    town = in_a_town(*seeds_of(cast), cast, 4, watch=said[1].extend)
    assert [told(operation) for operation in town.operations] == [
        told(operation) for operation in engine
    ]
    numbered = (Kind.ESCROW, Kind.WEAR)
    # A player item's number is another one in the engine: all that everybody has comes before it.
    theirs, ours = (
        [replace(line, target="") if line.kind in numbered else line for line in lines]
        for lines in said
    )
    assert ours == theirs
    assert {line.kind for line in ours} >= set(Kind) - {Kind.SELL, Kind.UPKEEP, Kind.SET}
