"""What README, Procfile and .env.example promise is there: every command, option, target, setting and file that they name."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from bot.cli import COMMANDS, build_parser
from bot.settings import Settings, read_settings, variable

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
#: Two screens of text, as a laptop shows them, beside the tables that are asked for.
MOST_LINES = 110
_SETTING = re.compile(r"^([A-Z_]+)=(.*)$", re.M)


def _code() -> Iterator[str]:
    """Every piece of code in the README: lines of blocks, and what stands between backticks."""
    blocks = re.findall(r"^```\n(.*?)^```", README, re.M | re.S)
    yield from (line for block in blocks for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```\n.*?^```", "", README, flags=re.M | re.S))


def _commands() -> list[str]:
    """Every ``dorpsbode …`` that the README names, without the remark behind it."""
    said = [re.split(r"\s#", piece)[0].strip() for piece in _code()]
    return sorted({one for one in said if re.match(r"dorpsbode \w", one)})


def _targets(text: str) -> set[str]:
    return {word for piece in text for word in re.findall(r"\bmake (\w+)", piece)}


def _options(parser: argparse.ArgumentParser, words: list[str]) -> set[str]:
    """The options of a command and of the subcommands that the words name."""
    found = {option for action in parser._actions for option in action.option_strings}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name in words:
                if name in action.choices:
                    return found | _options(action.choices[name], words[words.index(name) + 1 :])
    return found


def test_the_readme_names_commands_at_all() -> None:
    assert len(_commands()) >= 8


@pytest.mark.parametrize("command", _commands())
def test_every_command_in_the_readme_exists_with_its_options(command: str) -> None:
    _, name, *rest = shlex.split(command)
    assert name in COMMANDS
    options = _options(build_parser(name), [name, *rest])
    assert {word for word in rest if word.startswith("--")} <= options


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser(name).parse_args([name, "--help"])
    assert ended.value.code == 0
    assert f"dorpsbode {name}" in capsys.readouterr().out.split("\n", 1)[1]


def test_every_make_target_in_the_readme_exists() -> None:
    targets = _targets("\n".join(_code()).splitlines())
    assert {"demo", "test", "check"} <= targets
    assert targets <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def test_every_process_of_the_procfile_is_a_command() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").split("\n")
    processes = dict(line.split(": dorpsbode ") for line in lines if line)
    assert set(processes) == {"release", "web", "worker"}
    assert set(processes.values()) <= set(COMMANDS)


def test_every_file_and_room_in_the_readme_exists() -> None:
    named = [re.split(r"[ {]", one)[0] for one in re.findall(r"`([^`\n]+)`", README)]
    named += re.findall(r"\]\(([^)]+)\)", README)
    is_path = re.compile(r"\.?[\w./-]+\.(?:md|py|png|example)|(?:bot|catalog|orders|tests)[\w/.]*")
    paths = [one for one in named if is_path.fullmatch(one)]
    assert len(paths) >= 8
    assert [one for one in paths if not (ROOT / one).exists()] == []


def test_the_readme_takes_two_screens() -> None:
    assert len(README.splitlines()) <= MOST_LINES


def test_every_setting_is_explained_and_nothing_else() -> None:
    explained = [name for name, _ in _SETTING.findall(EXAMPLE)]
    assert sorted(explained) == sorted(variable(one.name) for one in fields(Settings))
    assert [name for name in explained if not _remark_above(name)] == []


def _remark_above(name: str) -> bool:
    """Whether a remark stands above the setting, or above the group of settings that it belongs to."""
    before = EXAMPLE[: EXAMPLE.index(f"\n{name}=")].splitlines()
    return next((line.startswith("#") for line in reversed(before) if not _SETTING.match(line)), False)


def test_the_example_holds_the_defaults_and_no_secret() -> None:
    assert read_settings(dict(_SETTING.findall(EXAMPLE))) == read_settings({})


def test_every_setting_in_the_readme_exists() -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", README))
    assert {"TELEGRAM_TOKEN", "MOLLIE_KEY"} <= named
    assert named <= {variable(one.name) for one in fields(Settings)}
