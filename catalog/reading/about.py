"""What a whole message is about, from what was heard in it: an order, a change, a question, thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.intents import whole_intent
from catalog.reading.lexicon import phrases_of
from catalog.reading.remarks import remark
from catalog.reading.result import Intent, Line

_PRAISING = frozenset(("top", "super", "toppers", "complimenten", "compliment"))
_LONGEST_REMARK, _GREETING = 25, 6  # words
_CLOSED = re.compile(r" ?[,.!?;:] ?")


def intent_of(
    heard: Sequence[Intent], lines: Sequence[Line], text: str, words: Sequence[str], *, asks: bool, rest: bool
) -> Intent:
    """The intent of a message with these ``lines``; ``heard``: what its clauses said, ``asks``: it holds a question, ``rest``:
    it holds words that were not understood. ``words`` are those of ``text``, plain."""
    if "repeat" in heard:
        return "repeat"
    if "callme" in heard and not lines:
        return "callme"
    if lines:
        return _of_lines(lines)
    if "change" in heard:
        return "change"
    if asks:
        return "help" if "help" in heard else "question"
    if not heard:
        return _opening(text, words)
    if set(heard) == {"greeting", "thanks"} or (set(heard) == {"yes"} and rest and _opening(text, words) == "thanks"):
        return "thanks"  # "de vlaai was heerlijk. Top"
    return next((name for name in heard if name not in ("greeting", "thanks", "yes")), heard[0])


def _of_lines(lines: Sequence[Line]) -> Intent:
    ops = [line.op for line in lines]
    if "add" in ops:
        return "order"
    return "remove" if all(op == "remove" for op in ops) else "change"


def _opening(text: str, words: Sequence[str]) -> Intent:
    """ "Hartelijk dank voor de snelle bezorging": told by how it begins."""
    if words and (phrases_of("intents", "thanks").at(words, 0) or phrases_of("fillers", "thanking").within(words)):
        return "thanks"
    parts = _CLOSED.split(" ".join(words)) if len(words) <= _LONGEST_REMARK else []
    said = {whole_intent(part.split()) for part in parts}
    if _PRAISING & set(words) and remark(text) == "content":
        return "thanks"  # "top gedaan jongens, alles was vers"
    if "thanks" in said and remark(text) != "trouble":
        return "thanks"  # "de eieren waren heel, dank je"
    if "greeting" in said and words[0] in ("met", "hier"):
        return "greeting"
    greets = words and len(words) <= _GREETING and phrases_of("fillers", "greetings").at(words, 0)
    return "greeting" if greets else "other"


__all__ = ["intent_of"]
