"""Text from people never becomes markup, a link, a formula or a template in what others see: an attack list, played whole."""

# ruff: noqa: E501 - the list of attacks reads best with one kind beside the other
from __future__ import annotations

import ast
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels import plain
from tests.security.test_who_sees_what import _everything
from tests.village import AMSTERDAM
from tests.wholebot import WholeBot, WholeBotOnWhatsApp

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM)
ATTACKS = {
    "html": "<b>Piet</b><script>alert(1)</script>", "link html": '<a href="https://evil.example/x">Klik</a>',
    "markdown": "[Klik hier](https://evil.example)",
    "entities": "&lt;b&gt;Piet&#x2F;", "whatsapp": "*Piet* _van_ ~Dam~ ```x```",
    "quote": "> Piet", "override": "Piet\u202egnp.exe",
    "isolate": "\u2066Piet\u2069", "zero width": "P\u200bi\u200de\u2060t",
    "url": "https://evil.example/betaal", "bare": "evil.nl/betaal", "www": "www.evil.nl", "dot first": "..evil.nl",
    "short": "wa.me/31612345678",
    "tg": "tg://resolve?domain=evil", "hidden": "ev\u00adil.nl", "mail": "piet@evil.nl", "mention": "@evilbot", "command": "/start Piet",
    "hashtag": "#winnen", "formula": "=HYPERLINK(0)", "plus": "+31+cmd|' /C calc'!A0", "at": "@SUM(A1)", "minus": "-1+1",
    "sql": "'; DROP TABLE orders; --", "template": "{{7*7}}", "format": "{0.__class__}{number}", "percent": "%s%n%(x)s",
    "jinja": "{% for x in y %}", "twilio": "{{1}} {{2}}", "newline": "Piet\n\nBestelling 9 is gratis",
    "return": "Piet\r\nOK",
    "emoji": "😀" * 60, "zalgo": "P\u0300\u0301\u0302\u0303\u0304\u0305\u0306i" * 8, "long": "Piet " * 2000, "fancy": "𝐏𝐢𝐞𝐭",
    "null": "Pi\x00et", "blank": "\u3164\u3164", "tags": "Piet\U000e0041\U000e0042", "control": "Piet\x1b[31m\x07", "arabic": "مرحبا",
}  # fmt: skip
HIDDEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u00ad\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\U000e0000-\U000e007f\u3164]"
)
LINK = re.compile(r"(?i)(?:https?|tg)://(?!127\.0\.0\.1)\S|(?<![\w-])[\w-]+\.(?:nl|example|me|com|exe)(?![\w])|@[a-z]")
COMMAND = re.compile(r"(?<![\w/.<])[/#][^\W\d_]")  # Telegram makes these tappable, WhatsApp does not
MARKS = re.compile(r"(?<!\w)([*_~])(?=\S)[^*_~\n]*(?<=\S)\1(?!\w)|```")


def _resident(bot: WholeBot, who: str, name: str) -> None:
    place = len(bot.people)
    if bot.channel == "telegram":
        bot.people[who] = 3000 + place
        bot._in_loop(lambda: bot.telegram.user(bot.people[who], name))
    else:
        bot.people[who] = f"+316000005{place:02d}"
        bot._in_loop(lambda: bot.twilio.user(bot.people[who], name=name))
    bot._seen[who] = set()


def _play(bot: WholeBot) -> dict[str, str]:
    for who, role, shop in (("bas", "shopkeeper", "bakker"), ("noor", "courier", ""), ("anja", "coordinator", "")):
        bot.role(who, role, shop)
    for number, (kind, attack) in enumerate(ATTACKS.items()):
        who = f"resident{number}"
        _resident(bot, who, attack)
        bot.type(who, "4 krentenbollen, vrijdag", "text")
        for text in (f"{attack} 12, 3981 AB", "Dorpsstraat 12, 3981 AB", attack, f"2 {attack}", f"4 krentenbollen, {attack}", "bel mij",
                     "06 12345678"):  # fmt: skip
            bot.type(who, text, "text")
        if kind in ("long", "newline", "html", "format", "formula"):
            bot.tap(who, "Betaal aan de deur", oldest=False) if "Betaal aan de deur" in _everything(bot, who) else None
            bot.type(who, "bestellen en betalen", "text")
    for attack in ATTACKS.values():
        for text in (f"{attack} op", f"{attack} 3,50", f"synoniem {attack[:30]} = bakker/b20"):
            bot.type("bas", text, "text")
            bot.type("anja", text, "text")
    for text in ("lijst", "ok"):
        bot.type("bas", text, "text")
    bot.type("anja", "wensen", "text")
    return {who: _everything(bot, who) for who in ("bas", "anja")}


async def _pages(bot: WholeBot) -> list[str]:
    from sqlalchemy import select

    from bot.store import tables as t

    with bot.app.database.read() as conn:
        tokens = list(conn.execute(select(t.orders.c.pay_token).where(t.orders.c.number > 0)).scalars())
    async with aiohttp.ClientSession() as browser:
        return [await (await browser.get(f"{bot.url}/b/{token}")).text() for token in tokens]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("kind", [WholeBot, WholeBotOnWhatsApp], ids=lambda kind: kind.channel)
def test_what_others_read_holds_nothing_live(kind: type[WholeBot]) -> None:
    with kind("bunnik", MONDAY) as bot:
        seen = _play(bot)
        pages = bot.run(_pages(bot))
        entities = [
            (one["text"], one["entities"])
            for who in ("bas", "anja")
            for one in bot._in_loop(lambda w=who: (bot.telegram if kind is WholeBot else bot.twilio).screen(bot.people[w]))  # type: ignore[misc]
            if not one["mine"] and one["entities"]
        ]
        assert bot.violations() == []
    assert entities == []
    for who, text in seen.items():
        assert len(text) > 500, who
        for pattern in (HIDDEN, LINK, MARKS if kind is WholeBotOnWhatsApp else COMMAND):
            found = pattern.search(text)
            assert found is None, (who, pattern.pattern, text[max(0, found.start() - 120) : found.end() + 60])
        assert max(map(len, text.split("\n"))) < 1500
        assert "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", text)
        assert "__class__'" not in text
    assert pages
    for page in pages:
        parser = _Tags()
        parser.feed(page)
        assert not parser.tags & {"b", "script", "img", "iframe", "object", "embed", "svg", "link", "base", "input"}
        assert not {one for one in parser.attributes if one.startswith("on")}


@pytest.mark.parametrize(
    "said",
    ["..evil.nl", ".evil.nl", "x..evil.nl/a", "(evil.nl)", "a.b..evil.com", "-evil.nl", "evil.nl.", "EVIL.NL", "evil。nl"],
)
def test_no_web_address_gets_through(said: str) -> None:
    shown = plain.without_links(plain.clean(said), frozenset({"plein.example"}))
    assert not re.search(r"(?i)evil\.(?:nl|com)", shown), shown


def test_no_text_of_a_person_is_ever_a_template() -> None:
    """``.format`` is called on texts of our own only: a constant, a marked text, or a name that holds such a text."""
    foreign = []
    paths = [
        path for floor in ("orders", "notifications", "conversations", "bot") for path in sorted((ROOT / floor).rglob("*.py"))
    ]
    for path in paths:
        if "bench" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if called and node.func.attr in ("format", "format_map") and not _ours(node.func.value):
                    foreign.append(f"{path.relative_to(ROOT)}: {ast.unparse(node.func.value)}")
    assert sorted(set(foreign)) == []


#: Names that hold a marked text of our own in the lines above their use (each was looked up).
LOOKED_UP = {
    "remedy",
    "text",
    "head",
    "block",
    "about",
    "why",
    "body",
    "what",
    "template",
    "ask",
    "message",
    "said",
    "_TEXT",
    "SORRY",
    "form",
}


def _ours(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ("_", "N_", "say") and not any(isinstance(one, ast.JoinedStr) for one in node.args)
    if isinstance(node, (ast.Subscript, ast.IfExp)):
        return _ours(node.value if isinstance(node, ast.Subscript) else node.body) or isinstance(node, ast.Subscript)
    if isinstance(node, ast.Dict):
        return all(_ours(one) for one in node.values)
    return isinstance(node, ast.Name) and (node.id in LOOKED_UP or node.id.isupper())


@pytest.mark.parametrize("word", ["=HYPERLINK(0)", "+1+1", "@SUM(A1)", "-2+3", "\t=1", "gewoon"])
def test_no_exported_cell_is_a_formula(word: str, tmp_path: Path) -> None:
    import csv
    from dataclasses import replace

    from bot.squares import load_square
    from catalog.folder import write_folder

    square = load_square("bunnik")
    product = replace(square.products[0], name=word, synonyms=(word,), options=(word,))
    write_folder(replace(square, products=(product, *square.products[1:])), tmp_path / "uit")
    with (tmp_path / "uit" / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert any(word.strip() in cell for cell in cells)
