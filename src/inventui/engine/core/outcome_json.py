"""Outcomes as JSON: the engine's dataclasses as they are stored with their operations."""

from typing import TypeVar

T = TypeVar("T")


def dump(outcome: object) -> str:
    """The JSON of a dataclass."""
    # Not before something is written: a start reads no outcome.
    import msgspec

    # What is no type of JSON's is a mapping that can't be changed.
    return msgspec.json.encode(outcome, enc_hook=dict).decode()


def load(kind: type[T], text: str) -> T:
    """A dataclass from its JSON.

    A field that was not stored has its default; what is no field any more is passed over.
    """
    import msgspec

    return msgspec.json.decode(text, type=kind)
