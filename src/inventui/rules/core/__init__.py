"""Core: what all rules use: enums, categories, money, the lifecycle, the clock, refusals."""
