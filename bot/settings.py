"""Settings: the environment, read once, as a frozen value. What is missing or wrong is named with the remedy, in Dutch."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlsplit


class SettingsError(Exception):
    """One or more settings are wrong; the text names each variable and what to do, for the operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between this machine and the village's server. Secrets never show in a repr."""

    database: str = "sqlite:///dorpsbode.db"
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    embedded_worker: bool = True
    secret: str = ""
    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_base_url: str = "https://api.telegram.org"
    telegram_bot: str = ""
    telegram_per_second: float = 30.0
    twilio_sid: str = ""
    twilio_token: str = ""
    twilio_from: str = ""
    twilio_base_url: str = ""
    whatsapp_per_second: float = 80.0
    mollie_key: str = ""
    mollie_base_url: str = "https://api.mollie.com"
    mollie_method: str = ""
    messages_per_minute: int = 0
    square_per_minute: int = 0
    whatsapp_per_day: int = 0
    log_format: str = "text"
    metrics_token: str = ""

    def __repr__(self) -> str:
        shown = (f"{f.name}={_hidden(f.name, getattr(self, f.name))!r}" for f in fields(self))
        return f"Settings({', '.join(shown)})"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that may never appear in a log."""
        password = urlsplit(self.database).password
        return (*(value for name in _SECRETS if (value := getattr(self, name))), *((password,) if password else ()))


#: Limits that hold unless the environment says otherwise; 0 is none, as in the demo and in benchmarks. See bot/limits.py.
_LIMITS: dict[str, object] = {"messages_per_minute": 60, "square_per_minute": 3000, "whatsapp_per_day": 200}
_SECRETS = ("secret", "telegram_token", "telegram_secret", "twilio_token", "mollie_key", "metrics_token")
#: Field -> variable, where the variable is not DORPSBODE_ and the field's name.
_VARIABLES = {
    name: name.upper()
    for name in (
        "telegram_token", "telegram_secret", "telegram_base_url", "telegram_bot", "twilio_sid", "twilio_token",
        "twilio_from", "twilio_base_url", "mollie_key", "mollie_base_url", "mollie_method",
    )
}  # fmt: skip


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return _VARIABLES.get(name, f"DORPSBODE_{name.upper()}")


def _hidden(name: str, value: object) -> object:
    if name in _SECRETS and value:
        return "***"
    if name == "database":
        return re.sub(r"(//[^:/@]*):[^@/]*@", r"\1:***@", str(value))
    return value


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises SettingsError that names every mistake."""
    env = os.environ if environment is None else environment
    wrong: list[str] = []
    values: dict[str, object] = dict(_LIMITS)
    for f in fields(Settings):
        if said := env.get(variable(f.name), "").strip():
            values[f.name] = _convert(f.name, str(f.type), said, wrong)
    if "database" not in values and (url := env.get("DATABASE_URL")):
        values["database"] = url  # what Procfile hosts call it
    if "port" not in values and env.get("PORT", "").isdigit():
        values["port"], values["host"] = int(env["PORT"]), "0.0.0.0"  # a host that gives a port wants it open
    settings = Settings(**values)  # type: ignore[arg-type]
    wrong += problems(settings)
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


def _convert(name: str, kind: str, said: str, wrong: list[str]) -> object:
    try:
        if kind == "bool":
            return {"1": True, "0": False, "ja": True, "nee": False, "true": True, "false": False}[said.lower()]
        return {"int": int, "float": float}.get(kind, str)(said)
    except (ValueError, KeyError):
        wrong.append(
            f"{variable(name)} is geen {'getal' if kind in ('int', 'float') else 'ja of nee'}: vul een juiste waarde in."
        )
        return said


def problems(s: Settings) -> list[str]:
    """What does not fit together, each with its remedy; empty when all is well."""
    url = urlsplit(s.public_url)
    together = [
        (url.scheme in ("http", "https") and bool(url.netloc),
         "DORPSBODE_PUBLIC_URL is geen webadres: geef het adres waarop de buitenwereld deze server ziet, met https://."),
        (not s.telegram_token or bool(re.fullmatch(r"\d+:[\w-]{20,}", s.telegram_token)),
         "TELEGRAM_TOKEN heeft niet de vorm 123456:ABC…: kopieer het nog eens van @BotFather."),
        (not s.telegram_token or bool(re.fullmatch(r"[A-Za-z0-9_-]{32,256}", s.telegram_secret)),
         "TELEGRAM_SECRET ontbreekt of is te zwak: kies 32 tot 256 willekeurige letters, cijfers, _ of -."),
        (not s.twilio_sid or bool(s.twilio_token),
         "TWILIO_TOKEN ontbreekt: neem het Auth Token over uit de Twilio Console, anders is niemand te vertrouwen."),
        (not s.twilio_sid or bool(s.twilio_from), "TWILIO_FROM ontbreekt: geef het WhatsApp-nummer, zoals +31850000000."),
        (not s.mollie_key or bool(re.fullmatch(r"(live|test)_\w+", s.mollie_key)),
         "MOLLIE_KEY begint niet met live_ of test_: kopieer de API-sleutel uit het Mollie-dashboard."),
        (not s.mollie_key or len(s.secret) >= 32 or not s.mollie_key.startswith("live_"),
         "DORPSBODE_SECRET is te kort: kies minstens 32 willekeurige tekens; zij maken webhookadressen onraadbaar."),
    ]  # fmt: skip
    return [remedy for good, remedy in together if not good]
