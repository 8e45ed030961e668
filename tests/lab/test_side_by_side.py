"""The fast path equals the engine, operation for operation."""

from pathlib import Path

import pytest

from inventui.lab.town.town import Deed
from tests.lab.engine_hand import in_a_town, in_the_engine, personas, seeds_of


def told(deed: Deed) -> tuple[object, ...]:
    """A deed as it is compared; neighbours move in by an operation that is nobody's."""
    player = 0 if deed.kind in ("player", "move_in") else deed.player
    return deed.kind, player, deed.at, sorted(deed.lines)


def compare(path: Path, days: int) -> list[Deed]:
    cast = personas()
    engine = in_the_engine(path, cast, days)
    town = in_a_town(*seeds_of(cast), cast, days)
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
