"""Rules of trades."""
