"""Inventory: rules of player items, escrow, gear and the wardrobe."""
