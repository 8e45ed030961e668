"""Asking how many of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inventui.rules.core.refusal import Reason, Refusal
from inventui.widgets.frame.dialogs import InputDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.content import Content


def whole_number(text: str) -> int | None:
    """A number as typed, or None if it is none."""
    plain = text.strip().replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None


def ask_how_many(
    app: App[Any], title: str, text: str | Content, then: Callable[[int], object],
    *, yes: str, most: int, least: int = 1,
) -> None:  # fmt: skip
    """Ask for a whole number from `least` to `most`, and do `then` with it."""

    def check(typed: str) -> Refusal | None:
        number = whole_number(typed)
        if number is not None and least <= number <= most:
            return None
        words = f"Write a whole number from {least} to {most:,}."
        return Refusal(Reason.INVALID_AMOUNT, words, {})

    def answered(typed: str | None) -> None:
        number = None if typed is None else whole_number(typed)
        if number is not None:
            then(number)

    app.push_screen(
        InputDialog[str](
            title, text, value=str(most), yes=yes, longest=9, number=True, check=check
        ),
        answered,
    )
