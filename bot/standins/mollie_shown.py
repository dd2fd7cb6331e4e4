"""How Mollie shows what it keeps: payments, refunds, chargebacks, links, methods and lists of them, as hal+json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from bot.standins.mollie_money import Chargeback, Json, Link, Payment, Refund, Till, amount, moment

HAL = "application/hal+json"
DOCS = {"href": "https://docs.mollie.com", "type": "text/html"}


class Shown(Till):
    """The till, as the API shows it."""

    def _link(self, path: str) -> Json:
        return {"href": f"{self.base_url}{path}", "type": HAL}

    def show(self, payment: Payment) -> Json:
        """A payment."""
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

    def show_refund(self, refund: Refund, listed: bool = False) -> Json:
        """A refund; inside a list without a link to the documentation."""
        links = {
            "self": self._link(f"/v2/payments/{refund.payment_id}/refunds/{refund.id}"),
            "payment": self._link(f"/v2/payments/{refund.payment_id}"),
        }
        return {
            "resource": "refund", "id": refund.id, "mode": "test", "description": refund.description,
            "amount": amount(refund.cents),
            "metadata": refund.metadata, "paymentId": refund.payment_id, "status": refund.status,
            "createdAt": moment(refund.created), "_links": links if listed else {**links, "documentation": DOCS},
        }  # fmt: skip

    def show_chargeback(self, item: Chargeback) -> Json:
        """A chargeback."""
        path = f"/v2/payments/{item.payment_id}"
        links = {"self": self._link(f"{path}/chargebacks/{item.id}"), "payment": self._link(path)}
        when = {"reversedAt": moment(item.reversed_at) if item.reversed_at else None, "createdAt": moment(item.created)}
        return {"resource": "chargeback", "id": item.id, "amount": amount(item.cents), "paymentId": item.payment_id, **when,
                "_links": links}  # fmt: skip

    def show_list(self, request: Request, name: str, items: list[Any]) -> tuple[int, Json]:
        """Newest first, ``limit`` at a time, from the item ``from``."""
        items = list(reversed(items))
        ids = [item.id for item in items]
        start = ids.index(request.query_params["from"]) if request.query_params.get("from") in ids else 0
        limit = int(request.query_params.get("limit", "50"))
        page, rest = items[start : start + limit], items[start + limit :]
        show: dict[str, Callable[[Any], Json]] = {
            "payments": self.show,
            "refunds": lambda refund: self.show_refund(refund, listed=True),
            "chargebacks": self.show_chargeback,
            "payment_links": self.show_link,
        }
        path = request.url.path
        follow = self._link(f"{path}?from={rest[0].id}&limit={limit}") if rest else None
        links = {"self": self._link(f"{path}?limit={limit}"), "previous": None, "next": follow, "documentation": DOCS}
        return 200, {"count": len(page), "_embedded": {name: [show[name](item) for item in page]}, "_links": links}

    def show_methods(self) -> Json:
        """The ways to pay that are switched on."""
        image = dict.fromkeys(("size1x", "size2x", "svg"), f"{self.base_url}/sample.svg")
        methods = [
            {
                "resource": "method", "id": name, "description": words, "minimumAmount": amount(1),
                "maximumAmount": amount(5000000),
                "image": image, "status": "activated", "_links": {"self": self._link(f"/v2/methods/{name}")},
            }
            for name, words in (("ideal", "iDEAL"), ("wero", "Wero"))
        ]  # fmt: skip
        links = {"self": self._link("/v2/methods"), "documentation": DOCS}
        return {"count": len(methods), "_embedded": {"methods": methods}, "_links": links}

    def show_link(self, link: Link) -> Json:
        """A payment link."""
        page = {"href": f"{self.base_url}/paymentlink/{link.id}", "type": "text/html"}
        return {
            "resource": "payment-link", "id": link.id, "mode": "test", "description": link.wish["description"],
            "amount": link.wish.get("amount"), "archived": False, "redirectUrl": link.wish.get("redirectUrl"),
            "webhookUrl": link.wish.get("webhookUrl"), "profileId": "pfl_sampleProfile",
            "reusable": bool(link.wish.get("reusable")), "createdAt": moment(link.created),
            "paidAt": moment(link.paid_at) if link.paid_at else None, "expiresAt": link.wish.get("expiresAt"),
            "allowedMethods": link.wish.get("allowedMethods"),
            "_links": {"self": self._link(f"/v2/payment-links/{link.id}"), "paymentLink": page},
        }  # fmt: skip
