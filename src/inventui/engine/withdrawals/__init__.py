"""Withdrawals: what leaves the world, with a certificate."""
