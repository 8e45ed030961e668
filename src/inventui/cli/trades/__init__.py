"""Commands of trades."""
