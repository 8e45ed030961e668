"""Trades: offers between two players."""
