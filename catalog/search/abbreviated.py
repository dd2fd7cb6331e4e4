"""Names as a till prints them: "Fries roggebr. 500g" is also found by the word in full."""

from __future__ import annotations

import re
from functools import lru_cache

from catalog.search import lexicon
from catalog.search.fold import keys

_CUT = re.compile(r"\b([^\W\d_]{4,})\.(?=\s|$)")
_TAILS = {"br": "brood", "brd": "brood", "k": "koek", "yogh": "yoghurt"}


def in_full(name: str) -> str | None:
    """The name with its abbreviated goods written out; None when it holds none that is known."""
    whole = _CUT.sub(lambda cut: _goods(cut[1].lower()) or cut[0], name)
    return whole if whole != name else None


@lru_cache(maxsize=1024)
def _goods(cut: str) -> str | None:
    """The goods that this begins, or ends short: "roggebr" is roggebrood, "aardapp" aardappel."""
    tail = next((cut.removesuffix(end) + whole for end, whole in _TAILS.items() if cut.endswith(end)), None)
    return _begun(cut) or (tail if tail and (lexicon.is_real(tail) or lexicon.is_kind(tail)) else None)


def _begun(cut: str) -> str | None:
    """The shortest name of goods that begins so; None when it may be one of two things: "koolr" is koolraap or koolrabi."""
    begun = [word for word in lexicon.goods() if word.startswith(cut) and word != cut]
    shortest = sorted(word for word in begun if len(word) == min(map(len, begun)))
    return shortest[0] if shortest and set.intersection(*(set(keys(word)) for word in shortest)) else None
