"""SQLite: triggers in its words; statements are in them as they stand."""

from inventui.db.dialects.trigger import Refuse, Trigger


def create_trigger(trigger: Trigger) -> str:
    """The statement that makes a trigger."""
    when = f" WHEN {trigger.when}" if trigger.when else ""
    body = "\n".join(f"  {_part(part)};" for part in trigger.body)
    sql = f"CREATE TRIGGER {trigger.name} {trigger.moment} ON {trigger.table}{when}"
    return f"{sql}\nBEGIN\n{body}\nEND".replace(" == ", " IS ").replace(" != ", " IS NOT ")


def _part(part: Refuse | str) -> str:
    if isinstance(part, str):
        return part
    refusal = f"SELECT RAISE(ABORT, '{part.message}')"
    # What is neither true nor false, for want of a value, is refused too.
    return f"{refusal} WHERE ({part.unless}) IS NOT TRUE" if part.unless else refusal
