"""Checking a pack before it is played: every fault, then advice."""

from pathlib import Path
from typing import NamedTuple

from inventui.content.faults import Fault, PackError
from inventui.content.layers import Layer, layer_at
from inventui.content.loader import head_of, layer_faults
from inventui.content.source import base_pack


class Advice(NamedTuple):
    """What is allowed, and yet hardly meant."""

    kind: str
    subject: str
    message: str


def check_pack(path: Path, *, base: bool = True) -> tuple[tuple[Fault, ...], tuple[Advice, ...]]:
    """All faults of a pack, and advice where it has none.

    Args:
        path: where it lies.
        base: whether to lay it upon the base pack, as a new world does.
    """
    layers = _layers(path, base)
    return layer_faults(layers), ()


def _layers(path: Path, base: bool) -> list[Layer]:
    ours, own = layer_at(base_pack()), layer_at(path)
    try:
        alone = not base or head_of(own).id == head_of(ours).id
    except PackError:
        alone = True
    return [own] if alone else [ours, layer_at(path, plain=False)]
