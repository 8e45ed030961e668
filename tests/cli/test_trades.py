"""Trades from the command line: offers, answers, wares, and what they print."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inventui.cli.core.console import Page
from inventui.cli.trades.text import show_made
from inventui.engine.core.models import Balance
from inventui.engine.trades.models import TradeEnded, TradeMade
from inventui.rules.trades.trades import TradeState
from tests.builders import contents
from tests.cli.conftest import Run

HOSTILE = "[@click=app.quit]x[/] [/nope] %s {0}"


def player_items(run: Run, player: str) -> list[str]:
    """Ids of what a player may trade, the newest first."""
    items = run("trade", "wares", player, "--json").answered()["items"]
    return [str(line["id"]) for line in items]


def offered(run: Run, *terms: str, player: str = "ana", other: str = "bob") -> Any:
    return run("trade", "offer", other, *terms, "--json", player=player).answered()


def test_a_trade_goes_from_offer_to_acceptance(run: Run, database: Path) -> None:
    first, second, *_ = player_items(run, "ana")
    (his,) = player_items(run, "bob")
    terms = ("--give", first, "--give", second, "--oranges", "50", "--ask", his)
    made = offered(run, *terms, "--ask-oranges", "7", "--message", "Swap?")
    assert (made["other"], made["counter_of"], made["answer"]) == ("bob", None, None)
    number = str(made["trade"])

    listed = run("trade", "list", "--json", player="bob").answered()
    assert (listed["waiting"], listed["next"]) == (1, None)
    (line,) = listed["trades"]
    assert (line["id"], line["state"], line["mine"], line["other"]) == (
        made["trade"],
        "open",
        False,
        "ana",
    )
    assert [str(item["id"]) for item in line["get"]["items"]] == [first, second]
    assert (line["get"]["oranges"], line["give"]["oranges"]) == (50, 7)
    lasts = datetime.fromisoformat(line["until"]) - datetime.fromisoformat(line["at"])
    assert (lasts, line["until"]) == (timedelta(hours=48), made["until"])
    assert (line["message"], line["refused"], line["ended_at"]) == ("Swap?", None, None)
    assert run("trade", "show", number, "--json", player="bob").answered() == {"trade": line}

    ended = run("trade", "accept", number, "--json", player="bob").answered()
    assert (ended["state"], ended["other"], ended["got_oranges"]) == ("accepted", "ana", 50)
    assert (len(ended["received"]), len(ended["got"]), len(ended["gave"])) == (2, 2, 1)
    assert set(player_items(run, "bob")) == {str(player_item) for player_item in ended["received"]}
    assert run("audit", "--json").answered()["ok"]


def test_a_person_reads_what_is_offered_and_how_to_answer(run: Run, database: Path) -> None:
    (his,) = player_items(run, "bob")
    said = run("trade", "offer", "bob", "--oranges", "60", "--ask", his).out
    assert said.startswith("Trade 1 is offered to bob. What you give is held until 20")
    page = run("trade", player="bob").out
    assert "60 oranges" in page
    assert "1 offer waits for your answer: inventui trade accept TRADE" in page
    shown = run("trade", "show", "1", player="bob").out
    for words in ("Trade 1 with ana", "Offered by", "You give", "You get", "trade accept 1"):
        assert words in shown
    assert "You declined the offer of ana." in run("trade", "decline", "1", player="bob").out
    assert "declined" in run("trade", "list").out
    assert "stands" not in run("trade", "list").out
    assert "No trade yet" in run("trade", "list", "--open").out


def test_an_offer_is_answered_with_another_one(run: Run, database: Path) -> None:
    (his,) = player_items(run, "bob")
    offered(run, "--oranges", "5", "--ask", his)
    counter = run(
        "trade", "counter", "1", "--give", his, "--ask-oranges", "90", "--json", player="bob"
    ).answered()
    assert (counter["trade"], counter["other"], counter["counter_of"]) == (2, "ana", 1)
    assert "Answers" in run("trade", "show", "2").out
    states = [line["state"] for line in run("trade", "list", "--json").answered()["trades"]]
    assert states == ["open", "countered"]
    assert "Traded with bob: you got" in run("trade", "accept", "2").out


def test_an_offer_is_taken_back(run: Run, database: Path) -> None:
    offered(run, "--oranges", "5", "--ask-oranges", "9")
    said = run("trade", "take-back", "1").out
    assert said.startswith("You took your offer to bob back; everything is yours again.")
    taken = offered(run, "--oranges", "5", "--ask-oranges", "9")
    ended = run("trade", "take-back", str(taken["trade"]), "--json").answered()
    assert (ended["state"], ended["received"], ended["gave_oranges"]) == ("taken_back", [], 0)


REFUSED = (
    (("offer", "ana", "--oranges", "1", "--ask-oranges", "1"), "no_target"),
    (("offer", "Cy", "--oranges", "1", "--ask-oranges", "1"), "unknown_player"),
    (("offer", "bob", "--oranges", "1"), "nothing_offered"),
    (("offer", "bob", "--ask", "1", "--ask-oranges", "1"), "nothing_offered"),
    (("offer", "bob", "--oranges", "-1", "--ask-oranges", "1"), "invalid_amount"),
    (("offer", "bob", "--give", "999", "--ask-oranges", "1"), "unknown_item"),
    (("offer", "bob", "--oranges", "999999", "--ask-oranges", "1"), "insufficient_funds"),
    (("show", "1"), "unknown_trade"),
    (("accept", "1"), "unknown_trade"),
    (("decline", "0"), "unknown_trade"),
    (("take-back", "99999999999999999999"), "unknown_trade"),
    (("counter", "1", "--oranges", "1", "--ask-oranges", "1"), "unknown_trade"),
    (("wares", "Cy"), "unknown_player"),
    (("wares", "bob", "--after", "99"), "invalid_cursor"),
    (("wares", "bob", "--min-value", "-1"), "invalid_amount"),
    (("list", "--limit", "0"), "invalid_count"),
)


def test_what_can_t_be_is_refused_and_changes_nothing(run: Run, database: Path) -> None:
    before = contents(database)
    for arguments, reason in REFUSED:
        run("trade", *arguments, "--json").refused(reason)
        run("trade", *arguments).said(1)
        assert contents(database) == before, arguments


def test_wrong_usage_is_said_in_one_sentence(run: Run, database: Path) -> None:
    for arguments in (("offer",), ("accept",), ("offer", "bob", "--give", "x"), ("swap",)):
        run("trade", *arguments).said(2)


def test_only_the_side_whose_turn_it_is_answers(run: Run, database: Path) -> None:
    offered(run, "--oranges", "5", "--ask-oranges", "9")
    run("trade", "accept", "1", "--json").refused("not_your_turn")
    run("trade", "take-back", "1", "--json", player="bob").refused("not_your_turn")
    run("trade", "decline", "1", "--json", player="bob").answered()
    assert run("trade", "accept", "1", "--json", player="bob").refused("ended")["state"] == (
        "declined"
    )


def test_the_same_key_offers_and_accepts_once(run: Run, database: Path) -> None:
    terms = ("--oranges", "5", "--ask-oranges", "9", "--key", "k")
    first, again = (offered(run, *terms) for _ in range(2))
    assert (first["repeat"], again["repeat"]) == (False, True)
    assert again["trade"] == first["trade"]
    accept = ("trade", "accept", str(first["trade"]), "--key", "a")
    assert not run(*accept, "--json", player="bob").answered()["repeat"]
    assert "This was done before" in run(*accept, player="bob").out


def test_wares_are_filtered_sorted_and_paged(run: Run, database: Path) -> None:
    everything = run("trade", "wares", "ana", "--sort", "value", "--json").answered()
    values = [line["value"] for line in everything["items"]]
    assert values == sorted(values, reverse=True)
    first = run("trade", "wares", "ana", "--sort", "value", "--limit", "1", "--json").answered()
    rest = run(
        "trade", "wares", "ana", "--sort", "value", "--after", str(first["next"]), "--json"
    ).answered()
    assert first["items"] + rest["items"] == everything["items"]
    least = str(values[0])
    dear = run("trade", "wares", "ana", "--min-value", least, "--json").answered()
    assert {line["value"] for line in dear["items"]} == {values[0]}
    locked = str(everything["items"][0]["id"])
    run("lock", locked)
    assert locked not in player_items(run, "ana")
    page = run("trade", "wares", "ana", "--limit", "1").out
    assert "owned, not worn, not locked" in page
    assert "add --after" in page


def test_a_hostile_message_acts_on_nothing(run: Run, database: Path) -> None:
    offered(run, "--oranges", "5", "--ask-oranges", "9", "--message", HOSTILE)
    assert HOSTILE in run("trade", "show", "1", player="bob").out
    run(
        "trade", "offer", "bob", "--oranges", "5", "--ask-oranges", "9", "--message", "\x1b[2J",
        "--json",
    ).refused("invalid_message")  # fmt: skip


@pytest.mark.parametrize(
    ("state", "received", "said"),
    [
        (
            TradeState.ACCEPTED,
            (9,),
            "Traded with Zest: you got Spoon for 300 oranges. Your new things are number 9.",
        ),
        (TradeState.DECLINED, (), "Zest declined; everything is yours again."),
    ],
)
def test_what_a_neighbour_answers_at_once_is_read_at_once(
    state: TradeState,
    received: tuple[int, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    over = state is TradeState.ACCEPTED
    ended = TradeEnded(
        operation=2,
        trade=7,
        state=state,
        other="Zest",
        received=received,
        got=("Spoon",) if over else (),
        gave=(),
        got_oranges=0,
        gave_oranges=300 if over else 0,
        answer="Hm.",
        balance=Balance(5, 25),
        at=0,
    )
    show_made(Page(), TradeMade(1, 7, "Zest", 0, Balance(5, 25), answer=ended))
    assert capsys.readouterr().out.splitlines() == [
        "Trade 7 was offered to Zest, who answered at once.",
        "Zest: “Hm.”",
        said,
        "You have 5 oranges and 25 gems.",
    ]
