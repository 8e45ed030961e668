"""The beginning of a world: its seed, its house, and the catalogue of its packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.content.layers import Layer, digest_of_layers, layer_at
from inventui.content.source import base_pack
from inventui.db.errors import Trouble, WorldError
from inventui.db.progress import Tell, Work
from inventui.engine.core.ledger import make_accounts
from inventui.engine.core.settings import set_setting
from inventui.engine.packs.layers import catalogue_digest, kept_pack, put_in_force
from inventui.rules.core.money import HouseAccount
from inventui.rules.withdrawals.certificate import SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inventui.engine.core.context import Context


def begin(world: Context, asked: Sequence[Path | None], tell: Tell) -> None:
    """Make a new world's seed and house, and load its packs; one that is there stays so.

    Args:
        world: an open store, with a catalogue or without one.
        asked: the packs that were asked for; None for the base pack.
        tell: hears how far a new world is.

    Raises:
        WorldError: the packs can't be loaded, or the world has others.
    """
    paths = [path or base_pack() for path in asked]
    layers = [layer_at(path, plain=path is paths[0]) for path in paths]
    made = world.catalogue_token()
    if not made:
        _load(world, paths, layers, tell)
    elif made != digest_of_layers(layers):
        raise WorldError(
            Trouble.PACKS,
            f"{world.path} has packs of its own, which no start changes. To add one to it: "
            "inventui packs add PATH. To play one in a new world, name another file with "
            "--database.",
        )


def _load(world: Context, paths: Sequence[Path], layers: Sequence[Layer], tell: Tell) -> None:
    from inventui.content.loader import PackError, load_layers

    tell(Work.MAKING, 0, 3)
    try:
        content = load_layers(layers)
        packs = [kept_pack(layer) for layer in layers]
    except PackError as error:
        raise WorldError(
            Trouble.CONTENT,
            f"The content pack {paths[-1]} can't be loaded: {error.sentence()}. There "
            "is no world yet; mend the pack: inventui packs check PATH lists all its faults.",
        ) from error
    tell(Work.MAKING, 1, 3)
    with world.store.write() as connection:
        if catalogue_digest(connection) is not None:
            return
        set_setting(connection, "seed", world.entropy.seed())
        set_setting(connection, SIGNING_KEY, world.entropy.key())
        set_setting(connection, "created_at", str(world.clock.now()))
        for account in HouseAccount:
            make_accounts(connection, house=account)
        put_in_force(connection, packs, content)
    tell(Work.MAKING, 2, 3)
