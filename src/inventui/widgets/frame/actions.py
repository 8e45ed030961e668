"""Actions as objects: one definition feeds keys, footer, palette and help alike.

A screen lists its actions in `ACTIONS`. Each says when it is legal and what it runs. Keys,
footer, palette and links ask the screen in one way, `offers` and `why_not`, and end in one
Textual action, `do('id')`; a binding has the action's id, so that its key can be remapped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

from inventui.rules.core.refusal import Reason, Refusal
from inventui.widgets.frame.undo import take_back, undo_step
from inventui.widgets.frame.workers import Working
from inventui.widgets.session import Session, session_of
from inventui.widgets.session_kind import SessionKind

if TYPE_CHECKING:
    from inventui.engine.undo.models import Undone

S = TypeVar("S")

HELP_KEY = "question_mark"
EVERYWHERE = "everywhere"
"""The section of the keys that all screens have."""

HELP_BINDING = Binding(
    HELP_KEY, "app.help", "Help", tooltip="Explain this screen", id=f"{EVERYWHERE}.help"
)
"""Explains any screen."""

WAYS = ("up", "down", "left", "right", "last")
"""Actions of that section that move."""

BUSY = Refusal(
    Reason.NOTHING_TO_DO, "That can't be done just now: something else is still under way."
)
"""Why an action waits. Its key says nothing then: whoever pressed twice meant it once."""

LOADING = Refusal(Reason.NOTHING_TO_DO, "That is still loading: try again in a moment.")
"""Why nothing can be done yet with what may be there."""

MISSING = frozenset({Reason.NOTHING_TO_DO, Reason.NO_TARGET})
"""Reasons of which nobody knows whether they hold while the screen is loading."""


def always(_: object) -> None:
    """Legal at any time."""


def everywhere(_: object) -> bool:
    """Whatever the screen shows."""
    return True


@dataclass(frozen=True, slots=True)
class Action(Generic[S]):
    """Something that can be done on a screen.

    Attributes:
        id: a slug, unique in its screen; makes the key remappable.
        key: one key or several with commas, as Textual names them.
        title: a verb, as the footer and the palette show it.
        help: one sentence for the help and the palette.
        run: does it, on the screen.
        legal: why it can't be done now, or None if it can.
        here: whether it belongs to what the screen shows now; if not, its key does nothing.
        unspoken: reasons for which the footer leaves it out; for others it is dim.
        named: what it is called now, where that changes, e.g. Unlock for Lock.
        footer: whether the footer ever shows it.
        group: heading in the help.
        palette: whether the palette offers it.
        owner: whether it is only for who plays on a machine of their own, not for a guest.
    """

    id: str
    key: str
    title: str
    help: str
    run: Callable[[S], object]
    legal: Callable[[S], Refusal | None] = always
    here: Callable[[S], bool] = everywhere
    unspoken: Collection[Reason] = ()
    named: Callable[[S], str] | None = None
    footer: bool = True
    group: str = ""
    palette: bool = True
    owner: bool = False

    @property
    def call(self) -> str:
        """The Textual action that runs it, on the screen."""
        return f"do({self.id!r})"

    @property
    def keys(self) -> list[str]:
        """Its keys, as Textual names them."""
        return self.key.split(",")


def bindings(section: str, *actions: Action[Any]) -> list[Binding]:
    """The key bindings of the actions of a section, in their order."""
    return [
        Binding(a.key, a.call, a.title, show=a.footer, tooltip=a.help, id=f"{section}.{a.id}")
        for a in actions
    ]


def keys_of(session: Session, id: str, usual: str) -> list[str]:
    """The keys of an action, where it has none of the player's own the usual ones."""
    return session.own.keymap.get(id, usual).split(",")


class KeyRefusal(Refusal):
    """A refusal of a screen whose message names keys: see `own_keys.said_with_own_keys`."""

    __slots__ = ()


class HasActions(Working):
    """Mixin for screens that list their actions in `ACTIONS`."""

    ACTIONS: ClassVar[tuple[Action[Any], ...]] = ()
    """What can be done here; Textual keeps `COMMANDS` for palette providers."""

    SECTION: ClassVar[str] = ""
    """Where keys of one's own for it are found; a room has its slug."""

    _by_id: ClassVar[Mapping[str, Action[Any]]] = {}
    _by_call: ClassVar[Mapping[str, Action[Any]]] = {}

    def __init_subclass__(cls, **options: bool) -> None:
        if isinstance(cls.__dict__.get("COMMANDS"), tuple):
            raise TypeError(f"{cls.__name__}: name the actions of a screen ACTIONS")
        if "ACTIONS" in cls.__dict__:
            cls.BINDINGS = [*bindings(cls.SECTION, *cls.ACTIONS), *cls.__dict__.get("BINDINGS", ())]
            cls._by_id = {action.id: action for action in cls.ACTIONS}
            cls._by_call = {action.call: action for action in cls.ACTIONS}
        super().__init_subclass__(**options)

    def _compositor_refresh(self) -> None:
        """Draw; while the app begins, or changes much at once, that would be thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()  # type: ignore[misc]  # every screen has it

    def action_of(self, id: str) -> Action[Any] | None:
        """The action of this id, or None where there is none for this session."""
        action = self._by_id.get(id)
        return action if action is not None and self.is_given(action) else None

    @property
    def given(self) -> list[Action[Any]]:
        """The actions that this kind of session has."""
        return [action for action in self.ACTIONS if self.is_given(action)]

    def is_given(self, action: Action[Any]) -> bool:
        """Whether this kind of session has an action at all."""
        return not action.owner or session_of(self).kind is SessionKind.OWNER

    def keys_of(self, action: Action[Any]) -> list[str]:
        """The keys that an action has now, the player's own first."""
        return keys_of(session_of(self), f"{self.SECTION}.{action.id}", action.key)

    def moved_keys(self) -> list[tuple[str, str]]:
        """The usual keys that an action has no more, each with what it has first now."""
        keys = [(action.keys, self.keys_of(action)) for action in self.given]
        return [(key, own[0]) for usual, own in keys for key in usual if key not in own]

    def offers(self, id: str) -> bool | None:
        """True if an action is legal, None if it is refused, False if the footer leaves it out."""
        action = self.action_of(id)
        if action is None:
            return False
        if not self.is_mounted:
            return True
        if not action.here(self):
            return False
        refusal = action.legal(self)
        if refusal is None:
            return True
        return False if refusal.reason in action.unspoken else None

    def why_not(self, id: str) -> Refusal:
        """Why an action that is not offered can't be taken now."""
        action = self.action_of(id)
        refusal = None if action is None else action.legal(self)
        return BUSY if refusal is None else self.unless_loading(refusal)

    def unless_loading(self, refusal: Refusal) -> Refusal:
        """A refusal; while the screen is loading, not that something is missing."""
        unknown = refusal is not BUSY and refusal.reason in MISSING and self.is_loading
        return LOADING if unknown else refusal

    def title_now(self, call: str, title: str) -> str:
        """What a key is called now.

        Args:
            call: the Textual action that the key runs.
            title: what it is called otherwise.
        """
        action = self._by_call.get(call.removeprefix("screen."))
        if action is None or action.named is None or not self.is_mounted:
            return title
        return action.named(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """For Textual: None is drawn dim, False not at all."""
        if action == "do":
            return self.offers(str(parameters[0]))
        if action == "undo":
            return self.can_undo()
        return super().check_action(action, parameters)

    def can_undo(self) -> bool:
        """Whether something was just done that can be taken back."""
        session = session_of(self)
        return bool(session.undos) and undo_step(session) is not None

    def say_refusal(self, refusal: Refusal) -> None:
        """Show why something was refused; a screen's own reason with the keys that hold."""
        if isinstance(refusal, KeyRefusal):
            from inventui.widgets.frame.own_keys import said_with_own_keys

            message = said_with_own_keys(self.screen, refusal.message)
            refusal = Refusal(refusal.reason, message, refusal.figures)
        super().say_refusal(refusal)

    def action_undo(self) -> None:
        """Take back what was done last, once for each press."""
        self.once = session_of(self).held
        try:
            take_back(self, self.taken_back)
        finally:
            self.once = False

    def taken_back(self, undone: Undone) -> None:
        """Show what came back, where the screen would not ask for it anew."""

    def action_do(self, id: str) -> None:
        """Run the action of this id."""
        action = self.action_of(id)
        if action is not None:
            self.once = session_of(self).held
            try:
                action.run(self)
            finally:
                self.once = False

    def on_key(self, event: Key) -> None:
        """The key of what is refused says why."""
        if isinstance(self.screen.focused, Input) or session_of(self).held:
            return
        given = [action for action in self.given if event.key in self.keys_of(action)]
        found = [action for action in given if action.here(self)]
        refusals = [action.legal(self) for action in found]
        refusal = next((each for each in refusals if each is not BUSY), None)
        if refusal is not None and None not in refusals:
            event.stop()
            self.say_refusal(self.unless_loading(refusal))
