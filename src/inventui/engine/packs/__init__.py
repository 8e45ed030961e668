"""Packs: content reaches the world."""
