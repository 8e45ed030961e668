"""Property: businesses and homes."""
