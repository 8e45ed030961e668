"""Commands as data: one definition feeds keys, footer, palette and help alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """One player item that a player can do.

    Attributes:
        id: a slug, unique in its screen; makes the key remappable.
        key: one key or several with commas, as Textual names them.
        title: a verb, as the footer and the palette show it.
        help: one sentence for the help and the palette.
        action: the Textual action that it runs, e.g. `open(10)` or `app.help`.
        show: whether the footer shows it.
        group: heading in the help.
        palette: whether the palette offers it.
    """

    id: str
    key: str
    title: str
    help: str
    action: str
    show: bool = True
    group: str = ""
    palette: bool = True


def title_now(screen: object, action: str, title: str) -> str:
    """What a command is called just now: its screen may know better, e.g. Unlock for Lock.

    Args:
        screen: may have a mapping `titles_now` from actions to titles.
        action: the command's action.
        title: what it is called otherwise.
    """
    titles: Mapping[str, str] = getattr(screen, "titles_now", {})
    return titles.get(action, title)


def bindings(*commands: Command) -> list[Binding]:
    """The key bindings of commands, in their order."""
    return [
        Binding(c.key, c.action, c.title, show=c.show, tooltip=c.help, id=c.id) for c in commands
    ]
