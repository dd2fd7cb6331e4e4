"""One spelling for what sounds alike, and one stem for what means the same: the ground under the search.

``fold`` follows the ear (ei = ij, au = ou, c = k or s, ch = g, z = s, v = f, th = t, doubles once, a final d as t), ``stems``
the grammar (-tjes, -pjes, -jes, -en, -e, -s). Both are deliberately rough: they only decide what is *looked at*, the raw
spelling decides what is *taken*. Snowball's Dutch stemmer was measured and left out: it strips ge- (gehakt = hak), -ing
(haring = haar), merges bloem and bloemen, and costs 21 µs a word where this costs 5. Spelling of diminutives and plurals:
https://e-ans.ivdnt.org (e-ANS, 12.3 and 3.5).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from catalog.search import lexicon

MAX_LETTERS = 40  # longer "words" are no words; keeps every later step bounded

_TOKEN = re.compile(r"\d+[+%]|[^\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=s\b|tje|n\b)")
_SHORT_PLURAL = re.compile(r"(?<=\b\w[^\Waeiou][aiouy])['’`´]s\b")  # sla's, not Lay's
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")  # h.o.h., w.c.
_HALF_OM_HALF = re.compile(r"\bhalf[ -]?om[ -]?half\b|\bh-?o-?h\b")
_GRAINS = re.compile(r"\b(drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|\d\d?)[ -](?=granen)")
_LINKING_EN = re.compile(r"(?<=[a-z]{2}[a-np-z])en(?=[bcdfghjklmnpqrstvwxz][a-z]{2})")
_DOUBLES = re.compile(r"(.)\1+")
_INITIAL = re.compile(r"^(?:sch(?=[aou]m|[iao]p)|sj|sh|ch)|ch(?=ips|oco|ampi|edda)")  # of the word, or of a part: paprikachips
_SOFT_C = re.compile(r"c(?=[eiy])")
_EAR = (
    ("yog", "jog"), ("sch", "sg"), ("ch", "g"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "kw"), ("x", "ks"),
    ("oa", "a"), ("ao", "a"), ("ouw", "au"), ("auw", "au"), ("ou", "au"), ("ij", "y"), ("ei", "y"), ("ey", "y"), ("ie", "i"),
)  # fmt: skip
_LETTERS = str.maketrans("zvcq", "sfkk")
FINAL = str.maketrans("dbg", "tpg")


def plain(text: str) -> str:
    """Lower case without accents or format characters; ``Crème`` gives ``creme``."""
    text = text.lower()
    if text.isascii():
        return text
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )


_NOUGHT = re.compile(r"(?<![\d.,])0[.,]0(?![\d.,])")  # "Heineken 0.0"


def _grains(found: re.Match[str]) -> str:
    return {"3": "drie", "4": "vier", "5": "vijf", "6": "zes", "7": "zeven", "9": "negen", "12": "twaalf"}.get(
        found[1], found[1]
    )


def tokens(text: str) -> list[str]:
    """The words of a text: lower case, without accents; ``avocado's`` is one word, ``half om half`` as well, so is h.o.h."""
    text = _GRAINS.sub(_grains, text.lower()) if "granen" in text.lower() else text
    text = _APOSTROPHES.sub("", _SHORT_PLURAL.sub("", plain(text)))
    if "0.0" in text or "0,0" in text:
        text = _NOUGHT.sub("alcoholvrij", text)
    if "." in text:
        text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    text = _HALF_OM_HALF.sub("halfomhalf", text)
    return [word[:MAX_LETTERS] for word in _TOKEN.findall(text)]


def fold(word: str) -> str:
    """The word as it sounds. Lower-case ASCII in, a key out; not meant to be read by people."""
    if word[:1] == "s" or "ch" in word:
        word = _INITIAL.sub("s", word)
    if "en" in word:
        word = _LINKING_EN.sub("e", word)
    if word[:1] == "x":
        word = "s" + word[1:]
    if word[:1] == "y" and word[1:2] in ("o", "u", "a"):
        word = "j" + word[1:]
    for written, heard in _EAR:
        if written in word:
            word = word.replace(written, heard)
    if "c" in word:
        word = _SOFT_C.sub("s", word)
    word = _DOUBLES.sub(r"\1", word.translate(_LETTERS))
    return word[:-1] + word[-1:].translate(FINAL)


@lru_cache(maxsize=16384)
def keys(word: str) -> tuple[str, ...]:
    """The folded stems of a word, the likeliest first: ``tomaatjes`` gives tomat and toma, ``uitjes`` uit and ui."""
    word = word[:MAX_LETTERS]
    seen = dict.fromkeys(fold(stem) for stem in stems(word))
    return tuple(key for key in seen if key) or (word,)


def key(word: str) -> str:
    """The likeliest folded stem."""
    return keys(word)[0]


_VOWELS = "aeiouy"
_SPOKEN_SMALL = re.compile(
    r"(?<=\w\w[bdfgkmpt])jus$|(?<=\w\w[eslrnmf])ken?s$|(?<=\w\w\w[es])ke$|(?<=\w\we)(?:ch|g)ies?$|(?<=\w\w[ptk])ies?$"
)
_ETJE = re.compile(r"(?:([bdfgklmnprst])\1|ng|m)etjes?$")


def stems(word: str) -> list[str]:
    """Possible stems of a lower-case word, the likeliest first; never empty. Irregular words come from ``grammar.toml``."""
    irregular = lexicon.irregular().get(word)
    if irregular is not None:
        return [irregular]
    word = word[:MAX_LETTERS]  # ten thousand letters are no word, and the rules below look back
    if len(word) < 4 or word[0].isdigit():
        return [word]
    if word.endswith(("je", "jes")) and len(word) > 4:
        return _diminutive(word.removesuffix("s"))
    small = word[-1] in "se" and _SPOKEN_SMALL.search(word)
    return list(dict.fromkeys((*_plural(word), *_as_heard(word)))) if small else _plural(word)


_K_OF_KIE = re.compile(r"[aeiou]\w*[bdfglmnprst]k$")


def _as_heard(word: str) -> list[str]:
    """What a diminutive of speech or of a region is of: "broodjus", "tomatekes", "bollegies", "koekies"."""
    if word.endswith("jus"):
        return _diminutive(word[:-2] + "e")
    base = _SPOKEN_SMALL.sub("", word)
    if base.endswith("e"):
        return stems(base + "n")
    heard = [_unbend(base.removesuffix("s") if len(base) > 4 else base)]
    if base.endswith("ink"):
        return [*heard, base[:-1] + "g"]  # harinkies
    return [*heard, base[:-1]] if _K_OF_KIE.search(base) else heard  # haringkies, broodkies


def _diminutive(word: str) -> list[str]:
    """What a small word is of; of what it may be, the words that there are: krantje is of krant and not of kran."""
    found = [_plural(stem)[0] if stem.endswith("e") and len(stem) > 4 else stem for stem in _enlarged(word)]
    return [stem for stem in found if stem in lexicon.everyday() or stem in lexicon.goods()] or found


def _enlarged(word: str) -> list[str]:
    if _ETJE.search(word):
        return [_unbend(word[:-4])]
    base = word[:-2]
    if base.endswith(("je", "jes")) and len(base) > 5:
        return _enlarged(base.removesuffix("s"))  # broodjeje, reepjesje: one too many
    if base.endswith("ent") and len(base) > 6 and base[-4] not in _VOWELS:
        return [base[:-1], base, *_plural(base[:-1])]  # mosselentje: of a plural
    if base.endswith("eet") and len(base) > 5:
        return [base[:-1], base, *_plural(base[:-2])]  # sateetje
    if base.endswith("mp"):
        return [base[:-1], base]
    if base.endswith("ink"):
        return [base[:-1] + "g", base]
    if base.endswith("t") and len(base) > 2 and base[-2] in "aeiounlrw":
        short = base[:-1]
        return (
            [short, base] if len(short) < 3 or (base[-2] in "lnrw" and base[-3:-1] not in ("en", "an", "ar")) else [base, short]
        )
    return [base]


_SWALLOWED = re.compile(r"[aeiou][mnr]?[bdfgklpstvz]+n$")  # krootn, koekn: an e that is not heard in the east
_LITTLE_KE = re.compile(r"[aeiou]\w*[bdfglmnprst]kes?$")  # halfke, broodke: the diminutive of the south


def _plural(word: str) -> list[str]:
    if word[-1] == "n" and word[-2] not in _VOWELS and _SWALLOWED.search(word):
        return [_unbend(word[:-1]), word]
    if len(word) > 5 and word.endswith(("ke", "kes")) and _LITTLE_KE.search(word):
        return [*_endings(word), word.removesuffix("s")[:-2]]
    return _endings(word)


def _endings(word: str) -> list[str]:
    if word.endswith("en") and len(word) > 4 and word[-3] not in "aeo":
        return [_unbend(word[:-2])]
    if word.endswith(("els", "ers", "ens", "ems")) and len(word) > 5:
        return [word[:-1], word]
    if word.endswith("es") and len(word) > 4:
        return [_unbend(word[:-2]), word]
    if word.endswith("s") and len(word) > 4 and word[-2] in "aiotkpnmlrd":
        return [word, word[:-1]]
    if word.endswith("e") and word[-2] not in "aeiou":
        return [_unbend(word[:-1])]
    if word.endswith("ee") or not word.endswith("e"):
        return [word]
    return [word]


def _unbend(stem: str) -> str:
    """The stem as it is written by itself: ``boll`` gives bol, ``per`` (of peren) peer, ``kaz`` kaas, ``appel`` stays."""
    if len(stem) < 3 or stem[-1] in _VOWELS:
        return stem
    if stem[-1] == stem[-2]:
        return stem[:-1]
    bare = stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1])
    unstressed = stem[-2:] in ("el", "er", "en", "em") and any(letter in _VOWELS for letter in stem[:-2])
    if stem[-2] in "aeou" and stem[-3] not in _VOWELS and not unstressed:
        return bare[:-1] + stem[-2] + bare[-1]
    return bare
