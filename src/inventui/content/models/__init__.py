"""Models of a pack's tables, and the types of their fields."""
