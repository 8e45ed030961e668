"""The streets: shifts, the daily bonus, robbery."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import choice
from inventui.engine.streets.models import (
    Crate,
    DailyPaid,
    RobberyDone,
    ShiftPaid,
    TargetView,
    Wear,
)
from inventui.rules.core.clock import HOUR
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason
from inventui.rules.shop import countdown
from inventui.rules.streets import robbery
from inventui.rules.streets.robbery import ON_GUARD
from inventui.rules.streets.shifts import ShiftStyle

app = typer.Typer()

_ROLL = ("nonce", "ticket", "server_seed_hash", "client_seed", "odds_hash")

describe(
    ShiftPaid,
    "operation repeat number shifts_left skill pay fed rest crate next_shift_at experience_gained "
    "rank_up balance at",
)
describe(Crate, "item_id item name category rarity held_until", item="slug")
describe(DailyPaid, "operation repeat streak oranges gems next_at balance unpaid")
describe(
    RobberyDone,
    "operation repeat target neighbour chance success oranges halved stolen weapon armour roll "
    "experience_gained rank_up balance at",
    oranges=lambda done: done.oranges if done.success else -done.oranges,
    roll=lambda done: {name: getattr(done, name) for name in _ROLL},
)
describe(Wear, "name points left broke")
describe(
    TargetView,
    "name neighbour oranges bonus defence insurance chance parts loot halved fine refused free_at",
    loot=lambda target: {"least": target.loot_least, "most": target.loot_most},
    refused="refusal",
)


def _no_skill(skill: str | None, **_: object) -> None:
    if skill is not None:
        raise typer.BadParameter(
            "--skill is gone: nobody watches a command pour. Commands work by choice (--style); "
            "the game of timing is in the Streets room of the screen."
        )


@command(
    app,
    "play",
    examples=("play", "play --style bold"),
    usage=_no_skill,
)
def play(
    player: PlayerHandle,
    style: Annotated[
        ShiftStyle,
        choice(
            "--style",
            ShiftStyle,
            metavar="STYLE",
            help="careful, steady or bold: the same pay in the mean, more or less evenly.",
        ),
    ] = ShiftStyle.STEADY,
    skill: Annotated[str | None, typer.Option("--skill", hidden=True, help="Is gone.")] = None,  # noqa: ARG001
    key: Key = None,
) -> Outcome:
    """Work a shift for 50 to 70 oranges: 30 s apart, at most 40 a day."""
    return answer(player.streets.play(style, key=key), _show_shift)


def _show_shift(page: Page, worked: ShiftPaid) -> None:
    page.repeated(worked.repeat)
    if worked.abandoned:
        page.say("You had left a shift with its tap open: that one counts first.")
    rest = f" Rested at home, you earned {worked.rest} % more." if worked.rest else ""
    meal = " BigPulp's donut made it half as much again." if worked.fed else ""
    page.say(
        f"A shift of skill {worked.skill} paid "
        f"{money_words(worked.pay, Currency.ORANGES)}.{rest}{meal} "
        f"You have {style.money(worked.balance)}."
    )
    if worked.crate is not None:
        crate = worked.crate
        page.say(
            "A crate! ",
            style.mark(crate.rarity),
            f" {crate.name} waits in escrow until {style.when(crate.held_until)} UTC: "
            f"inventui claim {crate.item_id}.",
        )
    if worked.rank_up:
        page.say(f"You are {worked.rank_up} now.", style=style.GOOD)
    left = f"{style.count(worked.shifts_left, 'shift')} left today"
    page.say(f"{left}; the next in {countdown(worked.next_shift_at - worked.at)}.")


@command(app, "daily", examples=("daily",))
def daily(player: PlayerHandle, key: Key = None) -> Outcome:
    """Take the daily bonus: 100 to 700 oranges over a streak of 7 days."""
    return answer(player.streets.daily(key=key), _show_bonus)


def _show_bonus(page: Page, paid: DailyPaid) -> None:
    page.repeated(paid.repeat)
    gems = f" and {money_words(paid.gems, Currency.GEMS)}" if paid.gems else ""
    page.say(
        f"Day {paid.streak} of your streak: {money_words(paid.oranges, Currency.ORANGES)}"
        f"{gems}. You have {style.money(paid.balance)}."
    )


@command(app, "rob", examples=("rob", "rob zest", "rob bob --key my-request-1"))
def rob(
    player: PlayerHandle,
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET", help="Whom; without a name all are listed.")
    ] = None,
    key: Key = None,
) -> Outcome:
    """Rob somebody, or list whom one could rob and with which chance."""
    if target is not None:
        return answer(player.streets.rob(target, key=key), _show_robbery)
    targets = player.streets.targets()
    return Answer(
        {"targets": targets, "total": len(targets)}, lambda page: _show_targets(page, targets)
    )


def _show_robbery(page: Page, done: RobberyDone) -> None:
    page.repeated(done.repeat)
    oranges = money_words(done.oranges, Currency.ORANGES)
    page.say(
        f"You robbed {done.target} of {oranges}."
        if done.success
        else f"{done.target} caught you. The fine was {oranges}.",
        f" You have {style.money(done.balance)}.",
    )
    if done.stolen is not None:
        stolen = done.stolen
        page.say(
            style.mark(stolen.rarity),
            f" {stolen.name} waits in escrow until {style.when(stolen.held_until)} UTC: "
            f"inventui claim {stolen.item_id}.",
        )
    for whose, wear in (("Your", done.weapon), ("Their", done.armour)):
        if wear is not None:
            what = "broke" if wear.broke else f"lost {wear.points} points, {wear.left} are left"
            page.say(f"{whose} {wear.name} {what}.", style=style.BAD if wear.broke else "")
    if done.rank_up:
        page.say(f"You are {done.rank_up} now.", style=style.GOOD)
    page.say(f"The chance was {done.chance} %, the ticket {done.ticket} (nonce {done.nonce}).")


def _show_targets(page: Page, targets: tuple[TargetView, ...]) -> None:
    if not targets:
        page.say("You are alone here. Add a player: inventui players add NAME")
        return
    page.table(
        targets,
        TableColumn("Name", lambda target: target.name, least=8),
        TableColumn("", lambda target: "neighbour" if target.neighbour else "player", drop=4),
        TableColumn("Oranges", lambda target: target.oranges, right=True),
        TableColumn("Chance", lambda target: f"{target.chance} %", right=True),
        TableColumn(
            "Loot",
            lambda target: f"{'½' * target.halved} {target.loot_least:,}–{target.loot_most:,}",
            drop=1,
            right=True,
        ),
        TableColumn("", _standing, drop=3, least=12),
    )
    page.blank()
    if any(target.halved for target in targets):
        hours = ON_GUARD // HOUR
        page.say(
            f"½ stands for each time that you robbed them within {hours} h: it halves the loot."
        )
    fine = money_words(targets[0].fine, Currency.ORANGES)
    page.say(f"A failure costs {fine}. Rob one of them: inventui rob NAME")


def _standing(target: TargetView) -> Text:
    if target.refusal is None:
        parts = ", ".join(
            f"{'−' if part.percent < 0 else '+'}{abs(part.percent)} {part.label}"
            for part in target.parts[1:]
        )
        return Text(parts)
    wait = target.refusal.figures.get("wait_seconds")
    if isinstance(wait, int):
        return Text(f"safe for {countdown(wait * 1000)}", style=style.LABEL)
    mine = target.refusal.reason is Reason.INSUFFICIENT_FUNDS
    return Text(f"needs {robbery.STAKE} at stake" if mine else "too poor", style=style.LABEL)
