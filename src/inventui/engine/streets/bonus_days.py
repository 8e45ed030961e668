"""Days whose bonus is taken, and which is the first that is not."""

from typing import NamedTuple

from inventui.db.statements import Connection, Statement


class Bonus(NamedTuple):
    """A bonus that was taken: its day, and how long the streak was then."""

    day: int
    streak: int


_LAST_BONUS = Statement(
    "SELECT day, streak FROM daily_bonus WHERE player_id = :player AND day <= :day"
    " ORDER BY day DESC LIMIT 1",
    Bonus,
)
# A clock that ran ahead may have taken the bonus of days to come.
_FREE_DAY = Statement(
    "SELECT day + 1 FROM daily_bonus b WHERE player_id = :player AND day >= :day AND NOT EXISTS"
    " (SELECT 1 FROM daily_bonus n WHERE n.player_id = :player AND n.day = b.day + 1)"
    " ORDER BY day LIMIT 1",
    int,
)
_TAKEN = Statement("SELECT 1 FROM daily_bonus WHERE player_id = :player AND day = :day", int)


def last_bonus(connection: Connection, player: int, day: int) -> Bonus | None:
    """The last bonus that was taken up to a day."""
    return connection.execute(_LAST_BONUS, {"player": player, "day": day}).first()


def free_day_of(connection: Connection, player: int, day: int) -> int:
    """The first day from `day` on whose bonus is not taken."""
    asked = {"player": player, "day": day}
    if connection.execute(_TAKEN, asked).first() is None:
        return day
    return connection.execute(_FREE_DAY, asked).one()
