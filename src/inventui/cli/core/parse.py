"""Options and arguments that are numbers or words of a list, and their parsers."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import typer

from inventui.rules.core.text import printable

_WHOLE = re.compile(r"[+-]?[0-9]{1,100}")
_SHOWN = 40

Word = TypeVar("Word", bound=StrEnum)


def quoted(text: str) -> str:
    """Text of the command line in quotes, shortened, with control characters made visible."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"“{printable(cut)}”"


def whole(name: str) -> Callable[[str | int], int]:
    """A parser of whole numbers; negative ones too, for the rules say which are allowed."""

    def read(text: str | int) -> int:
        if isinstance(text, int):
            return text
        if _WHOLE.fullmatch(text.strip()) is None:
            raise typer.BadParameter(f"{name} takes a whole number, not {quoted(text)}.")
        return int(text)

    return read


def word(name: str, words: type[Word]) -> Callable[[str], Word]:
    """A parser of one word of a list; capitals and hyphens don't matter."""

    def read(text: str) -> Word:
        try:
            return words(text.strip().lower().replace("-", "_"))
        except ValueError:
            known = ", ".join(words)
            raise typer.BadParameter(f"{name} takes one of {known}, not {quoted(text)}.") from None

    return read


def number(name: str, help: str, metavar: str = "N", *, long: str = "") -> Any:
    """An option that takes a whole number; `long` is another name of it."""
    names = (name, long) if long else (name,)
    return typer.Option(*names, metavar=metavar, parser=whole(name), help=help)


def number_argument(metavar: str, help: str) -> Any:
    """An argument that is a whole number; one in brackets may be left out."""
    return typer.Argument(metavar=metavar, parser=whole(metavar.strip("[].")), help=help)


def choice(name: str, words: type[StrEnum], metavar: str, help: str = "") -> Any:
    """An option that takes one word of a list; its help lists them unless it is given."""
    said = help or f"One of {', '.join(words)}."
    return typer.Option(name, metavar=metavar, parser=word(name, words), help=said)
