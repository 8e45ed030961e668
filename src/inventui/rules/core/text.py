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
    """Whether a character is invisible, or controls a terminal instead of being drawn."""
    return (
        character in _BIDIRECTIONAL
        or character in _INVISIBLE
        or unicodedata.category(character) in _HIDDEN_CATEGORIES
    )


def faults_of_text(text: str, longest: int) -> list[str]:
    """What is wrong with a text, each as a clause; an empty list if nothing is."""
    faults = []
    if len(text) > longest:
        faults.append(f"it has {len(text)} characters, at most {longest} fit")
    hidden = next((c for c in text if is_hidden(c)), None)
    if hidden is not None:
        faults.append(f"it contains the unprintable character U+{ord(hidden):04X}")
    return faults


def clean(text: str, longest: int) -> str:
    """`text` as it may be stored: composed, without hidden characters, one line, cut."""
    spaced = "".join(" " if c in "\t\n\r\u2028\u2029" else c for c in text)
    visible = "".join(c for c in spaced if not is_hidden(c))
    # Composed last: a mark may only now stand next to its letter.
    composed = unicodedata.normalize("NFC", visible)
    return " ".join(composed.split())[:longest].rstrip()


def with_article(noun: str) -> str:
    """`a Rookie`, `an Associate`: by its first letter, which is enough for names of packs."""
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


def listed(known: Sequence[str], most: int = 20) -> str:
    """` There are: …` after a name that nobody knows; nothing where nothing is known."""
    more = f" and {len(known) - most:,} more" if len(known) > most else ""
    return f" There are: {', '.join(known[:most])}{more}." if known else ""


def printable(text: str) -> str:
    """`text` for an error message: what is hidden is shown as its code point."""
    return "".join(f"\\u{ord(c):04x}" if is_hidden(c) else c for c in text)
