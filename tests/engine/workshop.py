"""What the tests of the workshop stand on: things to fuse, and fusions that must be done."""

from collections.abc import Sequence
from pathlib import Path

from inventui.engine.players.models import Grant
from inventui.engine.workshop.models import Fused, FusionQuote
from inventui.engine.world import PlayerHandle
from inventui.rules.cases.odds import OddsTable
from inventui.rules.workshop import INPUTS
from tests.builders import SMALL_PACK, done, opened


def won(player: PlayerHandle, name: str, count: int = INPUTS, case: str = "crate") -> list[int]:
    """So many things of a name, won from a case."""
    found: list[int] = []
    while len(found) < count:
        found += [roll.item_id for roll in opened(player, case, 20).rolls if roll.entry == name]
    return found[:count]


def granted(player: PlayerHandle, item: str, count: int = INPUTS) -> list[int]:
    """So many things that came from no case."""
    grants = [done(player.world.grant(player.name, item=item), Grant) for _ in range(count)]
    return [grant.item_id for grant in grants if grant.item_id is not None]


def quoted(player: PlayerHandle, player_items: Sequence[int]) -> FusionQuote:
    """A quote that must be given."""
    return done(player.workshop.quote(player_items), FusionQuote)


def fused(player: PlayerHandle, player_items: Sequence[int], key: str | None = None) -> Fused:
    """A fusion that must be done."""
    return done(player.workshop.fuse(player_items, key), Fused)


def parts(odds: OddsTable | None) -> dict[str, int]:
    """The chances by name."""
    assert odds is not None
    return {entry.name: entry.parts for entry in odds.entries}


def repacked(folder: Path, *changes: tuple[str, str]) -> Path:
    """The small pack with changes, each of which must find its place."""
    text = SMALL_PACK.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    pack = folder / "pack.toml"
    pack.write_text(text, "utf-8")
    return pack
