"""The workshop: fusing, its chances, and past fusions."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, OddsHash, Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import choice, number_argument
from inventui.engine.workshop.models import Fused, FusionInput, FusionLine, FusionQuote
from inventui.rules import workshop
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, money_words
from inventui.rules.workshop import input_words, next_rarity

app = typer.Typer()

describe(
    Fused,
    "operation repeat fusion rarity inputs value fee won experience_gained rank_up at balance roll",
    won="roll.value",
)
describe(
    FusionQuote,
    "inputs rarity result fee value odds_hash entries expected_value refused",
    odds_hash="odds.hash",
    entries=lambda quote: () if quote.odds is None else quote.odds.entries,
    expected_value="odds.expected_value",
    refused="refusal",
)
describe(FusionInput, lambda one: {**document(one.player_item), "case": one.case or None})
describe(FusionLine, "fusion at rarity names fee entry value result item_id", fusion="id")

LATEST = 10
"""How many past fusions are shown."""


def _ids_or_cheapest(ids: list[int] | None, cheapest: Rarity | None, **_: object) -> None:
    if ids and cheapest is not None:
        raise typer.BadParameter("Name things or use --cheapest, not both.")


@command(
    app,
    "fuse",
    examples=("fuse", "fuse 3 5 8 13 21", "fuse --cheapest common --odds", "fuse --cheapest rare"),
    usage=_ids_or_cheapest,
)
def fuse(
    player: PlayerHandle,
    ids: Annotated[
        list[int] | None,
        number_argument(
            "[ID]...", "Five collectibles of one rarity; without any, list how many may be fused."
        ),
    ] = None,
    cheapest: Annotated[
        Rarity | None,
        choice(
            "--cheapest",
            Rarity,
            metavar="RARITY",
            help="Take the five cheapest of a rarity; locked things are never taken.",
        ),
    ] = None,
    odds: Annotated[
        bool, typer.Option("--odds", help="Show fee and chances, and fuse nothing.")
    ] = False,
    key: Key = None,
    odds_hash: OddsHash = None,
) -> Outcome:
    """Fuse five collectibles of one rarity into one of the next."""
    if not ids and cheapest is None and not odds and key is None:
        return _overview(player)
    if odds:
        named = ids or [] if cheapest is None else player.workshop.cheapest(cheapest)
        return answer(player.workshop.quote(named), _show_chances)
    return answer(
        player.workshop.fuse(ids or [], key, odds_hash)
        if cheapest is None
        else player.workshop.fuse_cheapest(cheapest, key, odds_hash),
        _show,
        # The game replays what nobody has seen yet; this has been seen.
        afterwards=lambda done: player.reveals.revealed(done.operation),
    )


def _show(page: Page, done: Fused) -> None:
    if done.repeat:
        page.say("This was done before; here is what came of it. Nothing has changed.")
    page.say(f"Fused {input_words(done.names)} into")
    page.say(
        style.mark(done.roll.rarity),
        f" {done.roll.entry}, worth {done.roll.value:,}, in your inventory as number "
        f"{done.roll.item_id}.",
    )
    page.say(
        f"The things were worth {done.value:,}, the fee was {done.fee:,}: ",
        style.signed(done.roll.value - done.value - done.fee),
        f". You have {style.money(done.balance)}.",
    )
    page.say(f"Nonce {done.roll.nonce}, ticket {done.roll.ticket}.", style=style.LABEL)
    if done.rank_up:
        page.say(f"You are now {done.rank_up}.", style=style.GOOD)


def _show_chances(page: Page, quote: FusionQuote) -> None:
    if quote.inputs:
        page.table(
            quote.inputs,
            TableColumn("Item", lambda one: str(one.player_item.id), right=True),
            TableColumn("", lambda one: style.mark(one.player_item.rarity)),
            TableColumn("Name", lambda one: one.player_item.name, least=10),
            TableColumn("Worth", lambda one: one.player_item.value, right=True),
            TableColumn("Brings", lambda one: one.case_name or "nothing", least=12),
        )
        page.blank()
    if quote.odds is not None:
        _show_table(page, quote.odds, quote.value)
    if quote.refusal is not None:
        page.say(quote.refusal.message, style=style.BAD)


def _show_table(page: Page, table: OddsTable, value: int) -> None:
    page.table(
        sorted(table.entries, key=lambda entry: (entry.parts, -entry.value)),
        MARK,
        TableColumn("Comes out", lambda entry: entry.name, least=10),
        TableColumn("Worth", lambda entry: entry.value, right=True),
        TableColumn("Chance", lambda entry: style.parts(entry.parts), right=True),
    )
    page.blank()
    page.facts(
        [
            ("fee", money_words(table.price, Currency.ORANGES)),
            ("goes in", money_words(value, Currency.ORANGES)),
            ("comes out", f"{float(table.expected_value):,.2f} oranges in the mean"),
            ("odds hash", table.hash),
        ]
    )


def _overview(player: PlayerHandle) -> Answer:
    counts, past = player.workshop.counts(), player.workshop.past(limit=LATEST)

    def show(page: Page) -> None:
        page.table(
            counts.items(),
            TableColumn("Rarity", lambda pair: pair[0]),
            TableColumn("May be fused", lambda pair: pair[1], right=True),
            TableColumn("Gives", lambda pair: next_rarity(pair[0]) or ""),
        )
        page.blank()
        page.say(
            f"{workshop.INPUTS} of one rarity make one of the next: inventui fuse --cheapest common"
        )
        page.say(
            f"The house takes {workshop.FEE_PERCENT} % of what comes out in the mean, "
            f"{workshop.LEAST_FEE} at least."
        )
        for line in past:
            page.say(
                f"{style.when(line.at)}  {input_words(line.names)} into {line.entry}",
                style=style.LABEL,
            )

    fusible = {
        rarity: {"count": count, "result": next_rarity(rarity)} for rarity, count in counts.items()
    }
    return Answer({"fusible": fusible, "past": past}, show)
