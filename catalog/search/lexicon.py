"""The word lists beside the code (``words/*.toml``), read once when first needed. A Dutch person can extend them."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).parent / "words"  # importlib.resources would load tempfile, random and three compressors
_LONGEST = 40  # letters; longer words are none
_FEW_KINDS = 3


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / f"{name}.toml").read_text("utf-8"))


@cache
def irregular() -> dict[str, str]:
    """Word -> stem, where the rules would go wrong (eieren -> ei, bloemen stays bloemen)."""
    table = _table("grammar")
    return {**{word: word for word in table["keep"].split()}, **table["irregular"]}


@cache
def misspelt() -> dict[str, str]:
    """Misspellings too short for the rules -> the word meant (haf -> half)."""
    return dict(_table("grammar")["misspelt"])


@cache
def regional() -> dict[str, str]:
    """Regional names -> the common one (siepels -> uien), for where a shop does not give them itself."""
    return dict(_table("grammar")["regional"])


@cache
def sounds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what a region says, what the dictionary may write): oe for ui."""
    return tuple((said, tuple(written.split())) for said, written in _table("grammar")["sounds"].items())


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list of words from ``words/<table>.toml``."""
    return frozenset(_table(table)[name].split())


@cache
def filler() -> frozenset[str]:
    """Words that say nothing about the product (graag, mag, ik, stuks)."""
    return words("grammar", "filler")


@cache
def soft() -> frozenset[str]:
    """Words that help to choose but need no explanation (half, heel, vers, groot)."""
    return words("grammar", "soft")


@cache
def containers() -> frozenset[str]:
    """What goods come in (bos, zak, doos): helps to choose, less than :func:`soft`."""
    return words("grammar", "containers")


@cache
def holders() -> frozenset[str]:
    """Words for several goods together, that are none without them: pakket, mand."""
    return words("grammar", "holders")


@cache
def talk() -> frozenset[str]:
    """Words of talk: never taken for a misspelt product."""
    return words("grammar", "talk")


@cache
def describing() -> frozenset[str]:
    """Adjectives and grades that stand for a product by themselves (volkoren, belegen, halfvolle)."""
    return words("goods", "describing")


@cache
def describing_keys() -> frozenset[str]:
    """Folded stems of :func:`describing`."""
    return _keys(describing())


@cache
def flavour_keys() -> frozenset[str]:
    """Folded stems of flavours: after a name they do not say what it is ("hagelslag melk", "chips paprika")."""
    return _keys(words("goods", "flavours"))


@cache
def brands() -> frozenset[str]:
    """Makers: in a name they do not say what it is (hak, spa, king)."""
    return words("goods", "brands")


@lru_cache(maxsize=16384)
def is_maker(word: str) -> bool:
    """Whether a word of a name only says whose it is: a known brand, or no Dutch word that is known here."""
    from catalog.search.fold import key

    folded = key(word)
    if word in soft() or folded in describing_keys() or folded in flavour_keys():
        return False  # "witte" is how it is, also where there is a Witte Reus
    if word.endswith(("je", "jes")) and word not in brands():
        return False  # "klontjes suiker" is no make of sugar
    return word in brands() or not (is_real(word) or is_common(word) or is_compound(word) or is_kind(word))


@cache
def variety_keys() -> frozenset[str]:
    """Folded stems of names that are enough by themselves: an elstar is an apple, half-om-half is mince."""
    return _keys(words("goods", "varieties"))


@cache
def animal_keys() -> frozenset[str]:
    """Folded stems of the animals meat comes from: "kip" may be kipfilet."""
    return _keys(words("goods", "animals"))


@cache
def cut_keys() -> frozenset[str]:
    """Folded stems of words for a cut or shape (filet, lap, moot): who says "zalm" may mean them."""
    return _keys(words("goods", "cuts"))


@cache
def makers() -> tuple[str, ...]:
    """First halves that only say who made it, the longest first: hoevemelk, slagersmosterd."""
    return tuple(sorted(words("goods", "makers"), key=lambda word: (-len(word), word)))


@cache
def maker_keys() -> frozenset[str]:
    """Those as they are folded, in a compound and by themselves."""
    from catalog.search.fold import fold

    return _keys(words("goods", "makers")) | {fold(word) for word in makers()}


@cache
def no_maker_keys() -> frozenset[str]:
    """Folded stems of goods of their own that only begin like that: boerenkool."""
    return _keys(words("goods", "no_makers"))


@cache
def goods() -> frozenset[str]:
    """Dutch names of goods, whether sold here or not: a real word is no misspelling of another."""
    return frozenset(" ".join(_table("goods")["goods"].values()).split())


@cache
def first_parts() -> frozenset[str]:
    """What compounds begin with: who writes "Sinaasappels hand" sells handsinaasappels, and no hands."""
    return frozenset(_table("goods")["goods"]["voorvoegsels"].split())


@cache
def real_keys() -> frozenset[str]:
    """Folded stems of :func:`goods`."""
    return _keys(goods())


def is_real(word: str) -> bool:
    """Whether this is a Dutch name of goods in itself, sold here or not."""
    from catalog.search.fold import keys

    return word in goods() or not real_keys().isdisjoint(keys(word))


def names_or_describes(word: str) -> bool:
    """Whether this is a name of goods in itself, or stands for goods by how they are: brood, volkoren."""
    return is_real(word) or word in describing()


@lru_cache(maxsize=4096)
def is_specific(word: str) -> bool:
    """Whether goods of this name hardly come in kinds, so that a longer word for it is no other thing: paté, riblappen.

    Not worst (rookworst, leverworst), and not what is told apart by its flavour: vlaai.
    """
    if len(word) > _LONGEST or _is_flavoured(word):
        return False
    return not _kinds(word) if is_real(word) else is_kind(word)


def comes_in_kinds(word: str) -> bool:
    """Whether goods of this name come in many kinds or flavours, so that nobody says which one by the name alone."""
    return len(word) > _LONGEST or _is_flavoured(word) or _kinds(word) > _FEW_KINDS


def _is_flavoured(word: str) -> bool:
    from catalog.search.fold import key

    return key(word) in _keys(words("goods", "flavoured"))


@lru_cache(maxsize=4096)
def _kinds(word: str) -> int:
    """How many names of goods are longer words for it."""
    from catalog.search.fold import key

    folded = key(word)
    longer = [form for form in real_keys() if form.endswith(folded) and len(form) >= len(folded) + 3]
    return sum((folded, form) not in no_kind_keys() for form in longer)


@cache
def common() -> frozenset[str]:
    """Everyday words that are no groceries, with their stems: who types one means it."""
    return _with_stems(everyday())


@cache
def everyday() -> frozenset[str]:
    """Everyday words as they stand in the list."""
    return frozenset(" ".join(_table("common")["words"].values()).split())


@cache
def doing() -> frozenset[str]:
    """Everyday verbs."""
    return frozenset(_table("common")["words"]["doen"].split())


@cache
def _parts() -> frozenset[str]:
    return common() | _goods_with_stems() | talk()


def is_common(word: str) -> bool:
    """Whether this is an everyday word, or a plural, a diminutive or a verb's -t of one; by its letters, not by its sound."""
    from catalog.search.fold import stems

    return word in common() or not common().isdisjoint(stems(word)) or (word[-1:] == "t" and word[:-1] in common())


def is_compound(word: str) -> bool:
    """Whether this is a word made of two real ones (konijnenhok, verjaardagskaart), so no slip of a third."""
    from catalog.search.fold import stems

    known = _parts()
    for at in range(3, len(word) - 2):
        if (word[at:] in known or not known.isdisjoint(stems(word[at:]))) and _is_first(word[:at], known):
            return True
    return False


def is_kind(word: str) -> bool:
    """Whether a compound is a kind of some goods (hondenbrokken, boerenmetworst); by its letters, not by its sound."""
    from catalog.search.fold import stems

    heads, firsts = _goods_with_stems(), _parts()
    for at in range(3, len(word) - 2):
        head = word[at:]
        if (head in heads or not heads.isdisjoint(stems(head))) and (len(head) > 5 or _is_first(word[:at], firsts)):
            return True
    return False


@cache
def _goods_with_stems() -> frozenset[str]:
    return _with_stems(goods())


def _is_first(part: str, known: frozenset[str]) -> bool:
    """Whether a compound may begin like this: a word, with a linking -s-, -e- or -en-."""
    from catalog.search.fold import stems

    return part in known or not known.isdisjoint(stems(part)) or (part[-1] == "s" and part[:-1] in known)


def may_begin(part: str) -> bool:
    """Whether a compound may begin with this."""
    return _is_first(part, _parts())


@cache
def no_kind_keys() -> frozenset[tuple[str, str]]:
    """(head, compound) as folded stems, for compounds that are no kind of their head (kaas: pindakaas, leverkaas)."""
    from catalog.search.fold import key

    pairs = _table("goods")["no_kind"].items()
    return frozenset((key(head), key(compound)) for head, compounds in pairs for compound in compounds.split())


@cache
def shop_words() -> dict[str, frozenset[str]]:
    """Word for a shop -> kinds of shop it may mean (bakker: bakker, bakkerij)."""
    return {word: frozenset(kinds.split()) for word, kinds in _table("grammar")["shops"].items()}


@cache
def synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what people say, the names it may have in a shop), phrases in lower case; ``same`` groups both ways."""
    return _both_ways("same", "means")


@cache
def sayings() -> frozenset[str]:
    """What people say for what has another name in a shop: the first of each pair of :func:`synonyms`."""
    return frozenset(said for said, _ in synonyms())


@cache
def asked() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Like :func:`synonyms`, of what lies near but is something else: offered, never taken. ``near`` groups both ways."""
    sure = dict(synonyms())
    return tuple(
        (said, tuple(name for name in names if name not in sure.get(said, ()))) for said, names in _both_ways("near", "asked")
    )


def _both_ways(groups: str, pairs: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for section in _table("synonyms").values():
        for group in section.get(groups, ()):
            for word in group:
                found.setdefault(word, []).extend(other for other in group if other != word)
    for section in _table("synonyms").values():
        for said, names in section.get(pairs, {}).items():
            found.setdefault(said, []).extend([names] if isinstance(names, str) else names)
    return tuple((said, tuple(dict.fromkeys(names))) for said, names in found.items())


@cache
def same() -> tuple[tuple[str, ...], ...]:
    """Groups of words and phrases for the same thing."""
    return tuple(tuple(group) for section in _table("synonyms").values() for group in section.get("same", ()))


@cache
def equals() -> tuple[tuple[str, str], ...]:
    """(what people say, a name that is wholly the same thing): of the groups in ``same``, and where it can be one thing only.

    A longer word for it is a kind of it (schol, scholfilet), unless it stands in such a group (haring, maatjesharing).
    """
    pairs = [(word, other) for group in same() for word in group for other in group if other != word]
    for section in _table("synonyms").values():
        means = ((said, [names] if isinstance(names, str) else names) for said, names in section.get("means", {}).items())
        pairs += [(said, names[0]) for said, names in means if len(names) == 1 and said not in names[0]]
    return tuple(pairs)


@cache
def apart() -> frozenset[tuple[str, str]]:
    """Pairs of folded stems that are another thing together than the second is alone: zoete aardappel."""
    from catalog.search.fold import key

    pairs = (phrase.split() for phrase in _table("goods")["apart"])
    return frozenset((key(first), key(second)) for first, second in pairs)


@cache
def vague() -> frozenset[str]:
    """Words that stand for several different things (gebakje, pasta), not for one by several names (kadetje)."""
    from catalog.search.fold import key, tokens

    means = {said: names for section in _table("synonyms").values() for said, names in section.get("means", {}).items()}
    return frozenset(
        said for said, names in means.items() if not isinstance(names, str) and len({key(tokens(one)[-1]) for one in names}) > 1
    )


def _with_stems(some: frozenset[str]) -> frozenset[str]:
    from catalog.search.fold import stems

    return some | {stem for word in some for stem in stems(word)[:1] if len(stem) > 2}


def _keys(some: frozenset[str]) -> frozenset[str]:
    from catalog.search.fold import keys  # fold needs this module first: it reads the irregular words

    return frozenset(form for word in some for form in keys(word)[:1])
