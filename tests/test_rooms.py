"""The list of rooms: what it names is there, and what is there is named."""

import ast
from contextlib import closing
from importlib import import_module
from pathlib import Path

import inventui
from inventui.engine.player import PlayerHandle
from inventui.rooms import ROOMS
from tests.builders import a_player, a_world

SRC = Path(inventui.__file__).parent


def _modules_with(floor: str, *words: str) -> set[str]:
    """Modules of a floor that hold one of these texts, as `room` or `room.module`."""
    return {
        ".".join(path.relative_to(SRC / floor).with_suffix("").parts).removesuffix(".__init__")
        for path in (SRC / floor).rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    }


def test_every_part_of_a_handle_is_made_as_the_type_that_it_is_said_to_have(
    tmp_path: Path,
) -> None:
    typed = {name: said for name, said in PlayerHandle.__annotations__.items() if name.islower()}
    named = {attribute for room in ROOMS for attribute in room.handle}
    assert named == typed.keys()
    with closing(a_world(tmp_path / "world.db")) as world:
        ana = a_player(world, "ana")
        for name, said in typed.items():
            assert type(getattr(ana, name)).__name__ == said
            assert getattr(ana, name) is getattr(ana, name)
        assert not hasattr(ana, "auction")


def test_every_module_of_commands_belongs_to_a_room() -> None:
    named = {command.partition(":")[0] for room in ROOMS for command in room.commands}
    assert named == _modules_with("cli", "= typer.Typer()")


def test_the_first_words_of_commands_are_those_that_their_modules_give() -> None:
    for room in ROOMS:
        for module, said in room.commands.items():
            path, _, name = module.partition(":")
            app = getattr(import_module(f"inventui.cli.{path}"), name or "app")
            group = getattr(app.info.name, "value", app.info.name)
            below = [command.name for command in app.registered_commands]
            assert said.split() == ([group] if group else below), module


def test_every_screen_of_a_room_is_named_by_one() -> None:
    named = {room.screen.partition(":")[0] for room in ROOMS if room.screen}
    classes = {
        module
        for module in _modules_with("screens", "Room")
        for node in ast.parse(_source("screens", module)).body
        if isinstance(node, ast.ClassDef) and node.name.endswith("Room")
        if not module.startswith("shared") and not module.endswith("base")
    }
    assert named == classes


def test_no_two_rooms_share_a_word_a_key_or_a_kind_of_operation() -> None:
    for shared in (
        [room.slug for room in ROOMS],
        [room.key for room in ROOMS if room.key],
        [kind for room in ROOMS for kind in room.feed],
        [word for room in ROOMS for said in room.commands.values() for word in said.split()],
        [attribute for room in ROOMS for attribute in room.handle],
    ):
        assert len(shared) == len(set(shared))


def _source(floor: str, module: str) -> str:
    path = SRC / floor / module.replace(".", "/")
    file = path.with_suffix(".py")
    return (file if file.exists() else path / "__init__.py").read_text(encoding="utf-8")
