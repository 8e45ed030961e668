"""What BigPulp says, and in which voice: the words, not yet their bubble."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LINES: Mapping[str, tuple[str, ...]] = {
    "none": (
        "Welcome, welcome. Look with your eyes, touch with your oranges.",
        "Nice place you have here. I know, I sold you half of it.",
        "The market never sleeps. I do, but only between customers.",
        "Every thing here has a story. Ask it for its history.",
        "Fresh goods come after midnight. So do the good customers.",
    ),
    "happy": (
        "What a night! Even the lemons are smiling.",
        "You came back! I kept the best crate for you.",
        "Look at this shelf. I am so proud I could squeeze you.",
        "Best seat in the market, and it is yours.",
        "Somebody give this player a donut!",
    ),
    "grumpy": (
        "Hands off the glass. It was clean a minute ago.",
        "You call that a collection? I have seen better pips.",
        "No, I don't do discounts. Who told you that?",
        "Back in my day oranges grew on trees.",
        "I am not angry. This is my face.",
    ),
    "sleepy": (
        "Five more minutes. Then I open, I promise.",
        "Mind the crates. I was using them as a pillow.",
        "I dreamt that I was a lemon. It was bitter.",
        "Take what you like. Leave the money. Good night.",
        "Was there a customer, or did I dream you?",
    ),
    "cool": (
        "Easy. The night is young and so is the juice.",
        "I don't chase deals. Deals roll to me.",
        "Shades on, lights low, prices fair.",
        "You, me, and a crate of vinyl. Name a better night.",
        "Stay fresh. It is what I do.",
    ),
    "smug": (
        "I knew that you would come. They all do.",
        "Yes, I picked it myself. You are welcome.",
        "Some have taste. You have my advice, which is better.",
        "I told you it would be worth something one day.",
        "Do go on. I never tire of being admired.",
    ),
    "shocked": (
        "You paid how much? And it was worth it?",
        "Did you see what just rolled out of that crate?",
        "My pips! Is that a legendary?",
        "Who let the grapefruits in?",
        "Wait. Wait. Count it again.",
    ),
    "love": (
        "Be still, my juicy heart. What a shelf.",
        "If you were a fruit, you would be a fineapple.",
        "Orange you glad that you came?",
        "I would give you my last wedge.",
        "This page makes my pulp go soft.",
    ),
}
"""Lines for each mood."""


def line_for(mood: str, seed: str = "") -> str:
    """A line for a mood; the same for the same seed."""
    lines = LINES.get(mood, LINES["none"])
    return lines[sha256(seed.encode("utf-8", "replace")).digest()[0] % len(lines)]


PIRATE: Mapping[str, str] = {
    "you": "ye",
    "your": "yer",
    "yours": "yers",
    "my": "me",
    "is": "be",
    "are": "be",
    "am": "be",
    "the": "th'",
    "of": "o'",
    "and": "an'",
    "for": "fer",
    "to": "t'",
    "hello": "ahoy",
    "friend": "matey",
    "player": "matey",
    "customer": "landlubber",
    "customers": "landlubbers",
    "oranges": "doubloons",
    "money": "doubloons",
    "crate": "chest",
    "crates": "chests",
    "market": "harbour",
    "yes": "aye",
    "no": "nay",
}

SHORT_VERSE = 12
"""Characters of a line that can't stand alone."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def voiced(text: str, voice: str) -> str:
    """`text` as a dialogue style says it; verses come on several lines."""
    speak = VOICES.get(voice)
    return speak(text) if speak else text


def _shouted(text: str) -> str:
    return re.sub(r"[.!]+(\s|$)", r"!\1", text.upper())


def _whispered(text: str) -> str:
    return "psst… " + re.sub(r"[.!]+(\s|$)", r"…\1", text.lower())


def _thought(text: str) -> str:
    return text if text.endswith(("…", "?")) else text.rstrip(".!") + "…"


def _wired(text: str) -> str:
    return re.sub(r"[.!?]+(\s|$)", r" STOP\1", text.upper()).replace(",", "")


def _verses(text: str) -> list[str]:
    """Lines that end after punctuation, and are not too short."""
    verses: list[str] = []
    for part in re.split(r"(?<=[,.!?…])\s+", text):
        if verses and min(len(verses[-1]), len(part)) < SHORT_VERSE:
            verses[-1] += f" {part}"
        elif part:
            verses.append(part)
    return verses


def _pirate(text: str) -> str:
    said = _WORD.sub(_pirate_word, text)
    if not re.match(r"I\b", said):
        said = said[:1].lower() + said[1:]
    return f"Arr, {said}" if said else "Arr!"


def _pirate_word(match: re.Match[str]) -> str:
    word = match[0]
    said = PIRATE.get(word.lower())
    if said is None:
        return word
    return said.capitalize() if word[0].isupper() else said


VOICES: Mapping[str, Callable[[str], str]] = {
    "shout": _shouted,
    "whisper": _whispered,
    "thought": _thought,
    "telegram": _wired,
    "verse": lambda text: "\n".join(_verses(text)),
    "pirate": _pirate,
}
"""How each dialogue style speaks; the default one says it as it is."""


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells."""
    width = max(1, width)
    return [
        line.plain.rstrip()
        for part in text.split("\n")
        for line in Content(part).wrap(width)
    ]  # fmt: skip
