"""Texts that name keys, with those of the player's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from textual.content import Content

from inventui.room import GROUPS
from inventui.widgets.entries import sign
from inventui.widgets.session import session_of
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from textual.screen import Screen


def with_own_keys(screen: Screen[Any], text: Content) -> Content:
    """A text of a screen in which what looks like a key is the key of the player's own.

    Args:
        screen: whose actions the keys take.
        text: names the usual keys, in the style of keys.
    """
    moved = _moved(screen)
    parts, last = [Content("")], 0
    for span in sorted(text.spans, key=lambda span: span.start):
        own = moved.get(text.plain[span.start : span.end])
        if own is not None and str(span.style) == KEY and span.start >= last:
            parts += [text[last : span.start], Content.styled(own, KEY)]
            last = span.end
    return Content("").join([*parts, text[last:]]) if last else text


def said_with_own_keys(screen: Screen[Any], words: str) -> str:
    """Words of a screen in which keys are those of the player's own.

    A key is what stands before a verb (`o opens it`), after a word that wants one (`press r`,
    `with w`), or between parentheses.
    """
    letters = {usual: own for usual, own in _moved(screen).items() if not usual.isdigit()}
    if not letters:
        return words
    usual = "|".join(re.escape(key) for key in sorted(letters, key=len, reverse=True))
    found = rf"(?<![\w'’.])(?:{usual})(?= [a-z]+s\b)|(?<=\b[Pp]ress )(?:{usual})(?!\w)"
    found += rf"|(?<=\b[Ww]ith )(?:{usual})(?!\w)|(?<=\()(?:{usual})(?=\))"
    return re.sub(found, lambda match: letters[match[0]], words)


def _moved(screen: Screen[Any]) -> dict[str, str]:
    """What the usual keys of moved actions are written as, and what they are now."""
    session = session_of(screen)
    if not session.own.keymap or not hasattr(screen, "moved_keys"):
        return {}
    found = {group.key: session.own.key_text(f"group-{group.slug}", group.key) for group in GROUPS}
    for usual, own in screen.moved_keys():
        found[sign(usual)] = sign(own)
    return found
