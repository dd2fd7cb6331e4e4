"""The distinct words of a catalogue and how a said word finds them: same stem, near spelling, part of a compound.

Titles are never compared with the query as a whole; that was measured to be both slower and worse.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from catalog.search import lexicon
from catalog.search.belief import believed, kind_of_word
from catalog.search.compounds import cuts, seams
from catalog.search.fold import MAX_LETTERS, fold, key, keys, stems
from catalog.search.found import FIRST
from catalog.search.near import Spellings, ways_of
from catalog.search.regional import respelt

# small: its diminutive; made: a compound that only says who made it; maybe: a synonym of several;
# near: said of something else that lies near
Part = Literal["whole", "head", "made", "first", "small", "alias", "maybe", "near"]

SAME_STEM, ALIAS, HEAD, DESCRIBES = 0.985, 0.96, 0.88, 0.87
SHORT = 0.75
BY_SOUND = 0.9  # kaaz for kaas
REGIONAL = 0.94  # riest for rijst
SLIP = 0.85  # what lies as near as this may as well be meant
BY_SOUND_FROM = 9  # letters of a regional word that may differ by letters that sound alike as well
_LEAST_HEAD = 5  # letters of a regional word that ends a compound
SECOND = 0.85  # of a synonym when the said word itself is on the shelf
REMEMBERED = 2048  # said words kept with what they found


class Match(NamedTuple):
    """A catalogue word taken for a said word: how surely (0-1) and as what part of it."""

    sure: float
    part: Part


Matches = dict[int, Match]


class Vocabulary:
    """Distinct words with ids from 0. Grows only; a word nobody uses any more simply has no postings."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.folds: list[str] = []
        self.ids: dict[str, int] = {}
        self.by_key: dict[str, list[int]] = {}
        self.heads: dict[str, list[tuple[int, Part]]] = {}  # key of the head -> compounds that are a kind of it
        self.firsts: dict[str, list[tuple[int, float]]] = {}  # key of the first part -> compounds, how surely meant
        self.aliases: dict[str, list[tuple[int, Part]]] = {}  # key of a synonym -> words it stands for
        self.sayings: dict[str, list[tuple[str, str, Part]]] = {}  # key of a synonym -> keys of two words it stands for
        self._short: set[str] = set()  # stems of the synonyms that sound as three letters or fewer
        self._written: dict[str, str] = {}  # key of a synonym -> the synonym
        self._synonyms: list[str] = []  # their keys
        self._spellings = Spellings()  # of the synonyms, then of the words
        self._said: dict[tuple[str, int], Matches] = {}
        self._nearby: dict[tuple[str, int], list[tuple[int, float]]] = {}

    def add(self, word: str) -> int:
        """The id of a word, new or known."""
        known = self.ids.get(word)
        if known is not None:
            return known
        number = self.ids[word] = len(self.words)
        self.words.append(word)
        forms = keys(word)
        self.folds.append(forms[0])
        for form in forms:
            self.by_key.setdefault(form, []).append(number)
        return number

    def add_synonym(self, said: str, name: list[str], part: Part = "alias", pair: Part = "alias") -> None:
        """Let a synonym (its words written as one) stand for a name of one word, as ``part``, or for a ``pair`` of words."""
        form = key(said)
        for number in self.same("".join(name)):
            self.aliases.setdefault(form, []).append((number, part))
        if len(name) == 2 and self.same(name[0]) and self.same(name[1]):
            self.sayings.setdefault(form, []).append((key(name[0]), key(name[1]), pair))
        self._written.setdefault(form, said)
        if len(form) <= 3:
            self._short.update(stems(said))

    def same(self, word: str) -> list[int]:
        """Numbers of words of the same stem; a short stem must look the same, not only sound the same (penne is no peen)."""
        form = key(word)
        return [number for number in self.by_key.get(form, ()) if alike(word, self.words[number], form)]

    def is_saying(self, word: str) -> bool:
        """Whether these joined words are a synonym of something here."""
        form = key(word)
        return (form in self.aliases or form in self.sayings) and self._is_synonym(word, form)

    def _is_synonym(self, word: str, form: str) -> bool:
        return len(form) > 3 or not self._short.isdisjoint(stems(word))

    def said_for(self, word: str) -> list[tuple[Matches, Matches]]:
        """The pairs of words that a synonym stands for (kadetje: witte bolletjes)."""
        form = key(word)
        if form not in self.sayings or not self._is_synonym(word, form):
            return []
        share = SECOND if self.same(word) else 1.0
        pairs = [(_scaled(self._by(one), share), _scaled(self._by(two), share), part) for one, two, part in self.sayings[form]]
        return [(_as(first, part), _as(second, part)) for first, second, part in pairs]

    def freeze(self, since: int = 0) -> None:
        """Make the words from id ``since`` findable by near spelling and as parts of compounds."""
        self._said.clear()
        self._nearby.clear()
        for number in range(since, len(self.words)):
            self._split(number)
        ways = [ways_of(word) for word in self.words[since:]]
        if since:
            self._spellings.add_late(ways)
            return
        self._synonyms = list(self.aliases)
        self._spellings.add([*(ways_of(self._written[form]) for form in self._synonyms), *ways])

    def _split(self, number: int) -> None:
        form = self.folds[number]
        for first, head in cuts(form, self.by_key):
            if (head, form) not in lexicon.no_kind_keys():
                part: Part = "made" if first in lexicon.maker_keys() and form not in lexicon.no_maker_keys() else "head"
                self.heads.setdefault(head, []).append((number, part))
            named = first in lexicon.describing_keys() or first in lexicon.animal_keys() or head in lexicon.cut_keys()
            self.firsts.setdefault(first, []).append((number, DESCRIBES if named else FIRST))
            self._split_head(number, form, head)
            return  # the longest head is enough, but for the kinds it is itself: slagroomijs is roomijs and ijs

    def _split_head(self, number: int, form: str, head: str) -> None:
        for _, inner in cuts(head, self.by_key):
            if not {(inner, form), (inner, head)} & lexicon.no_kind_keys():
                self.heads.setdefault(inner, []).append((number, "head"))
            return

    def find(self, word: str, *, fuzzy: bool = True, far: bool = True) -> Matches:
        """All catalogue words that the said word may stand for. An exactly known word is not also taken for a misspelling.

        ``far``: go to the trouble of :meth:`_far` when nothing is near.
        """
        word = word[:MAX_LETTERS]
        known = self._said.get((word, fuzzy + far))
        if known is None:
            if len(self._said) >= REMEMBERED:
                self.forget()
            known = self._said[word, fuzzy + far] = self._find(word, fuzzy, far)
        return known

    def _find(self, word: str, fuzzy: bool, far: bool) -> Matches:
        found: Matches = {}
        if word in lexicon.talk():
            return {self.ids[word]: Match(1.0, "whole")} if word in self.ids else found
        forms = keys(word)
        self._whole(word, forms, found)
        self._related(word, forms, found)
        if fuzzy and not any(match.sure > SHORT for match in found.values()) and not word[0].isdigit():
            said = self._regional(word)
            self._misspelt(word, found, far=far and not said)
            slip = max((match.sure for number, match in found.items() if number not in said), default=0.0)
            for number, match in said.items():
                _better(found, number, min(match.sure, slip) if slip > SLIP else match.sure, match.part)
        return found

    def _regional(self, word: str) -> Matches:
        """What the word is as a region says it, with as few sounds changed as may be."""
        found: Matches = {}
        if kind_of_word(word) != "unknown" or word in lexicon.filler() or word in lexicon.soft():
            return found
        for spellings in respelt(word):
            numbers = {number: one for one in spellings for number in self.same(one) if _written(one, self.words[number])}
            for number, one in numbers.items():
                _better(found, number, REGIONAL, "whole")
                self._related(one, (self.folds[number],), found, REGIONAL)
            if numbers:
                break
        for number in self._regional_heads(word) if not found else ():
            _better(found, number, REGIONAL, "whole")
        return found

    def _regional_heads(self, word: str) -> list[int]:
        """ "kleiaerpels" are kleiaardappelen: what a region calls the second half of a compound."""
        heads = ((said, common) for said, common in lexicon.regional().items() if len(said) >= _LEAST_HEAD < len(word))
        written = (word.removesuffix(said) + common for said, common in heads if word.endswith(said) and word != said)
        return [number for one in written for number in self.same(one) if _written(one, self.words[number])]

    def _near_once(self, word: str, shortest: int, far: bool) -> list[tuple[int, float]]:
        asked = (word, shortest + 100 * far)
        known = self._nearby.get(asked)
        if known is None:
            known = self._nearby[asked] = self._spellings.near(word, shortest, far)
        return known

    def forget(self) -> None:
        """Look every word up anew, for measuring."""
        self._said.clear()
        self._nearby.clear()

    def has(self, word: str) -> bool:
        """Whether this very word, or another form of it, is in the catalogue."""
        return word in self.ids or any(self.words[n][:3] == word[:3] for form in keys(word) for n in self.by_key.get(form, ()))

    def misspelt(self, word: str) -> Matches:
        """Also take a known word for a misspelling of another one: the last resort when nothing fits well."""
        found = dict(self.find(word))
        if word not in lexicon.talk() and not word[0].isdigit():
            self._misspelt(word, found, min(4, len(word)))
        return found

    def _whole(self, word: str, forms: tuple[str, ...], found: Matches) -> None:
        for rank, form in enumerate(forms):
            for number in self.by_key.get(form, ()):
                other = self.words[number]
                sure = 1.0 if other == word else SAME_STEM - 0.015 * rank
                if not alike(word, other, form):
                    # aal is not al, thee is not te: in so short a word one letter is much
                    sure = BY_SOUND if len(stems(word)[0]) == len(stems(other)[0]) > 3 and word[0] == other[0] else SHORT
                small = other.endswith(("je", "jes")) and not word.endswith(("je", "jes", "ke", "kes"))
                if small and other in lexicon.brands():
                    continue  # appelsienen are no Appelsientje
                _better(found, number, sure, "small" if small else "whole")

    def _related(self, word: str, forms: tuple[str, ...], found: Matches, sure: float = 1.0) -> None:
        known = max((match.sure for match in found.values()), default=0.0)
        direct = SECOND if known > SHORT else 1.0
        sure *= SHORT if known == SHORT else 1.0
        for form in forms:
            for number, part in self.aliases.get(form, ()) if len(form) > 3 or self._is_synonym(word, form) else ():
                _better(found, number, sure * ALIAS * direct, part)
            for number, part in self.heads.get(form, ()):
                if len(form) < 4 and word and not _ends_alike(word, self.words[number]):
                    continue  # winterpeen is no penne
                _better(found, number, sure * HEAD, part)
            for number, how_sure in self.firsts.get(form, ()):
                _better(found, number, sure * how_sure, "first")

    def _misspelt(self, word: str, found: Matches, shortest: int = 4, far: bool = True) -> None:
        kind = kind_of_word(word)
        for entry, near in self._near_once(word, shortest, far):
            number = entry - len(self._synonyms)
            if number < 0:
                form = self._synonyms[entry]
                self._related("", (form,), found, believed(kind, word, self._written[form], near))
                continue
            sure = believed(kind, word, self.words[number], near)
            _better(found, number, sure, "whole")
            self._related(self.words[number], (self.folds[number],), found, sure)

    def cut(self, word: str, *, misspelt: bool = True) -> list[tuple[Matches, Matches]]:
        """A said compound as two catalogue words: ``pindakaas`` finds "Pinda kaas". One half may be ``misspelt``."""
        word = word[:MAX_LETTERS]
        forms = dict.fromkeys((key(word), fold(word)))
        halves = [pair for form in forms for pair in seams(form, self.by_key, self.by_key)]
        if lexicon.is_real(word):
            halves = [(first, head) for first, head in halves if self._is_spelt_in(word, head)]
        whole = [(self._by(first), self._by(head)) for first, head in halves]
        pairs = whole[:3] or (self._cut_misspelt(word) if misspelt else [])
        return [
            (_only(first, "whole", "small", "alias"), _only(head, "whole", "small", "alias", "head", "made"))
            for first, head in pairs
        ]

    def _is_spelt_in(self, word: str, form: str) -> bool:
        """Whether a word of this form stands in a compound by its letters: there is no "oud" in kaaszoutjes."""
        return any(stem in word for number in self.by_key[form] for stem in stems(self.words[number]))

    def is_slip(self, word: str, found: Matches) -> bool:
        """Whether the word is likely one of these, and too short to be that with another word behind it."""
        return any(match.sure > SHORT and len(word) <= len(self.words[number]) + 2 for number, match in found.items())

    def _by(self, form: str) -> Matches:
        found: Matches = {}
        for number in self.by_key.get(form, ()):
            _better(found, number, SAME_STEM, "whole")
        self._related("", (form,), found)
        return {number: match for number, match in found.items() if match.sure > FIRST}

    def _cut_misspelt(self, word: str) -> list[tuple[Matches, Matches]]:
        pairs = []
        for at in range(3, len(word) - 2):
            first, head = self.find(word[:at], fuzzy=False), self.find(word[at:], fuzzy=False)
            first_known, head_known = _has_whole(first), _has_whole(head)
            if first_known and len(word) - at >= 4:
                pairs.append((first, self.find(word[at:])))
            elif head_known and at >= 4:
                pairs.append((self.find(word[:at]), head))
        good = [pair for pair in pairs if pair[0] and pair[1]]
        return sorted(good, key=lambda pair: -min(_surest(pair[0]), _surest(pair[1])))[:2]


def _better(found: Matches, number: int, sure: float, part: Part) -> None:
    known = found.get(number)
    if known is None or known.sure < sure:
        found[number] = Match(sure, part)


def alike(word: str, other: str, form: str) -> bool:
    """Whether words of one folded stem are one word: by sound alone only when the stem is longer than three letters."""
    return len(form) > 3 or other == word or not set(stems(word)).isdisjoint(stems(other))


def _written(word: str, other: str) -> bool:
    """Whether these are one word by their letters; by sound alone only when they are long: zeeuws is no saus."""
    return len(word) >= BY_SOUND_FROM or not set(stems(word)).isdisjoint(stems(other))


def _ends_alike(word: str, compound: str) -> bool:
    """Whether a compound ends in this short word as it is written, and not only as it sounds."""
    return any(whole.endswith(stem) for whole in stems(compound) for stem in stems(word))


def _only(found: Matches, *parts: Part) -> Matches:
    return {number: match for number, match in found.items() if match.part in parts}


def _scaled(found: Matches, share: float) -> Matches:
    return {number: Match(match.sure * share, match.part) for number, match in found.items()} if share < 1 else found


def _as(found: Matches, part: Part) -> Matches:
    """As words of a name that may be meant among others: a chocoladeletter is one of milk or of dark chocolate."""
    return found if part == "alias" else {number: Match(match.sure, part) for number, match in found.items()}


def _has_whole(found: Matches) -> bool:
    return any(match.part in ("whole", "small") for match in found.values())


def _surest(found: Matches) -> float:
    return max(match.sure for match in found.values())
