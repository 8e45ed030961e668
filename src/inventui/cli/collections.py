"""Collections: what each case's set lacks, and the reward of a complete one."""

from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.engine.workshop.models import CollectionView, Completed
from inventui.rules.achievements import Rewards, reward_words
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal

app = typer.Typer()

COMPLETE = "complete"
"""The word that takes a reward."""


@command(
    app,
    "collections",
    examples=("collections", "collections citrus-crate", "collections complete citrus-crate"),
)
def collections(
    call: CommandRun,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[complete] [CASE]",
            help="A case, whose set is shown; after complete, its reward is taken.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """List the sets and what you hold of them, or take a reward."""
    taking, slug = _read(words or [])
    player = call.player()
    if isinstance(player, Refusal):
        return player
    if slug is None:
        return _list(player.collections.list())
    if taking:
        done = player.collections.complete(slug, key)
        return done if isinstance(done, Refusal) else _done(done)
    view = player.collections.view(slug)
    if isinstance(view, Refusal):
        return view
    document = {
        **_view(view),
        "pieces": [
            {
                "item": piece.slug,
                "name": piece.name,
                "category": piece.category,
                "rarity": piece.rarity,
                "value": piece.value,
                "held": piece.held,
                "known": piece.known,
                "parts_per_million": piece.parts,
            }
            for piece in view.pieces
        ],
    }
    return Answer(document, lambda page: _show(page, view))


def _read(words: list[str]) -> tuple[bool, str | None]:
    """Whether a reward is to be taken, and of which set."""
    if len(words) == 2 and words[0] == COMPLETE:
        return True, words[1]
    if words == [COMPLETE]:
        raise typer.BadParameter("Name the set: inventui collections complete CASE")
    if len(words) > 1:
        raise typer.BadParameter("collections takes one CASE, or complete and one CASE.")
    return False, words[0] if words else None


def _list(sets: tuple[CollectionView, ...]) -> Answer:
    document = {
        "collections": [_view(view) for view in sets],
        "completed": sum(view.done_at is not None for view in sets),
        "total": len(sets),
    }

    def show(page: Page) -> None:
        page.table(
            (
                TableColumn("Case"),
                TableColumn("Name", least=12, drop=1),
                TableColumn("Pieces", right=True),
                TableColumn("Gives", drop=2),
                TableColumn("Completed (UTC)", drop=3),
            ),
            [
                (
                    view.slug,
                    view.name,
                    f"{view.held}/{len(view.pieces)}",
                    _gives(view),
                    _state(view),
                )
                for view in sets
            ],
        )

    return Answer(document, show)


def _show(page: Page, view: CollectionView) -> None:
    page.heading(view.name)
    page.table(
        (
            TableColumn(""),
            TableColumn("Piece", least=10),
            TableColumn("Worth", right=True),
            TableColumn("Held", right=True),
            TableColumn("Chance", right=True, drop=1),
        ),
        [
            (
                style.mark(piece.rarity),
                piece.name,
                piece.value,
                f"{piece.held:,}" if piece.held or not piece.known else "had",
                style.parts(piece.parts),
            )
            for piece in view.pieces
        ],
    )
    page.blank()
    if view.done_at is not None:
        page.say(f"Completed at {style.when(view.done_at)} UTC; it gave {_gives(view)}.")
    elif view.refusal is None:
        page.say(
            f"Complete. Take {_gives(view)}: inventui collections complete {view.slug}",
            style=style.GOOD,
        )
    else:
        page.say(view.refusal.message)
        page.say(f"It gives {_gives(view)}.")


def _done(done: Completed) -> Answer:
    document = {
        "operation": done.operation,
        "repeat": done.repeat,
        "collection": done.collection,
        "oranges": done.oranges,
        "gems": done.gems,
        "experience_gained": done.experience_gained,
        "rank_up": done.rank_up,
        "at": to_iso(done.at),
        "balance": documents.balance(done.balance),
    }

    def show(page: Page) -> None:
        if done.repeat:
            page.say("This was done before; nothing has changed.")
        gave = reward_words(Rewards(done.oranges, done.gems, done.experience_gained))
        page.say(f"{done.name} is complete. You get {gave}. You have {style.money(done.balance)}.")
        if done.rank_up:
            page.say(f"You are now {done.rank_up}.", style=style.GOOD)

    return Answer(document, show)


def _view(view: CollectionView) -> documents.Document:
    return {
        "id": view.slug,
        "name": view.name,
        "held": view.held,
        "total": len(view.pieces),
        "oranges": view.oranges,
        "gems": view.gems,
        "completed_at": None if view.done_at is None else to_iso(view.done_at),
        "refused": None if view.refusal is None else view.refusal.as_json(),
    }


def _gives(view: CollectionView) -> str:
    return reward_words(Rewards(view.oranges, view.gems))


def _state(view: CollectionView) -> str:
    if view.done_at is not None:
        return style.when(view.done_at)
    return "" if view.refusal is not None else "take it"
