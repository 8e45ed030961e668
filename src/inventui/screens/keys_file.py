"""The file that keeps the keys of the player's own, which may be written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.keys import _normalize_key_list

from inventui import config
from inventui.screens.hand_written import read_toml
from inventui.screens.keymap import (
    FIXED,
    LETTERS,
    Own,
    Remappable,
    actions_of,
    all_actions,
    is_key,
    sections,
    shown,
    taken,
)
from inventui.widgets.frame.actions import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def load() -> tuple[Own, list[str]]:
    """The keys that were chosen, and a sentence for each line of the file that is not heeded."""
    file = read_toml(config.keys_file())
    if file.fault:
        return {}, [file.fault]
    own: Own = {}
    faults: list[str] = []
    known: dict[str, Remappable] = {}
    titles = sections()
    for section, table in file.tables.items():
        if section not in titles or not isinstance(table, dict):
            faults.append(f"{file.at_table(section)}: there is no section {section!r}.")
            continue
        known |= {action.id: action for action in actions_of(section)}
        for name, value in table.items():
            keys, fault = _read(known.get(f"{section}.{name}"), section, name, value)
            if fault:
                faults.append(f"{file.at(name, section)}: {fault}")
            else:
                own[f"{section}.{name}"] = keys
    for id, fault in _clashes(own, known):
        section, _, name = id.partition(".")
        faults.append(f"{file.at(name, section)}: {fault}")
    return own, faults


def _read(
    action: Remappable | None, section: str, name: str, value: object
) -> tuple[tuple[str, ...], str]:
    """The keys that a line names, or what is wrong with it."""
    if action is None:
        return (), f"{section} has no action {name!r}."
    if not isinstance(value, str) or not value.strip():
        return (), "a key is a text in quotes."
    keys = tuple((value if value == "," else _normalize_key_list(value)).split(","))
    keys = ("comma",) if value == "," else tuple(k if len(k) == 1 else k.lower() for k in keys)
    if len(keys) > 1 and section == LETTERS:
        return (), "one letter is all that can follow the leader."
    for key in keys:
        if not is_key(key):
            return (), f"there is no key {key!r}."
        if key in FIXED:
            return (), f"{shown([key])} stays what it is all over the game."
    return keys, ""


def _clashes(own: Own, known: Mapping[str, Remappable]) -> Iterator[tuple[str, str]]:
    """Takes back what stands against something else, and tells what and why."""
    if not own:
        return
    wide = any(id.startswith(f"{EVERYWHERE}.") for id in own)
    others = all_actions() if wide else [*known.values(), *actions_of(EVERYWHERE)]
    again = True
    while again:
        again = False
        for id, keys in [*own.items()]:
            why = next(filter(None, (taken(known[id], key, own, others) for key in keys)), "")
            if why:
                del own[id]
                again = True
                yield id, why


def save(own: Own) -> str | None:
    """Keep the chosen keys, whole or not at all; a sentence if that failed."""
    path = config.keys_file()
    lines = ["# Keys of your own, by room; the game writes this file anew.", ""]
    for section in sections():
        mine = {id: keys for id, keys in own.items() if id.startswith(f"{section}.")}
        if mine:
            lines.append(f"[{section}]")
            lines += [
                f'{id.partition(".")[2]} = "{",".join(keys)}"' for id, keys in sorted(mine.items())
            ]
            lines.append("")
    fault = config.write_whole(path, "\n".join(lines))
    return fault and f"The keys could not be kept in {path}: {fault}."
