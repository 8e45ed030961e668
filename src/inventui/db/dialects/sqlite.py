"""SQLite: triggers in its words; statements are in them as they stand."""

import re

from inventui.db.dialects.trigger import Refuse, Trigger

_AMONG = re.compile(r"((?:NEW|OLD|c|m|o)\.\w+) (NOT )?IN \(('[^()]*')\)")
"""A column of the line that a trigger acts for, or of its journal, among some words."""


def create_trigger(trigger: Trigger) -> str:
    """The statement that makes a trigger."""
    when = f" WHEN {trigger.when}" if trigger.when else ""
    body = "\n".join(f"  {_part(part)};" for part in trigger.body)
    sql = f"CREATE TRIGGER {trigger.name} {trigger.moment} ON {trigger.table}{when}"
    sql = f"{sql}\nBEGIN\n{body}\nEND".replace(" == ", " IS ").replace(" != ", " IS NOT ")
    return _AMONG.sub(_one_of, sql)


def _one_of(among: re.Match[str]) -> str:
    # For IN, SQLite makes a table of the words for each row anew.
    column, no, words = among.groups()
    return f"{no or ''}({' OR '.join(f'{column} = {word}' for word in words.split(', '))})"


def _part(part: Refuse | str) -> str:
    if isinstance(part, str):
        return part
    refusal = f"SELECT RAISE(ABORT, '{part.message}')"
    # What is neither true nor false, for want of a value, is refused too.
    return f"{refusal} WHERE ({part.unless}) IS NOT TRUE" if part.unless else refusal
