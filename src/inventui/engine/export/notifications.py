"""What an export holds of a player's notifications."""

from sqlalchemy import Executable

from inventui.db.tables.notifications import NotificationRow
from inventui.engine.export.section import own

SECTIONS: dict[str, Executable] = {
    "notifications": own(NotificationRow),
}
