"""Worlds that tests of screens play in, with what they ask of them."""
