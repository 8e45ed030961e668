"""Commands: functions of a `CommandRun` that return an answer or a refusal.

`command` gives each of them `--json`, `--database` and `--player`, so that none can
lack them, and prints what they return.
"""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from inventui.cli.core.context import CommandRun, Options
from inventui.cli.core.output import Answer, announce, deliver
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

_SHARED = {"database": Database, "player_name": PlayerName, "as_json": AsJson}


def command(app: typer.Typer, name: str, *, examples: tuple[str, ...] = ()) -> Callable[[Use], Use]:
    """Make a function a command of `app`; its docstring is the help."""

    def register(use: Use) -> Use:
        app.command(name, epilog=_epilog(examples))(_entry(use))
        return use

    return register


def group(app: typer.Typer, name: str, *, examples: tuple[str, ...] = ()) -> Callable[[Use], Use]:
    """Make a function what `app` does when no command of it is named."""

    def register(use: Use) -> Use:
        app.info.name = name
        app.callback(invoke_without_command=True, epilog=_epilog(examples))(_entry(use))
        return use

    return register


def _entry(use: Use) -> Callable[..., int]:
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
        with CommandRun(ctx.obj) as call:
            outcome = use(call, **own)
            status = deliver(outcome, as_json=ctx.obj.json)
            alone = ctx.obj.json or (isinstance(outcome, Answer) and outcome.pieces is not None)
            if not alone:
                announce(
                    [
                        f"The certificate of {done.name} is written: {done.path}"
                        for done in call.delivered
                        if done.path
                    ]
                )
            awards = call.award() if isinstance(outcome, Answer) else None
            if awards is not None and not alone:
                announce([award.message for award in awards.awards])
            return status

    keyword = inspect.Parameter.KEYWORD_ONLY
    own = [
        parameter.replace(kind=keyword)
        for parameter in list(inspect.signature(use, eval_str=True).parameters.values())[1:]
    ]
    shared = [
        inspect.Parameter(name, keyword, annotation=kind, default=False if kind is AsJson else None)
        for name, kind in _SHARED.items()
    ]
    context = inspect.Parameter("ctx", keyword, annotation=typer.Context)
    entry.__signature__ = inspect.Signature([context, *own, *shared])  # type: ignore[attr-defined]
    entry.__annotations__ = {p.name: p.annotation for p in [context, *own, *shared]}
    entry.__name__ = use.__name__
    entry.__doc__ = use.__doc__
    return entry


def _epilog(examples: tuple[str, ...]) -> str | None:
    if not examples:
        return None
    return "\n".join(f"  $ inventui {example}" for example in examples)
