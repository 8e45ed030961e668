"""Neighbours: what the pack's people do, period by period; above the rooms."""
