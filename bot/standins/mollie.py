"""Mollie's API v2 on this machine: payments, refunds, chargebacks and methods over HTTP, and the page where people pay."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.standins import mollie_pages
from bot.standins.common import Bucket, Refused
from bot.standins.mollie_money import Chargeback, Json, Payment, Refund, Till, WrongState, amount, moment, to_cents

API_KEY = "test_sampleKeyOfTheStandIn000000000000"
_HAL = "application/hal+json"
_DOCS = {"href": "https://docs.mollie.com", "type": "text/html"}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Source of the fields: https://docs.mollie.com/reference/create-payment, /create-refund, /update-payment
FIELDS = {
    "create-payment": _names(
        "description amount redirectUrl cancelUrl webhookUrl lines billingAddress shippingAddress locale method issuer "
        "metadata restrictPaymentMethodsToCountry captureMode captureDelay applicationFee routing sequenceType mandateId customerId "
        "dueDate"
    ),
    "update-payment": _names(
        "description redirectUrl cancelUrl webhookUrl metadata method locale dueDate restrictPaymentMethodsToCountry"
    ),
    "create-refund": _names("amount description metadata reverseRouting routingReversals"),
    "cancel-payment": frozenset[str](),
}
_TITLES = {400: "Bad Request", 401: "Unauthorized Request", 404: "Not Found", 409: "Conflict", 422: "Unprocessable Entity",
           429: "Too Many Requests", 503: "Service Unavailable"}  # fmt: skip


@dataclass
class Remembered:
    """The answer to a request with an idempotency key."""

    fingerprint: str
    until: datetime
    response: Response


class Mollie(Till):
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
            Route("/checkout/{id}", self._checkout, methods=["GET", "POST"]),
        ]

    async def _payments(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("create-payment", request, self._create)
        every = list(self.payments.values())
        return await self._call("list-payments", request, lambda body: self._list(request, "payments", every))

    async def _payment(self, request: Request) -> Response:
        if request.method == "GET":
            return await self._call("get-payment", request, lambda body: (200, self._shown(self._find(request))))
        if request.method == "PATCH":
            return await self._call("update-payment", request, lambda body: self._update(self._find(request), body))
        return await self._call("cancel-payment", request, lambda body: self._cancel_by_bot(self._find(request)))

    async def _refunds(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("create-refund", request, lambda body: self._create_refund(self._find(request), body))
        return await self._call(
            "list-refunds", request, lambda body: self._list(request, "refunds", self._find(request).refunds)
        )

    async def _refund(self, request: Request) -> Response:
        if request.method == "GET":
            return await self._call("get-refund", request, lambda body: (200, self._shown_refund(self._find_refund(request))))
        return await self._call("cancel-refund", request, lambda body: self._cancel_refund(self._find_refund(request)))

    async def _chargebacks(self, request: Request) -> Response:
        return await self._call(
            "list-chargebacks", request, lambda body: self._list(request, "chargebacks", self._find(request).chargebacks)
        )

    async def _all_refunds(self, request: Request) -> Response:
        every = [refund for payment in self.payments.values() for refund in payment.refunds]
        return await self._call("list-all-refunds", request, lambda body: self._list(request, "refunds", every))

    async def _methods(self, request: Request) -> Response:
        return await self._call("list-methods", request, lambda body: (200, self._shown_methods()))

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
        response = Response(json.dumps(body) if body is not None else None, status, media_type=_HAL)
        if key:
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
                raise self.refuse(wrong[0].rule.id, operation, wrong[0].detail)
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
        again = Response(known.response.body, known.response.status_code, media_type=_HAL)
        again.headers["Idempotent-Replayed"] = "true"
        return again

    def _no(self, operation: str, refused: Refused) -> Response:
        refusal = refused.rule.refusal
        field = (refusal.field or "").replace("{name}", refused.name)
        response = self._problem(operation, refusal.status, refusal.says.replace("{name}", refused.name), field)
        if refusal.status == 429:
            response.headers["Retry-After"] = refused.name
        return response

    def _problem(self, operation: str, status: int, detail: str, field: str = "") -> Response:
        title = _TITLES.get(status, "Error")
        body: Json = {"status": status, "title": title, "detail": detail, "_links": {"documentation": _DOCS}}
        if field:
            body["field"] = field
        self.check_answer(operation, status, body)
        return Response(json.dumps(body), status, media_type=_HAL)

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

    def _find_refund(self, request: Request) -> Refund:
        wanted = request.path_params["refund"]
        refund = next((item for item in self._find(request).refunds if item.id == wanted and item.status != "canceled"), None)
        if refund is None:
            raise self.refuse("mollie.refund.not_found", name=wanted)
        return refund

    def _create(self, wish: Json) -> tuple[int, Json]:
        self._examine_wish(wish)
        wish["description"] = wish["description"][: self.book["mollie.description.max"].limit]
        return 201, self._shown(self.open_payment(wish))

    def _examine_wish(self, wish: Json) -> None:
        if to_cents(wish["amount"]["value"]) > self.book["mollie.amount.max"].limit:
            raise self.refuse("mollie.amount.max", "create-payment")
        methods = wish.get("method") or []
        for method in [methods] if isinstance(methods, str) else methods:
            if method not in self.book["mollie.method.values"].limit:
                raise self.refuse("mollie.method.values", "create-payment", str(method))
        self._examine_webhook(wish)

    def _examine_webhook(self, wish: Json) -> None:
        import re

        rule = self.book["mollie.webhook_url.public"]
        if not self.allow_local and re.search(rule.limit, wish.get("webhookUrl") or ""):
            raise self.refuse(rule.id, "create-payment", wish["webhookUrl"])

    def _update(self, payment: Payment, changes: Json) -> tuple[int, Json]:
        self._examine_webhook(changes)
        payment.wish |= changes
        return 200, self._shown(payment)

    def _cancel_by_bot(self, payment: Payment) -> tuple[int, Json]:
        if payment.status != "open" and not (payment.status == "pending" and payment.method == "banktransfer"):
            raise self.refuse("mollie.cancel", "cancel-payment")
        return 200, self._shown(self.move(payment.id, "canceled"))

    def _create_refund(self, payment: Payment, wish: Json) -> tuple[int, Json]:
        if payment.status != "paid":
            raise self.refuse("mollie.refund.unpaid", "create-refund")
        cents = to_cents(wish["amount"]["value"])
        if cents > payment.cents - payment.refunded:
            raise self.refuse("mollie.refund.too_much", "create-refund", f"{cents} of {payment.cents - payment.refunded}")
        refund = self.refund(payment, cents, wish.get("description") or "", wish.get("metadata"))
        return 201, self._shown_refund(refund)

    def _cancel_refund(self, refund: Refund) -> tuple[int, None]:
        if refund.status not in ("queued", "pending"):
            raise self.refuse("mollie.cancel", "cancel-refund")
        refund.status = "canceled"
        return 204, None

    # --- how it is shown ------------------------------------------------------------------------------------------------------

    def _link(self, path: str) -> Json:
        return {"href": f"{self.base_url}{path}", "type": _HAL}

    def _shown(self, payment: Payment) -> Json:
        wish, over = payment.wish, payment.status not in ("open", "pending")
        body: Json = {
            "resource": "payment", "id": payment.id, "mode": "test", "description": wish["description"],
            "amount": amount(payment.cents), "sequenceType": wish.get("sequenceType", "oneoff"), 
            "profileId": "pfl_sampleProfile",
            "status": payment.status, "createdAt": moment(payment.created), "method": payment.method,
            "metadata": wish.get("metadata"), "redirectUrl": wish.get("redirectUrl"), "webhookUrl": wish.get("webhookUrl"),
            "isCancelable": payment.status == "open",
        }  # fmt: skip
        body |= {name: moment(when) for name, when in payment.stamps.items()}
        if not over:
            body["expiresAt"] = moment(payment.expires)
        if payment.status == "paid":
            body |= {"amountRefunded": amount(payment.refunded), "amountRemaining": amount(payment.cents - payment.refunded)}
        if payment.chargebacks:
            body["amountChargedBack"] = amount(payment.charged_back)
        return {**body, "_links": self._links(payment, over)}

    def _links(self, payment: Payment, over: bool) -> Json:
        page = {"href": f"{self.base_url}/checkout/{payment.id}", "type": "text/html"}
        links = {"self": self._link(f"/v2/payments/{payment.id}"), "dashboard": page}
        if not over:
            links["checkout"] = page
        if payment.refunds:
            links["refunds"] = self._link(f"/v2/payments/{payment.id}/refunds")
        if payment.chargebacks:
            links["chargebacks"] = self._link(f"/v2/payments/{payment.id}/chargebacks")
        return links

    def _shown_refund(self, refund: Refund, listed: bool = False) -> Json:
        links = {
            "self": self._link(f"/v2/payments/{refund.payment_id}/refunds/{refund.id}"),
            "payment": self._link(f"/v2/payments/{refund.payment_id}"),
        }
        return {
            "resource": "refund", "id": refund.id, "mode": "test", "description": refund.description,
            "amount": amount(refund.cents),
            "metadata": refund.metadata, "paymentId": refund.payment_id, "status": refund.status,
            "createdAt": moment(refund.created), "_links": links if listed else {**links, "documentation": _DOCS},
        }  # fmt: skip

    def _shown_chargeback(self, item: Chargeback) -> Json:
        path = f"/v2/payments/{item.payment_id}"
        links = {"self": self._link(f"{path}/chargebacks/{item.id}"), "payment": self._link(path)}
        when = {"reversedAt": moment(item.reversed_at) if item.reversed_at else None, "createdAt": moment(item.created)}
        return {"resource": "chargeback", "id": item.id, "amount": amount(item.cents), "paymentId": item.payment_id, **when,
                "_links": links}  # fmt: skip

    def _list(self, request: Request, name: str, items: list[Any]) -> tuple[int, Json]:
        """Newest first, ``limit`` at a time, from the item ``from``."""
        items = list(reversed(items))
        ids = [item.id for item in items]
        start = ids.index(request.query_params["from"]) if request.query_params.get("from") in ids else 0
        limit = int(request.query_params.get("limit", "50"))
        page, rest = items[start : start + limit], items[start + limit :]
        show: dict[str, Callable[[Any], Json]] = {
            "payments": self._shown,
            "refunds": lambda refund: self._shown_refund(refund, listed=True),
            "chargebacks": self._shown_chargeback,
        }
        path = request.url.path
        follow = self._link(f"{path}?from={rest[0].id}&limit={limit}") if rest else None
        links = {"self": self._link(f"{path}?limit={limit}"), "previous": None, "next": follow, "documentation": _DOCS}
        return 200, {"count": len(page), "_embedded": {name: [show[name](item) for item in page]}, "_links": links}

    def _shown_methods(self) -> Json:
        image = dict.fromkeys(("size1x", "size2x", "svg"), f"{self.base_url}/sample.svg")
        methods = [
            {
                "resource": "method", "id": name, "description": words, "minimumAmount": amount(1),
                "maximumAmount": amount(5000000),
                "image": image, "status": "activated", "_links": {"self": self._link(f"/v2/methods/{name}")},
            }
            for name, words in (("ideal", "iDEAL"), ("wero", "Wero"))
        ]  # fmt: skip
        links = {"self": self._link("/v2/methods"), "documentation": _DOCS}
        return {"count": len(methods), "_embedded": {"methods": methods}, "_links": links}

    # --- people ---------------------------------------------------------------------------------------------------------------

    async def _checkout(self, request: Request) -> Response:
        payment = self.payments.get(request.path_params["id"])
        if payment is None:
            return HTMLResponse(mollie_pages.finished("", None), 404)
        back = payment.wish.get("redirectUrl")
        if request.method == "POST" and payment.status in ("open", "pending"):
            status = (await request.body()).decode().partition("status=")[2]
            if self._decide(payment, status) != "open":
                return RedirectResponse(_after(payment), 303)
        if payment.status not in ("open", "pending"):
            return HTMLResponse(mollie_pages.finished(payment.status, back))
        note = "Kies hoe u betaalt." if payment.method is None else ""
        euros = amount(payment.cents)["value"]
        return HTMLResponse(mollie_pages.checkout(payment.id, euros, payment.wish["description"], note))

    def _decide(self, payment: Payment, status: str) -> str:
        if status not in ("paid", "failed", "canceled", "expired", "pending"):
            return payment.status
        return self.cancel(payment.id) if status == "canceled" else self.move(payment.id, status).status

    def state(self) -> dict[str, Any]:
        """All payments with their refunds, and the page where each is paid."""
        shown = [
            {**self._shown(payment), "refunds": [self._shown_refund(refund) for refund in payment.refunds]}
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
