"""The bazaar room."""
