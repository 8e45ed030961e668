"""Keys of the player's own: which there are, what stands against one, what follows from them.

A key is chosen for an action of a section: a room, by its slug, a window that has actions, the
keys that hold everywhere, and the letters that follow the leader. Keys that mean the same all
over the game (enter, tab, space, the arrows) stay with their actions whatever is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from textual.keys import key_to_character

from inventui.room import GROUPS
from inventui.screens.registry import ROOMS
from inventui.widgets.entries import sign
from inventui.widgets.frame.actions import EVERYWHERE, HELP_KEY, Action
from inventui.widgets.frame.room import LEADER
from inventui.widgets.frame.undo import UNDO_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inventui.widgets.entries import RoomEntry

LETTERS = "letters"
"""The section of what follows the leader key."""

WINDOWS = {
    "reveal": ("What you won", (
        "inventui.screens.cases.reveal:RevealScreen",
        "inventui.screens.workshop.reveal:FusionReveal",
    )),
    "offer": ("An offer", ("inventui.screens.trades.editor:TradeEditor",)),
}  # fmt: skip
"""Windows that have actions: title and screens."""

FIXED = frozenset(
    {"enter", "escape", "tab", "shift+tab", "space", "up", "down", "left", "right", "home", "end",
     "pageup", "pagedown", "backspace", "delete", "shift+up", "shift+down", "ctrl+c", "ctrl+q",
     "ctrl+b", "ctrl+f", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s", "left_square_bracket",
     "right_square_bracket"}
)  # fmt: skip
"""Keys that nothing else can be put on."""

NAMED = frozenset({"insert", *(f"f{number}" for number in range(1, 25))})
"""Keys without a character that something can be put on."""

Own = dict[str, tuple[str, ...]]
"""Keys that a player chose, by section and action: `{"shop.buy": ("z",)}`."""


@dataclass(frozen=True, slots=True)
class Remappable:
    """An action whose key can be chosen.

    Attributes:
        section: where it is found in the file.
        name: its word there.
        place: what a player calls the section.
        title: what a player calls it.
        usual: its keys where none was chosen.
    """

    section: str
    name: str
    place: str
    title: str
    usual: tuple[str, ...]

    @property
    def id(self) -> str:
        """What keys of it are known by."""
        return f"{self.section}.{self.name}"

    def keys(self, own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Its keys: those that were chosen, and those that stay."""
        chosen = own.get(self.id)
        if chosen is None:
            return self.usual
        return chosen + tuple(key for key in self.usual if key in FIXED)

    def words(self) -> str:
        """It, as a sentence names it."""
        return f"{self.title} ({self.place})"


def sections() -> dict[str, str]:
    """The titles of all sections, in the order of the game."""
    return {
        EVERYWHERE: "Everywhere",
        LETTERS: "After the leader",
        **{entry.slug: entry.title for entry in ROOMS},
        **{slug: title for slug, (title, _) in WINDOWS.items()},
    }


def actions_of(section: str) -> list[Remappable]:
    """What a section has. Imports the screens of a room."""
    if section == EVERYWHERE:
        return [*_everywhere()]
    place = sections()[section]
    if section == LETTERS:
        return [Remappable(section, *each) for each in _letters(place)]
    found: dict[str, Remappable] = {}
    for action in _actions(section):
        found.setdefault(
            action.id, Remappable(section, action.id, place, action.title, tuple(action.keys))
        )
    return [*found.values()]


def all_actions() -> list[Remappable]:
    """What all sections have. Imports the screens of all rooms."""
    return [action for section in sections() for action in actions_of(section)]


def _actions(section: str) -> Iterator[Action[object]]:
    windows = WINDOWS.get(section)
    if windows is None:
        entry = next(entry for entry in ROOMS if entry.slug == section)
        yield from getattr(entry.load(), "ACTIONS", ())
        return
    for path in windows[1]:
        module, _, name = path.partition(":")
        yield from getattr(import_module(module), name).ACTIONS


def _everywhere() -> Iterator[Remappable]:
    usual = [
        ("help", HELP_KEY, "Help"), ("palette", "ctrl+p", "Palette"),
        ("leader", LEADER.key, "Go to"),
        ("follow", "ctrl+g", "Follow a toast"), ("undo", UNDO_KEY, "Undo"),
        ("up", "k", "Up"), ("down", "j", "Down"),
        ("left", "h", "Left"), ("right", "l", "Right"), ("last", "G", "Last of a list"),
        ("mark-up", "K", "Mark upwards"), ("mark-down", "J", "Mark downwards"),
        ("tab-previous", "less_than_sign", "Room before"),
        ("tab-next", "greater_than_sign", "Room after"),
        ("draw-anew", "ctrl+l", "Draw anew"), ("to-shell", "ctrl+z", "To the shell"),
    ]  # fmt: skip
    usual += [(f"group-{group.slug}", group.key, f"To group {group.title}") for group in GROUPS]
    usual += [
        (f"room-{entry.slug}", key, f"To {entry.title}")
        for entry in ROOMS
        for key in entry.keys
        if key != entry.group.key
    ]
    for name, key, title in usual:
        yield Remappable(EVERYWHERE, name, sections()[EVERYWHERE], title, (key,))


def _letters(place: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for entry in ROOMS:
        yield entry.slug, place, entry.title, (entry.letter,)
        for part in entry.places:
            yield f"{entry.slug}-{part.slug}", place, part.title, (part.letter,)


# What stands against a key


def is_key(key: str) -> bool:
    """Whether a terminal can send a key of this name."""
    *modifiers, base = key.split("+") if len(key) > 1 else [key]
    if any(modifier not in {"ctrl", "shift", "alt", "super", "meta"} for modifier in modifiers):
        return False
    return base in NAMED or key_to_character(base) is not None


def shown(keys: Iterable[str]) -> str:
    """Keys as they are written: `z, ^s`."""
    return ", ".join(sign(key) for key in keys)


def taken(
    action: Remappable, key: str, own: Mapping[str, tuple[str, ...]],
    others: Iterable[Remappable],
) -> str:  # fmt: skip
    """Why an action can't have a key, as a sentence, or an empty text.

    Args:
        action: what would have it.
        key: as Textual names it.
        own: the keys that were chosen.
        others: among which one may have it already.
    """
    if key in FIXED and key not in action.usual:
        return f"{shown([key])} stays what it is all over the game."
    if action.name.startswith("group-") and len(sign(key)) > 1:
        return "The key of a group stands in the bar, so it is a single sign."
    for other in others:
        if key in action.usual and other.id not in own:
            continue
        beside = other.section == action.section or (
            EVERYWHERE in {other.section, action.section}
            and LETTERS not in {other.section, action.section}
        )
        if beside and other.id != action.id and key in other.keys(own):
            return f"{shown([key])} is the key of {other.words()}."
    return ""


# What follows from them


def keymap(own: Own) -> dict[str, str]:
    """The keys of what is concerned by a choice, as Textual takes them.

    Textual takes a key away from all that share it if one of them is moved, so that those are
    told with their own.
    """
    found = {}
    for section in {id.partition(".")[0] for id in own} - {LETTERS}:
        actions = actions_of(section)
        moved = {key for action in actions if action.id in own for key in action.usual}
        for action in actions:
            if action.id in own or moved & set(action.usual):
                found[action.id] = ",".join(action.keys(own))
    return found


def map_of(own: Own) -> tuple[RoomEntry, ...]:
    """The map of rooms with the chosen keys and letters."""

    def first(id: str, usual: str) -> str:
        return own.get(id, (usual,))[0]

    groups = {
        group: replace(group, key=first(f"{EVERYWHERE}.group-{group.slug}", group.key))
        for group in GROUPS
    }
    return tuple(
        replace(
            entry,
            group=groups[entry.group],
            keys=tuple(
                groups[entry.group].key
                if key == entry.group.key
                else first(f"{EVERYWHERE}.room-{entry.slug}", key)
                for key in entry.keys
            ),
            letter=first(f"{LETTERS}.{entry.slug}", entry.letter),
            leader=first(LEADER.id or "", LEADER.key),
            places=tuple(
                replace(part, letter=first(f"{LETTERS}.{entry.slug}-{part.slug}", part.letter))
                for part in entry.places
            ),
        )
        for entry in ROOMS
    )
