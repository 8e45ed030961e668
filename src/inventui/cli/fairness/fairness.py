"""Fairness: seed pairs, proofs and verification."""

import json
import sys
from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page
from inventui.cli.core.context import CommandRun, PlayerHandle
from inventui.cli.core.documents import Document, describe, document
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import quoted
from inventui.cli.fairness.certificates import answer_certificate, show_checks
from inventui.engine.fairness.models import FairnessState, ProofExport, Rotation, SeedPair
from inventui.rules.cases.proof import Verification
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.withdrawals.certificate import fingerprint, is_certificate
from inventui.system import read_regular

app = typer.Typer()
verifying = typer.Typer()

MOST_RETIRED = 1_000
"""Most retired pairs that are listed, the latest ones."""

RETIRED_SHOWN = 5
"""How many retired pairs a page shows."""

LARGEST_PROOF = 1 << 29
"""Most bytes of a proof file that are read."""


def _pair(pair: SeedPair) -> Document:
    """A seed pair; the server seed only once it is retired, with its number of rolls."""
    if pair.server_seed is None:
        return {
            "server_seed_hash": pair.server_seed_hash,
            "client_seed": pair.client_seed,
            "nonce": pair.nonce,
        }
    return {
        "server_seed": pair.server_seed,
        "server_seed_hash": pair.server_seed_hash,
        "client_seed": pair.client_seed,
        "rolls": pair.nonce,
        "retired_at": None if pair.retired_at is None else to_iso(pair.retired_at),
    }


def _next(found: FairnessState | Rotation) -> Document:
    return {"server_seed_hash": found.next_server_seed_hash}


describe(SeedPair, _pair)
describe(FairnessState, "active next retired", next=_next)
describe(Rotation, "operation repeat retired active next", next=_next)
describe(Verification, "ok rolls checks faults")


@group(
    app,
    "fairness",
    examples=("fairness", "fairness rotate --client-seed lucky", "fairness export proof.json"),
)
def fairness(player: PlayerHandle) -> Outcome:
    """Show the seed pairs; rotate them, or export a proof."""
    from inventui.engine.withdrawals.world_key import public_key

    state = player.fairness.show(retired=MOST_RETIRED)
    key = public_key(player.world)
    signing = None if key is None else {"public": key, "fingerprint": fingerprint(key)}

    def show(page: Page) -> None:
        _show_state(page, state)
        if signing is not None:
            page.blank()
            page.heading("Key of this world")
            page.facts([("public key", signing["public"]), ("fingerprint", signing["fingerprint"])])
            page.say("Every certificate of this world is signed with it.", style=style.LABEL)

    return Answer({**document(state), "key": signing}, show)


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
    player: PlayerHandle,
    client_seed: Annotated[
        str | None,
        typer.Option(
            metavar="SEED", help="The next pair's client seed; the present one if left out."
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Retire the active pair, reveal its server seed and start the next."""
    return answer(player.fairness.rotate(client_seed, key=key), _show_rotation)


def _show_rotation(page: Page, rotation: Rotation) -> None:
    page.repeated(rotation.repeat)
    page.heading("Retired")
    page.facts(_facts(rotation.retired))
    page.blank()
    page.heading("Active")
    page.facts(_facts(rotation.active))
    page.blank()
    page.heading("Next")
    page.facts([("commitment", rotation.next_server_seed_hash)])


@command(app, "export", examples=("fairness export proof.json",))
def export(
    player: PlayerHandle,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that isn't there yet.")],
) -> Outcome:
    """Write a proof of the retired pairs that anyone can verify."""
    return answer(player.fairness.export(file), _show_export)


def _show_export(page: Page, proof: ProofExport) -> None:
    page.say(
        f"Wrote {proof.path}: {style.count(proof.rolls, 'roll')} of "
        f"{style.count(proof.pairs, 'seed pair')}."
    )


@command(verifying, "verify", examples=("verify", "verify proof.json", "verify - < proof.json"))
def verify(
    run: CommandRun,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="A proof or certificate, or - for the standard input; needs no world.",
        ),
    ] = None,
    signed_by: Annotated[
        str | None,
        typer.Option(
            "--signed-by",
            metavar="KEY",
            help="The public key, or its fingerprint, that must have signed a certificate.",
        ),
    ] = None,
) -> Outcome:
    """Check a proof or certificate, or all rolls of the player."""
    if file is None:
        player = run.player()
        if isinstance(player, Refusal):
            return player
        found = player.fairness.verify()
    else:
        proof = _read_proof(file)
        if isinstance(proof, Refusal):
            return proof
        if is_certificate(proof):
            return answer_certificate(run, proof, signed_by)
        from inventui.rules.cases.proof import verify_proof

        found = verify_proof(proof)
    return Answer(
        found,
        lambda page: _show_verification(page, found),
        ExitStatus.DONE if found.ok else ExitStatus.REFUSED,
    )


class _SaidTwiceError(ValueError):
    """An object names a field twice: readers differ in which of them they take."""


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise _SaidTwiceError(f"it names the field {quoted(twice)} twice")
    return fields


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
            content = read_regular(file, LARGEST_PROOF)
        if len(content) > LARGEST_PROOF:
            return refuse(f"it is larger than {LARGEST_PROOF >> 20} MiB")
    except OSError as error:
        return refuse((error.strerror or str(error)).lower())
    except ValueError:
        return refuse("that is no file name")
    try:
        proof = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        return refuse(str(error) if isinstance(error, _SaidTwiceError) else "it is no JSON")
    return proof if isinstance(proof, dict) else refuse("it is no JSON object")


def _show_verification(page: Page, found: Verification) -> None:
    if found.ok and not found.rolls:
        page.say("There is nothing to verify: no roll is in it.")
        return
    page.say(
        f"{style.count(found.rolls, 'roll')} looked at: ",
        "every check holds." if found.ok else style.count(len(found.faults), "fault") + ".",
        style=style.GOOD if found.ok else style.BAD,
    )
    page.blank()
    show_checks(page, found)
