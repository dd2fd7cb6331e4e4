"""Shared by all tests: ``--update`` rewrites the transcripts with what is said now."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite tests/transcripts/*.chat with what is said now")
