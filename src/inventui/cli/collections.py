"""Collections: the pieces of each case's set, and the rewards for complete ones."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.output import Answer, answer
from inventui.engine.workshop.models import CollectionPiece, CollectionView, Completed
from inventui.rules.achievements import Rewards, reward_words
from inventui.rules.core.refusal import Refusal

app = typer.Typer()

COMPLETE = "complete"
"""The word that takes a set's reward."""

describe(
    CollectionView,
    "id name held total oranges gems completed_at refused",
    id="slug",
    total=lambda view: len(view.pieces),
    completed_at="done_at",
    refused="refusal",
)
describe(
    CollectionPiece,
    "item name category rarity value held known counts parts_per_million",
    item="slug",
    parts_per_million="parts",
)
describe(
    Completed,
    "operation repeat collection oranges gems experience_gained rank_up at balance",
)


def _read(words: list[str] | None, **_: object) -> tuple[bool, str | None]:
    """Whether a reward is to be taken, and the set's case, if one is named."""
    words = words or []
    if len(words) == 2 and words[0] == COMPLETE:
        return True, words[1]
    if words == [COMPLETE]:
        raise typer.BadParameter("Name the set: inventui collections complete CASE")
    if len(words) > 1:
        raise typer.BadParameter("collections takes one CASE, or complete and one CASE.")
    return False, words[0] if words else None


@command(
    app,
    "collections",
    examples=("collections", "collections citrus-crate", "collections complete citrus-crate"),
    usage=_read,
)
def collections(
    player: PlayerHandle,
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
    taking, slug = _read(words)
    if slug is None:
        return _list(player.collections.list())
    if taking:
        return answer(player.collections.complete(slug, key), _show_completed)
    view = player.collections.view(slug)
    if isinstance(view, Refusal):
        return view
    return Answer({**document(view), "pieces": view.pieces}, lambda page: _show(page, view))


def _list(sets: tuple[CollectionView, ...]) -> Answer:
    completed = sum(view.done_at is not None for view in sets)

    def show(page: Page) -> None:
        page.table(
            sets,
            TableColumn("Case", lambda view: view.slug),
            TableColumn("Name", lambda view: view.name, least=12, drop=1),
            TableColumn("Pieces", lambda view: f"{view.held}/{len(view.pieces)}", right=True),
            TableColumn("Gives", _gives, drop=2),
            TableColumn("Completed (UTC)", _state, drop=3),
        )

    return Answer({"collections": sets, "completed": completed, "total": len(sets)}, show)


def _show(page: Page, view: CollectionView) -> None:
    page.heading(view.name)
    page.table(
        view.pieces,
        MARK,
        TableColumn("Piece", lambda piece: piece.name, least=10),
        TableColumn("Worth", lambda piece: piece.value, right=True),
        TableColumn(
            "Held",
            _held,
            right=True,
        ),
        TableColumn("Chance", lambda piece: style.parts(piece.parts), right=True, drop=1),
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


def _show_completed(page: Page, done: Completed) -> None:
    page.repeated(done.repeat)
    gave = reward_words(Rewards(done.oranges, done.gems, done.experience_gained))
    page.say(f"{done.name} is complete. You get {gave}. You have {style.money(done.balance)}.")
    if done.rank_up:
        page.say(f"You are now {done.rank_up}.", style=style.GOOD)


def _held(piece: CollectionPiece) -> str:
    if piece.held or not piece.known:
        return f"{piece.held:,}" + ", counted" * (piece.held > 0 and not piece.counts)
    return "had"


def _gives(view: CollectionView) -> str:
    return reward_words(Rewards(view.oranges, view.gems))


def _state(view: CollectionView) -> str:
    if view.done_at is not None:
        return style.when(view.done_at)
    return "" if view.refusal is not None else "take it"
