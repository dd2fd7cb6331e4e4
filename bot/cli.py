"""The one console script. Each command is a module in bot/commands with ``configure(parser)`` and ``run(args) -> int``."""

from __future__ import annotations

import argparse
import importlib
import sys

#: name -> (module, one line of help). Modules load only when their command runs: start-up stays quick.
COMMANDS = {
    "demo": ("bot.commands.demo", "everything on this machine, with phones in the browser"),
    "serve": ("bot.commands.serve", "the web process: webhooks, pay page, health"),
    "work": ("bot.commands.work", "the worker process: deliveries and the clock"),
    "migrate": ("bot.commands.migrate", "bring the database to the newest schema"),
    "doctor": ("bot.commands.doctor", "check settings, database, webhooks and templates"),
    "square": ("bot.commands.square", "check, import, export, list or show a village square"),
    "invite": ("bot.commands.invite", "make a one-time invitation for a shopkeeper, courier or coordinator"),
    "read": ("bot.commands.read", "show how the bot understands a message"),
    "search": ("bot.commands.search", "show the ranked products for some words"),
    "chat": ("bot.commands.chat", "talk to the bot in the terminal"),
    "audit": ("bot.commands.audit", "check the books of a live database"),
    "outbox": ("bot.commands.outbox", "what waits to leave: list, retry or drop"),
    "inbox": ("bot.commands.inbox", "messages that could not be handled: show or retry"),
    "person": ("bot.commands.person", "what is kept about the person of an order: export or erase"),
    "backup": ("bot.commands.backup", "write everything to one file, while the bot runs"),
    "restore": ("bot.commands.restore", "bring a backup into an empty database"),
    "faults": ("bot.commands.faults", "the fault search: break the bot and check the books"),
    "texts": ("bot.commands.texts", "check, extract, update or add translations"),
    "bench": ("bot.commands.bench", "the benchmarks: read, search, turns, deliver"),
}


def build_parser(wanted: str | None) -> argparse.ArgumentParser:
    """The parser; only the wanted command's module is imported and configured."""
    parser = argparse.ArgumentParser(prog="dorpsbode", description="Bestellen bij het dorpsplein, in gewoon Nederlands.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, summary) in COMMANDS.items():
        one = commands.add_parser(name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        if name == wanted:
            importlib.import_module(module).configure(one)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run a command. Exit status 0 on success, 1 when what was checked is not right, 2 on wrong usage."""
    argv = sys.argv[1:] if argv is None else argv
    wanted = next((word for word in argv if not word.startswith("-")), None)
    args = build_parser(wanted).parse_args(argv)
    run = importlib.import_module(COMMANDS[args.command][0]).run
    try:
        return int(run(args))
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
