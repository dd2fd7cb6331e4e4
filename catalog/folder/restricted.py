"""Names that look like alcohol, tobacco or medicine, which may never be sold by chat.

Sources: Alcoholwet art. 20a, Tabaks- en rookwarenwet, Geneesmiddelenwet, https://business.whatsapp.com/policy.
A hit is a warning for a person to judge, so a rare wrong one does no harm; a missed bottle of wine does.
"""

from __future__ import annotations

import re
import unicodedata

from catalog.square import Restricted

#: Last part of a word: rodewijn, witbier, kruidenlikeur.
_ALCOHOL_ENDS = ("wijn", "wijnen", "bier", "bieren", "biertje", "biertjes", "likeur", "likeuren", "jenever", "pils")
_ALCOHOL_WORDS = frozenset((
    "pilsener", "pilsner", "radler", "ipa", "weizen", "stout", "champagne", "prosecco", "cava", "cremant", "lambrusco",
    "merlot", "chardonnay", "rioja", "chianti", "rose", "sherry", "port", "porto", "vermout", "vermouth", "whisky", "whiskey",
    "cognac", "armagnac", "wodka", "vodka", "rum", "gin", "grappa", "tequila", "advocaat", "berenburg", "beerenburg", "bitter",
    "jagermeister", "aperol", "campari", "martini", "sangria", "cider", "ouzo", "limoncello", "amaretto", "calvados",
))  # fmt: skip
_NO_ALCOHOL = re.compile(r"alcoholvrij|alcohol free|zonder alcohol|\b0[.,]0|\b0\s*%")
#: Groceries that carry such a word: gemberbier, peren in rode wijn, rosé kalfsvlees, port salut.
_HARMLESS = re.compile(
    r"\b(?:kinder|gember|wortel|boter)(?:bier|wijn)\w*|\bin (?:rode |witte )?(?:wijn|rum|port|sherry|likeur)\b"
    r"|\bkalfs\w* rose\b|\brose (?:kalfs\w*|roos|rozen)|\bbitter lemon\b|\bport salut\b|\bbitter (?:koek|chocola)\w*"
)
_TOBACCO = re.compile(
    r"\b(?!choco|kaneel|snoep)(?:e )?sigaret\w*|\b(?!choco)sigaren\b|\bsigaar\b|\bcigarillo\w*|\bshag\w*|\b\w*tabak\b"
    r"|\bvapes?\b|\bsnus\b|\bnicotine\w*|\bvloeitjes\b"
)
_MEDICINE = re.compile(
    r"\bparacetamol\w*|\bibuprofen\w*|\baspirine\w*|\bacetylsalicyl\w*|\bnaproxen\w*|\bdiclofenac\w*|\bloperamide\w*"
    r"|\bxylometazoline\w*|\bomeprazol\w*|\bcetirizine\w*|\bloratadine\w*|\bhoest(?:drank|siroop)\w*|\bpijnstillers?\b"
    r"|\bslaaptablet\w*|\bhooikoortstablet\w*|\bantibiotic\w*|\bgeneesmiddel\w*|\bmedicijn\w*"
)


def looks_like(*texts: str) -> Restricted | None:
    """The restricted kind these words (name, group) look like, or None."""
    text = " ".join(_folded(text) for text in texts)
    if _MEDICINE.search(text):
        return Restricted.MEDICINE
    if _TOBACCO.search(text):
        return Restricted.TOBACCO
    return Restricted.ALCOHOL if _alcohol(text) else None


def _alcohol(text: str) -> bool:
    if _NO_ALCOHOL.search(text):
        return False
    words = re.findall(r"[a-z]+", _HARMLESS.sub(" ", text))
    return any(word in _ALCOHOL_WORDS or word.endswith(_ALCOHOL_ENDS) for word in words)


def _folded(text: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[-_/']", " ", bare)
