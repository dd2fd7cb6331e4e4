"""Telegram, Twilio and Mollie on this machine: three ASGI apps that keep state, keep the platforms' rules and bite.

``telegram.Telegram``, ``twilio.Twilio`` and ``mollie.Mollie`` each are one account at that platform. The bot talks to their
``app`` over HTTP with the real client libraries; people (tests, the demo page, the fault search) act through the Python methods
(``user_sends`` …) or the same methods over HTTP under ``/standin/`` (see ``control``). Nothing of the bot is imported here, so
that the two sides can only agree through the wire::

    clock = MovableClock()
    routes = {"https://bot.example": "http://127.0.0.1:8000"}          # where the bot really listens
    telegram = Telegram(clock=clock, routes=routes)
    twilio = Twilio(clock=clock, routes=routes, inbound_url="https://bot.example/wa")
    with running(telegram, twilio):                                    # or: async with serving(...)
        bot = Bot(telegram.token, base_url=telegram.base_url + "/bot")
        telegram.faults.plan("drop_after", on="sendMessage", skip=2)   # the third message arrives, its answer does not
        telegram.user_sends(42, "2 halfvolkoren")
        settle(telegram, twilio)                                       # until every webhook that is due was delivered
        telegram.screen(42)                                            # what the phone shows
    assert not telegram.violations

A broken rule is refused as the platform refuses it and recorded in ``violations``, so that a test fails even when the bot
swallows the error (``pytest_plugin``). Rules stand in ``rules/*.toml``, each with its source.
"""

from __future__ import annotations
