"""What an export holds of a player's friends, gifts, effects and visits."""

from sqlalchemy import Executable, case, or_
from sqlmodel import col

from inventui.db.tables.journal import EffectRow, VisitRow
from inventui.db.tables.people import FriendshipRow, GiftRow
from inventui.db.tables.players import PlayerRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, flag, label

SECTIONS: dict[str, Executable] = {
    "friends": select(
        FriendshipRow.operation_id,
        FriendshipRow.at,
        FriendshipRow.number,
        FriendshipRow.event,
        flag(FriendshipRow.by_id == ME, "by_me"),
        label(PlayerRow.name, "other"),
    )
    .select_from(FriendshipRow)
    .join(PlayerRow, col(PlayerRow.id) == FriendshipRow.low_id + FriendshipRow.high_id - ME)
    .where(or_(col(FriendshipRow.low_id) == ME, col(FriendshipRow.high_id) == ME))
    .order_by(col(FriendshipRow.id)),
    "gifts": select(
        GiftRow.id,
        GiftRow.operation_id,
        GiftRow.at,
        flag(GiftRow.giver_id == ME, "sent"),
        label(PlayerRow.name, "other"),
        case((col(GiftRow.giver_id) == ME, col(GiftRow.given_id)), else_=GiftRow.received_id).label(
            "item_id"
        ),
        GiftRow.oranges,
        GiftRow.gems,
        GiftRow.message,
    )
    .select_from(GiftRow)
    .join(PlayerRow, col(PlayerRow.id) == GiftRow.giver_id + GiftRow.receiver_id - ME)
    .where(or_(col(GiftRow.giver_id) == ME, col(GiftRow.receiver_id) == ME))
    .order_by(col(GiftRow.id)),
    "effects": select(
        EffectRow.operation_id,
        EffectRow.kind,
        EffectRow.until,
        flag(EffectRow.player_id == ME, "on_me"),
        label(PlayerRow.name, "by"),
    )
    .select_from(EffectRow)
    .join(PlayerRow, col(PlayerRow.id) == EffectRow.by_player_id)
    .where(or_(col(EffectRow.player_id) == ME, col(EffectRow.by_player_id) == ME))
    .order_by(col(EffectRow.id)),
    "visits": select(
        VisitRow.operation_id,
        flag(VisitRow.visitor_id == ME, "by_me"),
        label(PlayerRow.name, "other"),
    )
    .select_from(VisitRow)
    .join(PlayerRow, col(PlayerRow.id) == VisitRow.visitor_id + VisitRow.host_id - ME)
    .where(or_(col(VisitRow.visitor_id) == ME, col(VisitRow.host_id) == ME))
    .order_by(col(VisitRow.id)),
}
