"""What an export holds of a player's settlements, income and upkeep."""

from sqlalchemy import Executable

from inventui.db.tables.property import IncomeRow, SettlementRow, UpkeepRow
from inventui.engine.export.section import own

SECTIONS: dict[str, Executable] = {
    "settlements": own(SettlementRow),
    "income": own(IncomeRow),
    "upkeep": own(UpkeepRow),
}
