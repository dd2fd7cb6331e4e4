"""Cut a message into tokens: words, numbers and single marks, each with its place in the text as it was typed.

Phones put marks in a text that nobody sees (a word joiner before a bullet, a variation selector inside a keycap emoji).
They are taken out here, once, so that no reader behind this has to know of them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass

from catalog.reading.standard import standard
from catalog.reading.words import plain, table
from catalog.search import lexicon

#: Kept as one character although NFKC would spell them out with a slash.
VULGAR = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅛": (1, 8)}
_SAME = {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("’‘‛´`ʼ′", "'"), "×": "x", "✕": "x", "✖": "x", "🔟": "10"}
_DROPPED = {"Cf", "Me", "Cc", "Cs", "Co"}

_TOKEN = re.compile(
    r"""
      [½¼¾⅓⅔⅕⅛]
    | [0-9]{1,2}:[0-9]{2}(?![0-9])                      # 9:30
    | [0-9]+\+(?![0-9])                                 # 48+
    | (?:(?<=\A)|(?<=\n))[.,][0-9]{1,3}(?![0-9.,])      # ,75 at the start of a line
    | [0-9]+(?:/[0-9]+){1,2}                            # 1/2, 18/07/2014
    | [0-9]+(?:[.,][0-9]+)*                             # 500, 1,5, 1.000,50, 31.10.74
    | [a-z](?:\.[a-z])+\.?(?![^\W_])                     # a.s., z.s.m.
    | t/m(?![^\W_])
    | '[a-z](?=[\s-]|\Z)                                # 's, 'n
    | [^\W\d_](?:[^\W_]|['&](?=[^\W\d_])|-(?=[^\W\d_]))*  # half-om-half, zo'n, m&m's, omega3
    | \+/?-
    | [^\S\n]+
    | [\s\S]
    """,
    re.X | re.I,
)
_LETTERS = re.compile(r"[^\W\d_½¼¾⅓⅔⅕⅛]+")
_NAME_AND_COUNT = re.compile(r"[^\W\d_]{2,}(?=[0-9])")
_LETTER_O = re.compile(r"(?<=[0-9])[oO]+(?![^\W_])")  # "1O eieren", "5oo gram"
_STROKE = re.compile(r"(?<=[0-9])'(?=[0-9])")  # "1'5 kilo"
_LEADER = re.compile(r"\.{3,}(?=[0-9]+ ?[a-z]{0,4}\.? ?(?:\n|\Z|[a-z]+ ?\.{3}))", re.I)  # "bloemkool....2 komkommer....3"
_HEART = re.compile(r"(?<!\S)<3+(?!\S)")
_JOINING = frozenset(("en", "plus", "nog", "ook", "of", "dan", "doe"))
_COMMA_S = re.compile(r"(?<=[aeiouy]),(?=s(?![^\W_]))", re.I)  # "kiwi,s", where the apostrophe is another key away
_TIMES_DIGITS = re.compile(r"x[0-9]", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. ``start`` and ``end`` are offsets in the text as typed.

    ``lower`` is what readers compare: small letters, and small words of dialects as in the dictionary (``dialect.toml``).
    """

    text: str
    lower: str
    start: int
    end: int


def tokenize(text: str, most: int = sys.maxsize) -> list[Token]:
    """Cut ``text`` into tokens, in order, ``most`` at the most. Blanks fall away, line ends stay as ``"\\n"``; never raises.

    Numbers are cut from the letters glued to them (``500gr``, ``2x``, ``4stuks``) unless the whole is a name or an ordinal
    (``7up``, ``28e``; the list is ``whole`` in ``words/numbers.toml``).
    """
    clean, places = _clean(text)
    tokens: list[Token] = []
    at = 0
    while at < len(clean) and len(tokens) < most:
        end = _end_of_token(clean, at)
        piece = clean[at:end]
        if piece == "\n" or not piece.isspace():
            lower = piece.lower()
            tokens.append(Token(piece, standard(lower), _place(places, at), _place(places, end - 1) + 1))
        at = end
    return tokens


def lowers(text: str) -> list[str]:
    """The lower-cased tokens of ``text``: what :func:`read_number` and :func:`read_quantity` take."""
    return [token.lower for token in tokenize(text)]


def _end_of_token(clean: str, at: int) -> int:
    letters = _LETTERS.match(clean, at) if at and "0" <= clean[at - 1] <= "9" else None
    if letters:  # "500gr", "17u10": cut where the letters begin and end
        times = letters[0][0] in "xX" and letters.end() - at > 3  # "2xmelk"
        return at + 1 if times else letters.end()
    if _TIMES_DIGITS.match(clean, at):
        return at + 1
    found = _TOKEN.match(clean, at)
    assert found  # the last alternative takes any character
    end = found.end()
    name = _NAME_AND_COUNT.match(clean, at) if clean[at].isalpha() and not found[0].isalpha() else None
    if name and found[0].lower() not in WHOLE and (name[0].lower() in _JOINING or lexicon.names_or_describes(plain(name[0]))):
        return name.end()  # "eieren2", "kaas500gr", "en1"
    glued = _LETTERS.match(clean, end) if "0" <= clean[end - 1] <= "9" else None
    if glued and (found[0] + glued[0].lower() in WHOLE or (found[0].isdecimal() and glued[0].lower() in ORDINAL_ENDS)):
        return glued.end()
    return end


def _place(places: list[int] | None, at: int) -> int:
    return at if places is None else places[at]


def _clean(text: str) -> tuple[str, list[int] | None]:
    """The text without invisible marks, in compatibility form, and per character its place in ``text`` (None: the same)."""
    text = _retyped(text)
    if text.isascii():
        return text.replace("\r", " ").replace("\x00", " "), None
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char in VULGAR or char == "\n":
            new = char
        elif char.isascii():
            new = " " if char == "\r" else char
        elif unicodedata.combining(char) and chars:
            chars[-1] = _composed(chars[-1], char)
            continue
        else:
            new = _SAME.get(char) or _compatible(char)
        chars.extend(new)
        places.extend([place] * len(new))
    return "".join(chars), places


def _retyped(text: str) -> str:
    """The text with the slips of a thumb put right that would be other numbers or words; each letter stays in its place."""
    if ",s" in text or ",S" in text:
        text = _COMMA_S.sub("'", text)
    if "o" in text or "O" in text:
        text = _LETTER_O.sub(lambda found: "0" * len(found[0]), text)
    if "<3" in text:
        text = _HEART.sub(lambda found: " " * len(found[0]), text)
    if "'" in text:
        text = _STROKE.sub(",", text)
    return _LEADER.sub(lambda found: " " * len(found[0]), text) if "..." in text else text


def _composed(before: str, mark: str) -> str:
    both = unicodedata.normalize("NFC", before + mark)
    return both if len(both) == 1 else before


def _compatible(char: str) -> str:
    """NFKC of one character; nothing for a mark that is not seen."""
    if unicodedata.category(char) in _DROPPED or "\ufe00" <= char <= "\ufe0f":
        return ""
    return unicodedata.normalize("NFKC", char).replace("\u2044", "/")


_NUMBERS = table("numbers")
WHOLE: frozenset[str] = frozenset(_NUMBERS["whole"]["names"])
ORDINAL_ENDS: frozenset[str] = frozenset(_NUMBERS["whole"]["ordinal_ends"])
