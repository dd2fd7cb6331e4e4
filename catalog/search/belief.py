"""When a said word may be a slip for another: a real Dutch word hardly ever is, whether it is sold here or not.

Looking for near spellings alone takes kaart for taart, kabeltouw for kabeljauw and konijnenhok for konijnenhooi. So a
word that is a name of goods (``goods.toml``), an everyday word (``common.toml``) or made of two of those is never *clearly*
a slip. Measured on 1,514 words of other shops on seven assortments: taken wrongly 0.4 % without this, 0.1 % with (1.9 %
and 0.4 % on the largest; ``tests/catalog/search/words/elsewhere_*.txt``; one author wrote those lists and these).
"""

from __future__ import annotations

from typing import Literal

from catalog.search import lexicon
from catalog.search.fold import key
from catalog.search.slips import is_likely

OTHER_GOODS = 0.6  # the most when the said word is a name of goods itself
DOUBTED = 0.685  # never clear, perhaps asked
COMMON = 0.79  # of an everyday word
NO_OTHER = 0.76  # from here on a word made of two real ones may still be a bad slip: kerstol for kerststol

Kind = Literal["goods", "common", "compound", "unknown"]


def kind_of_word(word: str) -> Kind:
    """Whether a word that is not in the catalogue is a Dutch one all the same, and then likely no slip."""
    if lexicon.is_real(word):
        return "goods"
    if lexicon.is_common(word):
        return "common"
    return "compound" if lexicon.is_compound(word) else "unknown"


def believed(kind: Kind, said: str, meant: str, near: float) -> float:
    """How surely the said word is a slip for another one that lies this near."""
    if kind == "goods":
        return min(near, OTHER_GOODS)
    if kind == "common":
        return min(COMMON * near, DOUBTED)
    if kind == "compound" and not (is_likely(said, meant) or is_likely(key(said), key(meant))):
        return min(near, DOUBTED) if near > NO_OTHER else min(near, OTHER_GOODS)
    return near
