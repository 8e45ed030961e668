"""The streets: shifts, the daily bonus, robbery."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import whole, word
from inventui.engine.streets.models import Crate, RobberyDone, ShiftPaid, Stolen, TargetView, Wear
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import countdown
from inventui.rules.streets.streets import ShiftStyle

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle

app = typer.Typer()


@command(app, "play", examples=("play", "play --style bold", "play --skill 87 --json"))
def play(
    call: CommandRun,
    skill: Annotated[
        int | None,
        typer.Option(
            metavar="N", parser=whole("--skill"), help="How well the timing went, 0 to 100."
        ),
    ] = None,
    style: Annotated[
        ShiftStyle | None,
        typer.Option(
            metavar="STYLE",
            parser=word("--style", ShiftStyle),
            help="careful, steady or bold: the same pay in the mean, more or less evenly.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Work a shift for oranges: 30 s apart, at most 40 a day."""
    if skill is not None and style is not None:
        raise typer.BadParameter("--skill and --style don't go together: take one of them.")
    player = call.player()
    if isinstance(player, Refusal):
        return player
    worked = player.streets.play(style or ShiftStyle.STEADY if skill is None else skill, key=key)
    if isinstance(worked, Refusal):
        return worked
    document = {
        "operation": worked.operation,
        "repeat": worked.repeat,
        "number": worked.number,
        "shifts_left": worked.shifts_left,
        "skill": worked.skill,
        "pay": worked.pay,
        "fed": worked.fed,
        "crate": None if worked.crate is None else _crate(worked.crate),
        "next_shift_at": to_iso(worked.next_shift_at),
        "experience_gained": worked.experience_gained,
        "rank_up": worked.rank_up,
        "balance": documents.balance(worked.balance),
        "at": to_iso(worked.at),
    }
    return Answer(document, lambda page: _show_shift(page, worked))


def _crate(crate: Crate) -> documents.Document:
    return {
        "item_id": crate.item_id,
        "item": crate.slug,
        "name": crate.name,
        "category": crate.category,
        "rarity": crate.rarity,
        "held_until": to_iso(crate.held_until),
    }


def _show_shift(page: Page, worked: ShiftPaid) -> None:
    if worked.repeat:
        page.say("This was done before; nothing has changed.")
    meal = " BigPulp's donut made it half as much again." if worked.fed else ""
    page.say(
        f"A shift of skill {worked.skill} paid "
        f"{money_words(worked.pay, Currency.ORANGES)}.{meal} "
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
def daily(call: CommandRun, key: Key = None) -> Outcome:
    """Take the daily bonus: 100 to 700 oranges over a streak of 7 days."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    paid = player.streets.daily(key=key)
    if isinstance(paid, Refusal):
        return paid
    document = {
        "operation": paid.operation,
        "repeat": paid.repeat,
        "streak": paid.streak,
        "oranges": paid.oranges,
        "gems": paid.gems,
        "next_at": to_iso(paid.next_at),
        "balance": documents.balance(paid.balance),
    }

    def show(page: Page) -> None:
        if paid.repeat:
            page.say("This was done before; nothing has changed.")
        gems = f" and {money_words(paid.gems, Currency.GEMS)}" if paid.gems else ""
        page.say(
            f"Day {paid.streak} of your streak: {money_words(paid.oranges, Currency.ORANGES)}"
            f"{gems}. You have {style.money(paid.balance)}."
        )

    return Answer(document, show)


@command(app, "rob", examples=("rob", "rob zest", "rob bob --key my-request-1"))
def rob(
    call: CommandRun,
    target: Annotated[
        str | None, typer.Argument(metavar="TARGET", help="Whom; without a name all are listed.")
    ] = None,
    key: Key = None,
) -> Outcome:
    """Rob somebody, or list whom one could rob and with which chance."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    if target is None:
        return _list(player)
    done = player.streets.rob(target, key=key)
    if isinstance(done, Refusal):
        return done
    document = {
        "operation": done.operation,
        "repeat": done.repeat,
        "target": done.target,
        "neighbour": done.neighbour,
        "chance": done.chance,
        "success": done.success,
        "oranges": done.oranges if done.success else -done.oranges,
        "stolen": None if done.stolen is None else _stolen(done.stolen),
        "weapon": None if done.weapon is None else _wear(done.weapon),
        "armour": None if done.armour is None else _wear(done.armour),
        "roll": {
            "nonce": done.nonce,
            "ticket": done.ticket,
            "server_seed_hash": done.server_seed_hash,
            "client_seed": done.client_seed,
            "odds_hash": done.odds_hash,
        },
        "experience_gained": done.experience_gained,
        "rank_up": done.rank_up,
        "balance": documents.balance(done.balance),
        "at": to_iso(done.at),
    }
    return Answer(document, lambda page: _show_robbery(page, done))


def _stolen(stolen: Stolen) -> documents.Document:
    return {
        "item_id": stolen.item_id,
        "name": stolen.name,
        "rarity": stolen.rarity,
        "held_until": to_iso(stolen.held_until),
    }


def _wear(wear: Wear) -> documents.Document:
    return {"name": wear.name, "points": wear.points, "left": wear.left, "broke": wear.broke}


def _show_robbery(page: Page, done: RobberyDone) -> None:
    if done.repeat:
        page.say("This was done before; nothing has changed.")
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


def _list(player: "PlayerHandle") -> Answer:
    targets = player.streets.targets()
    document = {"targets": [_target(target) for target in targets], "total": len(targets)}

    def show(page: Page) -> None:
        if not targets:
            page.say("You are alone here. Add a player: inventui players add NAME")
            return
        page.table(
            (
                TableColumn("Name", least=8),
                TableColumn("", drop=4),
                TableColumn("Oranges", right=True),
                TableColumn("Chance", right=True),
                TableColumn("Loot", drop=1, right=True),
                TableColumn("", drop=3, least=12),
            ),
            [
                (
                    target.name,
                    "neighbour" if target.neighbour else "player",
                    target.oranges,
                    f"{target.chance} %",
                    f"{target.loot_least:,}–{target.loot_most:,}",
                    _standing(target),
                )
                for target in targets
            ],
        )
        fine = money_words(targets[0].fine, Currency.ORANGES)
        page.blank()
        page.say(f"A failure costs {fine}. Rob one of them: inventui rob NAME")

    return Answer(document, show)


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
    return Text("too poor", style=style.LABEL)


def _target(target: TargetView) -> documents.Document:
    return {
        "name": target.name,
        "neighbour": target.neighbour,
        "oranges": target.oranges,
        "bonus": target.bonus,
        "defence": target.defence,
        "insurance": target.insurance,
        "chance": target.chance,
        "parts": [{"label": part.label, "percent": part.percent} for part in target.parts],
        "loot": {"least": target.loot_least, "most": target.loot_most},
        "fine": target.fine,
        "refused": None if target.refusal is None else target.refusal.as_json(),
        "free_at": None if target.free_at is None else to_iso(target.free_at),
    }
