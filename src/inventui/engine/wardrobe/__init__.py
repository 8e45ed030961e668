"""Wardrobe: what a player wears."""
