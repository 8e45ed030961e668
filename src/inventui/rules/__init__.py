"""What is true: the game's tables and pure functions.

Nothing in this package reads a clock, draws randomness, or touches a file or a
database: time, seeds and rows are handed in.
"""
