"""The official contracts, where they are at hand: OpenAPI 3.1 files that requests, our own answers and webhooks are held
against.

They are no part of this repository. ``DORPSBODE_CONTRACTS`` (or an argument) names the folder; without it the stand-ins keep to
their own table of rules. Needs the development dependency jsonschema, imported only when a folder is given.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any


def find_folder(folder: str | os.PathLike[str] | None = None) -> Path | None:
    """The folder with contracts: the argument, else the environment's; None when neither is set. Raises when it is named but
    absent."""
    named = folder or os.environ.get("DORPSBODE_CONTRACTS")
    if not named:
        return None
    path = Path(named)
    if not path.is_dir():
        raise FileNotFoundError(f"no folder with contracts: {path}")
    return path


@lru_cache(maxsize=8)
def load(folder: Path, platform: str) -> Contract:
    """The contract of ``telegram``, ``twilio`` or ``mollie``; cached, because compiling it takes a while."""
    return Contract(json.loads((folder / f"{platform}.json").read_text(encoding="utf-8")))


class Contract:
    """One platform's contract. Every method returns complaints as texts, empty when all is well."""

    def __init__(self, document: dict[str, Any]) -> None:
        import jsonschema  # type: ignore[import-untyped]

        self._document = document
        self._validator = jsonschema.Draft202012Validator
        self._compiled: dict[tuple[str, ...], Any] = {}
        self._operations = {
            operation["operationId"]: {
                **operation,
                "parameters": [*item.get("parameters", []), *operation.get("parameters", [])],
            }
            for item in document["paths"].values()
            for verb, operation in item.items()
            if verb in ("get", "post", "put", "patch", "delete")
        }

    def knows(self, operation: str) -> bool:
        """Whether the contract has this operation at all."""
        return operation in self._operations

    def request(self, operation: str, body: Any) -> list[str]:
        """Complaints about a decoded request body."""
        content = self._operations[operation].get("requestBody", {}).get("content", {})
        if not content:
            return [f"{operation} takes no body"] if body else []
        return self._complaints(("request", operation), next(iter(content.values()))["schema"], body)

    def parameters(self, operation: str, place: str, given: dict[str, Any]) -> list[str]:
        """Complaints about path or query parameters; one that is not listed is wrong."""
        known = {spec["name"]: spec for spec in self._operations[operation]["parameters"] if spec["in"] == place}
        wrong = [f"unknown parameter {name}" for name in given if name not in known]
        for name, spec in known.items():
            if name in given:
                wrong += self._complaints((place, operation, name), spec["schema"], given[name])
            elif spec.get("required"):
                wrong.append(f"{name} is missing")
        return wrong

    def answer(self, operation: str, status: int, body: Any) -> list[str]:
        """Complaints about an answer of ours."""
        responses = self._operations[operation]["responses"]
        response = responses.get(str(status)) or responses.get("default") or {}
        if "$ref" in response:
            response = self._document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        content = response.get("content", {})
        schema = next(iter(content.values()))["schema"] if content else None
        return self._complaints(("answer", operation, str(status)), schema, body) if schema else []

    def webhook(self, name: str, body: Any) -> list[str]:
        """Complaints about a webhook's decoded body."""
        content = self._document["webhooks"][name]["post"]["requestBody"]["content"]
        return self._complaints(("webhook", name), next(iter(content.values()))["schema"], body)

    def typed(self, operation: str, place: str, given: dict[str, str]) -> dict[str, Any]:
        """Form or query texts as the types that the contract declares (numbers, booleans)."""
        schemas = self._field_schemas(operation, place)
        return {name: _convert(text, schemas.get(name, {}).get("type")) for name, text in given.items()}

    def _field_schemas(self, operation: str, place: str) -> dict[str, Any]:
        spec = self._operations[operation]
        if place != "body":
            return {item["name"]: item["schema"] for item in spec["parameters"] if item["in"] == place}
        schema = next(iter(spec["requestBody"]["content"].values()))["schema"]
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        properties: dict[str, Any] = schema.get("properties", {})
        return properties

    def _complaints(self, key: tuple[str, ...], schema: dict[str, Any], value: Any) -> list[str]:
        if key not in self._compiled:
            self._compiled[key] = self._validator({"components": self._document["components"], "allOf": [schema]})
        return [f"{error.json_path}: {error.message[:200]}" for error in self._compiled[key].iter_errors(value)]


def _convert(text: str, kind: object) -> Any:
    if kind == "integer" and text.lstrip("-").isdigit():
        return int(text)
    if kind == "number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text
