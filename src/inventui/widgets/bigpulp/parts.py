"""BigPulp's body, faces, hats and accessories, drawn in pixels.

Each part is text, a letter a pixel and `.` for none, laid over the body at its own place;
the place is counted from the body's corner, so that hats lie above it (negative rows).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXED: Mapping[str, str] = {
    "o": "#ff9a2e",
    "d": "#d9741a",
    "h": "#ffc477",
    "l": "#7cc04f",
    "g": "#4b8a33",
    "k": "#20160f",
    "w": "#fff5e6",
    "m": "#7a2f12",
    "r": "#ff7a5c",
    "t": "#ff5a6e",
    "e": "#ff3d6b",
    "c": "#9fd8ff",
    "s": "#3a4a66",
}
"""Colours that are always the same. `a` and `b` are the style's own, `A` and `B` their
shades, `L` the light on the first."""


class Part(NamedTuple):
    """A drawing and where its corner lies, in pixels from the body's corner."""

    x: int
    y: int
    rows: tuple[str, ...]


def _part(x: int, y: int, drawing: str) -> Part:
    return Part(x, y, tuple(drawing.split()))


LEAF = _part(
    4,
    0,
    """
...lll
.glllll
..g
""",
)
BODY = _part(
    0,
    2,
    """
...oooooooo...
..ohhooooooo..
.ohhooooooood.
.ohoooooooood.
oooooooooooood
oooooooooooood
oooooooooooood
orroooooooorrd
.oooooooooood.
.ooooooooodd..
..oooooooddd..
....ooodd.....
""",
)

MOODS: Mapping[str, tuple[Part, ...]] = {
    "none": (
        _part(3, 6, "ww...ww wk...wk"),
        _part(5, 9, "m..m mmmm"),
    ),
    "happy": (
        _part(2, 5, ".kk....kk. k..k..k..k"),
        _part(4, 8, "mmmmmm mwwwwm .mttm."),
    ),
    "grumpy": (
        _part(2, 4, "kk......kk .kkk..kkk. ..wk..kw.. ..wk..kw.."),
        _part(4, 9, ".mmmm. m....m"),
    ),
    "sleepy": (
        _part(2, 6, "k..k..k..k .kk....kk."),
        _part(6, 9, "mm mm"),
        _part(12, 0, "cccc ..c. .c.. cccc"),
    ),
    "cool": (
        _part(0, 5, "kkkkkkkkkkkkkk .kcskkkkcskkk. .kskk..kskkk. ..kkk...kkk..."),
        _part(5, 9, "....m mmmm."),
    ),
    "smug": (
        _part(8, 3, ".kkk k..."),
        _part(2, 6, "kkkk..kkkk .wkk...wkk"),
        _part(4, 9, "......m mmmmmm."),
    ),
    "shocked": (
        _part(2, 3, ".kk....kk."),
        _part(2, 5, ".ww....ww. wwww..wwww wkkw..wkkw .ww....ww."),
        _part(5, 9, ".mm. mkkm .mm."),
    ),
    "love": (
        _part(1, 5, "ee.ee..ee.ee eeeee..eeeee .eee....eee. ..e......e.."),
        _part(4, 9, "m....m .mttm."),
    ),
}
"""What each mood does to eyes and mouth."""

HATS: Mapping[str, Part] = {
    "cap": _part(
        2,
        -2,
        """
....bb....
.aaaLaaaa.
aaLaaAaaaa
aLaaaAaaaA
aaaaaAaaaabbbb
.........bbbbb
""",
    ),
    "crown": _part(
        2,
        -3,
        """
a...aa...a
aa.aaaa.aa
aLaaLaaaaA
abaabbaaba
aLaaaaaaaA
AAAAAAAAAA
""",
    ),
    "chef": _part(
        1,
        -5,
        """
...aaa.aaa..
.aaaLaaaLaa.
aaLaaaaaaaaA
aaaaaAaaAaaA
.aaaaAaaAaA.
..aaaaaaaA..
..bbbbbbbb..
..bbbbbbbb..
""",
    ),
    "top_hat": _part(
        1,
        -5,
        """
..aaaaaaaa..
..aLaaaaaA..
..aLaaaaaA..
..aLaaaaaA..
..aLaaaaaA..
..bbbbbbbb..
..aLaaaaaA..
aaaaaaaaaaaa
""",
    ),
    "beanie": _part(
        1,
        -4,
        """
.....bb.....
....bbbb....
....aLaa....
..aaLaaaaA..
.aaLaaaaaaA.
.aLaaaaaaAA.
bBbBbBbBbBbB
bBbBbBbBbBbB
""",
    ),
    "party": _part(
        2,
        -6,
        """
....bb....
....bb....
....aa....
...aLaa...
...bbaa...
...aabb...
..aLaaaA..
..bbaaaa..
.aabbbaaA.
aaaaabbbaa
""",
    ),
    "straw": _part(
        -1,
        -2,
        """
.....aLaaaA.....
....aLaAaAaA....
....aaaaaaaA....
....bbbbbbbb....
.aaLaAaAaAaAaaA.
aAaAaAaAaAaAaAaA
""",
    ),
    "halo": _part(
        2,
        -4,
        """
.LLLLLLLL.
aa......aa
.aaaaaaaa.
""",
    ),
}
"""Hats, from the highest point down to where they sit."""

SECOND: Mapping[str, str] = {
    "cap": "#f4ebdb",
    "crown": "#e0315b",
    "chef": "#c9bfae",
    "top_hat": "#e0315b",
    "beanie": "#f4ebdb",
    "party": "#ffe066",
    "straw": "#b3261e",
}
"""The second colour of a hat whose style has only one."""

BARE_HEADED = frozenset({"none", "halo"})
"""With these the leaf is seen."""

ACCESSORIES: Mapping[str, Part] = {
    "glasses": _part(
        0,
        5,
        """
..aaaa..aaaa..
aa....aa....aa
.a....aa....a.
..aaaa..aaaa..
""",
    ),
    "monocle": _part(
        7,
        5,
        """
.aaaa.
a....a
a....a
.aaaa.
.....L
....L.
.....L
....L.
""",
    ),
    "scarf": _part(
        0,
        11,
        """
.aaLaaaaaaaa..
..AaAaAaAaAaa.
.........aLaa.
.........AaA..
""",
    ),
    "bow_tie": _part(
        3,
        11,
        """
aa....aa
aLaAAaLa
aa....aa
""",
    ),
    "moustache": _part(
        1,
        8,
        """
....aa..aa..
a..aaaaaaa.a
.aaaa..aaaa.
""",
    ),
    "eyepatch": _part(
        0,
        4,
        """
..........aaa.
.....aaaaa....
.aaaaaa.......
..aaaaa.......
...aaa........
""",
    ),
    "chain": _part(
        1,
        10,
        """
a..........a
La........aL
.aL.a..a.La.
...a.aa.a...
.....LA.....
""",
    ),
}
"""What BigPulp wears besides."""
