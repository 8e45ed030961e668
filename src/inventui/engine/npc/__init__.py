"""Neighbours: the computer players of the packs, and what they do; above the rooms."""
