"""Small packs for tests, written to a folder."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from inventui.content.faults import Fault
from inventui.content.loader import pack_faults
from inventui.content.models.gear import MODEL_BY_WORD
from inventui.rules.core.categories import Category
from inventui.rules.core.style import VOCABULARY

HEAD = """
[pack]
id = "test"
name = "Test pack"
version = "1"
"""

SPRITES = """
[palette]
y = "#ffd84a"
r = "#f0504a"

[sprites]
dot = '''
yy
yr
'''
"""

ITEMS = """
[[items]]
id = "pip"
name = "Pip"
category = "collectible"
rarity = "common"
value = 10

[[items]]
id = "crown"
name = "Crown"
category = "collectible"
rarity = "legendary"
value = 900
sprite = "dot"
emoji = "👑"
"""

CASE = """
[[cases]]
id = "crate"
name = "Crate"
price = 100
sprite = "dot"
entries = [{ item = "crown", chance = 0.5 }, { item = "pip", chance = 99.5 }]
"""


def write(folder: Path, **files: str) -> Path:
    """A pack of these files, by their names without `.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8", newline="")
    return folder


def sound(folder: Path) -> Path:
    """A pack without a fault."""
    return write(folder, pack=HEAD, sprites=SPRITES, items=ITEMS, cases=CASE)


def item(**fields: object) -> dict[str, object]:
    """The fields of a collectible, changed by `fields`; None takes one away."""
    raw: dict[str, object] = {
        "id": "pip",
        "name": "Pip",
        "category": "collectible",
        "rarity": "common",
        "value": 10,
        **fields,
    }
    return {name: value for name, value in raw.items() if value is not None}


def cosmetic(category: str = "frame", **fields: object) -> dict[str, object]:
    """The fields of a cosmetic with a sound style, changed by `fields`; None takes one away."""
    styles = {"title": "Pip of the Month", "emoji_badge": "🍊"}
    style = styles.get(category) or plainest(Category(category))
    return item(**{"category": category, "value": None, "style": style, **fields})


def plainest(category: Category) -> str:
    """The first style of a category's vocabulary, with as few colours as it takes."""
    word, (fewest, _) = next(iter(VOCABULARY[category].items()))
    return " ".join([word, *["#ffd84a"] * fewest])


def table(**fields: object) -> str:
    """These fields as one of a pack's `[[items]]`, whatever is right or wrong about them."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, bool):
            text = str(value).lower()
        elif isinstance(value, datetime):
            text = value.isoformat()
        else:
            text = json.dumps(value, ensure_ascii=False)
        lines.append(f"{name} = {text}")
    return "\n".join(["[[items]]", *lines, ""])


def places(faults: tuple[Fault, ...]) -> set[tuple[str, str, str]]:
    """Where they stand: file, table, field."""
    return {(fault.file, fault.table, fault.field) for fault in faults}


def only_fault(folder: Path, **files: str) -> Fault:
    """The one fault of a pack with a sound head and these files."""
    (fault,) = pack_faults(write(folder, **{"pack": HEAD, **files}))
    return fault


def faulty_fields(raw: Mapping[str, object]) -> set[str]:
    """The fields that the model of its category finds wrong; none if it is sound."""
    try:
        MODEL_BY_WORD[str(raw["category"])].model_validate(raw)
    except ValidationError as error:
        return {".".join(str(step) for step in detail["loc"]) for detail in error.errors()}
    return set()
