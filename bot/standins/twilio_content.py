"""Content templates at Twilio: kept, submitted to WhatsApp for approval, and filled in for one message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ADJACENT = re.compile(r"\}\}\s*\{\{")


@dataclass
class Approval:
    """What WhatsApp says of a template: received, pending, approved, rejected, paused or disabled."""

    name: str
    category: str
    status: str = "received"
    reason: str = ""


@dataclass
class Content:
    """One template. ``types`` maps a content type to its fields; ``variables`` are samples by name."""

    sid: str
    friendly_name: str
    language: str
    types: Json
    variables: dict[str, str]
    created: datetime
    approval: Approval | None = field(default=None)

    @property
    def kind(self) -> str:
        """The richest content type, the one that WhatsApp gets."""
        kinds = [kind for kind in self.types if kind != "twilio/text"]
        return kinds[0] if kinds else "twilio/text"

    @property
    def approved(self) -> bool:
        """Whether it may be sent outside the window."""
        return self.approval is not None and self.approval.status == "approved"

    def missing(self, values: dict[str, str]) -> set[str]:
        """Variables that the content names and nobody gave."""
        return set(_VARIABLE.findall(str(self.types[self.kind]))) - set(values) - set(self.variables)

    def rendered(self, values: dict[str, str]) -> Json:
        """The content with its variables filled in, samples where no value is given: ``{kind: fields}``."""
        known = {**self.variables, **values}
        filled: Json = _fill(self.types[self.kind], known)
        return {self.kind: filled}

    def objection(self, session_only: list[str]) -> str:
        """Why WhatsApp would reject this as a template, or an empty text."""
        body = str((self.types[self.kind] or {}).get("body", ""))
        if self.kind in session_only:
            return f"{self.kind} cannot be a template"
        if re.match(r"\s*\{\{", body) or re.search(r"\}\}\s*$", body):
            return "a variable at the start or the end of the body"
        if _ADJACENT.search(body):
            return "two variables beside each other"
        if set(_VARIABLE.findall(str(self.types[self.kind]))) - set(self.variables):
            return "a variable without a sample"
        return ""


def _fill(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: known.get(found[1], found[0]), value)
    if isinstance(value, dict):
        return {name: _fill(inner, known) for name, inner in value.items()}
    return [_fill(inner, known) for inner in value] if isinstance(value, list) else value


def body_of(rendered: Json) -> str:
    """The text that a rendered content shows."""
    fields = next(iter(rendered.values())) or {}
    return str(fields.get("body") or fields.get("title") or "")
