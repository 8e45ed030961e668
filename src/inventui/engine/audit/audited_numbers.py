"""The numbers of the economy under which a line was written."""

import json
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import EconomyNumbersRow
from inventui.db.tables.select import select
from inventui.engine.audit.check import rows
from inventui.rules.audited_numbers import numbers


class Economy:
    """What a world keeps of the numbers that it was played under."""

    def __init__(self, connection: Connection) -> None:
        """Read them all: a set for each time that they changed."""
        kept = list(
            rows(
                connection,
                select(EconomyNumbersRow.after_operation, EconomyNumbersRow.numbers).order_by(
                    col(EconomyNumbersRow.after_operation)
                ),
            )
        )
        self._after = [after for after, _ in kept]
        # A number that was not kept yet is taken as it was first known, or as it is now.
        self._sets: list[Mapping[str, Any]] = [numbers()]
        for _, changed in reversed(kept):
            self._sets.insert(0, {**self._sets[0], **json.loads(changed)})

    def at(self, operation: int) -> Mapping[str, Any]:
        """The numbers in force in an operation, by `module.name` of the rules."""
        return self._sets[max(0, bisect_left(self._after, operation) - 1)]

    def most(self, name: str) -> int:
        """The largest that a number ever was."""
        return max(int(each[name]) for each in self._sets[: max(1, len(self._after))])
