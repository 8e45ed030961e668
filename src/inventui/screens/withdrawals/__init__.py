"""The withdrawals room."""
