"""docs/packs.md names the fields that the models have, and its example is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inventui.content.check import check_pack
from inventui.content.models.cases import (
    CaseModel,
    EntryModel,
    GuaranteeModel,
    PoolModel,
    TableModel,
)
from inventui.content.models.fields import Table
from inventui.content.models.gear import MODEL_BY_WORD, HousingModel
from inventui.content.models.items import CosmeticModel, ItemModel
from inventui.content.models.pack import AchievementModel, NeighbourModel, PackModel, QuestModel
from inventui.content.new import Template, make_pack
from inventui.rules.numbers import bounded

DOCUMENT = (Path(__file__).parents[2] / "docs" / "packs.md").read_text("utf-8")
MODELS: list[type[Table]] = [
    PackModel,
    ItemModel,
    CaseModel,
    EntryModel,
    GuaranteeModel,
    PoolModel,
    TableModel,
    AchievementModel,
    QuestModel,
    NeighbourModel,
    *dict.fromkeys(MODEL_BY_WORD.values()),
]
OPTIONAL = {(HousingModel, "upkeep"), (CosmeticModel, "style")}
"""Fields of which a sentence says when they are needed."""


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_document_lists_every_field_of_a_table_and_which_are_needed(
    model: type[Table],
) -> None:
    common = set(ItemModel.model_fields) if model in MODEL_BY_WORD.values() else set()
    fields = {
        field.alias or name: field.is_required() and (model, name) not in OPTIONAL
        for name, field in model.model_fields.items()
        if name not in common
    }
    _, found, after = DOCUMENT.partition(f"<!-- fields of {model.__name__} -->")
    assert found
    table = re.match(r"\s*((?:\|.*\n)+)", after)
    assert table is not None
    said = dict(re.findall(r"^\| `(\w+)`( \*)? \|", table[1], re.MULTILINE))
    assert {name: bool(needed) for name, needed in said.items()} == fields


def test_the_document_lists_every_number_with_what_it_is_and_may_be() -> None:
    _, _, after = DOCUMENT.partition("<!-- numbers -->")
    said = re.findall(
        r"^\| `([\w.]+)` \| ([\d,]+) \| ([\d,]+) to ([\d,]+) \|$", after, re.MULTILINE
    )
    assert bounded() == {
        name: tuple(int(figure.replace(",", "")) for figure in figures) for name, *figures in said
    }


def test_the_fault_of_the_example_is_the_one_that_the_check_names(tmp_path: Path) -> None:
    make_pack("my-pack", Template.CASE, tmp_path / "my-pack")
    cases = tmp_path / "my-pack" / "cases.toml"
    (item,) = re.findall(r"```toml\n(\[\[items\]\].*?)```", DOCUMENT, re.DOTALL)
    text = cases.read_text("utf-8").replace(
        '  { item = "pip"', '  { item = "zest", chance = 5 },\n  { item = "pip"'
    )
    cases.write_text(text + "\n" + item, "utf-8")
    (fault,), _ = check_pack(tmp_path / "my-pack")
    place = f"{fault.file}:{fault.line}: {fault.table} {fault.field}: {fault.message}"
    assert place in DOCUMENT
    cases.write_text(cases.read_text("utf-8").replace("chance = 28", "chance = 23"), "utf-8")
    assert check_pack(tmp_path / "my-pack")[0] == ()
