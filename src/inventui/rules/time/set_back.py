"""A clock that was set back: what the world does when it was played at a later time than now.

It ran ahead and was set right again, or it is behind now: nobody can tell. So nothing is
undone. What is numbered (a period, a day) is had once, whenever its time is reached; what is
in force for a time goes by the present: what was done later than now counts as done when the
clock was set back.
"""

from dataclasses import dataclass

from inventui.rules.core.clock import MINUTE, to_datetime

SLACK = MINUTE
"""By how much a clock may be corrected without a word, in milliseconds."""


@dataclass(frozen=True, slots=True)
class SetBack:
    """The clock shows `now`, and the world was played at `was`, which is later."""

    was: int
    now: int

    @property
    def words(self) -> str:
        """What a player is told, once."""
        was, now = (to_datetime(at).strftime("%Y-%m-%d %H:%M") for at in (self.was, self.now))
        return (
            f"This world was played at {was} UTC, and your clock now says {now} UTC. What was had "
            "then is not had again; all else goes by your clock. If it is wrong, set it right."
        )
