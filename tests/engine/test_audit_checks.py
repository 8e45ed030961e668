"""Each check of the audit has something that it notices."""

from inventui.engine.audit.audit import checks
from tests.engine.forging import REFUSED
from tests.engine.test_audit import FORGERIES, PROPERTY_FORGERIES
from tests.engine.test_audit_friendships import FORGERIES as BOND_FORGERIES
from tests.engine.test_audit_market import MARKET_FORGERIES
from tests.engine.test_audit_people import GOAL_FORGERIES
from tests.engine.test_audit_streets import STREET_FORGERIES
from tests.engine.test_audit_trading import FORGERIES as TRADING_FORGERIES
from tests.engine.test_audit_undo import UNDO_FORGERIES
from tests.engine.test_forged_lines import FORGERIES as FORGED_LINES
from tests.engine.test_invitations import FORGERIES as ADMISSION_FORGERIES


def test_every_check_is_broken_by_some_forgery() -> None:
    everything = (
        FORGERIES,
        PROPERTY_FORGERIES,
        STREET_FORGERIES,
        MARKET_FORGERIES,
        GOAL_FORGERIES,
        BOND_FORGERIES,
        TRADING_FORGERIES,
        FORGED_LINES,
        UNDO_FORGERIES,
        ADMISSION_FORGERIES,
    )
    found = {check for forgeries in everything for check, _ in forgeries.values()}
    assert (found | {"guards"}) - {REFUSED} == set(dict(checks()))
