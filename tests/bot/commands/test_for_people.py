"""What the commands say to people: an example with every command, and a remedy where something is missing."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import COMMANDS, build_parser, main
from bot.squares import EXAMPLES


def _below(one: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return {
        name: child
        for action in one._actions if isinstance(action, argparse._SubParsersAction) for name, child in action.choices.items()
    }  # fmt: skip


def _commands() -> Iterator[argparse.ArgumentParser]:
    """Every command and every part of one, as its own module configures it."""
    for name in COMMANDS:
        command = _below(build_parser(name))[name]
        yield command
        yield from (part for part in _below(command).values() if not getattr(part, "module", ""))  # those load when called


def _shows_one(text: str) -> bool:
    return re.search(r"(?:example|voorbeeld)\w*:", text.casefold()) is not None


def test_every_command_shows_an_example() -> None:
    assert [one.prog for one in _commands() if not _shows_one(one.format_help())] == []


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DORPSBODE_DATABASE", f"sqlite:///{tmp_path / 'leeg.db'}")


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("command", [["audit"], ["outbox", "list"], ["outbox", "drop", "1"], ["inbox", "failed"]])
def test_before_migrate_the_remedy_is_named(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 1
    assert "dorpsbode migrate" in capsys.readouterr().err


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("who", "status"), [("courier:Sam", 0), ("courier:sam", 0), ("courier:Otto", 1), ("coordinator:Sam", 1), ("desk:Otto", 0)]
)
def test_who_is_not_listed_in_the_square_gets_no_invitation(who: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """bunnik lists couriers and coordinators, and nobody for the desk: there everybody may be asked."""
    main(["migrate"])
    main(["square", "import", str(EXAMPLES / "bunnik")])
    assert main(["invite", who, "--square", "bunnik", "--no-qr"]) == status
    assert ("[[person]]" in capsys.readouterr().err) is bool(status)


@pytest.mark.usefixtures("empty")
def test_nothing_waiting_is_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    assert (main(["outbox", "list"]), main(["inbox", "failed"])) == (0, 0)
    out, err = capsys.readouterr()
    assert out == ""
    assert "Er wacht niets." in err
    assert "Alles is behandeld." in err


@pytest.mark.usefixtures("empty")
def test_a_backup_that_is_not_there_is_named_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", "nergens.gz"]) == 1
    assert "nergens.gz is er niet" in capsys.readouterr().err


def test_an_unknown_example_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chat", "--square", "nergens"]) == 2
    assert "bunnik" in capsys.readouterr().err
