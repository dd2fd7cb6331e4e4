"""A message cut into clauses: lines, sentences, list items. Knows bullets, numbering and the dots of abbreviations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, pairwise

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.numbers import may_begin_number, number_word
from catalog.reading.people import gives_address, gives_particulars
from catalog.reading.quantities import read_quantity
from catalog.reading.shortened import is_everyday
from catalog.reading.talk import points
from catalog.reading.tokens import Token
from catalog.reading.units import UNIT_WORDS
from catalog.reading.words import plain
from catalog.search import lexicon

_ENDS = frozenset((".", "!", "?", ";", "…", "\n"))
_BULLETS = frozenset("•*-–·▪◦‣●○✓✔☐→>")
_IN_NAMES = frozenset(
    ("en", "van", "de", "den", "der", "het", "ten", "ter", "vd", "uit", "nr", "nummer", "x", "xx", "xxx", "te", "in")
)
_SO = frozenset(("dus", "daarom"))
_TELLING = frozenset(
    ("had", "hadden", "heb", "heeft", "hebben", "was", "waren", "zat", "zaten", "stond", "stonden", "lag", "lagen")
)
_CUT = 5  # letters of a word cut short, when a blank follows its dot
_LEAST_NUMBERED = 3  # lines
_LOOK = 8  # words
_TOLD = 4  # words; "doe dus maar 2" is one sentence
_ABBREVIATED = frozenset(
    ("st", "gr", "g", "kg", "ca", "plm", "tomp", "evt", "bijv", "ltr", "l", "stk", "pers", "fl", "ml", "bv", "vers", "geb",
     "mevr", "mw", "dhr", "fam", "vr", "za", "ma", "di", "wo", "do", "zo", "nr", "no", "bel", "tom",
     "fil", "choc", "app", "kruim", "incl", "excl", "max", "min")
)  # fmt: skip
_IN_FULL = {
    "ong": "ongeveer", "ongev": "ongeveer", "appr": "ongeveer", "min": "minimaal", "max": "maximaal", "evt": "eventueel",
    "ca": "circa", "plm": "plusminus",
}  # fmt: skip
_JOINING = {"m": "met", "z": "zonder"}  # "doperwten m. worteltjes"
_BEFORE_A_NUMBER = frozenset(("ca", "plm", "nr", "no", "max", "min"))


@dataclass(frozen=True)
class Clause:
    """One sentence or list line. ``asked``: it ended with a question mark. ``heads``: a line that ends in a colon."""

    tokens: tuple[Token, ...]
    asked: bool
    heads: bool = False

    @cached_property
    def words(self) -> list[str]:
        """Lower-cased, without accents: what phrases are compared with."""
        return [plain(token.lower) for token in self.tokens]


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """Cut a message into clauses; bullets, numbering and signatures are gone. Commas stay inside."""
    found: list[Clause] = []
    for line in _lines(_without_dots(tokens)):
        if gives_particulars(line):
            continue
        if found and _is_signature(line):
            break
        if gives_address(line):
            continue
        for clause in _sentences(_without_bullet(line)):
            if found and len(clause.tokens) <= 6 and (_is_signature(clause.tokens) or _signs(found[-1], clause, tokens)):
                return found
            found.append(clause)
    return found


def _without_dots(tokens: Sequence[Token]) -> list[Token]:
    """``a.u.b.`` as one token ``aub``: letters with dots between them are one word."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        if at and tokens[at].lower == "de" and tokens[at - 1].lower == "tussen":
            at += 1  # "tussen de 500 en 600 gram"
            continue
        end = _dotted_end(tokens, at)
        written = _written_out(tokens, at)
        if written:
            merged.append(Token(tokens[at].text, written, tokens[at].start, tokens[at + 1].end))
            end = at + 2
        elif end:
            letters = "".join(token.lower for token in tokens[at:end] if token.lower != ".")
            merged.append(Token(letters, letters, tokens[at].start, tokens[end - 1].end))
        else:
            merged.append(tokens[at])
        at = end or at + 1
    return merged


def _dotted_end(tokens: Sequence[Token], at: int) -> int:
    end, letters = at, 0
    while end + 1 < len(tokens) and _is_letter(tokens[end]) and tokens[end + 1].lower == "." and _touch(tokens, end):
        letters += 1
        end += 2
    if letters and end < len(tokens) and _is_letter(tokens[end]) and tokens[end - 1].end == tokens[end].start:
        letters += 1
        end += 1
    return end if letters >= 2 else 0


def _written_out(tokens: Sequence[Token], at: int) -> str:
    """ "ong. 3 ons": an abbreviation before a number, in full; "over 5 min. kom ik" holds none."""
    word = _IN_FULL.get(tokens[at].lower, "")
    if not word and _joins(tokens, at):
        return _JOINING[tokens[at].lower]
    if not word or at + 2 >= len(tokens) or tokens[at + 1].lower != "." or not _touch(tokens, at):
        return ""
    return word if may_begin_number(tokens[at + 2].lower) or tokens[at + 2].lower in UNIT_WORDS else ""


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a letter with a dot stands between two words of goods, for "met" or "zonder"."""
    if tokens[at].lower not in _JOINING or not 0 < at < len(tokens) - 2 or tokens[at + 1].lower != ".":
        return False
    before, after = tokens[at - 1], tokens[at + 2]
    return (
        before.lower.isalpha()
        and len(before.lower) > 2
        and after.text.islower()
        and len(after.lower) > 2
        and _touch(tokens, at)
    )


def _is_letter(token: Token) -> bool:
    return len(token.lower) == 1 and token.lower.isalpha()


def _touch(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].end == tokens[at + 1].start


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.lower == "\n":
            lines.append([])
        else:
            lines[-1].append(token)
    return [item for line in _without_numbers([line for line in lines if line]) for item in _numbered(line)]


def _without_numbers(lines: list[list[Token]]) -> list[list[Token]]:
    """ "1 boerenkool 2 zakken", "2 uien 1 kg", "3 mosterd": lines that count on from one are numbered, when amounts follow."""
    counted = [line[0].lower for line in lines] == [str(number) for number in range(1, len(lines) + 1)]
    if len(lines) < _LEAST_NUMBERED or not counted or not all(len(line) > 1 for line in lines):
        return lines
    amounts = sum(_holds_amount([token.lower for token in line]) for line in lines)
    return lines if 2 * amounts < len(lines) else [line[1:] for line in lines]


def _holds_amount(raw: Sequence[str]) -> bool:
    """Whether an amount stands behind a name."""
    return any(read_quantity(raw, at) for at in range(2, len(raw)))


def _numbered(line: list[Token]) -> list[list[Token]]:
    """ "1) melk 2) brood" or "1. melk 2. brood 3. kaas" on one line: each number opens an item, when they count on from one."""
    starts = _numbered_at(line, ")")
    if len(starts) < 2:
        starts = _numbered_at(line, ".")
        if len(starts) < 2 or (starts[0] and line[starts[0] - 1].lower != ":"):
            return [line]
    items = [line[: starts[0]], *(line[begin:end] for begin, end in pairwise((*starts, len(line))))]
    return [item for item in items if item]


def _numbered_at(line: list[Token], mark: str) -> list[int]:
    """The places of the numbers with this mark behind them that count on from one; a dot behind "10 st" closes a sentence."""
    starts: list[int] = []
    for at in range(len(line) - 2):
        counts = line[at].lower == str(len(starts) + 1) and line[at + 1].lower == mark and line[at].end == line[at + 1].start
        if counts and (mark == ")" or line[at + 1].end < line[at + 2].start):
            starts.append(at)
    return starts


def _without_bullet(line: list[Token]) -> list[Token]:
    """Without the mark or the number that a list line starts with."""
    line = list(dropwhile(lambda token: token.lower in _BULLETS, line))
    if len(line) > 2 and line[0].lower.isdecimal() and line[1].lower in (".", ")") and line[0].end == line[1].start:
        return line[2:]
    return line


def _sentences(line: Sequence[Token]) -> list[Clause]:
    if not line:
        return []
    found: list[Clause] = []
    begin = 0
    for at, token in enumerate(line):
        if at < begin:
            continue
        if token.lower == "(" and (close := _asked_aside(line, at)):
            found += [Clause(tuple(line[begin:at]), False)] if line[begin:at] else []
            found.append(Clause(tuple(one for one in line[at + 1 : close] if one.lower != "?"), True))
            begin = close + 1
        elif token.lower in _SO and at - begin >= _TOLD and _concludes(line, at):
            found.append(Clause(tuple(line[begin:at]), False))  # "we eten boerenkool, dus graag 2 zakken": told, then ordered
            begin = at + 1
        elif at > begin and _closes_abbreviated(line, at - 1):
            found.append(Clause(tuple(line[begin:at]), False))  # "pond gehakt h.o.h. blikje mais"
            begin = at
        elif token.lower in _ENDS and not _abbreviates(line, at):
            if line[begin:at]:
                found.append(Clause(tuple(line[begin:at]), token.lower == "?"))
            elif token.lower == "?" and found:
                found[-1] = Clause(found[-1].tokens, True)
            begin = at + 1
    if line[begin:]:
        found.append(Clause(tuple(line[begin:]), False, line[-1].lower == ":"))
    return found


def _closes_abbreviated(line: Sequence[Token], at: int) -> bool:
    """Whether the last dot of an abbreviation also closes the sentence: an amount follows."""
    text = line[at].text
    return (
        len(text) > 3
        and text[-1] == "."
        and text[1] == "."
        and read_quantity([token.lower for token in line], at + 1) is not None
    )


def _asked_aside(line: Sequence[Token], at: int) -> int:
    """Where the brackets close that hold a question: "1 krat cola (hoeveel statiegeld zit daarop?)"; 0 when they hold none."""
    close = next((end for end in range(at + 1, len(line)) if line[end].lower in ("(", ")")), 0)
    asks = close > at + 2 and line[close].lower == ")" and any(one.lower == "?" for one in line[at:close])
    return close if asks else 0


def _concludes(line: Sequence[Token], at: int) -> bool:
    """Whether an order follows the "dus"; "zo'n zak frites dus, en een fles saus" only says again what was said, and in
    "hij had dus een hele kast vol" the story goes on."""
    goes_on = at + 1 >= len(line) or line[at + 1].lower == "," or line[at - 1].lower in _TELLING
    return not goes_on and not _points(line, at + 1)


def _points(line: Sequence[Token], at: int) -> bool:
    """ "het recept zegt 400 gram spek, dus die graag": one sentence, which orders what it tells of."""
    if line[at - 2].lower != ",":
        return False
    end = next((end for end in range(at, len(line)) if line[end].lower in _ENDS), len(line))
    return points([plain(token.lower) for token in line[at : min(end, at + _LOOK)]])


def _abbreviates(line: Sequence[Token], at: int) -> bool:
    """Whether the dot belongs to the word before it ("10 st. eieren") and the sentence goes on."""
    if line[at].lower != "." or at == 0 or line[at - 1].end != line[at].start:
        return False
    if not {line[at - 1].lower, line[at - 1].text.lower()} & _ABBREVIATED:
        return _cuts_short(line, at)
    if line[at - 1].lower in words_of("fillers", "titles"):
        return True
    if (
        at > 2
        and line[at - 2].lower.isdecimal()
        and line[at - 1].lower in UNIT_WORDS
        and lexicon.is_real(plain(line[at - 3].lower))
    ):
        return False  # "witlof 500g. geraspte kaas 1."
    if line[at - 1].lower in _BEFORE_A_NUMBER and at + 1 < len(line):
        return True
    return at + 1 < len(line) and not line[at + 1].text[:1].isupper() and not line[at + 1].text[:1].isdecimal()


def _cuts_short(line: Sequence[Token], at: int) -> bool:
    """Whether the word before the dot is only the beginning of one, and what follows is of the same thing: "ontb. koek"."""
    word = plain(line[at - 1].text.lower())
    if at + 1 >= len(line) or not word.isalpha() or len(word) < 2 or word[-1] in "aeiou" or is_everyday(word):
        return False
    if (
        word in lexicon.brands()
        or word in UNIT_WORDS
        or number_word(word) is not None
        or (len(word) > _CUT and not _touch(line, at))
    ):
        return False
    after = plain(line[at + 1].lower)
    small = any(after in words_of("fillers", kind) for kind in ("words", "greetings", "goodbyes"))
    return after.isalpha() and line[at + 1].text.islower() and not small and read_quantity([after]) is None


def _signs(before: Clause, clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether the last words of a message, right after thanks, are only a name: "Dank. De Wit"."""
    if clause.tokens[-1].end < tokens[-1].start or len(clause.tokens) > 3:
        return False
    thanked = phrases_of("fillers", "goodbyes").at(before.words, 0) == len(before.tokens) or before.words == ["dank"]
    return thanked and all(token.text[:1].isupper() for token in clause.tokens)


def _is_initialled(line: Sequence[Token]) -> bool:
    """ "J. Lubbers", "A.B. van Dam": initials and a name."""
    dotted = len(line) > 2 and line[1].lower == "." and len(line[0].text) == 1
    first = 2 if dotted else 1
    initials = line[0].text.isalpha() and (dotted or (len(line[0].text) == 2 and line[0].end - line[0].start > 2))
    name = line[first:]
    return (
        bool(name)
        and initials
        and len(name) <= 3
        and all(token.text.isalpha() for token in name)
        and name[-1].text[:1].isupper()
    )


def _behind_thanks(line: Sequence[Token]) -> Sequence[Token]:
    """The name in "Alvast dank, H. Mulder, Kerkweg"; nothing when it does not begin so."""
    words = [plain(token.lower) for token in line]
    used = phrases_of("fillers", "goodbyes").at(words, 0)
    if not used or words[used : used + 1] != [","]:
        return ()
    end = next((end for end in range(used + 1, len(words)) if words[end] == ","), len(words))
    return line[used + 1 : end]


def _is_signature(line: Sequence[Token]) -> bool:
    """A line that only says goodbye or only holds a name; from there on nothing is ordered."""
    words = [plain(token.lower) for token in line if token.lower not in ".,!"]
    if not words:
        return False
    taken = phrases_of("fillers", "farewells").at(words, 0)
    if taken:
        return len(words) - taken <= 6 and not any(word.isdecimal() for word in words[:3])
    thanking = _behind_thanks(line)
    if gives_address(line) or _is_initialled(line) or (thanking and _is_initialled(thanking)):
        return True
    named = words_of("fillers", "titles") | words_of("fillers", "names")
    return len(words) <= 4 and words[0] in named and line[0].text[:1].isupper() and all(map(_may_be_of_name, line[1:]))


def _may_be_of_name(token: Token) -> bool:
    """Whether it may stand in a name behind the first word: "Henk en Ria", "Jan van Dam"; not "Henk eet mee"."""
    return not token.text[:1].islower() or token.lower in _IN_NAMES
