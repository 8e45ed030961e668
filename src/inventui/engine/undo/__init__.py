"""Undo: taking back what was just sold, listed, thrown away or given."""
