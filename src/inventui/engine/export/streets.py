"""What an export holds of a player's robberies, shifts and daily bonuses."""

from sqlalchemy import Executable, or_
from sqlmodel import col

from inventui.db.tables.players import PlayerRow
from inventui.db.tables.select import select
from inventui.db.tables.streets import DailyBonusRow, RobberyRow, ShiftRow
from inventui.engine.export.section import ME, flag, label, own

SECTIONS: dict[str, Executable] = {
    "robberies": select(
        RobberyRow.id,
        RobberyRow.operation_id,
        RobberyRow.at,
        flag(RobberyRow.robber_id == ME, "by_me"),
        label(PlayerRow.name, "other"),
        RobberyRow.chance,
        RobberyRow.success,
        RobberyRow.oranges,
        RobberyRow.stolen_id,
    )
    .select_from(RobberyRow)
    .join(PlayerRow, col(PlayerRow.id) == RobberyRow.robber_id + RobberyRow.victim_id - ME)
    .where(or_(col(RobberyRow.robber_id) == ME, col(RobberyRow.victim_id) == ME))
    .order_by(col(RobberyRow.id)),
    "shifts": own(ShiftRow),
    "daily_bonuses": own(DailyBonusRow),
}
