"""How a name looks: names with the same look can't be told apart on a screen.

The classes of characters that look alike are Unicode's (`confusables.txt` of UTS 39), as the
library `confusable-homoglyphs` has them. It is imported for the first name that is not ASCII:
reading its data takes a tenth of a second.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from inventui.rules.core.text import is_hidden

_ASCII = str.maketrans("01I|`", "Olll'")
"""Which ASCII characters look like another one."""

_MARK = "\u200e"
"""Stands around characters that are written from right to left in the library's data."""


def look(name: str) -> str:
    """What two names have in common exactly if they look the same, whatever their case.

    What is invisible doesn't count. A class is stood for by one character of the same width: in a
    terminal `rn` is two cells wide and so no `m`, which Unicode's own skeletons don't tell apart.
    """
    if name.isascii():
        return name.translate(_ASCII).lower()
    alike = _alike()
    seen = (c for c in unicodedata.normalize("NFKD", name) if not is_hidden(c))
    shown = "".join(alike.get(character, character) for character in seen)
    return unicodedata.normalize("NFC", " ".join(shown.lower().split()))


@cache
def _alike() -> Mapping[str, str]:
    """Each character that looks like others, with the one that stands for them all."""
    from confusable_homoglyphs.confusables import confusables_data

    found: dict[str, str] = {}
    for shape, others in confusables_data.items():
        # A shape with one other is the source of it, or they are a pair.
        if len(others) == 1 and len(confusables_data[others[0]["c"]]) > 1:
            continue
        model = shape.strip(_MARK)
        members = [each["c"].strip(_MARK) for each in others] + [model]
        single = sorted(member for member in members if len(member) == 1)
        if single:
            stands = model if len(others) > 1 and len(model) == 1 else single[0]
            found.update(dict.fromkeys(single, stands))
    return found
