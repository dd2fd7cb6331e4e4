"""The doctor against the stand-ins: what it names, what it mends, and how it ends."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import doctor
from bot.settings import Settings
from bot.standins.mollie import API_KEY, Mollie
from bot.standins.server import running, settle
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio
from bot.store.database import Database
from bot.store.migrate import migrate

SECRET = "0123456789abcdef0123456789abcdef"
VARIABLES = (
    "DATABASE_URL", "PORT",
    "TELEGRAM_TOKEN", "TELEGRAM_BOT", "TWILIO_SID", "MOLLIE_KEY", "MOLLIE_METHOD", "DORPSBODE_PUBLIC_URL"
)  # fmt: skip


class World:
    """Three stand-ins, a migrated database, and settings that fit."""

    def __init__(self, telegram: Telegram, twilio: Twilio, mollie: Mollie, patch: pytest.MonkeyPatch) -> None:
        self.telegram, self.twilio, self.mollie, self.patch = telegram, twilio, mollie, patch

    def doctor(self, capsys: pytest.CaptureFixture[str], *, fix: bool = False) -> tuple[int, list[dict[str, str]]]:
        """Exit status and findings."""
        status = doctor.run(argparse.Namespace(fix=fix, json=True))
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    def set(self, **values: str) -> None:
        """Changes settings."""
        for name, value in values.items():
            self.patch.setenv(name, value)


def wrong(findings: list[dict[str, str]], grade: str = "fout") -> list[str]:
    """What was found with this grade, as ``area: text``."""
    return [f"{one['area']}: {one['text']}" for one in findings if one["grade"] == grade]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contracts_folder: Path | None) -> Iterator[World]:
    telegram = Telegram(contracts_folder=contracts_folder)
    twilio, mollie = Twilio(contracts_folder=contracts_folder), Mollie(contracts_folder=contracts_folder)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    path = f"sqlite:///{tmp_path / 'dorp.db'}"
    database = Database(path)
    migrate(database)
    database.close()
    with running(telegram, twilio, mollie):
        made = World(telegram, twilio, mollie, monkeypatch)
        made.set(
            DORPSBODE_DATABASE=path, DORPSBODE_PUBLIC_URL="https://bode.example", DORPSBODE_SECRET=SECRET,
            TELEGRAM_TOKEN=telegram.token, TELEGRAM_SECRET=SECRET, TELEGRAM_BASE_URL=telegram.base_url,
            TWILIO_SID=twilio.account, TWILIO_TOKEN=twilio.auth_token, TWILIO_FROM=twilio.sender,
            TWILIO_BASE_URL=twilio.base_url,
            MOLLIE_KEY=API_KEY, MOLLIE_BASE_URL=mollie.base_url,
        )  # fmt: skip
        yield made


def test_it_mends_webhook_and_templates_and_then_all_is_well(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, before = world.doctor(capsys)
    assert status == 1
    assert "telegram: Telegram weet niet waarheen berichten moeten" in wrong(before)
    assert sum("is er niet of is niet ingediend" in text for text in wrong(before)) == 17
    assert all(one["remedy"] for one in before if one["grade"] != "goed")
    _, mended = world.doctor(capsys, fix=True)
    assert "telegram: het webhookadres klopt" in wrong(mended, "goed")
    settle(world.twilio)
    webhook = world.telegram.updates.webhook
    assert webhook.url.startswith("https://bode.example/telegram/")
    assert webhook.secret == SECRET
    status, after = world.doctor(capsys)
    assert (status, wrong(after)) == (0, [])
    assert len(world.twilio.contents) == 41
    assert "41 van 41 sjablonen zijn klaar" in json.dumps(after)


def test_a_template_that_waits_or_was_rejected_is_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.twilio.auto_approve = False
    status, found = world.doctor(capsys, fix=True)
    assert status == 1
    assert sum("wacht op goedkeuring" in text for text in wrong(found)) == 17
    for content in world.twilio.contents.values():
        if content.approval:
            content.approval.status = "approved"
    payment = next(one for one in world.twilio.contents.values() if "payment_betalen" in one.friendly_name)
    assert payment.approval
    payment.approval.status, payment.approval.reason = "rejected", "INVALID_FORMAT"
    status, found = world.doctor(capsys)
    assert status == 1
    [text] = wrong(found)
    assert payment.friendly_name in text
    assert "rejected: INVALID_FORMAT" in text


def test_wrong_credentials_are_named_one_by_one(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.set(TELEGRAM_TOKEN="1:wrong-token-of-the-tests-000000", TWILIO_TOKEN="wrong", MOLLIE_KEY="test_wrong")
    with (
        world.telegram.expecting("telegram.error.unauthorized"),
        world.twilio.expecting("twilio.error.auth"),
        world.mollie.expecting("mollie.error.auth"),
    ):
        status, found = world.doctor(capsys)
    assert status == 1
    assert wrong(found) == [
        "telegram: Telegram kent dit token niet",
        "whatsapp: Twilio kent deze gegevens niet",
        "mollie: Mollie weigert de sleutel of het verzoek (401)",
    ]


def test_platforms_out_of_reach_are_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = "http://127.0.0.1:1"
    world.set(TELEGRAM_BASE_URL=nobody, TWILIO_BASE_URL=nobody, MOLLIE_BASE_URL=nobody)
    status, found = world.doctor(capsys)
    assert status == 1
    assert [text.partition(":")[0] for text in wrong(found)] == ["telegram", "whatsapp", "mollie"]
    assert "sample-token" not in json.dumps(found)


def test_a_bot_of_another_name_and_a_method_that_is_off(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.set(TELEGRAM_BOT="another_bot", MOLLIE_METHOD="carrierpigeon")
    world.doctor(capsys, fix=True)
    settle(world.twilio)
    _, found = world.doctor(capsys)
    assert wrong(found) == [
        "telegram: het token hoort bij @dorpsbode_sample_bot, maar TELEGRAM_BOT is another_bot",
        "mollie: betaalwijze carrierpigeon staat uit",
    ]


def test_a_database_that_is_missing_old_or_out_of_reach(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    world.set(DORPSBODE_DATABASE=f"sqlite:///{tmp_path / 'none.db'}")
    assert wrong(world.doctor(capsys)[1]) == ["database: het databasebestand bestaat nog niet"]
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "empty.db").touch()
    world.set(DORPSBODE_DATABASE=f"sqlite:///{tmp_path / 'empty.db'}")
    assert "het schema is leeg" in wrong(world.doctor(capsys)[1])[0]
    world.set(DORPSBODE_DATABASE="postgresql://nobody@127.0.0.1:1/none")
    assert "niet bereikbaar (OperationalError)" in wrong(world.doctor(capsys)[1])[0]


def test_settings_that_are_wrong_are_told_with_their_names(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.set(TELEGRAM_SECRET="kort", MOLLIE_KEY="sleutel")
    status, found = world.doctor(capsys)
    assert status == 1
    assert [text.split()[1] for text in wrong(found)] == ["TELEGRAM_SECRET", "MOLLIE_KEY"]


def test_without_any_channel_or_https() -> None:
    found = list(doctor.check_settings(Settings(public_url="http://bode.example")))
    assert [one.grade for one in found] == ["fout", "fout"]
    assert [one.grade for one in doctor.check_settings(Settings())] == ["fout", "let op"]
    assert [one.grade for one in doctor.check_mollie(Settings())] == ["let op"]


def test_for_people_each_finding_is_a_line_with_its_remedy(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    doctor.run(argparse.Namespace(fix=False, json=False))
    said = capsys.readouterr().out
    assert (
        "fout     telegram: Telegram weet niet waarheen berichten moeten\n         Doe dit: voer uit: dorpsbode doctor --fix"
        in said
    )
