"""Commands: functions that return an answer or a refusal.

`command` gives each of them `--json`, `--database` and `--player`, so that none can lack them,
and prints what they return. A parameter of the type `PlayerHandle`, `World` or `CommandRun` is no
option: the command is handed who plays, the world, or what it runs in. Where that is refused
(nobody of that name, say), the function is not called. So it is where a check that stands in an
option's `Annotated` refuses its value.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from inventui.cli.core.context import CommandRun, Options, PlayerHandle, World
from inventui.cli.core.output import Answer, announce, deliver
from inventui.rules.core.money import Currency, unpaid_words
from inventui.rules.core.refusal import Refusal

Outcome = Answer | Refusal
Use = Callable[..., Outcome]

EVERYWHERE = "Every command"

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="PATH-OR-URL",
        help="The world to use; else INVENTUI_DATABASE, else the usual one.",
        rich_help_panel=EVERYWHERE,
    ),
]
PlayerName = Annotated[
    str | None,
    typer.Option(
        "--player",
        metavar="NAME",
        help="Who plays; else INVENTUI_PLAYER, else the last one or the only one.",
        rich_help_panel=EVERYWHERE,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help="Print one JSON object instead of a page.", rich_help_panel=EVERYWHERE
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="Name this request: the same key again changes nothing and answers the same.",
    ),
]

OddsHash = Annotated[
    str | None,
    typer.Option(
        "--odds-hash",
        metavar="HASH",
        help="The hash of the odds that you saw: others are refused, and shown.",
    ),
]

_SHARED = {"database": Database, "player_name": PlayerName, "as_json": AsJson}


def command(
    app: typer.Typer,
    name: str,
    *,
    examples: tuple[str, ...] = (),
    usage: Callable[..., object] | None = None,
) -> Callable[[Use], Use]:
    """Make a function a command of `app`; its docstring is the help.

    Args:
        app: the group of commands that it belongs to.
        name: the word that calls it.
        examples: command lines that the help shows.
        usage: is given the command's own options first, and raises `typer.BadParameter`
            where some of them don't go together.
    """

    def register(use: Use) -> Use:
        app.command(name, epilog=_epilog(examples))(_entry(use, usage))
        return use

    return register


def group(app: typer.Typer, name: str, *, examples: tuple[str, ...] = ()) -> Callable[[Use], Use]:
    """Make a function the command that `app` runs when none is named; its docstring is the help."""

    def register(use: Use) -> Use:
        app.info.name = name
        app.callback(invoke_without_command=True, epilog=_epilog(examples))(_entry(use))
        return use

    return register


_HANDED: Mapping[object, Callable[[CommandRun], object]] = {
    CommandRun: lambda run: run,
    World: lambda run: run.world,
    PlayerHandle: lambda run: run.player(),
}
"""What a parameter of each type is handed; a refusal ends the command."""


def _entry(use: Use, usage: Callable[..., object] | None = None) -> Callable[..., int]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = inspect.signature(use).parameters.values()
    handed = {p.name: _HANDED[p.annotation] for p in parameters if p.annotation in _HANDED}
    options = [p.replace(kind=keyword) for p in parameters if p.name not in handed]
    checks = [
        (p.name, check)
        for p in options
        for check in getattr(p.annotation, "__metadata__", ())
        if inspect.isfunction(check)
    ]

    def outcome_of(run: CommandRun, own: dict[str, Any]) -> Outcome:
        if usage is not None:
            usage(**own)
        for name, check in checks:
            refusal = check(own[name])
            if isinstance(refusal, Refusal):
                return refusal
        for name, ask in handed.items():
            given = ask(run)
            if isinstance(given, Refusal):
                return given
            own[name] = given
        return use(**own)

    def entry(
        *,
        ctx: typer.Context,
        database: str | None,
        player_name: str | None,
        as_json: bool,
        **own: Any,
    ) -> int:
        given = ctx.obj if isinstance(ctx.obj, Options) else Options()
        ctx.obj = given.under(database, player_name, as_json)
        if ctx.invoked_subcommand is not None:
            return 0
        with CommandRun(ctx.obj) as run:
            outcome = outcome_of(run, own)
            status = deliver(outcome, as_json=ctx.obj.json)
            alone = ctx.obj.json or (isinstance(outcome, Answer) and outcome.pieces is not None)
            if not alone:
                announce(
                    [
                        f"The certificate of {done.name} is written: {done.path}"
                        for done in run.delivered
                        if done.path
                    ]
                )
            awards = run.award() if isinstance(outcome, Answer) else None
            if isinstance(outcome, Answer) and not alone:
                announce(_unpaid(outcome.document))
            if awards is not None and not alone:
                announce([*(award.message for award in awards.awards), *_unpaid(awards)])
            return status

    shared = [
        inspect.Parameter(name, keyword, annotation=kind, default=False if kind is AsJson else None)
        for name, kind in _SHARED.items()
    ]
    context = inspect.Parameter("ctx", keyword, annotation=typer.Context)
    entry.__signature__ = inspect.Signature([context, *options, *shared])  # type: ignore[attr-defined]
    entry.__annotations__ = {p.name: p.annotation for p in [context, *options, *shared]}
    entry.__name__ = use.__name__
    entry.__doc__ = use.__doc__
    return entry


def _unpaid(outcome: object) -> list[str]:
    """What the house did not pay in an operation, in words."""
    unpaid: Mapping[Currency, int] = getattr(outcome, "unpaid", {})
    return [unpaid_words(amount, currency) for currency, amount in unpaid.items()]


def _epilog(examples: tuple[str, ...]) -> str | None:
    if not examples:
        return None
    return "\n".join(f"  $ inventui {example}" for example in examples)
