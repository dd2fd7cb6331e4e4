"""No rule without a test that breaks it, no rule without a source, and the official limits are kept where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import test_standin_mollie_rules
import test_standin_mollie_webhooks
import test_standin_telegram_rules
import test_standin_telegram_webhooks
import test_standin_twilio_rules
import test_standin_twilio_webhooks
from standin_tools import SHOWN

from bot.standins import rules

MODULES = (
    test_standin_mollie_rules,
    test_standin_mollie_webhooks,
    test_standin_telegram_rules,
    test_standin_telegram_webhooks,
    test_standin_twilio_rules,
    test_standin_twilio_webhooks,
)
PLATFORMS = ("telegram", "twilio", "mollie")
SAME_CHECKS = ("max_chars", "min_chars", "max_bytes", "min_bytes", "max_items", "max_properties", "max_total", "max_json_bytes")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_rule_is_broken_by_a_test(platform: str) -> None:
    assert MODULES
    assert set(rules.load(platform).rules) - SHOWN[platform] == set()
    assert SHOWN[platform] - set(rules.load(platform).rules) == set()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_rule_names_its_source(platform: str) -> None:
    assert all(rule.source.startswith("https://") for rule in rules.load(platform).rules.values())


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_limits_are_those_of_the_contracts(platform: str, contracts_folder: Path | None) -> None:
    if contracts_folder is None:
        pytest.skip("the official contracts are not here")
    ours = rules.load(platform).rules
    official = json.loads((contracts_folder / "rules.json").read_text(encoding="utf-8"))["rules"]
    mine = {"whatsapp": "twilio"}
    theirs = {rule["id"]: rule for rule in official if mine.get(rule["platform"], rule["platform"]) == platform}
    shared = [rule_id for rule_id, rule in theirs.items() if rule["kind"] == getattr(ours.get(rule_id), "check", "")]
    shared = [rule_id for rule_id in shared if theirs[rule_id]["kind"] in SAME_CHECKS]
    assert len(shared) >= (3 if platform == "mollie" else 8)
    assert {rule_id: ours[rule_id].limit for rule_id in shared} == {rule_id: theirs[rule_id]["value"] for rule_id in shared}
    missing = {rule_id for rule_id, rule in theirs.items() if rule["kind"] in SAME_CHECKS} - set(ours)
    assert missing == set(), "limits that the stand-in does not keep"
