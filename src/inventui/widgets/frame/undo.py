"""Undo: the key by which what was just done is taken back, while it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.widgets.entries import UndoStep
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import Session, session_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump

    from inventui.engine.undo.models import Undone
    from inventui.rules.core.refusal import Refusal
    from inventui.widgets.frame.workers import Working

UNDO_KEY = "u"

UNDO_SECONDS = 60.1
"""After so many seconds nothing of what was done last can be taken back any more."""

MOST_KEPT = 50
"""Most operations that are remembered to be taken back one after the other."""


def remember(session: Session, outcome: object) -> None:
    """Take note of an outcome that can be taken back, or that took another back."""
    undone = getattr(outcome, "undone", None)
    if undone is not None:
        forget(session, undone)
    elif getattr(outcome, "can_be_undone", False) and session.player is not None:
        from inventui.rules.undo import WINDOW

        operation: int = getattr(outcome, "operation", 0)
        forget(session, operation)
        step = UndoStep(session.player.id, operation, session.now() + WINDOW)
        session.undos = [*session.undos[1 - MOST_KEPT :], step]


def forget(session: Session, operation: int) -> None:
    """An operation can't be taken back any more."""
    session.undos = [step for step in session.undos if step.operation != operation]


def undo_step(session: Session) -> UndoStep | None:
    """What the key takes back now, or None."""
    player, now = session.player, session.now()
    steps = [
        step
        for step in session.undos
        if player is not None and step.player == player.id and now <= step.until
    ]
    return steps[-1] if steps else None


def undo_hint(node: MessagePump) -> str:
    """A line for the toast of what can be taken back: the key, and for how long."""
    from inventui.rules.undo import WINDOW

    key = session_of(node).own.key_text("undo", UNDO_KEY)
    return f"{key}  Take it back, for {WINDOW // 1000} s"


def take_back(screen: Working, then: Callable[[Undone], object] | None = None) -> None:
    """Take back what was done last, say what came back, and do `then` with it."""
    session = screen.session
    step, player, key = undo_step(session), session.player, uuid4().hex
    if step is None or player is None:
        return

    def done(undone: Undone) -> None:
        from inventui.rules.undo import undone_words

        said = undone_words(
            undone.kind, undone.name, undone.number, undone.oranges, undone.receiver
        )
        toast(screen, said, ToastKind.SUCCESS, title="✓ Taken back")
        if then is not None:
            then(undone)

    def refused(refusal: Refusal) -> None:
        forget(session, step.operation)
        toast(screen, refusal.message, ToastKind.ERROR)
        screen.look_again()

    screen.act(
        lambda: player.undos.take_back(step.operation, key), done, refused=refused, group="undo"
    )
