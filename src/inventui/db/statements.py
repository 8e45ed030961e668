"""Statements that are put together as they are needed, the same few again and again."""

from functools import cache

from sqlalchemy import TextClause, text


@cache
def statement(sql: str) -> TextClause:
    """SQL as a statement, built once."""
    return text(sql)
