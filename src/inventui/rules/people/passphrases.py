"""Passphrases: what one may be, and the wait after wrong ones."""

from inventui.rules.core.clock import HOUR, MINUTE, SECOND
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import faults_of_text
from inventui.rules.shop import countdown

LEAST, LONGEST = 4, 200
"""Fewest and most characters."""

PATIENCE = 5
"""Wrong ones in a row after which one has to wait."""

FIRST_WAIT, LONGEST_WAIT = MINUTE, HOUR
"""The wait after the fifth wrong one, which doubles with each further one up to an hour."""


NONE_ASKED = (
    "$argon2id$v=19$m=8,t=1,p=1$bm8gcGFzc3BocmFzZS4uLg$z+ciGbCQ0w9ySP3jsh2C74MagKNOH/XtIzFCCwyknlA"
)
"""What is kept where a passphrase was taken away: a hash too, so that an empty row means damage."""


def check_passphrase(passphrase: str) -> Refusal | None:
    """None if this can be a passphrase: 4–200 characters, none that hides."""
    faults = faults_of_text(passphrase, LONGEST)
    if len(passphrase) < LEAST:
        faults = [f"it has fewer than {LEAST} characters"]
    if not faults:
        return None
    return Refusal(
        Reason.INVALID_PASSPHRASE,
        f"That passphrase can't be used: {faults[0]}. Take {LEAST} to {LONGEST} ordinary "
        "characters.",
        {"least": LEAST, "longest": LONGEST},
    )


def wait_after(failures: int) -> int:
    """Milliseconds to wait after so many wrong ones in a row."""
    if failures < PATIENCE:
        return 0
    # Bounded before it is shifted: the count grows for ever.
    return min(LONGEST_WAIT, FIRST_WAIT << min(failures - PATIENCE, 10))


def check_wait(name: str, failures: int, failed_up: int, up: int) -> Refusal | None:
    """None if another try is allowed now.

    The wait is counted by the machine's uptime, which nobody sets: a clock that is set ahead
    ends no wait. Where the machine was started anew, the uptime is all that is sure to have
    passed, so one waits no longer than from the start.

    Args:
        name: who asks for the passphrase.
        failures: how many wrong ones were said in a row.
        failed_up: the uptime at which the last one was said, in milliseconds.
        up: the uptime now.
    """
    passed = up - failed_up if up >= failed_up else up
    wait = wait_after(failures) - passed
    if wait <= 0:
        return None
    return Refusal(
        Reason.TOO_SOON,
        f"{failures} wrong passphrases for {name}. Try again in {countdown(wait)}.",
        {"wait_seconds": -(-wait // SECOND), "failures": failures},
    )
