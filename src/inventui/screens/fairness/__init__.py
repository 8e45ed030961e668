"""The fairness room."""
