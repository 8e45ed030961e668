"""Toasts: short messages, with a key to the place that they speak of."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from inventui.widgets.entries import Place
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

SECONDS = 4.0
"""How long a toast is seen."""

OPEN = 10.0
"""Seconds that its key leads anywhere: reading and finding the key take longer."""

MOST_TOASTS = 2
"""How many stand there at once."""

FOLLOW_KEY = "ctrl+g"


class ToastKind(StrEnum):
    """What a toast tells."""

    SUCCESS = "success"
    ERROR = "error"
    INFO = "info"
    GIFT = "gift"


_SEVERITY: dict[ToastKind, Literal["information", "warning", "error"]] = {
    ToastKind.SUCCESS: "information",
    ToastKind.ERROR: "warning",
    ToastKind.INFO: "information",
    ToastKind.GIFT: "information",
}

_TITLES = {
    ToastKind.SUCCESS: "✓ Done",
    ToastKind.ERROR: "✗ Not done",
    ToastKind.INFO: "",
    ToastKind.GIFT: "🎁 For you",
}


UNTIL_A_KEY = 24 * 3600.0
"""Seconds after which a toast goes even if no key is pressed."""


def toast_time(wanted: float, seconds: int) -> float:
    """How long a toast is seen.

    Args:
        wanted: what whoever tells it thinks; long words stand longer than usual ones.
        seconds: what the player wants for usual ones; 0 for until a key is pressed.
    """
    if not seconds:
        return UNTIL_A_KEY
    return max(wanted, seconds) if wanted > SECONDS else seconds


def toast(
    node: MessagePump, message: str, kind: ToastKind = ToastKind.INFO, *, title: str = "",
    place: Place | None = None,
) -> None:  # fmt: skip
    """Tell something; with a place, a key leads there for a while.

    Args:
        node: who tells it.
        message: plain text, never markup.
        kind: its sign and colour.
        title: what stands above it, instead of what its kind says.
        place: where it is seen; left out if the game has no such room yet.
    """
    session, app = session_of(node), node.app
    if place is not None and all(entry.slug != place.room for entry in session.rooms):
        place = None
    if place is not None:
        key = session.own.key_text("follow", FOLLOW_KEY)
        message = f"{message}\n{key}  {place.words}"
        session.place = place
        app.refresh_bindings()

        def forget() -> None:
            if session.place is place:
                session.place = None
                app.refresh_bindings()

        app.set_timer(max(OPEN, toast_time(SECONDS, session.settings.toast_seconds)), forget)
    app.notify(
        message, title=title or _TITLES[kind], severity=_SEVERITY[kind], timeout=SECONDS,
        markup=False,
    )  # fmt: skip


def copy(node: MessagePump, text: str, what: str) -> None:
    """Put plain text on the terminal's clipboard, and say what it was."""
    node.app.copy_to_clipboard(text)
    toast(node, f"Copied {what}: {text}", ToastKind.SUCCESS)
