"""Wardrobe: slots and what is worn in them."""
