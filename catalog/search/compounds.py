"""Where a Dutch compound may be cut, on folded stems: ``kretebol`` (krentenbol) = krent + bol.

Only cuts into two known words are made; a splitter without a vocabulary gets bloem+kool and slag+roomtaart wrong.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from catalog.search import lexicon
from catalog.search.fold import FINAL

SHORT_HEADS = frozenset({"ui", "y", "ys"})  # ui, ei and ijs are whole words; any other head needs three letters

#: kaas, vla, jam, volkoren and tarwe as a compound ends in them, and folded: polderkaas is kaas, whatever a polder may be
PLAIN_HEADS = {"kas": "kas", "fla": "fla", "jam": "jam", "folkor": "folkoren", "tarw": "tarw"}

LONG_HEAD = 4  # so long a name of goods is no chance: oploskoffie is koffie, whatever oplos may be


def cuts(form: str, known: Container[str]) -> Iterator[tuple[str, str]]:
    """(first, head) of a compound's folded stem, the longest head first; both known here or a Dutch word for
    goods (the first may describe as well: volkorenbrood), or the head is a long one of those."""
    if len(form) < 5:
        return
    real, describing, makers = lexicon.real_keys(), lexicon.describing_keys(), lexicon.maker_keys()
    for at in range(2, len(form)):
        head = form[at:]
        if len(head) < 3 and head not in SHORT_HEADS:
            return
        part, first = form[:at], None
        if head in known or head in real:
            long = at > 2 and len(head) >= LONG_HEAD and head in real
            known_first = _first(part, known) or _first(part, real) or _first(part, describing)
            first = part if part in makers else known_first or (part if long else None)
        if first:
            yield first, head
        if at > 2 and head in PLAIN_HEADS and (first, head) != (part, PLAIN_HEADS[head]):
            yield part, PLAIN_HEADS[head]


def seams(form: str, firsts: Container[str], heads: Container[str]) -> Iterator[tuple[str, str]]:
    """Like :func:`cuts`, for a said word: both halves must be words of the catalogue; the seam letter may be shared."""
    for at in range(2, len(form)):
        head = form[at:]
        if len(head) < 3 and head not in SHORT_HEADS:
            return
        if head in heads and (first := _first(form[:at], firsts) or _first(form[: at + 1], firsts)):
            yield first, head


def _first(part: str, known: Container[str]) -> str | None:
    if len(part) < 3 and part not in SHORT_HEADS:
        return None
    voiced = part[:-1] + part[-1].translate(FINAL)
    for form in (part, voiced, part + "n"):
        if form in known:
            return form
    for link in ("en", "e", "s"):
        bare = part.removesuffix(link)
        if bare != part and len(bare) > 2:
            bare = bare[:-1] + bare[-1].translate(FINAL)
            if bare in known:
                return bare
    return None
