"""Achievements: goals, progress and rewards."""
