"""What an export holds of a player's achievements."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.achievements import AchievedRow, AchievementRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, label

SECTIONS: dict[str, Executable] = {
    "achievements": select(
        AchievedRow.operation_id, AchievedRow.at, label(AchievementRow.slug, "achievement")
    )
    .select_from(AchievedRow)
    .join(AchievementRow, col(AchievementRow.id) == AchievedRow.achievement_id)
    .where(AchievedRow.player_id == ME)
    .order_by(col(AchievedRow.id)),
}
