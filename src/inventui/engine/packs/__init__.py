"""Packs: loading content into a world."""
