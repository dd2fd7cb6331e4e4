"""The payment port: six functions over mollie-api-python, which is synchronous: in threads, always with our own key.

The library is dormant upstream; everything else in the program sees only this file. https://docs.mollie.com/reference
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")
TIMEOUT = (2, 8)  # seconds to connect, to read
#: Mollie forgets an idempotency key after an hour (https://docs.mollie.com/reference/api-idempotency).
KEY_LASTS_SECONDS = 3600


class Unreachable(Exception):
    """Mollie did not answer, or not sensibly: what was asked may or may not have been done."""


class Declined(Exception):
    """Mollie understood and said no: asking again will not help. The text says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A payment as Mollie has it. ``attempt_id`` is what we put in its metadata; amounts in cents."""

    provider_id: str
    status: str
    cents: int
    currency: str
    attempt_id: str
    checkout_url: str | None
    charged_back_cents: int = 0


class Mollie:
    """One Mollie account. Every call runs in a thread; raises Unreachable or Declined."""

    def __init__(self, key: str, base_url: str = "https://api.mollie.com", method: str = "") -> None:
        self._key, self._base_url, self._method = key, base_url, method
        self._threads = ThreadPoolExecutor(8, "mollie")
        self._local = threading.local()

    def close(self) -> None:
        """End the threads; calls under way finish."""
        self._threads.shutdown(wait=True)

    async def create(self, attempt_id: str, cents: int, description: str, redirect: str, webhook: str) -> Fetched:
        """Create a payment; asked again under the same ``attempt_id`` within the hour it is the same payment."""
        data: dict[str, Any] = {
            "amount": {"currency": "EUR", "value": euros(cents)}, "description": description[:255],
            "redirectUrl": redirect, "webhookUrl": webhook, "metadata": {"attempt": attempt_id},
        }  # fmt: skip
        if self._method:
            data["method"] = self._method
        return _fetched(await self._call(lambda client: client.payments.create(data, idempotency_key=attempt_id)))

    async def get(self, provider_id: str) -> Fetched | None:
        """The payment, or None when Mollie does not know it."""
        try:
            return _fetched(await self._call(lambda client: client.payments.get(provider_id)))
        except LookupError:
            return None

    async def list_recent(self, limit: int = 100) -> list[Fetched]:
        """The newest payments of this account."""
        return [_fetched(one) for one in await self._call(lambda client: list(client.payments.list(limit=limit)))]

    async def refund(self, provider_id: str, refund_id: str, cents: int, description: str) -> str:
        """Give money back; returns Mollie's id of the refund. ``refund_id`` is idempotency key and metadata."""
        data = {
            "amount": {"currency": "EUR", "value": euros(cents)}, "description": description[:255],
            "metadata": {"refund": refund_id},
        }  # fmt: skip

        def do(client: Any) -> str:
            return str(client.payments.get(provider_id).refunds.create(data, idempotency_key=refund_id).id)

        return await self._call(do)

    async def find_refund(self, provider_id: str, refund_id: str) -> str | None:
        """Mollie's id of a refund that we asked for before, or None: an answer got lost and the key may be forgotten."""

        def do(client: Any) -> str | None:
            for one in client.payments.get(provider_id).refunds.list():
                if (one.metadata or {}).get("refund") == refund_id:
                    return str(one.id)
            return None

        return await self._call(do)

    async def _call(self, do: Callable[[Any], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._guarded, do)

    def _guarded(self, do: Callable[[Any], T]) -> T:
        from mollie.api import error  # with requests under it: who takes no payments does not wait for it at the start

        try:
            return do(self._client())
        except error.NotFoundError as wrong:
            raise LookupError("Mollie does not know it") from wrong
        except error.UnprocessableEntityError as wrong:
            raise Declined(f"{wrong} ({wrong.field})") from wrong
        except error.ResponseError as wrong:
            if isinstance(wrong.status, int) and 400 <= wrong.status < 500 and wrong.status not in (409, 429):
                raise Declined(str(wrong)) from wrong
            raise Unreachable(str(wrong)) from wrong
        except (
            error.RequestError,
            error.ResponseHandlingError,
            KeyError,
        ) as wrong:  # an answer without "detail" is a bare KeyError
            raise Unreachable(str(wrong)[:200]) from wrong

    def _client(self) -> Any:
        """One client per thread: it holds a requests session."""
        if not hasattr(self._local, "client"):
            from mollie.api.client import Client

            client = Client(api_endpoint=self._base_url, timeout=TIMEOUT)
            client.set_api_key(self._key)
            self._local.client = client
        return self._local.client


def euros(cents: int) -> str:
    """``12.50``: two decimals, as Mollie wants it."""
    return f"{Decimal(cents) / 100:.2f}"


def _cents(amount: dict[str, str] | None) -> int:
    return int(Decimal(amount["value"]) * 100) if amount else 0


def _fetched(payment: Any) -> Fetched:
    metadata = payment.metadata if isinstance(payment.metadata, dict) else {}
    return Fetched(
        str(payment.id), str(payment.status), _cents(payment.amount), str(payment.amount["currency"]),
        str(metadata.get("attempt", "")), payment.checkout_url, _cents(payment.get("amountChargedBack")),
    )  # fmt: skip
