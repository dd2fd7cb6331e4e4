"""The mechanical checks. Each takes a rule's limit and the values found, and returns what is wrong and with which field, or
None."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

Wrong = tuple[str, str] | None
Check = Callable[[Any, list[Any]], Wrong]


def find(body: Any, pointer: tuple[str, ...]) -> list[Any]:
    """The values at a pointer; ``*`` branches over lists and objects, what is missing is left out."""
    found = [body]
    for part in pointer:
        found = [child for value in found for child in _children(value, part)]
    return found


def _children(value: Any, part: str) -> list[Any]:
    if part == "*":
        return list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, list) else []
    return [value[part]] if isinstance(value, dict) and part in value else []


def _each(kind: type | tuple[type, ...], bad: Callable[[Any, Any], bool], words: str) -> Check:
    def check(limit: Any, values: list[Any]) -> Wrong:
        for value in values:
            if isinstance(value, kind) and bad(limit, value):
                return f"{words} {limit}: {str(value)[:80]!r}", ""
        return None

    return check


_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,), "object": (dict,)
}  # fmt: skip


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and (not isinstance(value, bool) or kind == "boolean")


def _type(limit: str, values: list[Any]) -> Wrong:
    wrong = [value for value in values if not _is(value, limit)]
    return (f"not a {limit}: {str(wrong[0])[:80]!r}", "") if wrong else None


def _types(limit: dict[str, str], values: list[Any]) -> Wrong:
    """Properties of these names have these kinds (``a|b`` = either); null passes for absent."""
    for value in values:
        for name, kinds in limit.items() if isinstance(value, dict) else ():
            given = value.get(name)
            if given is not None and not any(_is(given, kind) for kind in kinds.split("|")):
                return f"{name} is not a {kinds}: {str(given)[:80]!r}", name
    return None


def _total(limit: int, values: list[Any]) -> Wrong:
    return (f"{len(values)} in all, at most {limit}", "") if len(values) > limit else None


def _unique(limit: Any, values: list[Any]) -> Wrong:
    double = {str(value) for value in values if values.count(value) > 1}
    return (f"more than once: {sorted(double)}", "") if double else None


def _required(limit: list[str], values: list[Any]) -> Wrong:
    for value in values:
        for name in limit:
            if isinstance(value, dict) and value.get(name) in (None, ""):
                return f"{name} is missing", name
    return None


def _known(limit: list[str], values: list[Any]) -> Wrong:
    for value in values:
        for name in value if isinstance(value, dict) else ():
            if name not in limit:
                return f"unknown: {name}", name
    return None


def _forbidden(limit: list[str], values: list[Any]) -> Wrong:
    for value in values:
        for name in limit:
            if isinstance(value, dict) and name in value:
                return f"not allowed here: {name}", name
    return None


def _one_required(limit: list[str], values: list[Any]) -> Wrong:
    missing = [value for value in values if isinstance(value, dict) and not any(value.get(name) for name in limit)]
    return (f"one of {limit} is needed", limit[0]) if missing else None


def _exactly_one(limit: list[str], values: list[Any]) -> Wrong:
    for value in values:
        if isinstance(value, dict) and sum(name in value for name in limit) != 1:
            return f"exactly one of {limit} is needed", ""
    return None


def _forbid_together(limit: list[str], values: list[Any]) -> Wrong:
    both = [value for value in values if isinstance(value, dict) and all(name in value for name in limit)]
    return (f"not together: {limit}", limit[0]) if both else None


def _requires(limit: dict[str, str], values: list[Any]) -> Wrong:
    for value in values:
        if isinstance(value, dict) and limit["if"] in value and limit["then"] not in value:
            return f"{limit['if']} needs {limit['then']}", limit["then"]
    return None


def _requires_unless(limit: dict[str, Any], values: list[Any]) -> Wrong:
    for value in values:
        excused = isinstance(value, dict) and any(value.get(name) == wanted for name, wanted in limit["unless"].items())
        if isinstance(value, dict) and not value.get(limit["field"]) and not excused:
            return f"{limit['field']} is missing", str(limit["field"])
    return None


def _texts(limit: list[str], values: list[Any]) -> Wrong:
    """All properties are texts, and these are among them."""
    for value in values:
        for name in (*limit, *value) if isinstance(value, dict) else ():
            if not isinstance(value.get(name), str):
                return f"{name} is not a text", name
    return None


def _choices(limit: dict[str, str], values: list[Any]) -> Wrong:
    """A content type that offers choices has the field that holds them."""
    for value in values:
        for kind, name in limit.items() if isinstance(value, dict) else ():
            if isinstance(value.get(kind), dict) and name not in value[kind]:
                return f"{kind} has no {name}", name
    return None


def _json_map(limit: dict[str, int], values: list[Any]) -> Wrong:
    for value in values:
        try:
            decoded = json.loads(value)
        except (TypeError, ValueError):
            return f"not JSON: {str(value)[:80]!r}", ""
        if not isinstance(decoded, dict) or not decoded:
            return f"not a filled JSON object: {str(value)[:80]!r}", ""
        for name, text in decoded.items():
            if not isinstance(text, str) or not limit["min_chars"] <= len(text) <= limit["max_chars"]:
                return f"{name} is not a text of {limit['min_chars']}–{limit['max_chars']} characters", ""
    return None


def _too_long_json(limit: int, value: Any) -> bool:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) > limit


CHECKS: dict[str, Check] = {
    "max_chars": _each(str, lambda limit, text: len(text) > limit, "more characters than"),
    "min_chars": _each(str, lambda limit, text: len(text.strip()) < limit, "fewer characters than"),
    "max_bytes": _each(str, lambda limit, text: len(text.encode()) > limit, "more bytes than"),
    "min_bytes": _each(str, lambda limit, text: len(text.encode()) < limit, "fewer bytes than"),
    "max_items": _each(list, lambda limit, items: len(items) > limit, "more elements than"),
    "min_items": _each(list, lambda limit, items: len(items) < limit, "fewer elements than"),
    "max_properties": _each(dict, lambda limit, items: len(items) > limit, "more properties than"),
    "max_json_bytes": _each((str, dict, list, int), _too_long_json, "more bytes of JSON than"),
    "between": _each((int, float), lambda limit, number: not limit[0] <= number <= limit[1], "not between"),
    "max_spaces": _each(str, lambda limit, text: bool(re.search(rf"\s{{{limit + 1},}}", text)), "more blanks in a row than"),
    "pattern": _each(str, lambda limit, text: not re.search(limit, text), "does not fit"),
    "not_pattern": _each(str, lambda limit, text: bool(re.search(limit, text)), "fits"),
    "not_value": _each((str, int), lambda limit, value: value == limit, "may not be"),
    "one_of": _each((str, int), lambda limit, value: value not in limit, "not one of"),
    "type": _type,
    "types": _types,
    "max_total": _total,
    "unique": _unique,
    "required": _required,
    "known": _known,
    "forbidden": _forbidden,
    "one_required": _one_required,
    "exactly_one": _exactly_one,
    "forbid_together": _forbid_together,
    "requires": _requires,
    "requires_unless": _requires_unless,
    "json_map": _json_map,
    "text_items": _each(list, lambda _, items: not all(isinstance(item, str) for item in items), "not all texts:"),
    "texts": _texts,
    "choices": _choices,
}
