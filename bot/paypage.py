"""The pay page of an order: looking at it (GET) does nothing, the button (POST) makes a fresh payment and goes to Mollie.

Link scanners of chat apps fetch every address they see; a payment that they would start dies 15 minutes later.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.limits import Pages
from bot.mollie import Declined, Unreachable
from bot.payments import NotPayable, Payments
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.store.writer import TROUBLE
from catalog.marking import N_
from notifications import receipts
from notifications.texts import SOURCE_LOCALE, day_and_hours, euros, translator
from orders.order import Order, Status

if TYPE_CHECKING:
    from bot.web import Handler
    from bot.wiring import App

#: What a pay link ends in, and what Mollie calls a payment. Anything else goes neither to the database nor to Mollie.
_TOKEN = re.compile(r"[\w-]{16,64}", re.ASCII)
_PAYMENT_ID = re.compile(r"tr_[A-Za-z0-9]{4,64}", re.ASCII)
#: An order that ended, with nothing left to pay, is shown by its link for this long: links are passed on and lie about.
SHOWN_FOR = timedelta(days=30)
_PAGES = Path(__file__).parent / "pages"


@cache
def _templates() -> Environment:
    """Every value is escaped."""
    made = Environment(loader=FileSystemLoader(_PAGES), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)
    made.filters["euros"] = euros
    return made


def page(name: str, status: int = 200, *, http_forms: bool = False, refresh: int = 0, **values: Any) -> HTMLResponse:
    """A rendered page with the security headers, in the voice of its square."""
    from bot.web import SECURITY_HEADERS

    headers = dict(SECURITY_HEADERS)
    if http_forms:  # the stand-in's checkout on this machine has no https
        headers["Content-Security-Policy"] = headers["Content-Security-Policy"].replace("https:;", "https: http:;")
    if refresh:
        headers["Refresh"] = str(refresh)
    locale = values["square"].locale if "square" in values else SOURCE_LOCALE
    words = {"_": translator(locale), "lang": re.split("[@_]", locale)[0]}
    return HTMLResponse(_templates().get_template(name).render(**values, **words), status, headers)


_TRY_AGAIN = N_("Betalen lukt nu even niet. Er is niets afgeschreven. Probeer het zo nog eens.")


class PayPage:
    """The routes ``/b/<token>`` and ``/mollie/<piece>``."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._pages = Pages()
        self._http = app.settings.public_url.startswith("http:")

    def routes(self) -> list[BaseRoute]:
        """For the web process."""
        return [
            Route("/b/{token}", self._calmly(self.show), methods=["GET"]),
            Route("/b/{token}", self._calmly(self.pay), methods=["POST"]),
            Route("/b/{token}/klaar", self._calmly(self.back), methods=["GET"]),
            Route("/mollie/{piece}", self.hint, methods=["POST"]),
        ]

    @property
    def _payments(self) -> Payments | None:
        return self._app.payments

    def _calmly(self, handler: Handler) -> Handler:
        """No more looks than a village needs, and a page when the database does not answer."""

        async def answer(request: Request) -> Response:
            if not self._pages.may():
                return PlainTextResponse("Het is nu te druk. Probeer het zo nog eens.", 429, {"Retry-After": "5"})
            try:
                return await handler(request)
            except TROUBLE:
                return page("storing.html", 503)

        return answer

    async def show(self, request: Request) -> Response:
        """What is ordered, what it costs, and the button."""
        return await self._page(request.path_params["token"])

    async def _page(self, token: str, status: int = 200, trouble: str = "") -> Response:
        view = await self._app.writer.run(lambda tx: _view(tx, token))
        if view is None:
            return page("onbekend.html", 404)
        return page("betalen.html", status, http_forms=self._http, trouble=trouble, **view)

    async def pay(self, request: Request) -> Response:
        """Make a payment and go there."""
        token = request.path_params["token"]
        if self._payments is None:
            return await self._page(token, 503, N_("Betalen kan nu niet. Neem contact op met het plein."))
        if not _TOKEN.fullmatch(token):
            return page("onbekend.html", 404)
        try:
            return RedirectResponse(await self._payments.checkout(token), 303, {"Cache-Control": "no-store"})
        except NotPayable:
            return await self._page(token, 409)
        except (Unreachable, Declined):
            return await self._page(token, 503, _TRY_AGAIN)

    async def back(self, request: Request) -> Response:
        """Where Mollie sends people after paying: says what is known, and asks Mollie when nothing is."""
        token = request.path_params["token"]
        view = await self._app.writer.run(lambda tx: _view(tx, token))
        if view is not None and not view["paid"] and self._payments is not None:
            with suppress(Unreachable):  # the webhook, or the next look, will tell; the page says that it is not known yet
                await self._payments.catch_up(token)
            view = await self._app.writer.run(lambda tx: _view(tx, token))
        if view is None:
            return page("onbekend.html", 404)
        return page("klaar.html", refresh=0 if view["paid"] or not view["busy"] else 4, **view)

    async def hint(self, request: Request) -> Response:
        """Mollie's webhook: an id, believed only after fetching. Unknown ids get 200 as Mollie asks, and change nothing."""
        from bot.web import body_of

        if self._payments is None or self._payments.genuine(request.path_params["piece"]) is None:
            self._app.meter.forged("mollie")
            return PlainTextResponse("", 403)
        try:
            form = dict(parse_qsl((await body_of(request)).decode("utf-8", "replace")))
        except ClientDisconnect:
            return PlainTextResponse("", 400)
        if not _PAYMENT_ID.fullmatch(form.get("id", "")):
            return PlainTextResponse("")
        try:
            await self._payments.hint(form["id"])
        except (Unreachable, Declined, *TROUBLE):
            return PlainTextResponse("", 503)  # Mollie comes again
        return PlainTextResponse("")


def _view(tx: Tx, token: str) -> dict[str, Any] | None:
    """What the pages show; None for an unknown link.

    Whoever has the link sees it, also when it was passed on: goods, sums and the moment, but no name, door or phone number.
    """
    store = Repository(tx)
    order = store.order_by_token(token) if _TOKEN.fullmatch(token) else None
    if order is None or order.status is Status.DRAFT or _of_long_ago(order, tx.now):
        return None
    square = store.square(order.square)
    departure = receipts.departure_of(order, square)
    shops = {slug: square.shop_by_slug[slug].name for slug in square.shop_by_slug}
    return {
        "order": order, "square": square, "token": token, "lines": [_line(line, shops) for line in order.open_lines],
        "paid": order.paid and order.status is not Status.CANCELLED, "due": order.due_cents, "payable": order.payable,
        "cancelled": order.status is Status.CANCELLED, "busy": _busy(order), "estimated": order.estimated,
        "when": day_and_hours(departure, translator(square.locale)) if departure else "",
    }  # fmt: skip


def _of_long_ago(order: Order, now: datetime) -> bool:
    ended = order.status in (Status.DELIVERED, Status.CANCELLED) and not order.payable
    return ended and order.changed_at is not None and now - order.changed_at > SHOWN_FOR


def _line(line: Any, shops: dict[str, str]) -> dict[str, Any]:
    amount = f"{line.weighed or line.amount} gram" if line.by_weight else f"{line.amount} ×"
    name = ", ".join((line.name, *line.options))
    return {"amount": amount, "name": name, "shop": shops.get(line.shop, line.shop), "cents": line.cents}


def _busy(order: Order) -> bool:
    """Whether a payment may still come in."""
    return any(one.status in ("creating", "open", "pending", "authorized") for one in order.payment.attempts)
