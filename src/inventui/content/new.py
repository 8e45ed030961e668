"""New packs: a folder with a template's files, and the schema that an editor checks them by."""

import json
from enum import StrEnum
from pathlib import Path

from inventui.content.schema import pack_schema

SCHEMA = "pack.schema.json"


class Template(StrEnum):
    """What a new pack begins with."""

    CASE = "case"
    FULL = "full"


def make_pack(pack: str, template: Template, folder: Path) -> tuple[str, ...]:
    """Write a new pack, and give the names of its files.

    Args:
        pack: its id.
        template: what it begins with.
        folder: where; it must not be there yet.

    Raises:
        OSError: it can't be written, or is there already.
    """
    made: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / "templates" / template).glob("*.toml")):
        text = file.read_text("utf-8").replace('id = "my-pack"', f'id = "{pack}"')
        name = pack.replace("-", " ").replace("_", " ").title()
        made[file.name] = text.replace('name = "My Pack"', f'name = "{name}"')
    made[SCHEMA] = json.dumps(pack_schema(), indent=2) + "\n"
    folder.mkdir(parents=True)
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    return tuple(made)
