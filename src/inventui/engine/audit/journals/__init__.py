"""Checks of what all rooms write: operations, transfers, player items, rolls, counters."""
