"""Text from outside: names, messages, packs.

Control characters, C1 codes and characters that turn the direction of writing pass
through a terminal and change what it shows; text is checked or cleaned where it
enters the world, so that every later reader may trust it.
"""

import unicodedata
from collections.abc import Sequence

NAME_LENGTH = 32
"""Most characters of a player's name."""

TYPED_NAME_LENGTH = 4 * NAME_LENGTH
"""Most characters of a name as it is typed: letters with their marks apart."""

_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks that nothing is drawn for: fillers, joiners and variation selectors.
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
).union(map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0)))


def is_hidden(character: str) -> bool:
    """Whether a character by itself is invisible, or controls a terminal instead of being drawn."""
    return (
        character in _BIDIRECTIONAL
        or character in _INVISIBLE
        or unicodedata.category(character) in _HIDDEN_CATEGORIES
    )


_ZWNJ, _ZWJ, _EMOJI_STYLE = "\u200c", "\u200d", "\ufe0f"
_KEYCAP = "\u20e3"
_SKIN = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_LOOK_BACK = 8
"""Characters that decide whether a joiner is needed."""
_VIRAMA = 9
"""The combining class of the signs that suppress a vowel."""


def hidden_in(text: str) -> list[str]:
    """The characters of `text` that hide, in their order.

    Not among them are joiners that shape what is seen: within words of Arabic letters, as Persian
    names have them, after the virama of Indic scripts, and in emoji.
    """
    if text.isascii() and text.isprintable():
        return []
    return [text[at] for at in range(len(text)) if _hides(text, at)]


def visible(text: str, instead: str = "") -> str:
    """`text` without what hides in it, or with something else in its place."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(instead if _hides(text, at) else text[at] for at in range(len(text)))


def _hides(text: str, at: int) -> bool:
    character = text[at]
    if not is_hidden(character):
        return False
    before, after = text[max(0, at - _LOOK_BACK) : at], text[at + 1 : at + 2]
    if character == _EMOJI_STYLE:
        keycap = before[-1:] in tuple("0123456789#*") and after == _KEYCAP
        return not (keycap or _ends_in_picture(before))
    if character == _ZWJ:
        pictures = _ends_in_picture(before.removesuffix(_EMOJI_STYLE)) and _ends_in_picture(after)
        return not (pictures or _ends_in_virama(before))
    if character == _ZWNJ:
        letters = _ends_in_arabic(before) and _ends_in_arabic(after)
        return not (letters or (_ends_in_virama(before) and after.isalpha()))
    return True


def _ends_in_picture(text: str) -> bool:
    return text[-1:] in _SKIN or (bool(text) and unicodedata.category(text[-1]) == "So")


def _ends_in_virama(text: str) -> bool:
    return bool(text) and unicodedata.combining(text[-1]) == _VIRAMA


def _ends_in_arabic(text: str) -> bool:
    """Whether the last character is an Arabic letter, marks of vowels after it aside."""
    letters = [character for character in text if unicodedata.category(character) != "Mn"]
    return bool(letters) and unicodedata.name(letters[-1], "").startswith("ARABIC LETTER")


def faults_of_text(text: str, longest: int) -> list[str]:
    """What is wrong with a text, each as a clause; an empty list if nothing is."""
    faults = []
    if len(text) > longest:
        faults.append(f"it has {len(text)} characters, at most {longest} fit")
    hidden = hidden_in(text[: longest + 1])
    if hidden:
        faults.append(f"it contains the unprintable character U+{ord(hidden[0]):04X}")
    return faults


def clean(text: str, longest: int) -> str:
    """`text` as it may be stored: composed, without hidden characters, one line, cut."""
    spaced = "".join(" " if c in "\t\n\r\u2028\u2029" else c for c in text)
    # Composed last: a mark may only now stand next to its letter.
    composed = unicodedata.normalize("NFC", visible(spaced))
    return visible(" ".join(composed.split())[:longest]).rstrip()


def with_article(noun: str) -> str:
    """`a Rookie`, `an Associate`: by its first letter, which is enough for names of packs."""
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


MOST_LISTED = 20
"""Names that are listed at most."""

MOST_QUOTED = 60
"""Characters of what somebody typed that a refusal repeats at most."""


def listed(known: Sequence[str], most: int = MOST_LISTED) -> str:
    """` There are: …` after a name that nobody knows; nothing where nothing is known."""
    more = " and more" if len(known) > most else ""
    return f" There are: {', '.join(known[:most])}{more}." if known else ""


def printable(text: str) -> str:
    """`text` for an error message: what is hidden is shown as its code point."""
    return "".join(
        f"\\u{ord(character):04x}" if _hides(text, at) else character
        for at, character in enumerate(text)
    )


def as_typed(text: str) -> str:
    """`'text'` as somebody typed it, for a refusal: cut, and what is hidden as its code point."""
    cut = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
    return f"'{printable(cut)}'"
