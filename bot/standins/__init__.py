"""Telegram, Twilio and Mollie on this machine: three ASGI apps that keep state, keep the platforms' rules and bite.

``telegram.Telegram``, ``twilio.Twilio`` and ``mollie.Mollie`` each are one account at that platform. The bot talks to their
``app`` over HTTP with the real client libraries; people (tests, the demo page, the fault search) act through the Python methods
(``user_sends`` …) or the same methods over HTTP under ``/standin/``. ``server.running(...)`` puts them on free ports.
Nothing of the bot is imported here, so that the two sides can only agree through the wire.
"""

from __future__ import annotations
