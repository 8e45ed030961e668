"""What opening a world is busy with, where that takes a while, and how far it is."""

from collections.abc import Callable
from enum import StrEnum


class Work(StrEnum):
    """What is done before a world can be used."""

    MAKING = "making"
    MIGRATING = "migrating"


Tell = Callable[[Work, int, int], object]
"""Told how many steps of a work are done, of how many; called in the thread that opens."""


def untold(work: Work, done: int, steps: int) -> None:
    """Nobody asked."""
