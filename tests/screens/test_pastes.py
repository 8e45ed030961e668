"""A paste is text to its end, and one line in every field."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

import inventui
from inventui.app.app import InventuiApp
from inventui.app.pastes import LATEST, LONGEST, PAUSE, PasteParser
from inventui.engine.world import World
from inventui.widgets.frame.field import Field
from tests.screens.conftest import go, settle

START, END = "\x1b[200~", "\x1b[201~"


class Typing:
    """A parser, and a clock that stands still between what it is sent."""

    def __init__(self) -> None:
        self.time = 100.0
        self.parser = PasteParser(now=lambda: self.time)

    def send(self, *parts: str, pause: float = 0.0) -> list[str]:
        """What it makes of parts that arrive one after another, each after a pause."""
        got: list[Message] = []
        for part in parts:
            self.time += pause
            got += [*self.parser.tick(), *self.parser.feed(part), *self.parser.tick()]
        return told(got)

    def wait(self, seconds: float = PAUSE) -> list[str]:
        """What it makes of silence."""
        self.time += seconds
        return told(list(self.parser.tick()))


def told(messages: list[Message]) -> list[str]:
    """Keys by their names, pastes as `paste: text`."""
    return [
        f"paste: {message.text}" if isinstance(message, Paste)
        else message.key if isinstance(message, Key) else repr(message)
        for message in messages
    ]  # fmt: skip


def pasted(text: str) -> list[str]:
    """What a paste that arrives at once becomes."""
    typing = Typing()
    return typing.send(START + text + END) + typing.wait()


def test_an_escape_sequence_in_a_paste_is_no_end_of_it_and_no_key() -> None:
    assert pasted("\x1b[31mmo\x1b[Aree\x1bve\x1b") == ["paste: [31mmo[Areeve"]


def test_what_arrives_with_a_paste_up_to_its_last_end_is_text() -> None:
    assert pasted(f"a{END}q\rb") == [f"paste: a{END[1:]}q\rb"]
    typing = Typing()
    parts = [START + "a" + END, "q\r", "b" + END]
    assert typing.send(*parts, pause=PAUSE / 2) == []
    assert typing.wait() == [f"paste: a{END[1:]}q\rb"]


def test_a_key_after_a_paste_is_a_key() -> None:
    typing = Typing()
    assert typing.send(START + "a" + END + "q") == []
    assert typing.wait() == ["paste: a", "q"]
    assert typing.send("w", "\x1b[A") == ["w", "up"]
    assert typing.send(START + "b" + END) == []
    assert typing.wait() == ["paste: b"]
    # Whoever types on without a pause is not kept waiting for ever.
    typing.send(START + "c" + END)
    keys = typing.send(*"wwwwwwwwwwwwwwwww", pause=PAUSE / 2)
    assert keys[:2] == ["paste: c", "w"]
    assert len(keys) > LATEST / PAUSE


@pytest.mark.parametrize("size", ["0;0;0;0", "24;80;0;0", "0;80;480;800"])
def test_a_terminal_whose_size_makes_no_sense_tells_of_the_mouse_in_cells(size: str) -> None:
    typing = Typing()
    typing.send(f"\x1b[48;{size}t")
    (pressed,) = typing.send("\x1b[<0;3;5M")
    assert "MouseDown(None, x=2, y=4," in pressed


def test_two_pastes_at_once_are_two() -> None:
    assert pasted(f"a{END}q{START}b") == ["paste: a", "q", "paste: b"]


def test_a_paste_is_the_same_in_whatever_parts_it_arrives() -> None:
    text = f"x{START}a\x1b[31mü界{END}"
    for size in range(1, len(text)):
        typing = Typing()
        parts = [text[at : at + size] for at in range(0, len(text), size)]
        assert typing.send(*parts) + typing.wait() == ["x", "paste: a[31mü界"], size


def test_a_paste_of_a_million_characters_is_cut_and_ends_where_it_ends() -> None:
    text = START + "ab\x1b[31m\n" * 125_000 + END + "q"
    typing = Typing()
    typing.send(*(text[at : at + 4096] for at in range(0, len(text), 4096)))
    paste, key = typing.wait()
    assert LONGEST / 2 < len(paste) <= LONGEST + len("paste: ")
    assert key == "q"


def test_keys_without_a_paste_are_as_they_were() -> None:
    typing = Typing()
    assert typing.send("a", "\x1b[", "A", "\x1b[20~", "\x1b[2~") == ["a", "up", "f9", "insert"]


class OneField(App[None]):
    """Nothing but a field for ten characters."""

    def compose(self) -> ComposeResult:
        """The field."""
        yield Field("ab", max_length=10, id="field")

    @property
    def said(self) -> list[str]:
        """All toasts."""
        return [toast.message for toast in self._notifications]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one\ntwo\r\n\n  three", "one two three"[:10]),
        ("\u202eon\x1b[1me\x07\t ", "on[1me  "),
        (" one\n", " one"),
        ("می\u200cخ\n👩\u200d🚀", "می\u200cخ 👩\u200d🚀"),
        ("a\u200cb\u200d", "ab"),
    ],
)
async def test_a_paste_into_a_field_is_one_line_that_can_be_seen(text: str, value: str) -> None:
    async with OneField().run_test() as pilot:
        field = pilot.app.query_one(Field)
        field.focus()
        pilot.app.post_message(Paste(text))
        await pilot.pause()
        assert field.value == value, "what was there is selected, and gives way"


async def test_what_of_a_paste_does_not_fit_is_left_out_and_said() -> None:
    app = OneField()
    async with app.run_test() as pilot:
        field = app.query_one(Field)
        field.focus()
        await pilot.press("end")
        for _ in range(2):
            app.post_message(Paste("123456789"))
            await pilot.pause()
        assert field.value == "ab12345678"
        assert len(app.said) == 2
        assert "last 1 of" in app.said[0]
        assert "last 9 of" in app.said[1]
        app.copy_to_clipboard("z")
        await pilot.press("backspace", "ctrl+v")
        assert field.value == "ab1234567z"
        assert len(app.said) == 2


async def test_a_letter_that_is_typed_is_no_part_of_a_number() -> None:
    class Sum(App[None]):
        def compose(self) -> ComposeResult:
            yield Field(number=True)

    async with Sum().run_test() as pilot:
        field = pilot.app.query_one(Field)
        field.focus()
        await pilot.press(*"o1,é200x", "minus")
        assert field.value == "1,200-"


def test_every_number_that_is_asked_for_is_typed_into_a_field_for_numbers() -> None:
    numbers = {"amount", "count", "days", "oranges", "price", "runs", "Worth at least"}
    checked = 0
    for file in Path(inventui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in FIELDS:
                words = {ast.unparse(value).strip("'") for value in given(node)}
                if words & numbers:
                    checked += 1
                    assert "number" in {keyword.arg for keyword in node.keywords}, file.name
    assert checked >= 7


FIELDS = ("Field", "_field", "InputDialog", "InputDialog[str]")


def given(call: ast.Call) -> list[ast.expr]:
    """What a call is given, by place or by name."""
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def test_every_field_of_the_game_is_a_field_of_ours() -> None:
    files = Path(inventui.__file__).parent.rglob("*.py")
    found = {
        file.name
        for file in files
        if re.search(r"(?<!class )\b(Input|TextArea)\(", file.read_text())
    }
    assert found == set()


@pytest.mark.parametrize("room", ["inventory", "bazaar", "shop"])
async def test_what_is_typed_right_behind_a_slash_is_no_key_of_the_room(
    room: str, world: World, make_app: Callable[..., InventuiApp]
) -> None:
    async with make_app(world, room=room).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        screen.open_search()  # type: ignore[attr-defined]
        assert isinstance(screen.focused, Input)
        await go(pilot, "n", "o")
        assert screen.focused.value == "no"
