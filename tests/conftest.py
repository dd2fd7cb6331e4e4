"""Shared by all tests: ``--update`` rewrites the transcripts with what is said now."""

from __future__ import annotations

import gc

import pytest

#: The collector passes by less often, and never again by what was there before the first test: it took a seventh of the CPU.
gc.set_threshold(20_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite tests/transcripts/*.chat with what is said now")


def pytest_collection_finish() -> None:
    gc.freeze()
