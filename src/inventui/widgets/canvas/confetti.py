"""Confetti: the celebration of those who wear no other."""

from __future__ import annotations

from inventui.widgets.canvas.celebration import Celebration


class Confetti(Celebration):
    """A celebration under its first name."""
