"""The three stand-ins in a process of their own: ``python -m bot.standins``.

Prints one line of JSON with their addresses and secrets, and runs until its standard input closes or it is interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from bot.standins.common import StandIn
from bot.standins.mollie import Mollie
from bot.standins.server import running
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs them; see ``--help``."""
    chosen = _parser().parse_args(arguments)
    routes = dict(pair.split("=", 1) for pair in chosen.route)
    common = {"routes": routes, "rates": not chosen.no_rates, "contracts_folder": chosen.contracts}
    telegram = Telegram(allow_local=chosen.allow_local, keep=chosen.keep, seed=chosen.seed, **common)
    twilio = Twilio(inbound_url=chosen.twilio_inbound, keep=chosen.keep, **common)
    mollie = Mollie(allow_local=chosen.allow_local, seed=chosen.seed, **common)
    standins: list[StandIn] = [telegram, twilio, mollie]
    with running(*standins, ports=chosen.ports):
        print(json.dumps(_addresses(telegram, twilio, mollie)), flush=True)
        _wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.standins",
        description="Telegram, Twilio and Mollie on this machine.",
        epilog="Example: python -m bot.standins --route https://bot.example=http://127.0.0.1:8000",
    )
    parser.add_argument("--ports", type=int, nargs="*", default=[], help="of Telegram, Twilio and Mollie; default: free ones")
    parser.add_argument("--route", action="append", default=[], metavar="PUBLIC=LOCAL", help="where a public address really is")
    parser.add_argument("--twilio-inbound", default="", metavar="URL", help="the sender's webhook, as set in Twilio's console")
    parser.add_argument("--allow-local", action="store_true", help="accept webhooks to this machine without https")
    parser.add_argument("--no-rates", action="store_true", help="do not keep the platforms' limits of pace")
    parser.add_argument("--contracts", metavar="FOLDER", help="hold everything against the official contracts")
    parser.add_argument("--keep", type=int, default=500, help="messages remembered per phone")
    parser.add_argument("--seed", type=int, default=0, help="of what is random at the platforms")
    return parser


def _addresses(telegram: Telegram, twilio: Twilio, mollie: Mollie) -> dict[str, dict[str, str]]:
    return {
        "telegram": {"url": telegram.base_url, "token": telegram.token},
        "twilio": {
            "url": twilio.base_url,
            "account": twilio.account,
            "auth_token": twilio.auth_token,
            "sender": twilio.sender,
        },
        "mollie": {"url": mollie.base_url, "api_key": mollie.api_key},
    }


def _wait() -> None:
    try:
        sys.stdin.read()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    raise SystemExit(main())
