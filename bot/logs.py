"""Logs: structlog, one line per event; JSON in production. No message texts, phone numbers masked, secrets struck out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import structlog

_PHONE = re.compile(r"(?<![\w.])(\+?\d{2})\d{5,11}(\d{2})(?![\w.])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
Event = MutableMapping[str, Any]


def cleaner(secrets: Sequence[str]) -> Callable[[Any, str, Event], Event]:
    """A processor that masks phone numbers, strikes secrets out and flattens control characters, in every text."""

    def clean(logger: Any, method: str, event: Event) -> Event:
        return {name: _clean(value, secrets) for name, value in event.items()}

    return clean


def _clean(value: Any, secrets: Sequence[str]) -> Any:
    if not isinstance(value, str):
        return value
    for secret in secrets:
        value = value.replace(secret, "***")
    return _CONTROL.sub(" ", _PHONE.sub(r"\1…\2", value))


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
    root = logging.getLogger()
    root.handlers[:] = [_Through()]
    root.setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is still busy is no news
    for name in ("httpx", "httpcore", "telegram", "twilio.http_client", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)  # httpx at INFO prints addresses with the bot token
