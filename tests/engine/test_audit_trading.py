"""The audit notices what is forged of listings, trades, fusions and collections."""

from collections.abc import Iterator

import pytest

from inventui.engine.bazaar.models import BazaarQuery, Bought, Delisted, ListingPage
from inventui.engine.cases.models import Opening
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.workshop.models import Completed
from inventui.rules.bazaar import DURATION
from inventui.rules.core.clock import HOUR, FrozenClock
from tests.builders import NOW, a_player, a_world, audited, done
from tests.engine.bazaar import put_up
from tests.engine.forging import AuditAfter, forgeries
from tests.engine.trading import have, offered
from tests.engine.workshop import fused, granted

_SOLD = "WHERE state = 'sold'"
_LOOSE = "PRAGMA ignore_check_constraints = ON;"
_ACCEPTED = "(SELECT id FROM trade WHERE state = 'accepted')"

LISTING_FORGERIES = {
    "a thing of somebody else's": "UPDATE listing SET seller_id = 2 WHERE state = 'open'",
    "a thing of another item": "UPDATE listing SET item_id = 1 WHERE state = 'open'",
    "a thing that was put up by nothing": "UPDATE listing SET operation_id = 1, at ="
    " (SELECT at FROM operation WHERE id = 1) WHERE state = 'open'",
    "a price beyond all bounds": "UPDATE listing SET price = 2000000000 WHERE state = 'open'",
    "another moment": "UPDATE listing SET at = at + 1 WHERE state = 'open'",
    "a longer time": "UPDATE listing SET until = until + 1 WHERE state = 'open'",
    "a sale of what is still there": f"UPDATE player_item SET status = 'listed' WHERE id ="
    f" (SELECT min(player_item_id) FROM listing {_SOLD})",
    "a sale to somebody else": f"UPDATE listing SET buyer_id = 3 {_SOLD}",
    "a sale to its seller": f"UPDATE listing SET buyer_id = seller_id {_SOLD}",
    "a sale of another row": f"UPDATE listing SET bought_id = 1 {_SOLD}",
    "a sale at another price": f"UPDATE listing SET price = price + 1 {_SOLD}",
    "a lower fee": f"UPDATE listing SET fee = fee - 1 {_SOLD}",
    "a lower fee that moved so": f"UPDATE listing SET fee = fee - 1 {_SOLD};"
    "UPDATE transfer SET amount = amount - 1 WHERE kind = 'bazaar_fee'",
    "a sale after its time": f"UPDATE operation SET at = at + {DURATION} WHERE id ="
    f" (SELECT min(ended_by) FROM listing {_SOLD})",
    "a buyer's row of another origin": "UPDATE player_item SET origin_id = NULL"
    " WHERE acquisition = 'bazaar'",
    "a buyer's row of another price": "UPDATE player_item SET price_paid = 1"
    " WHERE acquisition = 'bazaar'",
    "a thing from the bazaar of which no sale tells": "UPDATE player_item SET acquisition ="
    " 'bazaar' WHERE id = 1",
    "a sale that nobody wrote down": f"{_LOOSE}UPDATE listing SET state = 'taken_back',"
    f" buyer_id = NULL, bought_id = NULL, fee = 0 {_SOLD}",
    "a return with a fee": "UPDATE listing SET fee = 5 WHERE state = 'taken_back'",
    "a return that did not happen": "UPDATE listing SET ended_by = 1 WHERE state = 'taken_back'",
    "an end before its time": "UPDATE listing SET state = 'expired' WHERE state = 'taken_back'",
    "an open listing of what came home": f"{_LOOSE}UPDATE listing SET state = 'open',"
    " ended_by = NULL WHERE state = 'taken_back'",
    "a listed thing without a listing": "DELETE FROM listing WHERE state = 'open'",
    "a price that moved for nothing": "UPDATE transfer SET kind = 'bazaar' WHERE id = 1",
    "a price that moved otherwise": "UPDATE transfer SET amount = amount + 1 WHERE kind = 'bazaar'",
    "a fee that went elsewhere": "UPDATE transfer SET to_account_id = (SELECT id FROM account"
    " WHERE house = 'shop' AND currency = 'oranges') WHERE kind = 'bazaar_fee'",
}
TRADE_FORGERIES = {
    "another moment": "UPDATE trade SET at = at + 1 WHERE state = 'open'",
    "a longer time": "UPDATE trade SET until = until + 1 WHERE state = 'open'",
    "a trade with oneself": f"{_LOOSE}UPDATE trade SET partner_id = proposer_id"
    " WHERE state = 'open'",
    "nothing on one side": "DELETE FROM trade_thing WHERE side = 'proposer' AND trade_id ="
    " (SELECT max(id) FROM trade WHERE state = 'open')",
    "a thing of the other side": "UPDATE trade_thing SET side = 'partner'"
    f" WHERE side = 'proposer' AND trade_id = {_ACCEPTED}",
    "a thing that is not held": "UPDATE trade_thing SET player_item_id = 1 WHERE side ="
    " 'proposer' AND trade_id = (SELECT max(id) FROM trade WHERE state = 'open')",
    "a thing named later": "UPDATE trade_thing SET operation_id = operation_id + 1",
    "an answer to another offer": "UPDATE trade SET counter_of = 1 WHERE counter_of IS NOT NULL",
    "a thing that did not go over": "UPDATE player_item SET origin_id = NULL WHERE acquisition ="
    " 'trade'",
    "a thing that went to somebody else": "UPDATE player_item SET player_id = 3"
    " WHERE acquisition = 'trade'",
    "a thing that went over otherwise": "UPDATE player_item SET acquisition = 'gift'"
    " WHERE acquisition = 'trade'",
    "an acceptance that moved nothing": "UPDATE trade SET state = 'accepted'"
    " WHERE state = 'declined'",
    "a swap that was declined": "UPDATE trade SET state = 'declined' WHERE state = 'accepted'",
    "an end by the other": "UPDATE trade SET state = 'taken_back' WHERE state = 'declined'",
    "an end before its time": "UPDATE trade SET state = 'expired' WHERE state = 'declined'",
    "an acceptance after its time": "UPDATE operation SET at = at + 999999999 WHERE id ="
    " (SELECT ended_by FROM trade WHERE state = 'accepted')",
    "an open offer of what came back": f"{_LOOSE}UPDATE trade SET state = 'open',"
    " ended_by = NULL WHERE state = 'declined'",
    "a held thing without an offer": "DELETE FROM trade_thing WHERE side = 'proposer'",
    "a thing that was traded in no trade": "UPDATE player_item SET acquisition = 'trade'"
    " WHERE id = 1",
}
HOLD_FORGERIES = {
    "more than is held": "UPDATE trade SET proposer_oranges = proposer_oranges + 1"
    " WHERE state = 'open' AND proposer_oranges > 0",
    "less than was held": "UPDATE trade SET proposer_oranges = proposer_oranges - 1"
    " WHERE state = 'accepted'",
    "held money that is gone": "UPDATE account SET balance = 0 WHERE house = 'trade_hold'",
    "held gems": "UPDATE account SET balance = 5 WHERE house = 'trade_hold' AND currency = 'gems'",
    "held money that went to somebody else": "UPDATE transfer SET to_account_id = (SELECT id"
    " FROM account WHERE player_id = 3 AND currency = 'oranges') WHERE from_account_id ="
    " (SELECT id FROM account WHERE house = 'trade_hold' AND currency = 'oranges')",
}
TRADE_MONEY_FORGERIES = {
    "a partner who paid less": "UPDATE trade SET partner_oranges = partner_oranges + 1"
    " WHERE state = 'accepted'",
    "two trades that were paid for once": "UPDATE trade SET state = 'accepted', ended_by ="
    " (SELECT ended_by FROM trade WHERE state = 'accepted'), partner_oranges = 20"
    " WHERE state = 'declined'",
    "money that moved for no trade": "UPDATE transfer SET kind = 'trade' WHERE kind = 'bazaar'",
}
FUSION_FORGERIES = {
    "somebody else's fusion": "UPDATE fusion SET player_id = 2",
    "a fusion of another operation": "UPDATE fusion SET operation_id = 1",
    "a roll of a case": "UPDATE fusion SET roll_id = (SELECT min(id) FROM roll"
    " WHERE purpose = 'case')",
    "a roll for something else": "UPDATE roll SET purpose = 'case' WHERE purpose = 'workshop'",
    "a thing that came otherwise": "UPDATE player_item SET acquisition = 'gift'"
    " WHERE acquisition = 'workshop'",
    "four things": "DELETE FROM fusion_input WHERE id = 2",
    "a thing that is still there": "UPDATE player_item SET status = 'owned'"
    " WHERE id = (SELECT max(player_item_id) FROM fusion_input)",
    "a thing of another rarity": "UPDATE item SET rarity = 'rare' WHERE slug = 'straw'",
    "things of another fusion": "UPDATE fusion_input SET fusion_id = 99 WHERE id = 1",
    "another fee": "UPDATE fusion SET fee = fee + 1",
    "a lower fee that moved so": "UPDATE fusion SET fee = fee - 1;"
    "UPDATE transfer SET amount = amount - 1 WHERE kind = 'workshop_fee'",
    "a fee that went elsewhere": "UPDATE transfer SET to_account_id = (SELECT id FROM account"
    " WHERE house = 'case' AND currency = 'oranges') WHERE kind = 'workshop_fee'",
    "odds of a case": "UPDATE roll SET odds_table_id = 1 WHERE purpose = 'workshop'",
    "a better rarity": "UPDATE fusion SET rarity = 'rare'",
    "a fusion that is gone": "DELETE FROM fusion",
    "a thing that was fused in no fusion": "UPDATE player_item SET status = 'fused' WHERE id ="
    " (SELECT max(id) FROM player_item)",
}
COMPLETION_FORGERIES = {
    "somebody else's": "UPDATE completion SET player_id = 2",
    "another moment": "UPDATE completion SET at = at + 1",
    "more than was paid": "UPDATE completion SET oranges = oranges + 1",
    "more gems than were paid": "UPDATE completion SET gems = gems + 1",
    "a second time": "DROP INDEX completion_once;INSERT INTO completion (operation_id, player_id,"
    " case_id, at, oranges, gems) SELECT operation_id, player_id, case_id, at, oranges, gems"
    " FROM completion",
}
PIECE_FORGERIES = {
    "a piece that is missing": "DELETE FROM counted_piece WHERE id = 1",
    "a piece of somebody else's": "UPDATE counted_piece SET player_item_id = (SELECT min(id)"
    " FROM player_item WHERE player_id = 2 AND origin_id IS NULL) WHERE id = 1",
    "two of a kind": "UPDATE counted_piece SET player_item_id = (SELECT max(id) FROM player_item"
    " WHERE player_id = 1 AND status = 'owned' AND item_id = (SELECT item_id FROM player_item"
    " WHERE id = (SELECT player_item_id FROM counted_piece WHERE id = 2))) WHERE id = 1",
    "a piece that counts twice": "DROP INDEX counted_piece_once;INSERT INTO counted_piece"
    " (operation_id, completion_id, player_item_id) SELECT operation_id, completion_id,"
    " player_item_id FROM counted_piece WHERE id = 1",
    "a piece that was handed on as new": "DELETE FROM counted_piece WHERE player_item_id IN"
    " (SELECT id FROM player_item WHERE origin_id IS NOT NULL)",
    "a set of before that there was not": "DELETE FROM counted_piece",
    "pieces of another operation": "UPDATE counted_piece SET operation_id = operation_id - 1",
}
TURN_FORGERIES = {
    "a turn before its time": "UPDATE bazaar_turn SET number = number + 1000",
    "a turn that is had twice": "DROP INDEX bazaar_turn_number;INSERT INTO bazaar_turn"
    " (operation_id, number) SELECT operation_id, number FROM bazaar_turn",
    "a turn of a player's": "UPDATE bazaar_turn SET operation_id = 1",
}
COUNT_FORGERIES = {
    "more than are listed": "UPDATE listing_count SET listed = listed + 1",
    "more than were sold": "UPDATE listing_count SET sold = sold + 1",
    "a count that is gone": "DELETE FROM listing_count",
    "more than are open in a block": "UPDATE listing_block SET listed = listed + 1",
    "a block that is gone": "DELETE FROM listing_block",
}
FORGERIES: dict[str, tuple[str, str]] = {
    f"{check}: {what}": (check, sql)
    for check, forgeries in {
        "listings": LISTING_FORGERIES,
        "listing_counts": COUNT_FORGERIES,
        "bazaar_turns": TURN_FORGERIES,
        "trades": TRADE_FORGERIES,
        "holds": HOLD_FORGERIES,
        "trade_money": TRADE_MONEY_FORGERIES,
        "fusions": FUSION_FORGERIES,
        "completions": COMPLETION_FORGERIES,
        "pieces": PIECE_FORGERIES,
    }.items()
    for what, sql in forgeries.items()
}
CRATE = ("straw", "stamp", "lemon", "peel", "squeezer")


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    """Forgeries of a world in which all has happened that markets let happen between players."""
    clock = FrozenClock(NOW)
    path = tmp_path_factory.mktemp("trading") / "world.db"
    with a_world(path, clock=clock) as world:
        ana = a_player(world, "ana", oranges=100_000)
        bob = a_player(world, "bob", oranges=100_000)
        a_player(world, "cy")
        done(ana.cases.open("crate"), Opening)
        done(bob.bazaar.page(BazaarQuery()), ListingPage)
        # What runs out goes first, then what ends otherwise, then what stays.
        put_up(ana, *have(ana, "stamp"))
        offered(ana, "bob", give=have(ana, "straw"), give_oranges=7, ask_oranges=5)
        clock.advance(DURATION)
        done(bob.bazaar.buy(put_up(ana, *have(ana, "stamp"))), Bought)
        back = put_up(ana, *have(ana, "stamp"))
        clock.advance(HOUR)
        done(ana.bazaar.delist(back), Delisted)
        put_up(ana, *have(ana, "lemon"))
        both = {"give": have(ana, "straw"), "ask": have(bob, "peel")}
        accepted = offered(ana, "bob", **both, give_oranges=30, ask_oranges=20)
        done(bob.trades.accept(accepted), TradeEnded)
        declined = offered(ana, "bob", give=have(ana, "straw"), give_oranges=9, ask_oranges=9)
        done(bob.trades.decline(declined), TradeEnded)
        taken = offered(ana, "bob", give_oranges=8, ask=have(bob, "straw"))
        done(ana.trades.take_back(taken), TradeEnded)
        first = offered(ana, "bob", give_oranges=6, ask=have(bob, "straw"))
        answer = TradeOffer(give=have(bob, "stamp"), ask_oranges=60)
        done(bob.trades.counter(first, answer), TradeMade)
        offered(ana, "bob", give=have(ana, "straw"), give_oranges=11, ask_oranges=1)
        fused(ana, granted(ana, "straw"))
        *_, last = have(ana, *CRATE)
        done(ana.collections.complete("crate"), Completed)
        done(bob.bazaar.buy(put_up(ana, last)), Bought)
        states = "SELECT DISTINCT state FROM trade UNION ALL SELECT DISTINCT state FROM listing"
        with world.store.read() as connection:
            assert len(connection.driver.execute(states).fetchall()) == 6 + 4
        audited(world)
    with forgeries(path) as audit_after:
        yield audit_after


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_audit_names_what_is_forged_of_the_markets(
    forgery: str, audit_after: AuditAfter
) -> None:
    check, sql = FORGERIES[forgery]
    assert audit_after(sql)[check].faults
