"""Neighbours of a pack: what they wear and hold is there, and fits."""

from pathlib import Path

from inventui.content.loader import pack_faults
from tests.content.pack_files import HEAD, cosmetic, item, only_fault, places, table, write

ITEMS = "\n".join(
    table(**fields)
    for fields in (
        cosmetic("frame", id="line", name="Line"),
        cosmetic("frame", id="wire", name="Wire"),
        item(id="fork", name="Fork", category="weapon", value=None, rob_bonus=1),
        item(id="spoon", name="Spoon", category="weapon", value=None, rob_bonus=2),
    )
)


def lola(**fields: str) -> str:
    """A neighbour with these lists."""
    lists = "\n".join(f"{name} = {words}" for name, words in fields.items())
    return f'[[neighbours]]\nid = "lola"\nname = "Lola"\ncharacter = "Sells rain."\n{lists}\n'


def test_a_neighbour_wears_one_thing_a_slot(tmp_path: Path) -> None:
    people = lola(wardrobe='["line", "wire"]')
    fault = only_fault(tmp_path, items=ITEMS, people=people)
    assert (fault.table, fault.field) == ("neighbours.lola", "wardrobe")
    assert "'wire' is a second frame" in fault.message


def test_a_neighbour_may_hold_spare_gear_of_a_kind(tmp_path: Path) -> None:
    people = lola(wardrobe='["line"]', gear='["fork", "spoon"]')
    assert pack_faults(write(tmp_path, pack=HEAD, items=ITEMS, people=people)) == ()


def test_a_neighbour_wears_cosmetics_and_holds_gear_and_not_the_other_way(tmp_path: Path) -> None:
    people = lola(wardrobe='["fork"]', gear='["line"]')
    faults = pack_faults(write(tmp_path, pack=HEAD, items=ITEMS, people=people))
    assert places(faults) == {
        ("people.toml", "neighbours.lola", "wardrobe"),
        ("people.toml", "neighbours.lola", "gear"),
    }
