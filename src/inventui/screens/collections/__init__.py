"""The collections room."""
