"""``dorpsbode chat``: talk to the whole bot in the terminal, over a database that lives as long as the talk."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import logs
from bot.commands.common import say
from bot.squares import EXAMPLES, load_square
from catalog.folder import FolderError
from catalog.square import AMSTERDAM, Square
from notifications.messages import Address, Choice, Inbound

if TYPE_CHECKING:
    from bot.channels.base import Parcel
    from bot.channels.terminal import Terminal
    from bot.demo.cast import Player
    from bot.store.tx import Tx
    from bot.wiring import App

EXAMPLE = """examples:
  dorpsbode chat --square bunnik --as resident
  printf 'hallo\\n2 halfvolle melk\\n' | dorpsbode chat --square bunnik --as resident --now 2026-11-23T09:00
  dorpsbode chat --square bunnik --as resident --channel whatsapp --all

A number or a label taps a button. A line such as '@shop:bakker OK' is said by somebody else, '@shop:bakker' alone makes
you that person from then on: so one terminal can play a whole order.
"""
_PUBLIC_URL = "http://127.0.0.1:8000"
_KINDS = {"shop": "shopkeeper", "courier": "courier", "coordinator": "coordinator"}


class NobodyLikeThat(Exception):
    """``--as`` names no person of this square; the text says who there are."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("--square", required=True, metavar="FOLDER_OR_SLUG", help="a square's folder, or an example by name")
    parser.add_argument(
        "--as", dest="who", default="resident", metavar="WHO", help="resident, shop:SLUG, courier:NAME or coordinator:NAME"
    )
    parser.add_argument("--now", metavar="MOMENT", help="let the clock stand still at this local moment: 2026-11-23T09:00")
    parser.add_argument("--channel", choices=["terminal", "telegram", "whatsapp"], default="terminal",
                        help="show how this channel would show it")  # fmt: skip
    parser.add_argument("--all", action="store_true", help="show what others get too")
    parser.add_argument("--timing", action="store_true", help="say on standard error how long things took")


def run(args: argparse.Namespace) -> int:
    """Talk until the input ends. Exit status 2 when the square, the moment or the person cannot be read."""
    logs.set_up((), json=False)
    try:
        now = _moment(args.now) if args.now else None
        square = load_square(args.square)
        with opened(square, now, args.channel) as talk:
            talk.become(args.who)
            talk.show_all = args.all
            if args.timing:
                say(f"klaar om te praten na {since_process_start():.2f} s")
            for line in _lines():
                _answer(talk, line, timing=args.timing)
    except (FolderError, OSError, ValueError, NobodyLikeThat) as problem:
        say(str(problem))
        return 2
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(f"{text!r} is geen moment: schrijf bijvoorbeeld 2026-11-23T09:00.") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def _lines() -> Iterator[str]:
    """Lines of standard input; with a prompt when somebody sits there."""
    if not sys.stdin.isatty():
        yield from (line.rstrip("\n") for line in sys.stdin)
        return
    import readline  # noqa: F401 - gives input() its editing and history

    while True:
        try:
            yield input("> ")
        except EOFError:
            return


def _answer(talk: Talk, line: str, *, timing: bool) -> None:
    began = time.perf_counter()
    shown = talk.hear(line)
    took = 1000 * (time.perf_counter() - began)
    for text in shown:
        print(text, end="\n\n")
    sys.stdout.flush()
    if timing and line.strip():
        say(f"beantwoord na {took:.1f} ms")


@dataclass
class Talk:
    """One or more people at one keyboard, and a bot."""

    app: App
    square: Square
    terminal: Terminal
    people: dict[str, Player]
    who: str = ""
    show_all: bool = False
    said: int = 0
    tappable: dict[str, list[Parcel]] = field(default_factory=dict)  # bubbles with buttons per person, the newest last

    def become(self, who: str) -> None:
        """From now on this person types. Raises NobodyLikeThat."""
        self.who = self._player(who).id

    def _player(self, who: str) -> Player:
        kind, _, name = who.strip().partition(":")
        wanted = "an" if kind == "resident" else f"{kind}:{name.casefold()}"
        if kind in _KINDS and name and kind != "shop" and wanted not in self.people:
            self.people[wanted] = _newcomer(self, kind, name)
        if wanted not in self.people:
            shops = ", ".join(one for one in self.people if one.startswith("shop:"))
            raise NobodyLikeThat(f"{who!r} is niemand op dit plein. Kies resident, courier:NAAM, coordinator:NAAM, {shops}.")
        return self.people[wanted]

    # --- one line -----------------------------------------------------------------------------------------------------
    def hear(self, line: str) -> list[str]:
        """Say this line; returns the bubbles that come of it, as text."""
        who, line = self.who, line.strip()
        if line.startswith("@"):
            name, _, line = line[1:].partition(" ")
            try:
                who = self._player(name).id
            except NobodyLikeThat as wrong:
                return [str(wrong)]
            self.who = self.who if line.strip() else who
        self._say(who, line)
        return [text for one in self._readers(who) for text in self._read(one)]

    def _readers(self, who: str) -> list[str]:
        return [who, *(one for one in self.people if one != who and (self.show_all or one == self.who))]

    def _say(self, who: str, line: str) -> None:
        for incoming in self.terminal.parse({}, line.encode(), ""):
            assert isinstance(incoming, Inbound)
            self.said += 1
            inbound = replace(incoming, event_id=f"line-{self.said}", sender=address(who), name=self.people[who].name)
            choice, token = self._tapped(who, inbound.text)
            if choice is not None and choice.url:
                say(f"Deze knop opent een adres: {choice.url}")
                continue
            if choice is not None:
                inbound = replace(inbound, kind="choice", choice=token, text=choice.label)
            if self.app.inbox.take_now(inbound) == "failed":
                say("Dit bericht kon niet worden verwerkt; de fout staat hierboven.")

    def _tapped(self, who: str, text: str) -> tuple[Choice | None, str]:
        """The button that was meant and its token: a number under the newest bubble, or a label further back."""
        bubbles = self.tappable.get(who, [])
        if text.isdigit() and bubbles:
            numbered = dict(enumerate(zip(bubbles[-1].choices, bubbles[-1].tokens, strict=True), 1))
            return numbered.get(int(text), (None, ""))
        for bubble in reversed(bubbles):
            for choice, token in zip(bubble.choices, bubble.tokens, strict=True):
                if choice.label.casefold() == text.casefold():
                    return choice, token
        return None, ""

    def _read(self, who: str) -> list[str]:
        """What waits for somebody, as it would be drawn."""
        parcels = self.app.read_now(Inbound("", address(who), self.app.clock.now()))
        if parcels:
            old = self.tappable.get(who, [])[-20:]
            self.tappable[who] = [*old, *(one for one in parcels if one.choices)]
            if not any(one.choices for one in parcels):
                self.tappable[who].append(replace(parcels[-1], choices=(), tokens=()))  # nothing to number under the newest
        head = "" if who == self.who else f"[{self.people[who].label}]\n"
        return [f"{head}{self._drawn(one)}" for one in parcels]

    def _drawn(self, parcel: Parcel) -> str:
        calls = self.terminal.render(parcel, True)
        if not isinstance(calls, list):
            return f"(niet verstuurd: {calls.why})"
        return "\n\n".join(str(call.params["text"]) for call in calls)


def address(who: str) -> Address:
    """Where one of the people of a talk is reached."""
    return Address("terminal", who)


# --- opening ---------------------------------------------------------------------------------------------------------------


@contextmanager
def opened(square: Square, now: datetime | None = None, channel: str = "terminal") -> Iterator[Talk]:
    """A bot over a temporary database, with somebody in every role of the square. Nothing of it is kept."""
    from bot.channels.terminal import looking_like
    from bot.clock import Clock
    from bot.demo.cast import cast
    from bot.settings import Settings
    from bot.wiring import build

    clock = Clock(now)
    terminal = looking_like(channel, _PUBLIC_URL, clock=clock)
    with tempfile.TemporaryDirectory(prefix="dorpsbode-") as folder:
        settings = Settings(database=f"sqlite:///{Path(folder) / 'chat.db'}", public_url=_PUBLIC_URL)
        app = build(settings, clock, channels={"terminal": terminal}, squares=[*_regions(square), square])
        try:
            app.start()
            talk = Talk(app, square, terminal, {one.id: one for one in cast(square) if one.id != "ben"})
            app.writer.call(lambda tx: _enter_all(talk, tx))
            _rehearse(talk)
            yield talk
        finally:
            app.close()


def _regions(square: Square) -> list[Square]:
    """The regions whose shops sell here too, as far as they come with the program."""
    return [load_square(slug) for slug in square.regions if (EXAMPLES / slug).is_dir()]


def _newcomer(talk: Talk, kind: str, name: str) -> Player:
    from bot.demo.cast import Player

    player = Player(f"{kind}:{name.casefold()}", name, _KINDS[kind], "", name, name, 0, "")
    talk.app.writer.call(lambda tx: _enter(talk, tx, player))
    return player


class _Enough(Exception):
    """Ends a rehearsal."""


def _rehearse(talk: Talk) -> None:
    """Load the catalogue and everything a turn needs before somebody waits for it: one turn that is rolled back."""
    talk.app.writer.call(lambda tx: tx.catalogue.shelf(talk.square.slug))
    someone = Inbound("rehearsal", address("an"), talk.app.clock.now(), text="2 volkoren brood")

    def rehearse(tx: Tx) -> None:
        talk.app.turns.receive(tx, someone)
        raise _Enough

    with suppress(_Enough):
        talk.app.writer.call(rehearse)


def _enter_all(talk: Talk, tx: Tx) -> None:
    for player in talk.people.values():
        _enter(talk, tx, player)


def _enter(talk: Talk, tx: Tx, player: Player) -> None:
    """Know this person, and give the role that an invitation would give."""
    from bot.store import invitations
    from bot.store.tx import AddressRow
    from orders.ports import Invitation

    person = tx.new_person(player.name if player.role else "")
    conversation = tx.conversation(person.id)
    conversation.square, conversation.hat = talk.square.slug, player.role or "resident"
    tx.pending.conversations.add(person.id)
    tx.put_address(AddressRow(address(player.id), person.id, "", None, None, tx.now))
    if player.role:
        person.introduced = tx.now
        invitations.grant(tx.conn, Invitation(talk.square.slug, player.role, player.shop, player.name), person.id, tx.now)


def since_process_start() -> float:
    """Seconds since this process was started, where the system tells (Linux); else since Python counts."""
    import os

    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        return uptime - int(fields[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.process_time()
