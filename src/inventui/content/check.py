"""Checking a pack before it is played: every fault, then advice."""

from pathlib import Path

from inventui.content.advice import Advice, advice
from inventui.content.faults import Fault, PackError
from inventui.content.layers import Layer, layer_at
from inventui.content.loader import head_of, load_layers
from inventui.content.numbers import changed
from inventui.content.source import base_pack


def check_pack(path: Path, *, base: bool = True) -> tuple[tuple[Fault, ...], tuple[Advice, ...]]:
    """All faults of a pack, and advice where it has none, but for what the base pack gets alone.

    Args:
        path: where it lies.
        base: whether to lay it upon the base pack, as a new world does.
    """
    layers = _layers(path, base)
    try:
        pack = load_layers(layers)
    except PackError as error:
        return error.faults, ()
    known = set(advice(load_layers(layers[:-1]))) if layers[:-1] else set()
    with changed(pack.numbers):
        return (), tuple(one for one in advice(pack) if one not in known)


def _layers(path: Path, base: bool) -> list[Layer]:
    ours, own = layer_at(base_pack()), layer_at(path)
    try:
        alone = not base or head_of(own).id == head_of(ours).id
    except PackError:
        alone = True
    return [own] if alone else [ours, layer_at(path, plain=False)]
