"""Words of the streets: times to wait, chances, what a robbery may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.rules.core.clock import HOUR, SECOND, to_datetime
from inventui.rules.core.refusal import Reason
from inventui.rules.shop import countdown
from inventui.rules.streets import robbery
from inventui.rules.streets.robbery import ON_GUARD
from inventui.widgets.theme import ORANGE

if TYPE_CHECKING:
    from inventui.engine.streets.models import TargetView


def wait_words(milliseconds: int) -> str:
    """The time left, as refusals tell it but never nothing: `17 s`, `5 h 12 min`."""
    return countdown(max(SECOND, milliseconds))


def clock_words(at: int) -> str:
    """A time of day: `18:00:30 UTC`."""
    return f"{to_datetime(at):%H:%M:%S} UTC"


def percent_words(percent: int) -> str:
    """A part of a chance: `+8 %`, `−5 %`."""
    return f"−{-percent} %" if percent < 0 else f"+{percent} %"


def loot_words(target: TargetView) -> str:
    """What a success takes: `🍊 45–135`."""
    if target.loot_least == target.loot_most:
        return f"{ORANGE} {target.loot_most:,}"
    return f"{ORANGE} {target.loot_least:,}–{target.loot_most:,}"


def halved_words(target: TargetView) -> str:
    """Why they yield less: `halved 3 times: robbed within 24 h`; empty where they don't."""
    if not target.halved:
        return ""
    times = f" {target.halved} times" if target.halved > 1 else ""
    return f"halved{times}: robbed within {ON_GUARD // HOUR} h"


def sum_words(target: TargetView) -> str:
    """The chance spelled out: `50 % + 8 your Sharp Spoon − 5 their Peel Vest = 53 %`."""
    first, *rest = target.parts
    words = [f"{first.percent} %"]
    words += [f"{'−' if p.percent < 0 else '+'} {abs(p.percent)} {p.label}" for p in rest]
    return " ".join(words) + (f" = {target.chance} %" if rest else "")


def standing_words(target: TargetView, now: int) -> str:
    """Whether they can be robbed now: `ready`, `safe for 41 min 00 s`, `has too little`."""
    if target.refusal is None:
        return "ready"
    if target.refusal.reason is Reason.INSUFFICIENT_FUNDS:
        return f"needs {robbery.STAKE} at stake"
    if target.free_at is None:
        return "has too little"
    left = target.free_at - now
    return f"safe for {wait_words(left)}" if left > 0 else "ready"
