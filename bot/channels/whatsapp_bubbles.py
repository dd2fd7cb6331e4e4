"""How a message looks on WhatsApp: all the decisions about buttons, lists, numbers, templates and splitting. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.channels import plain, templates
from bot.channels.base import Held, Parcel
from bot.channels.templates import Template
from notifications.channel import Limits

#: What goes to Twilio beside the address: ``{"body": …}`` or ``{"content": friendly name, "variables": {…}}``.
Bubble = dict[str, Any]
_BLANKS = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]{3,}")
_TRAILING = re.compile(r"[^\S\n]+\n")
_STOPS = (".", ":", "!", "?", ";")
_CLOSED = "het 24-uursvenster van WhatsApp is dicht"
_NO_HINT = "Tik om te kiezen"
_HOW_TO_ANSWER = "Typ het nummer van uw keuze."


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice that can be tapped: its number as people may type it, label, hint and token."""

    number: int
    label: str
    hint: str
    token: str


class Bubbles:
    """Renders parcels. ``trusted`` are the hosts that links may lead to; ``usable`` says whether a template may be used."""

    def __init__(self, limits: Limits, public_url: str, trusted: frozenset[str], usable: Callable[[Template], bool]) -> None:
        self._limits, self._public, self._trusted, self._usable = limits, public_url, trusted, usable

    # --- within the window ----------------------------------------------------------------------------------------------------

    def inside(self, parcel: Parcel) -> list[Bubble]:
        """Bubbles while the person's window is open."""
        body, answers, links = self._body(parcel), self._answers(parcel), self._links(parcel)
        if not answers and self._one_button(links):
            values = [links[0][0], self._own(links[0][1])]
            return self._with(body, templates.link(self._public), values, templates.LINK_BODY_MAX)
        body = "\n\n".join(part for part in (body, *(f"{label}: {url}" for label, url in links)) if part)
        if not answers:
            return self._texts(body or "…")
        labels = [answer.label for answer in answers]
        if len(answers) <= self._limits.buttons and self._fit(labels, self._limits.label):
            values = [value for answer in answers for value in (answer.label, answer.token)]
            return self._with(body, templates.quick_reply(len(answers)), values)
        if len(answers) <= self._limits.rows and self._fit(labels, self._limits.hint):
            return self._list(body, answers)
        return self._texts("\n\n".join(part for part in (body, _numbered(answers), _HOW_TO_ANSWER) if part))

    def _one_button(self, links: list[tuple[str, str]]) -> bool:
        """Whether all there is to tap is one link to our own pages, with a label that fits a button."""
        return len(links) == 1 and bool(self._own(links[0][1])) and plain.size(links[0][0]) <= self._limits.label

    def _list(self, body: str, answers: list[Answer]) -> list[Bubble]:
        rows = [self._row(answer) for answer in answers]
        hints = any(hint for _, hint, _ in rows)
        values = []
        for label, hint, token in rows:
            values += [label, token, hint or _NO_HINT] if hints else [label, token]
        return self._with(body, templates.list_picker(len(rows), hints=hints), values)

    def _row(self, answer: Answer) -> tuple[str, str, str]:
        """Label, hint and token of a row. A label that does not fit is written out whole in the hint."""
        if plain.size(answer.label) <= self._limits.row_label:
            return answer.label, plain.shortened(answer.hint, self._limits.hint), answer.token
        whole = f"{answer.label}, {answer.hint}" if answer.hint else answer.label
        if plain.size(whole) > self._limits.hint:
            whole = answer.label
        return plain.shortened(answer.label, self._limits.row_label), whole, answer.token

    def _fit(self, labels: list[str], room: int) -> bool:
        """Whether all labels fit and differ: WhatsApp refuses two buttons with one title."""
        return all(plain.size(label) <= room for label in labels) and len(set(labels)) == len(labels)

    def _with(self, body: str, template: Template, values: list[str], room: int = 0) -> list[Bubble]:
        """The end of the body with buttons under it; what does not fit goes before, as text."""
        first = plain.pieces(body or "…", self._limits.text)
        room = room or self._limits.text_with_choices
        *before, last = [*first[:-1], *plain.pieces(first[-1], room)]
        variables = {str(n): value for n, value in enumerate([last, *values], 1)}
        return [*({"body": text} for text in before), {"content": template.friendly_name, "variables": variables}]

    def _texts(self, body: str) -> list[Bubble]:
        return [{"body": text} for text in plain.pieces(body, self._limits.text)]

    # --- outside it -----------------------------------------------------------------------------------------------------------

    def outside(self, parcel: Parcel) -> list[Bubble] | Held:
        """The approved template for the topic, in as many bubbles as the text needs; Held with a reason when there is none."""
        bare = templates.notice(parcel.topic)
        if bare is None:
            return Held(f"{_CLOSED} en dit is een antwoord uit een gesprek: daar bestaat geen sjabloon voor")
        body, answers, links = self._body(parcel), self._answers(parcel), self._links(parcel)
        for template, ids, kept_links in self._tappable(parcel.topic, answers, links):
            if self._usable(template):
                words = _one_paragraph([body, *(f"{label}: {url}" for label, url in kept_links)])
                return self._notices(words, bare, template, ids)
        if not self._usable(bare):
            return Held(f"{_CLOSED} en sjabloon {bare.friendly_name} is nog niet goedgekeurd", passes=True)
        typed = f"U kunt antwoorden met: {_listed(answers)}" if answers else ""
        return self._notices(_one_paragraph([body, *(f"{label}: {url}" for label, url in links), typed]), bare, bare, [])

    def _tappable(
        self, topic: str, answers: list[Answer], links: list[tuple[str, str]]
    ) -> list[tuple[Template, list[str], list[tuple[str, str]]]]:
        """Approved templates whose own buttons say what this message offers: template, its ids, links left for the text."""
        if answers:
            template = templates.notice(topic, tuple(answer.label for answer in answers))
            return [(template, [answer.token for answer in answers], links)] if template else []
        template = templates.pay_notice(topic, self._public)
        tail = self._own(links[0][1]) if len(links) == 1 and links[0][0] == templates.PAY_LABEL else ""
        return [(template, [tail], [])] if template and tail else []

    def _notices(self, words: str, bare: Template, last: Template, ids: list[str]) -> list[Bubble]:
        """The words in templates: all but the last without buttons."""
        first = plain.pieces(words or "Kijk in dit gesprek.", bare.room)
        *before, end = [*first[:-1], *plain.pieces(first[-1], last.room)]
        filled = [_filled(bare, [text]) for text in before]
        return [*filled, _filled(last, [end, *ids])]

    # --- parts ----------------------------------------------------------------------------------------------------------------

    def _body(self, parcel: Parcel) -> str:
        """The text without markup, foreign links, placeholders, or blanks that WhatsApp refuses (63013)."""
        text = plain.without_marks(plain.without_links(plain.clean(parcel.body), self._trusted), self._trusted)
        return _BLANKS.sub("  ", _TRAILING.sub("\n", text)).replace("{{", "{ {")

    def _answers(self, parcel: Parcel) -> list[Answer]:
        pairs = enumerate(zip(parcel.choices, parcel.tokens, strict=True), 1)
        return [
            Answer(number, self._words(choice.label) or str(number), self._words(choice.hint), token)
            for number, (choice, token) in pairs
            if not choice.url
        ]

    def _links(self, parcel: Parcel) -> list[tuple[str, str]]:
        return [(self._words(choice.label) or "Link", choice.url) for choice in parcel.choices if choice.url]

    def _words(self, text: str) -> str:
        return plain.without_links(plain.one_line(text), self._trusted).replace("{{", "{ {")

    def _own(self, url: str) -> str:
        """What follows our own address in this link; "" when it leads elsewhere."""
        return url.removeprefix(f"{self._public}/") if url.startswith(f"{self._public}/") else ""


def _filled(template: Template, values: list[str]) -> Bubble:
    return {"content": template.friendly_name, "variables": {str(n): value for n, value in enumerate(values, 1)}}


def _numbered(answers: list[Answer]) -> str:
    return "\n".join(f"{answer.number}. {answer.label}" + (f", {answer.hint}" if answer.hint else "") for answer in answers)


def _listed(answers: list[Answer]) -> str:
    """``OK, Iets is op of Staat klaar.``"""
    labels = [answer.label for answer in answers]
    return f"{', '.join(labels[:-1])} of {labels[-1]}." if len(labels) > 1 else f"{labels[0]}."


def _one_paragraph(parts: list[str]) -> str:
    """Lines as one, because a variable may hold no line feed: after a full stop a blank, else a bullet."""
    lines = [line for part in parts for line in (" ".join(line.split()) for line in part.split("\n")) if line]
    joined = "".join(line + (" " if line.endswith(_STOPS) else " • ") for line in lines[:-1])
    return joined + (lines[-1] if lines else "")
