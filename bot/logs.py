"""Logs: structlog, one line per event; JSON in production. No message texts, phone numbers masked, secrets struck out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import structlog

#: Nine to fifteen digits, in groups or not; ``%2B`` is a plus in an address. Too much masked is better than too little.
_PHONE = re.compile(r"(?<![\w.-])((?:\+|%2B|00)?\d{2})(?:[ -]?\d){5,11}[ -]?(\d{2})(?![\w-])|%2B\d{7,15}", re.I)
#: What opens a door by itself: pay links, webhook addresses, bot tokens, keys of Mollie, invitation codes.
_DOORS = (
    (re.compile(r"/b/[\w-]{16,}"), "/b/***"),
    (re.compile(r"/(telegram|mollie)/[\w.-]{16,}"), r"/\1/***"),
    (re.compile(r"\b(?:bot)?\d{6,}:[\w-]{30,}"), "bot***"),
    (re.compile(r"\b(?:live|test)_\w{10,}"), "***"),
    (re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b"), "***"),
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
Event = MutableMapping[str, Any]


def cleaner(secrets: Sequence[str]) -> Callable[[Any, str, Event], Event]:
    """A processor that masks phone numbers, strikes secrets out and flattens control characters, in every text."""

    def clean(logger: Any, method: str, event: Event) -> Event:
        return {name: _clean(value, secrets) for name, value in event.items()}

    return clean


def _clean(value: Any, secrets: Sequence[str]) -> Any:
    if isinstance(value, dict):
        return {_clean(name, secrets): _clean(one, secrets) for name, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(one, secrets) for one in value]
    if isinstance(value, (int, float, bool, type(None))):
        return value
    text = str(value)
    for secret in secrets:
        text = text.replace(secret, "***")
    for door, instead in _DOORS:
        text = door.sub(instead, text)
    return _CONTROL.sub(" ", _PHONE.sub(lambda found: f"{found[1] or '%2B'}…{found[2] or ''}", text))


class _Through(logging.Handler):
    """Sends the standard library's logging through the same processors."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger(record.name)
        log.log(record.levelno, "log", logger=record.name, said=record.getMessage())


def set_up(secrets: Sequence[str] = (), *, json: bool = False, level: int = logging.INFO) -> None:
    """Set up logging for a process, to standard error."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if json else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            cleaner([one for one in secrets if len(one) >= 8]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up each time: it may have been replaced
        cache_logger_on_first_use=False,
    )
    logging.raiseExceptions = False  # a handler that fails would print what it was given, uncleaned
    root = logging.getLogger()
    root.handlers[:] = [_Through()]
    root.setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is still busy is no news
    for name in ("httpx", "httpcore", "telegram", "twilio.http_client", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)  # httpx at INFO prints addresses with the bot token
