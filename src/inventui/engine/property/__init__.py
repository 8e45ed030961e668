"""Property: a business and a home."""
