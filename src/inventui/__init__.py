"""inventui: a terminal game about owning player items."""

__version__ = "0.2.0"
