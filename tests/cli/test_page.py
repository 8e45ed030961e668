"""Pages for people: they fit the width and show every letter as it is."""

from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.console import GAP, Page, TableColumn, fit, plain
from inventui.rules.core.enums import Rarity
from inventui.widgets.theme import RARITY
from tests.cli.conftest import Run

COLUMNS = (
    TableColumn("Item", str, right=True),
    TableColumn("", str, drop=3),
    TableColumn("Name", str, least=6),
    TableColumn("Worth", str, right=True, drop=1),
    TableColumn("Since", str, drop=2),
)


@given(natural=st.lists(st.integers(1, 60), min_size=5, max_size=5), room=st.integers(20, 200))
def test_a_table_fits_or_has_nothing_left_to_drop(natural: list[int], room: int) -> None:
    widths = fit(COLUMNS, natural, room)
    assert {0, 2} <= set(widths)
    assert list(widths) == sorted(widths)
    total = sum(widths.values()) + GAP * (len(widths) - 1)
    if total > room:
        assert set(widths) == {0, 2}
    for i, width in widths.items():
        assert width <= natural[i]
        assert width == natural[i] or COLUMNS[i].least


@given(natural=st.lists(st.integers(1, 60), min_size=5, max_size=5))
def test_a_wide_page_cuts_nothing(natural: list[int]) -> None:
    assert fit(COLUMNS, natural, 400) == dict(enumerate(natural))


@given(natural=st.lists(st.integers(1, 60), min_size=5, max_size=5), room=st.integers(20, 200))
def test_columns_go_in_the_order_of_their_priority(natural: list[int], room: int) -> None:
    gone = set(range(5)) - set(fit(COLUMNS, natural, room))
    assert gone in (set(), {1}, {1, 4}, {1, 4, 3})


def test_the_widest_column_is_cut_first() -> None:
    columns = (TableColumn("Name", str, least=6), TableColumn("Best prize", str, least=6))
    assert fit(columns, [10, 30], 30) == {0: 10, 1: 18}
    assert fit(columns, [10, 30], 18) == {0: 8, 1: 8}


def test_facts_for_a_program_are_a_line_each_however_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    Page().facts([("odds hash", "a" * 64), ("price", "100 oranges")])
    assert capsys.readouterr().out.splitlines() == [
        f"odds hash  {'a' * 64}",
        "price      100 oranges",
    ]


def test_numbers_are_grouped_and_nothing_is_hidden() -> None:
    assert plain(1_234_567).plain == "1,234,567"
    assert plain("a\x1b[31mb\u202ec").plain == "a\\u001b[31mb\\u202ec"
    assert plain("[bold]x[/]").plain == "[bold]x[/]"
    assert plain("[bold]x[/]").spans == []
    assert plain(Text("kept")).plain == "kept"


def test_rarity_has_the_letters_and_shapes_of_the_game() -> None:
    for rarity in Rarity:
        game = RARITY[rarity]
        assert style.mark(rarity).plain == f"{game.shape} {game.letter}"


@pytest.mark.parametrize(
    ("parts", "shown"),
    [(1, "0.0001 %"), (2_600, "0.26 %"), (600_000, "60.00 %"), (159_840, "15.984 %")],
)
def test_chances_are_exact(parts: int, shown: str) -> None:
    assert style.parts(parts) == shown


def test_tables_fit_the_width(run: Run, database: object, monkeypatch: pytest.MonkeyPatch) -> None:
    run("players", "add", "W" * 32)
    for command, table in (
        (["players"], slice(None)),
        (["cases"], slice(None)),
        (["odds", "crate"], slice(2, 5)),
        (["inventory"], slice(7)),
        (["ledger"], slice(4)),
        (["history", 1], slice(2, 5)),
    ):
        for width in (40, 60, 80, 120):
            monkeypatch.setenv("COLUMNS", str(width))
            lines = run(*command).out.splitlines()[table]
            assert len(lines) >= 3
            assert all(cell_len(line) <= width for line in lines), (command, width, lines)


def test_a_cut_cell_ends_with_an_ellipsis_and_fills_its_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    Page().table(
        [("Golden Squeezer", 15_000), ("界" * 9, 1), ("Thirteen cell", 2)],
        TableColumn("Name", itemgetter(0), least=6),
        TableColumn("Worth", itemgetter(1), right=True),
    )
    # 20 cells less "15,000" and the gap leave 12.
    assert capsys.readouterr().out.splitlines() == [
        "Name           Worth",
        "Golden Sque…  15,000",
        "界界界界界 …       1",
        "Thirteen ce…       2",
    ]


def test_a_senseless_width_is_not_believed(
    run: Run, database: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in ("", "x", "0", "-5", "9" * 30, "٣"):
        monkeypatch.setenv("COLUMNS", columns)
        assert "Golden Squeezer" in run("cases").out, columns
    for columns, width in (("5", 20), ("900", 500), ("9" * 30, 500), ("", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        assert Page().width == width


def test_piped_output_has_no_colour(run: Run, database: object) -> None:
    for command in (["odds", "crate"], ["inventory"], ["ledger"], ["audit"], ["verify"]):
        assert "\x1b" not in run(*command).out


def test_a_terminal_has_colour_unless_it_asks_for_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    Page().say(style.mark(Rarity.LEGENDARY))
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    Page().say(style.mark(Rarity.RARE))
    assert "34m" not in capsys.readouterr().out
