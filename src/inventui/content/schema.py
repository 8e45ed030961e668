"""JSON Schema of a pack's files, made from the models, for editors."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from inventui.content.models.cases import CaseModel, TableModel
from inventui.content.models.fields import Table
from inventui.content.models.gear import MODEL_BY_WORD, HousingModel
from inventui.content.models.pack import AchievementModel, NeighbourModel, PackModel, QuestModel
from inventui.rules.numbers import bounded

LISTS: Mapping[str, tuple[type[Table], ...]] = {
    "items": tuple(dict.fromkeys(MODEL_BY_WORD.values())),
    "cases": (CaseModel,),
    "tables": (TableModel,),
    "achievements": (AchievementModel,),
    "quests": (QuestModel,),
    "neighbours": (NeighbourModel,),
}
"""The lists of tables that a file may have, with the models of their rows."""

_EXTENDS = {
    "type": "string",
    "description": "What of an earlier pack is changed, as pack:id; only the fields that differ.",
}


def pack_schema() -> dict[str, Any]:
    """The schema of one file of a pack, draft 2020-12."""
    models: list[type[Table]] = [PackModel, *(model for row in LISTS.values() for model in row)]
    _, whole = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/$defs/{model}"
    )
    known: dict[str, Any] = whole["$defs"]
    for definition in known.values():
        # The rest of a docstring is about the code.
        if "description" in definition:
            definition["description"] = definition["description"].partition("\n\nAttributes")[0]
    # A home without one has that of its rarity.
    known[HousingModel.__name__]["required"].remove("upkeep")
    for word, model in sorted(MODEL_BY_WORD.items()):
        category = known[model.__name__]["properties"]["category"]
        category.pop("$ref", None)
        category.setdefault("enum", []).append(word)
    properties: dict[str, Any] = {
        "pack": {"$ref": f"#/$defs/{PackModel.__name__}"},
        "numbers": _numbers(),
        "palette": {
            "type": "object",
            "description": "Colours of the sprites, by one letter or digit.",
            "additionalProperties": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
        },
        "sprites": {
            "type": "object",
            "description": "Drawings by name: rows of letters of the palette, a dot is empty.",
            "additionalProperties": {"type": "string"},
        },
    }
    for name, rows in LISTS.items():
        changed = f"Changed{name.capitalize()}"
        known[changed] = _changed([known[model.__name__] for model in rows])
        some = [{"$ref": f"#/$defs/{model.__name__}"} for model in rows]
        properties[name] = {
            "type": "array",
            "items": {
                "if": {"required": ["extends"]},
                "then": {"$ref": f"#/$defs/{changed}"},
                "else": some[0] if len(some) == 1 else {"anyOf": some},
            },
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "inventui content pack",
        "description": "One file of a content pack of inventui.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": known,
    }


def _numbers() -> dict[str, Any]:
    """The numbers of the economy that a pack may change, a table for each room."""
    whole: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {}}
    for name, (usual, least, most) in sorted(bounded().items()):
        table, (*within, last) = whole, name.split(".")
        for word in within:
            inner = {"type": "object", "additionalProperties": False, "properties": {}}
            table = table["properties"].setdefault(word, inner)
        table["properties"][last] = {
            "type": "integer", "minimum": least, "maximum": most, "default": usual,
        }  # fmt: skip
    return {**whole, "description": "Numbers of the economy that are not the usual ones."}


def _changed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A table that changes one of an earlier pack: any of the fields, and none is needed."""
    fields = {name: field for row in rows for name, field in row["properties"].items()}
    del fields["id"]
    if len(rows) > 1:
        # A field that is checked one way here and another there.
        fields["category"] = {"type": "string"}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["extends"],
        "properties": {"extends": _EXTENDS, **fields},
    }
