"""Bazaar: listings from player to player."""
