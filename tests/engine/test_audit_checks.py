"""Each check of the audit has something that it notices."""

from inventui.engine.audit import CHECKS
from tests.engine.test_audit import FORGERIES, PROPERTY_FORGERIES
from tests.engine.test_audit_streets import STREET_FORGERIES


def test_every_check_is_broken_by_some_forgery() -> None:
    forgeries = (*FORGERIES.values(), *PROPERTY_FORGERIES.values(), *STREET_FORGERIES.values())
    assert {check for check, _ in forgeries} | {"guards"} == set(CHECKS)
