"""Inventory: player items, their pages, durability, consumables and escrow."""
