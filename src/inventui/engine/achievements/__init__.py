"""Achievements: goals, and what reaching them earned."""
