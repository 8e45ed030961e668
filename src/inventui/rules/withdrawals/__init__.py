"""Withdrawals: rules of taking a player item out of the world, and of certificates."""
