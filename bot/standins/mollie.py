"""Mollie's API v2 on this machine: payments, refunds, chargebacks and methods over HTTP, and the page where people pay."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.standins import mollie_pages
from bot.standins.common import Bucket, Refused
from bot.standins.mollie_money import Json, Link, Payment, Refund, WrongState, amount, to_cents
from bot.standins.mollie_shown import DOCS, HAL, Shown

API_KEY = "test_sampleKeyOfTheStandIn000000000000"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Source of the fields: https://docs.mollie.com/reference/create-payment, /create-refund, /update-payment
FIELDS = {
    "create-payment": _names(
        "description amount redirectUrl cancelUrl webhookUrl lines billingAddress shippingAddress locale method issuer "
        "metadata restrictPaymentMethodsToCountry captureMode captureDelay applicationFee routing "
        "sequenceType mandateId customerId "
        "dueDate"
    ),
    "update-payment": _names(
        "description redirectUrl cancelUrl webhookUrl metadata method locale dueDate restrictPaymentMethodsToCountry"
    ),
    "create-refund": _names("amount description metadata reverseRouting routingReversals"),
    "create-payment-link": _names(
        "description amount minimumAmount redirectUrl webhookUrl lines billingAddress shippingAddress reusable expiresAt "
        "allowedMethods applicationFee sequenceType customerId"
    ),
    "cancel-payment": frozenset[str](),
}
_MANY = 10_000
_TITLES = {400: "Bad Request", 401: "Unauthorized Request", 404: "Not Found", 409: "Conflict", 422: "Unprocessable Entity",
           429: "Too Many Requests", 503: "Service Unavailable"}  # fmt: skip


@dataclass
class Remembered:
    """The answer to a request with an idempotency key."""

    fingerprint: str
    until: datetime
    response: Response


class Mollie(Shown):
    """One account, reached with ``api_key``.

    ``allow_local``: accept webhooks to this machine; ``rates``: answer 429 above the platform's pace; ``refund_seconds``: how
    long a refund is under way."""

    platform = "mollie"

    def __init__(
        self,
        api_key: str = API_KEY,
        *,
        allow_local: bool = False,
        rates: bool = True,
        refund_seconds: float = 60.0,
        seed: int = 0,
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self.api_key, self.allow_local, self.rates = api_key, allow_local, rates
        self.remembered: dict[str, Remembered] = {}
        self._running: set[str] = set()
        limit = self.book["mollie.rate"].limit
        self._bucket = Bucket(limit["rate"], limit["burst"])
        self._till(seed, refund_seconds)

    # --- HTTP -----------------------------------------------------------------------------------------------------------------

    def routes(self) -> list[BaseRoute]:
        """The API under ``/v2`` (and without it, as mollie-api-python's endpoint setting allows), and the checkout."""
        return [
            Route("/v2/payments", self._payments, methods=["GET", "POST"]),
            Route("/v2/payments/{id}", self._payment, methods=["GET", "DELETE", "PATCH"]),
            Route("/v2/payments/{id}/refunds", self._refunds, methods=["GET", "POST"]),
            Route("/v2/payments/{id}/refunds/{refund}", self._refund, methods=["GET", "DELETE"]),
            Route("/v2/payments/{id}/chargebacks", self._chargebacks, methods=["GET"]),
            Route("/v2/refunds", self._all_refunds, methods=["GET"]),
            Route("/v2/methods", self._methods, methods=["GET"]),
            Route("/v2/payment-links", self._links_api, methods=["GET", "POST"]),
            Route("/v2/payment-links/{id}", self._link_api, methods=["GET"]),
            Route("/v2/payment-links/{id}/payments", self._link_payments, methods=["GET"]),
            Route("/paymentlink/{id}", self._link_page, methods=["GET"]),
            Route("/checkout/{id}", self._checkout, methods=["GET", "POST"]),
        ]

    async def _payments(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("create-payment", request, self._create)
        every = list(self.payments.values())
        return await self._call("list-payments", request, lambda body: self.show_list(request, "payments", every))

    async def _payment(self, request: Request) -> Response:
        if request.method == "GET":
            return await self._call("get-payment", request, lambda body: (200, self.show(self._find(request))))
        if request.method == "PATCH":
            return await self._call("update-payment", request, lambda body: self._update(self._find(request), body))
        return await self._call("cancel-payment", request, lambda body: self._cancel_by_bot(self._find(request)))

    async def _refunds(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("create-refund", request, lambda body: self._create_refund(self._find(request), body))
        return await self._call(
            "list-refunds", request, lambda body: self.show_list(request, "refunds", self._find(request).refunds)
        )

    async def _refund(self, request: Request) -> Response:
        if request.method == "GET":
            return await self._call("get-refund", request, lambda body: (200, self.show_refund(self._find_refund(request))))
        return await self._call("cancel-refund", request, lambda body: self._cancel_refund(self._find_refund(request)))

    async def _chargebacks(self, request: Request) -> Response:
        return await self._call(
            "list-chargebacks", request, lambda body: self.show_list(request, "chargebacks", self._find(request).chargebacks)
        )

    async def _all_refunds(self, request: Request) -> Response:
        every = [refund for payment in self.payments.values() for refund in payment.refunds]
        return await self._call("list-all-refunds", request, lambda body: self.show_list(request, "refunds", every))

    async def _methods(self, request: Request) -> Response:
        return await self._call("list-methods", request, lambda body: (200, self.show_methods()))

    async def _links_api(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("create-payment-link", request, self._create_link)
        every = list(self.links.values())
        return await self._call("list-payment-links", request, lambda body: self.show_list(request, "payment_links", every))

    async def _link_api(self, request: Request) -> Response:
        return await self._call("get-payment-link", request, lambda body: (200, self.show_link(self._find_link(request))))

    async def _link_payments(self, request: Request) -> Response:
        return await self._call(
            "get-payment-link-payments",
            request,
            lambda body: self.show_list(request, "payments", self._find_link(request).payments),
        )

    async def _call(self, operation: str, request: Request, handle: Callable[[Json], tuple[int, Json | None]]) -> Response:
        raw = await request.body()
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        fingerprint = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + raw).hexdigest()
        params = {**dict(request.query_params), **_loads(raw)}
        if key and key in self._running:
            return self._no(operation, self.refuse("mollie.idempotency.running", operation))
        if key:
            self._running.add(key)
        try:
            return await self.perform(
                operation, params, lambda: self._execute(operation, request, params, handle, key, fingerprint)
            )
        finally:
            self._running.discard(key or "")

    def _execute(
        self,
        operation: str,
        request: Request,
        params: Json,
        handle: Callable[[Json], tuple[int, Json | None]],
        key: str | None,
        fingerprint: str,
    ) -> Response:
        try:
            self._admit(operation, request)
            if key and (replay := self._replay(operation, key, fingerprint)):
                return replay
            self._examine(operation, request, params)
            status, body = handle(params)
        except Refused as refused:
            return self._no(operation, refused)
        self.check_answer(operation, status, body)
        response = Response(json.dumps(body) if body is not None else None, status, media_type=HAL)
        if key:
            self._forget()
            until = self.clock() + timedelta(seconds=self.book["mollie.idempotency.lifetime"].limit)
            self.remembered[key] = Remembered(fingerprint, until, response)
        return response

    def _admit(self, operation: str, request: Request) -> None:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme == "Bearer" and self.book.breaches("authorization", {"api_key": key}):
            raise self.refuse("mollie.api_key.pattern", operation)
        if scheme != "Bearer" or key != self.api_key:
            raise self.refuse("mollie.error.auth", operation)
        if self.rates and (wait := self._bucket.take(self.clock())):
            raise self.refuse("mollie.rate", operation, name=str(math.ceil(wait)))

    def _examine(self, operation: str, request: Request, params: Json) -> None:
        if request.method in ("GET",):
            query = {name: int(text) if text.isdigit() else text for name, text in params.items()}
            for complaint in self.contract.parameters(operation, "query", query) if self.contract else []:
                self.violate("contract.mollie.request", operation, complaint)
            if wrong := self.book.breaches(operation, query):
                raise self.refuse(wrong[0].rule.id, operation, wrong[0].detail, wrong[0].name)
            return
        self.check(operation, params)
        for name in params:
            if name not in FIELDS.get(operation, ()):
                raise self.refuse("mollie.body.unknown", operation, name=name)

    def _replay(self, operation: str, key: str, fingerprint: str) -> Response | None:
        known = self.remembered.get(key)
        if known is None or self.clock() >= known.until:
            return None
        if known.fingerprint != fingerprint:
            raise self.refuse("mollie.idempotency.other_parameters", operation, key)
        again = Response(known.response.body, known.response.status_code, media_type=HAL)
        again.headers["Idempotent-Replayed"] = "true"
        return again

    def _forget(self) -> None:
        if len(self.remembered) > _MANY:
            self.remembered = {key: known for key, known in self.remembered.items() if self.clock() < known.until}

    def _no(self, operation: str, refused: Refused) -> Response:
        refusal = refused.rule.refusal
        field = (refusal.field or "").replace("{name}", refused.name)
        response = self._problem(operation, refusal.status, refusal.says.replace("{name}", refused.name), field)
        if refusal.status == 429:
            response.headers["Retry-After"] = refused.name
        return response

    def _problem(self, operation: str, status: int, detail: str, field: str = "") -> Response:
        title = _TITLES.get(status, "Error")
        body: Json = {"status": status, "title": title, "detail": detail, "_links": {"documentation": DOCS}}
        if field:
            body["field"] = field
        self.check_answer(operation, status, body)
        return Response(json.dumps(body), status, media_type=HAL)

    def error_response(self, status: int) -> Response:
        return self._problem("get-payment", status, "The service is temporarily unavailable")

    def too_many_response(self, seconds: float) -> Response:
        return self._no("get-payment", Refused(self.book["mollie.rate"], name=str(math.ceil(seconds))))

    # --- payments -------------------------------------------------------------------------------------------------------------

    def _find(self, request: Request) -> Payment:
        payment = self.payments.get(request.path_params["id"])
        if payment is None:
            raise self.refuse("mollie.error.not_found", name=request.path_params["id"])
        return payment

    def _find_link(self, request: Request) -> Link:
        link = self.links.get(request.path_params["id"])
        if link is None:
            raise self.refuse("mollie.link.not_found", name=request.path_params["id"])
        return link

    def _create_link(self, wish: Json) -> tuple[int, Json]:
        self._examine_webhook(wish)
        return 201, self.show_link(self.open_link(wish))

    def _find_refund(self, request: Request) -> Refund:
        wanted = request.path_params["refund"]
        refund = next((item for item in self._find(request).refunds if item.id == wanted and item.status != "canceled"), None)
        if refund is None:
            raise self.refuse("mollie.refund.not_found", name=wanted)
        return refund

    def _create(self, wish: Json) -> tuple[int, Json]:
        self._examine_wish(wish)
        wish["description"] = wish["description"][: self.book["mollie.description.max"].limit]
        return 201, self.show(self.open_payment(wish))

    def _examine_wish(self, wish: Json) -> None:
        if to_cents(wish["amount"]["value"]) > self.book["mollie.amount.max"].limit:
            raise self.refuse("mollie.amount.max", "create-payment")
        methods = wish.get("method") or []
        for method in [methods] if isinstance(methods, str) else methods:
            if method not in self.book["mollie.method.values"].limit:
                raise self.refuse("mollie.method.values", "create-payment", str(method))
        self._examine_webhook(wish)

    def _examine_webhook(self, wish: Json) -> None:
        rule = self.book["mollie.webhook_url.public"]
        if not self.allow_local and re.search(rule.limit, wish.get("webhookUrl") or ""):
            raise self.refuse(rule.id, "create-payment", wish["webhookUrl"])

    def _update(self, payment: Payment, changes: Json) -> tuple[int, Json]:
        self._examine_webhook(changes)
        payment.wish |= changes
        return 200, self.show(payment)

    def _cancel_by_bot(self, payment: Payment) -> tuple[int, Json]:
        if payment.status != "open" and not (payment.status == "pending" and payment.method == "banktransfer"):
            raise self.refuse("mollie.cancel", "cancel-payment")
        return 200, self.show(self.move(payment.id, "canceled"))

    def _create_refund(self, payment: Payment, wish: Json) -> tuple[int, Json]:
        if payment.status != "paid":
            raise self.refuse("mollie.refund.unpaid", "create-refund")
        cents = to_cents(wish["amount"]["value"])
        if cents > payment.cents - payment.refunded:
            raise self.refuse("mollie.refund.too_much", "create-refund", f"{cents} of {payment.cents - payment.refunded}")
        refund = self.refund(payment, cents, wish.get("description") or "", wish.get("metadata"))
        return 201, self.show_refund(refund)

    def _cancel_refund(self, refund: Refund) -> tuple[int, None]:
        if refund.status not in ("queued", "pending"):
            raise self.refuse("mollie.cancel", "cancel-refund")
        refund.status = "canceled"
        return 204, None

    # --- people ---------------------------------------------------------------------------------------------------------------

    async def _link_page(self, request: Request) -> Response:
        link = self.links.get(request.path_params["id"])
        if link is None or (link.paid_at and not link.wish.get("reusable")):
            return HTMLResponse(mollie_pages.finished("paid" if link else "", None), 200 if link else 404)
        return RedirectResponse(f"/checkout/{self.pay_by_link(link).id}", 303)

    async def _checkout(self, request: Request) -> Response:
        payment = self.payments.get(request.path_params["id"])
        if payment is None:
            return HTMLResponse(mollie_pages.finished("", None), 404)
        back = payment.wish.get("redirectUrl")
        note = ""
        if request.method == "POST" and payment.status in ("open", "pending"):
            status = (await request.body()).decode().partition("status=")[2]
            if self._decide(payment, status) != "open":
                return RedirectResponse(_after(payment), 303)
            note = "U hebt de betaling afgebroken. U kunt hier opnieuw kiezen."
        if payment.status not in ("open", "pending"):
            return HTMLResponse(mollie_pages.finished(payment.status, back))
        euros = amount(payment.cents)["value"]
        return HTMLResponse(mollie_pages.checkout(payment.id, euros, payment.wish["description"], note))

    def _decide(self, payment: Payment, status: str) -> str:
        if status not in ("paid", "failed", "canceled", "expired", "pending"):
            return payment.status
        return self.cancel(payment.id) if status == "canceled" else self.move(payment.id, status).status

    def state(self) -> dict[str, Any]:
        """All payments with their refunds, and the page where each is paid."""
        shown = [
            {**self.show(payment), "refunds": [self.show_refund(refund) for refund in payment.refunds]}
            for payment in list(self.payments.values())
        ]
        return {"now": self.clock().isoformat(), "payments": shown}

    def actions(self) -> dict[str, Callable[..., Any]]:
        """What people and banks can do, by name."""
        return {
            "pay": self.pay,
            "cancel": self.cancel,
            "move": lambda payment_id, status: self.move(payment_id, status).status,
            "charge_back": self.charge_back,
            "fail_refund": self.fail_refund,
        }


def _after(payment: Payment) -> str:
    cancel_url = payment.wish.get("cancelUrl") if payment.status == "canceled" else None
    return str(cancel_url or payment.wish.get("redirectUrl") or f"/checkout/{payment.id}")


def _loads(raw: bytes) -> Json:
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


__all__ = ["API_KEY", "Mollie", "WrongState"]
