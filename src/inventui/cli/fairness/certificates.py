"""What `verify` says of a certificate, and how checks are drawn."""

from collections.abc import Container
from contextlib import suppress

from inventui.cli.core import style
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.documents import describe
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.core.output import Answer
from inventui.rules.cases.proof import Verification
from inventui.rules.withdrawals.certificate import (
    CertificateAnswer,
    Certified,
    Signer,
    compared,
    fingerprint,
)

describe(
    Certified,
    "ok answer signed_by key fingerprint rolls checks faults",
    fingerprint=lambda found: None if found.key is None else fingerprint(found.key),
)

_OF_ROLLS = ("commitment", "roll", "odds_table", "award")
_CHECK_WORDS = {
    "commitment": "the server seed is the one committed to",
    "roll": "each ticket follows from the seeds and the nonce",
    "odds_table": "each odds table is the one whose hash was shown",
    "award": "each ticket won what the table says",
    "provenance": "its steps lead from what made it to its withdrawal",
    "signature": "nothing in it was altered since it was signed, with the right key",
}


def answer_certificate(run: CommandRun, document: dict[str, object], key: str | None) -> Answer:
    """The answer to a certificate, compared with the key that is named or the world at hand."""
    from inventui.db.errors import WorldError
    from inventui.db.world_file import file_of
    from inventui.engine.withdrawals.signature import key_at, verify_certificate

    found, own = verify_certificate(document), None
    if key is not None:
        found = compared(found, key, Signer.GIVEN_KEY, must=True)
    else:
        with suppress(WorldError):
            own = key_at(file_of(run.database))
        if own is not None:
            found = compared(found, own, Signer.THIS_WORLD, must=run.names_world)
    return Answer(
        found,
        lambda page: _show_certificate(page, found, named=key is not None),
        ExitStatus.DONE if found.ok else ExitStatus.REFUSED,
    )


_ANSWERS = {
    CertificateAnswer.PROVED: "Proved: nothing in it was altered, and its roll proves that the "
    "odds on show gave this very thing.",
    CertificateAnswer.SIGNED: "Signed: nothing in it was altered. There is no roll to prove: this "
    "was bought, granted or found.",
    CertificateAnswer.FALSE: "False: as it is, this certificate shows nothing.",
}
_SIGNERS = {
    Signer.THIS_WORLD: "It is signed by this world, with the key {key}.",
    Signer.GIVEN_KEY: "It is signed with the key that you named, {key}.",
    Signer.ANOTHER_KEY: "It is NOT signed with {whose}, but with {key}. {anyone}",
    Signer.UNKNOWN: "It is signed with the key {key}. {anyone}",
}
_ANYONE = (
    "Anyone can make a key and sign what they like with it: compare it with the key that inventui "
    "fairness shows in the world that this is said to come from, or name that with --signed-by."
)


def _show_certificate(page: Page, found: Certified, *, named: bool) -> None:
    if found.key is not None:
        own = found.signed_by is not Signer.ANOTHER_KEY
        signer = _SIGNERS[found.signed_by].format(
            key=fingerprint(found.key),
            whose="the key that you named" if named else "the key of this world",
            anyone=_ANYONE,
        )
        page.say(signer, style=style.LABEL if own else style.BAD)
    good = found.ok and found.signed_by is not Signer.ANOTHER_KEY
    page.say(_ANSWERS[found.answer], style=style.GOOD if good else style.BAD)
    page.blank()
    show_checks(page, found, but=_OF_ROLLS if found.answer is CertificateAnswer.SIGNED else ())


def show_checks(page: Page, found: Verification, but: Container[str] = ()) -> None:
    """Draw each check with its verdict and meaning, then every fault.

    Args:
        page: where to.
        found: what was found.
        but: checks that are not drawn, for there was nothing to check.
    """
    page.table(
        [check for check in found.checks.items() if check[0] not in but],
        TableColumn("Check", lambda check: check[0].replace("_", " ")),
        TableColumn("Verdict", lambda check: style.verdict(check[1])),
        TableColumn("Meaning", lambda check: _CHECK_WORDS.get(check[0], ""), drop=1),
    )
    if found.faults:
        page.blank()
        for fault in found.faults:
            page.say(fault, style=style.BAD)
