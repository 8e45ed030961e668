"""What the base economy promises, each promise held, and broken by the numbers of before."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from inventui.content.source import base_pack
from inventui.lab.economy import EconomySetting
from inventui.lab.properties import Promise, properties
from tests.lab.side_by_side import personas

DAYS, RUNS, SEED = 30, 2, "inventui"


def promised(pack: Path, days: int = 1, runs: int = 1) -> Mapping[str, Promise]:
    """What is measured of a pack, by name."""
    setting = EconomySetting((pack,), personas(), days, SEED)
    return {promise.name: promise for promise in properties(setting, runs, 1)}


PLAYED = ("the dearest business of the worker", "faucets over sinks after the first week")
RECKONED = {name: promise for name, promise in promised(base_pack()).items() if name not in PLAYED}


@pytest.mark.parametrize("name", RECKONED)
def test_the_base_pack_keeps_what_is_reckoned_from_its_numbers(name: str) -> None:
    assert RECKONED[name].holds, RECKONED[name]


@pytest.mark.parametrize(
    ("file", "now", "before", "broken"),
    [
        ("31-neighbours.toml", "oranges = 8500", "oranges = 40000", "bare"),
        ("31-neighbours.toml", "oranges = 8500", "oranges = 1000", "a rare weapon"),
        ("23-homes.toml", "upkeep = 20\n", "upkeep = 100\n", "homes pay"),
        ("23-homes.toml", "price_oranges = 7900", "price_oranges = 9000", "homes pay"),
        ("22-businesses.toml", "price_oranges = 40000", "price_oranges = 90000", "paid back"),
        ("22-businesses.toml", "price_oranges = 12000", "price_oranges = 8000", "first business"),
        ("01-citrus-crate.toml", "price = 150", "price = 300", "to afford"),
    ],
)  # fmt: skip
def test_a_number_that_is_put_back_breaks_its_promise(
    tmp_path: Path, file: str, now: str, before: str, broken: str
) -> None:
    pack = tmp_path / "base"
    copytree(base_pack(), pack)
    text = (pack / file).read_text(encoding="utf-8")
    assert now in text
    (pack / file).write_text(text.replace(now, before), encoding="utf-8")
    found = promised(pack)
    assert [name for name in found if broken in name and not found[name].holds]


@pytest.mark.trust
def test_the_base_pack_keeps_what_is_played() -> None:
    found = promised(base_pack(), DAYS, RUNS)
    assert [found[name] for name in PLAYED if not found[name].holds] == []


def test_a_promise_of_which_nothing_was_measured_does_not_hold() -> None:
    kept = RECKONED["businesses are paid back"]
    assert kept.holds
    assert not replace(kept, measured=()).holds
