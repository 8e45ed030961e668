"""Reading arguments: what is wrong is said in one sentence that names the argument."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

import typer

from inventui.rules.core.text import printable

_WHOLE = re.compile(r"[+-]?[0-9]{1,100}")
_SHOWN = 40

Word = TypeVar("Word", bound=StrEnum)


def quoted(text: str) -> str:
    """A piece of the command line for a sentence: cut, nothing hidden in it."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"“{printable(cut)}”"


def whole(name: str) -> Callable[[str | int], int]:
    """A reader of whole numbers, negative ones too: the rules say which are allowed."""

    def read(text: str | int) -> int:
        if isinstance(text, int):
            return text
        if _WHOLE.fullmatch(text.strip()) is None:
            raise typer.BadParameter(f"{name} takes a whole number, not {quoted(text)}.")
        return int(text)

    return read


def word(name: str, words: type[Word]) -> Callable[[str], Word]:
    """A reader of one word of a list; capitals and hyphens don't matter."""

    def read(text: str) -> Word:
        try:
            return words(text.strip().lower().replace("-", "_"))
        except ValueError:
            known = ", ".join(words)
            raise typer.BadParameter(f"{name} takes one of {known}, not {quoted(text)}.") from None

    return read
