"""The way in by SSH."""
