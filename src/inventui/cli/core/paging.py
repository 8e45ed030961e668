"""Pages of long lists: how many lines, and after which."""

from typing import Annotated

from inventui.cli.core.parse import number
from inventui.rules.core.refusal import Reason, Refusal

MOST_LINES = 1_000


def check_limit(limit: int) -> Refusal | None:
    """None if a page may have so many lines, else why not."""
    if 1 <= limit <= MOST_LINES:
        return None
    return Refusal(
        Reason.INVALID_COUNT,
        f"A page has 1 to {MOST_LINES:,} lines, not {limit:,}.",
        {"count": limit, "least": 1, "most": MOST_LINES},
    )


Limit = Annotated[
    int,
    number("--limit", f"Lines, 1 to {MOST_LINES:,}."),
    check_limit,
]
After = Annotated[
    int | None, number("--after", "Go on after a page: what it gave as next.", metavar="CURSOR")
]
