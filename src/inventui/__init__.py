"""inventui: a terminal game about owning things."""

__version__ = "0.1.0"
