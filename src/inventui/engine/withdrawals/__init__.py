"""Withdrawals: taking player items out of the world, with certificates."""
