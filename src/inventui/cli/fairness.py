"""Fairness: seed pairs, proofs, and checking that rolls were fair."""

import json
import sys
from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import quoted
from inventui.engine.fairness.models import FairnessState, SeedPair
from inventui.rules.cases.proof import Verification
from inventui.rules.core.refusal import Reason, Refusal

app = typer.Typer()
verifying = typer.Typer()

MOST_RETIRED = 1_000
"""Most retired pairs that are listed, the latest ones."""

RETIRED_SHOWN = 5
"""How many of them a page shows."""

LARGEST_PROOF = 1 << 29
"""Most bytes of a proof file that are read."""

_CHECK_WORDS = {
    "commitment": "the server seed is the one committed to",
    "roll": "each ticket follows from the seeds and the nonce",
    "odds_table": "each odds table is the one whose hash was shown",
    "award": "each ticket won what the table says",
    "provenance": "its steps lead from what made it to its withdrawal",
}


@group(
    app,
    "fairness",
    examples=("fairness", "fairness rotate --client-seed lucky", "fairness export proof.json"),
)
def fairness(call: CommandRun) -> Outcome:
    """Show the seed pairs; rotate them, or export a proof."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    state = player.fairness.show(retired=MOST_RETIRED)
    return Answer(documents.fairness(state), lambda page: _show_state(page, state))


def _show_state(page: Page, state: FairnessState) -> None:
    page.heading("Active")
    page.facts(_facts(state.active))
    page.blank()
    page.heading("Next")
    page.facts([("commitment", state.next_server_seed_hash)])
    page.blank()
    if not state.retired:
        page.say("No pair is retired yet. inventui fairness rotate reveals the active one's seed.")
        return
    page.heading("Retired")
    for index, pair in enumerate(state.retired[:RETIRED_SHOWN]):
        if index:
            page.blank()
        page.facts(_facts(pair))
    if len(state.retired) > RETIRED_SHOWN:
        page.blank()
        page.say("Earlier pairs are listed by inventui fairness --json.", style=style.LABEL)


def _facts(pair: SeedPair) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [("commitment", pair.server_seed_hash)]
    if pair.server_seed is not None:
        facts.append(("server seed", pair.server_seed))
    facts.append(("client seed", pair.client_seed))
    facts.append(("next nonce" if pair.server_seed is None else "rolls", pair.nonce))
    return facts


@command(app, "rotate", examples=("fairness rotate --client-seed lucky",))
def rotate(
    call: CommandRun,
    client_seed: Annotated[
        str | None,
        typer.Option(
            metavar="SEED", help="The next pair's client seed; the present one if left out."
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Retire the active pair, reveal its server seed and start the next."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    rotation = player.fairness.rotate(client_seed, key=key)
    if isinstance(rotation, Refusal):
        return rotation
    document = {
        "operation": rotation.operation,
        "repeat": rotation.repeat,
        "retired": documents.seed_pair(rotation.retired),
        "active": documents.seed_pair(rotation.active),
        "next": {"server_seed_hash": rotation.next_server_seed_hash},
    }

    def show(page: Page) -> None:
        if rotation.repeat:
            page.say("This was done before; nothing has changed.")
        page.heading("Retired")
        page.facts(_facts(rotation.retired))
        page.blank()
        page.heading("Active")
        page.facts(_facts(rotation.active))
        page.blank()
        page.heading("Next")
        page.facts([("commitment", rotation.next_server_seed_hash)])

    return Answer(document, show)


@command(app, "export", examples=("fairness export proof.json",))
def export(
    call: CommandRun,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that isn't there yet.")],
) -> Outcome:
    """Write a proof of the retired pairs that anyone can verify."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    proof = player.fairness.export(file)
    if isinstance(proof, Refusal):
        return proof
    document = {"path": proof.path, "pairs": proof.pairs, "rolls": proof.rolls}

    def show(page: Page) -> None:
        page.say(
            f"Wrote {proof.path}: {style.count(proof.rolls, 'roll')} of "
            f"{style.count(proof.pairs, 'seed pair')}."
        )

    return Answer(document, show)


@command(verifying, "verify", examples=("verify", "verify proof.json", "verify - < proof.json"))
def verify(
    call: CommandRun,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="A proof or certificate, or - for the standard input; needs no world.",
        ),
    ] = None,
) -> Outcome:
    """Check a proof or certificate, or all rolls of the player."""
    if file is None:
        player = call.player()
        if isinstance(player, Refusal):
            return player
        found = player.fairness.verify()
    else:
        proof = _read_proof(file)
        if isinstance(proof, Refusal):
            return proof
        from inventui.rules.cases.proof import verify_proof
        from inventui.rules.withdrawals.certificate import is_certificate, verify_certificate

        found = verify_certificate(proof) if is_certificate(proof) else verify_proof(proof)
    return Answer(
        documents.verification(found),
        lambda page: _show_verification(page, found),
        ExitStatus.DONE if found.ok else ExitStatus.REFUSED,
    )


def _read_proof(file: str) -> dict[str, object] | Refusal:
    def refuse(why: str) -> Refusal:
        return Refusal(
            Reason.INVALID_FILE, f"The proof {quoted(file)} can't be read: {why}.", {"file": file}
        )

    try:
        if file == "-":
            if sys.stdin is None:
                return refuse("there is no standard input")
            content = sys.stdin.buffer.read(LARGEST_PROOF + 1)
        else:
            with open(file, "rb") as opened:
                content = opened.read(LARGEST_PROOF + 1)
        if len(content) > LARGEST_PROOF:
            return refuse(f"it is larger than {LARGEST_PROOF >> 20} MiB")
    except OSError as error:
        return refuse((error.strerror or str(error)).lower())
    except ValueError:
        return refuse("that is no file name")
    try:
        proof = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return refuse("it is no JSON")
    return proof if isinstance(proof, dict) else refuse("it is no JSON object")


def _show_verification(page: Page, found: Verification) -> None:
    if found.ok and not found.rolls and "provenance" not in found.checks:
        page.say("There is nothing to verify: no roll is in it.")
        return
    page.say(
        f"{style.count(found.rolls, 'roll')} looked at: ",
        "every check holds." if found.ok else style.count(len(found.faults), "fault") + ".",
        style=style.GOOD if found.ok else style.BAD,
    )
    page.blank()
    page.table(
        (TableColumn("Check"), TableColumn("Verdict"), TableColumn("Meaning", drop=1)),
        [
            (name.replace("_", " "), style.verdict(ok), _CHECK_WORDS.get(name, ""))
            for name, ok in found.checks.items()
        ],
    )
    if found.faults:
        page.blank()
        for fault in found.faults:
            page.say(fault, style=style.BAD)
