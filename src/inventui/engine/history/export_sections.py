"""What an export holds: a SELECT for each section of the document, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Label,
    Select,
    bindparam,
    case,
    inspect,
    or_,
    type_coerce,
    union_all,
)
from sqlmodel import SQLModel, col

from inventui.db.tables.achievements import AchievedRow, AchievementRow
from inventui.db.tables.bazaar import ListingRow
from inventui.db.tables.catalogue import CaseRow, ItemRow, OddsTableRow
from inventui.db.tables.journal import (
    ConditionRow,
    EffectRow,
    MoveRow,
    OperationRow,
    PlayerItemRow,
    RollRow,
    TransferRow,
    VisitRow,
)
from inventui.db.tables.market import GearShopRow, StallSaleRow
from inventui.db.tables.notifications import NotificationRow
from inventui.db.tables.people import FriendshipRow, GiftRow
from inventui.db.tables.players import AccountRow, PlayerRow, SeedPairRow
from inventui.db.tables.property import IncomeRow, SettlementRow, UpkeepRow
from inventui.db.tables.select import select, value
from inventui.db.tables.streets import DailyBonusRow, RobberyRow, ShiftRow
from inventui.db.tables.trades import TradeItemRow, TradeRow
from inventui.db.tables.withdrawals import WithdrawalRow
from inventui.db.tables.workshop import CompletionRow, FusionInputRow, FusionRow

if TYPE_CHECKING:
    pass

T = TypeVar("T")

_ME = value(bindparam("me", type_=Integer))


def _label(column: T, name: str) -> Label[T]:
    """A column under another name."""
    return cast("ColumnElement[T]", column).label(name)


def _flag(condition: bool, name: str) -> Label[int]:
    """Whether a condition holds, as 0 or 1."""
    return type_coerce(condition, Integer).label(name)


def _own(table: type[SQLModel]) -> Executable:
    """The player's rows of a table, with every column but whose they are."""
    columns = inspect(table).local_table.columns
    listed = [column for column in columns if column.name != "player_id"]
    return Select(*listed).where(columns["player_id"] == _ME).order_by(columns["id"])


_ACCOUNTS = select(AccountRow.id).where(AccountRow.player_id == _ME)
_LINES = union_all(
    select(
        TransferRow.id,
        TransferRow.operation_id,
        TransferRow.kind,
        TransferRow.currency,
        _label(-TransferRow.amount, "amount"),
        _label(TransferRow.from_balance, "balance"),
    ).where(col(TransferRow.from_account_id).in_(_ACCOUNTS)),
    select(
        TransferRow.id,
        TransferRow.operation_id,
        TransferRow.kind,
        TransferRow.currency,
        TransferRow.amount,
        TransferRow.to_balance,
    ).where(col(TransferRow.to_account_id).in_(_ACCOUNTS)),
).subquery()

SECTIONS: dict[str, Executable] = {
    "balances": select(AccountRow.currency, AccountRow.balance, AccountRow.spent)
    .where(AccountRow.player_id == _ME)
    .order_by(col(AccountRow.id)),
    "operations": select(OperationRow.id, OperationRow.at, OperationRow.kind, OperationRow.request)
    .where(OperationRow.player_id == _ME)
    .order_by(col(OperationRow.id)),
    "transfers": select(
        _LINES.c.id,
        _LINES.c.operation_id,
        OperationRow.at,
        _LINES.c.kind,
        _LINES.c.currency,
        _LINES.c.amount,
        _LINES.c.balance,
    )
    .select_from(_LINES)
    .join(OperationRow, col(OperationRow.id) == _LINES.c.operation_id)
    .order_by(_LINES.c.id),
    "things": select(
        PlayerItemRow.id,
        _label(ItemRow.slug, "item"),
        ItemRow.name,
        PlayerItemRow.category,
        ItemRow.rarity,
        ItemRow.value,
        PlayerItemRow.status,
        PlayerItemRow.locked,
        PlayerItemRow.acquired_at,
        PlayerItemRow.acquisition,
        PlayerItemRow.source,
        PlayerItemRow.price_paid,
        PlayerItemRow.gems_paid,
        PlayerItemRow.origin_id,
        PlayerItemRow.uses,
        PlayerItemRow.durability,
        PlayerItemRow.held_until,
    )
    .select_from(PlayerItemRow)
    .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
    .where(PlayerItemRow.player_id == _ME)
    .order_by(col(PlayerItemRow.id)),
    "moves": select(
        MoveRow.player_item_id,
        MoveRow.version,
        MoveRow.event,
        MoveRow.from_status,
        MoveRow.to_status,
        MoveRow.operation_id,
    )
    .select_from(PlayerItemRow)
    .join(MoveRow, col(MoveRow.player_item_id) == PlayerItemRow.id)
    .where(PlayerItemRow.player_id == _ME)
    .order_by(col(PlayerItemRow.id), col(MoveRow.version)),
    "conditions": select(
        ConditionRow.player_item_id,
        ConditionRow.number,
        ConditionRow.uses,
        ConditionRow.durability,
        ConditionRow.operation_id,
    )
    .select_from(PlayerItemRow)
    .join(ConditionRow, col(ConditionRow.player_item_id) == PlayerItemRow.id)
    .where(PlayerItemRow.player_id == _ME)
    .order_by(col(PlayerItemRow.id), col(ConditionRow.number)),
    "seed_pairs": select(
        SeedPairRow.number,
        SeedPairRow.state,
        case((col(SeedPairRow.state) == "retired", col(SeedPairRow.server_seed))).label(
            "server_seed"
        ),
        SeedPairRow.server_seed_hash,
        SeedPairRow.client_seed,
        SeedPairRow.nonce,
        SeedPairRow.retired_at,
    )
    .where(SeedPairRow.player_id == _ME)
    .order_by(col(SeedPairRow.number)),
    "rolls": select(
        _label(SeedPairRow.number, "pair"),
        RollRow.nonce,
        RollRow.operation_id,
        RollRow.purpose,
        RollRow.ticket,
        RollRow.entry,
        _label(OddsTableRow.hash, "odds_hash"),
        RollRow.player_item_id,
    )
    .select_from(SeedPairRow)
    .join(RollRow, col(RollRow.seed_pair_id) == SeedPairRow.id)
    .join(OddsTableRow, col(OddsTableRow.id) == RollRow.odds_table_id)
    .where(SeedPairRow.player_id == _ME)
    .order_by(col(SeedPairRow.number), col(RollRow.nonce)),
    "odds_tables": select(OddsTableRow.hash, _label(OddsTableRow.canonical, "odds"))
    .where(
        col(OddsTableRow.id).in_(
            select(RollRow.odds_table_id)
            .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
            .where(SeedPairRow.player_id == _ME)
        )
    )
    .order_by(col(OddsTableRow.id)),
    "friends": select(
        FriendshipRow.operation_id,
        FriendshipRow.at,
        FriendshipRow.number,
        FriendshipRow.event,
        _flag(FriendshipRow.by_id == _ME, "by_me"),
        _label(PlayerRow.name, "other"),
    )
    .select_from(FriendshipRow)
    .join(PlayerRow, col(PlayerRow.id) == FriendshipRow.low_id + FriendshipRow.high_id - _ME)
    .where(or_(col(FriendshipRow.low_id) == _ME, col(FriendshipRow.high_id) == _ME))
    .order_by(col(FriendshipRow.id)),
    "gifts": select(
        GiftRow.id,
        GiftRow.operation_id,
        GiftRow.at,
        _flag(GiftRow.giver_id == _ME, "sent"),
        _label(PlayerRow.name, "other"),
        case(
            (col(GiftRow.giver_id) == _ME, col(GiftRow.given_id)), else_=GiftRow.received_id
        ).label("item_id"),
        GiftRow.oranges,
        GiftRow.gems,
        GiftRow.message,
    )
    .select_from(GiftRow)
    .join(PlayerRow, col(PlayerRow.id) == GiftRow.giver_id + GiftRow.receiver_id - _ME)
    .where(or_(col(GiftRow.giver_id) == _ME, col(GiftRow.receiver_id) == _ME))
    .order_by(col(GiftRow.id)),
    "robberies": select(
        RobberyRow.id,
        RobberyRow.operation_id,
        RobberyRow.at,
        _flag(RobberyRow.robber_id == _ME, "by_me"),
        _label(PlayerRow.name, "other"),
        RobberyRow.chance,
        RobberyRow.success,
        RobberyRow.oranges,
        RobberyRow.stolen_id,
    )
    .select_from(RobberyRow)
    .join(PlayerRow, col(PlayerRow.id) == RobberyRow.robber_id + RobberyRow.victim_id - _ME)
    .where(or_(col(RobberyRow.robber_id) == _ME, col(RobberyRow.victim_id) == _ME))
    .order_by(col(RobberyRow.id)),
    "notifications": _own(NotificationRow),
    "withdrawals": _own(WithdrawalRow),
    "shifts": _own(ShiftRow),
    "daily_bonuses": _own(DailyBonusRow),
    "settlements": _own(SettlementRow),
    "income": _own(IncomeRow),
    "upkeep": _own(UpkeepRow),
    "gear_shops": _own(GearShopRow),
    "stall_sales": select(
        StallSaleRow.operation_id, StallSaleRow.stall_id, StallSaleRow.player_item_id
    )
    .join(PlayerItemRow, col(PlayerItemRow.id) == StallSaleRow.player_item_id)
    .where(PlayerItemRow.player_id == _ME)
    .order_by(col(StallSaleRow.id)),
    "achievements": select(
        AchievedRow.operation_id, AchievedRow.at, _label(AchievementRow.slug, "achievement")
    )
    .select_from(AchievedRow)
    .join(AchievementRow, col(AchievementRow.id) == AchievedRow.achievement_id)
    .where(AchievedRow.player_id == _ME)
    .order_by(col(AchievedRow.id)),
    "listings": select(
        ListingRow.id,
        ListingRow.operation_id,
        ListingRow.at,
        ListingRow.until,
        _flag(ListingRow.seller_id == _ME, "mine"),
        _label(ItemRow.slug, "item"),
        case(
            (col(ListingRow.seller_id) == _ME, col(ListingRow.player_item_id)),
            else_=ListingRow.bought_id,
        ).label("item_id"),
        ListingRow.price,
        ListingRow.fee,
        ListingRow.state,
        ListingRow.ended_by,
    )
    .select_from(ListingRow)
    .join(ItemRow, col(ItemRow.id) == ListingRow.item_id)
    .where(or_(col(ListingRow.seller_id) == _ME, col(ListingRow.buyer_id) == _ME))
    .order_by(col(ListingRow.id)),
    "trades": select(
        TradeRow.id,
        TradeRow.operation_id,
        TradeRow.at,
        TradeRow.until,
        _flag(TradeRow.proposer_id == _ME, "mine"),
        _label(PlayerRow.name, "other"),
        TradeRow.proposer_oranges,
        TradeRow.partner_oranges,
        TradeRow.message,
        TradeRow.state,
        TradeRow.answer,
        TradeRow.counter_of,
        TradeRow.ended_by,
    )
    .select_from(TradeRow)
    .join(PlayerRow, col(PlayerRow.id) == TradeRow.proposer_id + TradeRow.partner_id - _ME)
    .where(or_(col(TradeRow.proposer_id) == _ME, col(TradeRow.partner_id) == _ME))
    .order_by(col(TradeRow.id)),
    "trade_things": select(TradeItemRow.trade_id, TradeItemRow.side, TradeItemRow.player_item_id)
    .join(TradeRow, col(TradeRow.id) == TradeItemRow.trade_id)
    .where(or_(col(TradeRow.proposer_id) == _ME, col(TradeRow.partner_id) == _ME))
    .order_by(col(TradeItemRow.id)),
    "fusions": select(
        FusionRow.id,
        FusionRow.operation_id,
        OperationRow.at,
        FusionRow.rarity,
        FusionRow.fee,
        RollRow.player_item_id,
    )
    .select_from(FusionRow)
    .join(OperationRow, col(OperationRow.id) == FusionRow.operation_id)
    .join(RollRow, col(RollRow.id) == FusionRow.roll_id)
    .where(FusionRow.player_id == _ME)
    .order_by(col(FusionRow.id)),
    "fusion_inputs": select(FusionInputRow.fusion_id, FusionInputRow.player_item_id)
    .join(PlayerItemRow, col(PlayerItemRow.id) == FusionInputRow.player_item_id)
    .where(PlayerItemRow.player_id == _ME)
    .order_by(col(FusionInputRow.id)),
    "collections": select(
        CompletionRow.operation_id,
        CompletionRow.at,
        _label(CaseRow.slug, "collection"),
        CompletionRow.oranges,
        CompletionRow.gems,
    )
    .select_from(CompletionRow)
    .join(CaseRow, col(CaseRow.id) == CompletionRow.case_id)
    .where(CompletionRow.player_id == _ME)
    .order_by(col(CompletionRow.id)),
    "effects": select(
        EffectRow.operation_id,
        EffectRow.kind,
        EffectRow.until,
        _flag(EffectRow.player_id == _ME, "on_me"),
        _label(PlayerRow.name, "by"),
    )
    .select_from(EffectRow)
    .join(PlayerRow, col(PlayerRow.id) == EffectRow.by_player_id)
    .where(or_(col(EffectRow.player_id) == _ME, col(EffectRow.by_player_id) == _ME))
    .order_by(col(EffectRow.id)),
    "visits": select(
        VisitRow.operation_id,
        _flag(VisitRow.visitor_id == _ME, "by_me"),
        _label(PlayerRow.name, "other"),
    )
    .select_from(VisitRow)
    .join(PlayerRow, col(PlayerRow.id) == VisitRow.visitor_id + VisitRow.host_id - _ME)
    .where(or_(col(VisitRow.visitor_id) == _ME, col(VisitRow.host_id) == _ME))
    .order_by(col(VisitRow.id)),
}
"""What is exported, in order: a name and the statement that gives its rows."""
