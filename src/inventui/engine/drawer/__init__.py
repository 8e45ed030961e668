"""Drawer: a player's page as others see it."""
