"""PostgreSQL: statements and triggers in its words, and the functions of SQLite's that they call.

A statement needs few rules, for most of what SQLite alone has are functions, which a world on
PostgreSQL brings along (`FUNCTIONS`). They stand in the world's own schema, so it needs no
right but to create there.
"""

import re

from inventui.db.dialects.trigger import HIDDEN_CHANGED, Refuse, Trigger


def _counting(left: str, operator: str, number: str) -> tuple[str, str]:
    name = {"+": "plus", "-": "minus", "*": "times"}[operator]
    return (
        f"CREATE FUNCTION {name}({left}, boolean) RETURNS bigint LANGUAGE sql IMMUTABLE"
        f" AS $$ SELECT CAST({number} {operator} $2::integer AS bigint) $$",
        f"CREATE OPERATOR {operator} (LEFTARG = {left}, RIGHTARG = boolean, FUNCTION = {name})",
    )


FUNCTIONS = (
    # A list of numbers, e.g. of player items.
    """CREATE FUNCTION json_each(list text) RETURNS TABLE (key bigint, value bigint)
    LANGUAGE sql IMMUTABLE ROWS 10 AS $$
      SELECT place - 1, element::bigint
      FROM json_array_elements_text(list::json) WITH ORDINALITY AS each (element, place) $$""",
    # With a path it is a list of words.
    """CREATE FUNCTION json_each(document text, path text) RETURNS TABLE (key bigint, value text)
    LANGUAGE sql IMMUTABLE ROWS 10 AS $$
      SELECT place - 1, element
      FROM json_array_elements_text(jsonb_path_query_first(document::jsonb, path::jsonpath)::json)
      WITH ORDINALITY AS each (element, place) $$""",
    # A number comes as its digits, a truth as 1 or 0: who wants a number casts it.
    """CREATE FUNCTION json_extract(document text, path text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
      SELECT CASE found WHEN 'true' THEN '1' WHEN 'false' THEN '0' ELSE found #>> '{}' END
      FROM jsonb_path_query_first(document::jsonb, path::jsonpath) AS found $$""",
    """CREATE FUNCTION json_array(bigint, bigint) RETURNS json LANGUAGE sql IMMUTABLE
    AS $$ SELECT json_build_array($1, $2) $$""",
    """CREATE FUNCTION json_added(list text, element json) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT left(list, -1) || CASE list WHEN '[]' THEN '' ELSE ',' END || element || ']' $$""",
    """CREATE AGGREGATE json_group_array(json)
    (SFUNC = json_added, STYPE = text, INITCOND = '[]')""",
    """CREATE FUNCTION min(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT least($1, $2) $$""",
    """CREATE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT greatest($1, $2) $$""",
    """CREATE FUNCTION typeof(bigint) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT 'integer' $$""",
    # Conditions count as 1 and 0.
    *_counting("boolean", "+", "$1::integer"),
    *_counting("boolean", "-", "$1::integer"),
    *_counting("bigint", "+", "$1"),
    *_counting("bigint", "-", "$1"),
    *_counting("bigint", "*", "$1"),
)
"""What of SQLite's functions tables, statements and triggers use, in PostgreSQL's words."""

_RULES = (
    # PostgreSQL's planner takes no advice, and needs none.
    (re.compile(r" INDEXED BY \w+"), ""),
    (re.compile(r"(?<=[ (])\+(?=[a-z])"), ""),
    # SQLite reads in the order of a CROSS JOIN, which may have a condition there.
    (re.compile(r"\bCROSS JOIN\b"), "JOIN"),
)
_PARAMETER = re.compile(r"(?<![:']):([a-z_]+)")


def translate(sql: str) -> tuple[str, tuple[str, ...]]:
    """A statement's text with `$1`, `$2` …, and the names of these parameters in order."""
    for pattern, instead in _RULES:
        sql = pattern.sub(instead, sql)
    names = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
    return _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", sql), names


_LAYOUT_RULES = (
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (re.compile(r"\)\s*STRICT\b"), ")"),
    (re.compile(r"\btemp\."), "pg_temp."),
)


def translate_layout(sql: str) -> str:
    """A statement of a migration's step, by which tables are made and changed."""
    for pattern, instead in _LAYOUT_RULES:
        sql = pattern.sub(instead, sql)
    return translate(sql)[0]


def source(trigger: Trigger) -> str:
    """The text of the function that a trigger calls; empty if there is nothing for it to do."""
    parts = [_part(part) for part in trigger.body if isinstance(part, str) or not part.hidden]
    if not parts:
        return ""
    body = "".join(f"{part};\n" for part in parts)
    if trigger.when:
        body = f"IF {trigger.when} THEN\n{body}END IF;\n"
    return f"BEGIN\n{spelled(body)}RETURN NEW;\nEND"


def spelled(condition: str) -> str:
    """What a trigger asks or does, in PostgreSQL's operators."""
    condition = condition.replace(HIDDEN_CHANGED, "")
    condition = condition.replace(" == ", " IS NOT DISTINCT FROM ")
    return condition.replace(" != ", " IS DISTINCT FROM ")


def _part(part: Refuse | str) -> str:
    if isinstance(part, str):
        return part
    refusal = f"RAISE integrity_constraint_violation USING MESSAGE = '{part.message}'"
    return f"IF ({part.unless}) IS NOT TRUE THEN {refusal}; END IF" if part.unless else refusal


def create_trigger(trigger: Trigger) -> tuple[str, ...]:
    """The statements that make a trigger, none if there is nothing for it to do."""
    body = source(trigger)
    if not body:
        return ()
    name = trigger.name
    return (
        # The function reads the world's tables, whatever its caller has put before them.
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT"
        f" AS $guard$\n{body}\n$guard$",
        f"CREATE TRIGGER {name} {trigger.moment} ON {trigger.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def number(table: str) -> tuple[str, str]:
    """Statements by which lines of a table are numbered from 1 without gaps."""
    return (
        f"CREATE FUNCTION next_{table}() RETURNS bigint LANGUAGE plpgsql"
        f" SET search_path FROM CURRENT AS $$ BEGIN"
        f" RETURN (SELECT coalesce(max(id), 0) + 1 FROM {table}); END $$",
        f"ALTER TABLE {table} ALTER id SET DEFAULT next_{table}()",
    )
