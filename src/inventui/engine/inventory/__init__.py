"""Inventory: what a player has; durability, consumables and escrow."""
