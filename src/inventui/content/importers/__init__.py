"""Importers: cases of other games and services become a pack. Each says what it could not hold.

A module a format, with a function `read(source, draft)`; only facts of the formats are used.
"""
