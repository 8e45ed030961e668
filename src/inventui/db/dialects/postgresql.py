"""PostgreSQL: statements in its words, and the functions of SQLite's that they call.

A statement needs few rules, for most of what SQLite alone has are functions, which a world on
PostgreSQL brings along (`FUNCTIONS`). They stand in the world's own schema, so it needs no
right but to create there.
"""

import re

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
    # Conditions count as 1 and 0.
    """CREATE FUNCTION counted(boolean, boolean) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT $1::integer::bigint + $2::integer $$""",
    "CREATE OPERATOR + (LEFTARG = boolean, RIGHTARG = boolean, FUNCTION = counted)",
    """CREATE FUNCTION counted(bigint, boolean) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT $1 + $2::integer $$""",
    "CREATE OPERATOR + (LEFTARG = bigint, RIGHTARG = boolean, FUNCTION = counted)",
)
"""What of SQLite's functions the tables and statements use, in PostgreSQL's words."""

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
