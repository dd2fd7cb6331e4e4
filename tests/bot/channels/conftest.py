"""Undeclared violations of a platform's rules fail the test, also when the channel swallowed the refusal."""

from __future__ import annotations

from bot.standins.pytest_plugin import contracts_folder, standins_unharmed

__all__ = ["contracts_folder", "standins_unharmed"]
