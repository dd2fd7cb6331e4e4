"""Talk about goods that orders nothing: what was, who is spoken to, and words that close a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from catalog.reading.lexicon import phrases_of, shapes_of, words_of
from catalog.reading.makes_of import makes_of
from catalog.reading.nouns import is_adjective
from catalog.reading.numbers import number_word
from catalog.reading.others import goes_on, only_places, others_do
from catalog.reading.tokens import Token
from catalog.reading.wish import STOPS, Unit
from catalog.reading.words import plain

_HAVING = re.compile(
    r"(?:(?:nee|ja|maar|en|want|hoi|hallo|,) )*"
    r"(?:(?:ik heb|we hebben|wij hebben|heb ik|hebben we|hebben wij)\b(?! voor| besloten)"
    r"|(?:mijn|onze|m'n) \w+ (?:heeft|hebben)\b)"
)
#: "ik maak dan snert", "pindakaas, dat eet ik elke dag": what is done at home; but "ik maak er drie van" changes an amount.
_MAKES = re.compile(
    r"\b(?:(?:ik|we|wij|hij|zij|ze) (?:maak|bak|kook|maken|bakken|koken|maakt|bakt|kookt)"
    r"|(?:maak|bak|kook|koken|maken|bakken) (?:ik|we|wij)|daar (?:maakt|bakt|kookt|maken|bakken) (?:mijn|onze|m'n|de)"
    r"|(?:dat|die) (?:eet|eten|drink|drinken|lust|lusten|gebruik|gebruiken) (?:ik|we|wij|ze|hij))\b"
    r"(?! (?:er|daar|daarvan|ervan)\b)"
)
_STILL_HAVE = re.compile(
    r"\b(?:hebben (?:we|wij)|heb ik)(?: \w+)? (?:nog|al|genoeg|zat)$|\bik heb\b.* over$"
    r"|^(?!niet|dat|dit|wat|die)\w+(?: \w+){0,4} (?:hebben (?:we|wij)|heb ik)(?: zelf| in huis| staan| liggen| over)?$"
    r"|^\w{3,}(?: \w+)? nog (?:een )?(?:half|halve|halfje|hele|niet)(?: \w+)?$"
    r"|(?<!voor )\b(?:in|uit) (?:de|het|mijn|onze) (?:vriezer|diepvries|koelkast|kelder|voorraadkast|provisiekast)$"
    r"|^(?:het |de |een )?(?!dat|dit|die|hem|ze|alles|hetzelfde|bestelling|boodschappen)\w{3,}(?: \w+){0,2} "
    r"(?:haal|halen|koop|kopen|regel|regelen|neem|nemen|maak|maken|bak|bakken) "
    r"(?:ik|we|wij|ze|zij|hij|die) (?:\w+ )?zelf\b(?! op| af)"
    r"|^(?:heel |erg |hartelijk |nogmaals |veel )*(?:dank|bedankt|dankjewel|dankuwel)"
    r"(?: je wel| u wel| hoor)? voor (?:de|het|die|uw|al)\b"
)
#: "mijn dochter neemt al brood mee", "worst haalt mijn man": somebody else sees to it.
_SOMEBODY_ELSE = re.compile(
    r"\b(?:mijn|onze|m'n|mn) \w+ (?:neemt|haalt|koopt|brengt|bakt|maakt) (?:al|zelf|nog|wel)\b"
    r"|^(?:de |het |een )?\w{3,}(?: \w+)? (?:regel|regelen|verzorgen) (?:ik|we|wij)\b"
    r"|^(?:de |het |een )?\w{3,}(?: \w+)? (?:neemt|haalt|koopt|brengt|bakt|maakt|regelt|verzorgt|heeft) "
    r"(?!u\b|je\b|jij\b|men\b|iemand\b|de \w+er\b)(?:mijn |onze |m'n )?\w+ (?:mee|al|wel|zelf|(?:zelf|wel) mee|(al )?in huis)$"
    r"|\b(?:haalt|koopt|brengt|bakt|maakt|regelt|verzorgt|betaalt) (?:mijn|onze|m'n|mn|de|het) \w+(?: mee| zelf| al)*$"
)
_COOKS = re.compile(
    r"(?:(?:en|want|nou|ja|dus|,) )*(?:ik|we|wij) (?:wil|willen|ga|gaan|zou|zouden|moet|moeten) (?:\w+ ){1,9}"
    r"(?<!laten )(?:maken|koken|bakken|eten|inmaken|wecken|stoven|braden|grillen|drogen|barbecueen|gourmetten)\b"
)
#: "..., dus doe maar": what was told of just before.
_DO_SO = re.compile(
    r"(?:(?:doe|geef|breng|stuur|bestel|neem) (?:(?:mij|ons|me|er|die|dat|ze|het|dan|beide|allebei) )*maar(?: een keer| eens)?"
    r"|graag(?: dus| die)?|die (?:twee|drie|allebei|beide)? ?graag)(?: graag| mee| aub| svp| hoor| dan| allebei)*(?: ,)?"
)
#: "twee pannen soep willen we maken".
_MEANS = re.compile(
    r"(?:ik|we|wij) (?:wil|willen|ga|gaan) (?:(?:weer|lekker|zelf|samen|vandaag|morgen|dan|eens) )*(?:bakken|koken)|"
    r"(?:[^ ,]+ ){1,5}(?:wil|willen|ga|gaan|zou|zouden|moet|moeten) (?:ik|we|wij) (?:\w+ ){0,3}(?:maken|koken|bakken)"
)
_LINKS = frozenset(("dus", "en", "nou", "maar", "daarom", "ja"))
_HAD = frozenset(("heb", "hebt", "heeft", "hebben", "had", "hadden"))
_HABIT = frozenset(("altijd", "meestal", "normaal", "gewoonlijk", "vaak"))
_IS = frozenset(("is", "zijn", "lijkt", "dan"))
_HOW = frozenset(("heel", "hele"))
LISTED = frozenset(
    ("lijst", "lijstje", "boodschappen", "boodschappenlijst", "boodschappenlijstje", "boodschappenbriefje", "bestelling")
)
#: "jullie zijn dit vergeten: 1 pak kaas" orders nothing, nor does what a recipe needs.
_SHORT = 8  # words
_REFERRING = frozenset(("dat", "die", "daar", "ze"))
_FORGETTING = frozenset(("jullie", "u", "niet", "hebben", "heeft", "hebt", "is", "zijn", "ben", "heb", "was", "te"))
_COMPLAINING = frozenset(("jullie", "besteld", "terug", "geld", "recept", "bezorger", "koerier", "bestelling", "levering"))
_NEEDING = frozenset(("nodig", "graag", "zin", "trek", "liever", "besloten", "bedacht", "over"))
_LONGEST, _LONGEST_CLOSING = 30, 7  # words
_OURS = frozenset(("mijn", "onze", "ons", "m'n", "mn"))
_ASKS = frozenset(
    (
        "vraagt",
        "laat",
        "hoopt",
        "belt",
        "stuurt",
        "bedoelt",
        "blijft",
        "krijgt",
        "lust",
        "neemt",
        "bestelt",
        "doet",
        "wenst",
        "zoekt",
        "vindt",
        "zegt",
    )
)
_SPEAKING = frozenset(("ik", "we", "wij"))
#: What one does oneself at the shop, and how goods are made: no goods from one's own garden.
_WITH_SELF = frozenset(
    ("haal", "halen", "ophalen", "op", "afhalen", "kom", "gebakken", "gemaakte", "kiezen", "uitkiezen", "kiest")
)
_WHO = frozenset(("ik", "we", "wij", "mijn", "zij", "ze", "hij"))
_INTENDING = frozenset(("ga", "gaan", "wil", "willen", "graag", "mij", "nodig"))
_MAY = frozenset(("mag", "mogen", "kan", "kunnen", "moet", "moeten"))
_PLACED = frozenset(("bij", "achter", "in", "onder", "naast", "op", "aan", "tegen", "voor", "buiten", "bovenop", "onderop"))
_STANDS = frozenset(("naast", "achter", "onder", "tegenover", "tussen", "bovenop", "vlakbij"))
_BEHIND_GOODS = frozenset((",", ";", "en", "plus", ")", "(", "graag", "van"))  # "afwasmiddel, bleek en soda"
_ARTICLES = frozenset(("de", "het", "witte", "bonte", "gekleurde", "zwarte", "fijne", "mijn", "onze"))


def tells(words: Sequence[str]) -> bool:
    """Whether a clause (plain words) tells of what was. "Dat was het" closes a list, and "de bonte was" is laundry.

    What follows "want" is a reason, and tells nothing of the order before it.
    """
    words = _before_reason(words)
    if ("wat", "een") in pairwise(words[:4]) or has_already(words) or does_herself(words):
        return True
    begins = words  # "2 komkommers, de rest haal ik bij de buurman": what is counted before the story is ordered
    if "," in words and _counts(words):
        begins = words[: words.index(",")] or words
    if dismisses(words) or somebody_does(words) or shapes_of("talk", "telling").within(begins[:_LONGEST]):
        return True
    return tells_of_past(words)


def tells_of_past(words: Sequence[str]) -> bool:
    """Whether a word of the past is in it."""
    past = words_of("talk", "past")
    if not _HAD & set(words):
        past -= {"gehad"}  # "ik had graag een knolselderij gehad" is cut in two by a correction
    return any(
        word in past
        and not (word == "was" and ((at and words[at - 1] in _ARTICLES) or _closing(words, at - 1)))
        and not is_enough(words, at)
        and not (word == "bleek" and (words[at + 1 : at + 2] or [","])[0] in _BEHIND_GOODS)
        for at, word in enumerate(words)
    )


def is_enough(words: Sequence[str], at: int) -> bool:
    """ "150 gram is zat": no past of "zitten"."""
    return words[at] == "zat" and at > 0 and words[at - 1] in _IS


def somebody_does(words: Sequence[str]) -> bool:
    """ "mijn zus zweert bij karnemelk": whatever it is that she does, unless she asks for something."""
    if others_do(words):
        return True
    if len(words) < 4 or words[0] not in _OURS | {"de", "het"} or words[1] not in words_of("talk", "people") or _counts(words):
        return False
    verb = words[2]
    asks = verb in words_of("talk", "asking") or verb in words_of("fillers", "words") or verb in _ASKS
    return len(verb) > 3 and verb.endswith("t") and verb.isalpha() and not asks


def _counts(words: Sequence[str]) -> bool:
    return any(word.isdecimal() or number_word(word) is not None for word in words)


def _before_reason(words: Sequence[str]) -> Sequence[str]:
    at = next((at for at, word in enumerate(words) if at > 1 and word in ("want", "omdat", "aangezien")), len(words))
    return words[:at]


def _before_relation(words: Sequence[str]) -> Sequence[str]:
    """Without what is said of the goods: "1 kilo bananen voor de taart die ik zelf ga bakken"."""
    at = next((at for at in range(2, len(words) - 1) if words[at] in ("die", "dat") and words[at + 1] in _WHO), len(words))
    return words[:at]


def dismisses(words: Sequence[str]) -> bool:
    """Whether something is not wanted or not decided: "biefstuk is niks voor mij", "ik laat het nog weten"."""
    return len(words) <= _LONGEST and shapes_of("talk", "dismissing").within(words)


def announces(words: Sequence[str]) -> int:
    """ "ik ben de kaas vergeten: 1 pak kaas": where what is ordered begins, behind a colon; 0 for nowhere."""
    colon = words.index(":") if ":" in words else 0
    if words[colon + 1 : colon + 2] in ([")"], ["("], ["-"]):
        return 0  # a smile
    ahead = words[:colon] if colon <= _LONGEST else ()
    announced = shapes_of("talk", "announcing").within(ahead) or {"dus", "daarom"} & set(ahead[-1:])
    return colon + 1 if announced and not _COMPLAINING & set(ahead) else 0


def cooks(words: Sequence[str]) -> bool:
    """Whether somebody tells what will be on the table: "ik wil weer eens ouderwets hachee maken"."""
    return bool(_COOKS.match(" ".join(words[:_LONGEST])))


def means_to_make(words: Sequence[str]) -> bool:
    """Whether a sentence says no more than what will be made of it all."""
    return _MEANS.fullmatch(" ".join(words).removesuffix(" ,")) is not None


def is_for_later(words: Sequence[str]) -> bool:
    """ "volgende keer neem ik een bos tulpen": not now."""
    return shapes_of("talk", "later").within(words[:_LONGEST])


def reports(words: Sequence[str]) -> bool:
    """Whether something is only mentioned: "... niet erg, maar ik wilde het even zeggen"."""
    return len(words) <= _LONGEST and ":" not in words and shapes_of("talk", "reporting").within(words)


def told_segments(words: Sequence[str]) -> set[int]:
    """Which stretches between commas tell of what was, of what there is or of what others do, counted from 0."""
    told: set[int] = set()
    others = False
    parts = stretches(words)
    for at, part in enumerate(parts):
        others = others_do(part) or (others and goes_on(part, others=True))
        if (
            others
            or (at and only_places(part))
            or tells(part)
            or makes(part)
            or is_for_later(part)
            or (at - 1 in told and goes_on(part, others=False))
        ):
            told.add(at)
            if at == 1 and _comments(part) and is_topic(parts[0]):
                told.add(0)
    return told


def _comments(words: Sequence[str]) -> bool:
    return words[0] in _REFERRING and not _MAY & set(words[1:2])


def is_topic(words: Sequence[str]) -> bool:
    """ "kinderen en bloemkool, ...": only named, and said something of next: "... dat blijft een drama"."""
    orders = any(phrases_of("fillers", "order").at(words, at) for at in range(len(words)))
    return bool(words) and not orders and not {"een", "ook", "nog"} & set(words) and not _counts(words)


def makes(words: Sequence[str]) -> bool:
    """Whether a stretch tells what is made at home, or is there still: "ik maak dan snert", "brood hebben we nog"."""
    words = _before_reason(words)
    said = " ".join(words[-_LONGEST:])
    return bool(
        makes_of(words) or _MAKES.search(" ".join(words[:_LONGEST])) or _STILL_HAVE.search(said) or _SOMEBODY_ELSE.search(said)
    )


def is_recipe(words: Sequence[str]) -> bool:
    """Whether this is how something is made, and no order: "recept van tante Riet: 500 gram bloem, 2 eieren"."""
    at = next((at for at, word in enumerate(words[:8]) if word.endswith("recept")), -1)
    if at >= 0 and ":" in words[at:] and words[max(0, at - 2) : at] not in (["voor", "het"], ["voor", "een"], ["voor", "dit"]):
        return True
    return bool(_HABIT & set(words) and _MAKES.search(" ".join(words[:_LONGEST])))


def ordered_by_pointing(words: Sequence[str]) -> set[int]:
    """The stretches that are ordered by what follows them: "ik zag een mooie orchidee staan, die wil ik wel hebben"."""
    parts = stretches(words)
    return set(range(max((at for at, part in enumerate(parts) if at and points(part)), default=0)))


def points(words: Sequence[str]) -> bool:
    """Whether a stretch orders what was just named: "die graag", "doe die maar"; not "die mag weg"."""
    begin = next((at for at, word in enumerate(words) if word not in _LINKS), 0)
    if words_of("changes", "taking_back") & set(words):
        return False
    said = words[begin : begin + _LONGEST]
    return _DO_SO.fullmatch(" ".join(said)) is not None or shapes_of("talk", "pointing").begins(said)


def prefers(words: Sequence[str]) -> bool:
    """ "dubbelvla is lekkerder": said behind something that goes out, it is what comes for it; "lekkerder dan ..." compares."""
    return "dan" not in words and shapes_of("talk", "preferring").within(words[:_LONGEST])


def stretches(words: Sequence[str]) -> list[Sequence[str]]:
    """The words between commas and colons."""
    ends = [at for at, word in enumerate(words) if word in STOPS]
    return [words[begin:end] for begin, end in zip([0, *(at + 1 for at in ends)], [*ends, len(words)], strict=True)]


def has_already(words: Sequence[str]) -> bool:
    """Whether somebody tells what there is at home: "we hebben nog genoeg aardappels". "Ik heb nog uien nodig" orders."""
    return bool(_HAVING.match(" ".join(words[:12]))) and not (_NEEDING | LISTED) & set(words)


def does_herself(words: Sequence[str]) -> bool:
    """ "wij telen zelf aardbeien", "appels genoeg": what needs no shop. "Ik haal het zelf" is about the way home."""
    words = _before_relation(words)
    if "genoeg" in words and not any(word.isdecimal() or word in ("is", "zijn") for word in words):
        return True
    if any(word.endswith("bakmeel") for word in words):
        return False  # "zelf rijzend bakmeel"
    behind = words[words.index("zelf") + 1 :] if "zelf" in words else ()
    if behind and behind[0] in ("ook", "nog", "wel") and _counts(behind):
        return False  # "zuurkool zelf ook 1 pak"
    return "zelf" in words and _WITH_SELF.isdisjoint(words)


def is_at_home(words: Sequence[str]) -> bool:
    """ "in de vriezer liggen nog 2 broden": what there is; with "graag" or "dus" something may be ordered as well."""
    return not {"graag", "dus"} & set(words) and shapes_of("talk", "home").within(words[:_LONGEST])


def may_be_left(words: Sequence[str]) -> bool:
    """ "de melk mag in de koelbox"."""
    at = next((at for at, word in enumerate(words[:-1]) if word in _MAY and words[at + 1] in _PLACED), -1)
    if at > 0 and words[at - 1] in _SPEAKING:
        return False  # "ik moet voor de buurvrouw ook wat bestellen"
    return at >= 0 and bool(words_of("talk", "places") & set(words[at:]))


def tells_how_to_cook(words: Sequence[str]) -> bool:
    """ "doe 3 eieren in een kom", "een half uurtje laten pruttelen"."""
    return not _INTENDING & set(words) and shapes_of("talk", "cooking").within(words[:_LONGEST])


def tells_where(words: Sequence[str]) -> bool:
    """Whether a sentence only says where something stands: "naast het krat appels"."""
    return bool(words) and words[0] in _STANDS and bool(_ARTICLES & set(words[1:2])) and not _INTENDING & set(words)


def tells_courier(words: Sequence[str]) -> bool:
    """Whether it says where to leave things: "zet de tas maar achter de schuur", "leg het brood bij de buren"."""
    begins = next((at for at, word in enumerate(words[:4]) if word in words_of("talk", "placing")), -1)
    if begins < 0 or not words_of("talk", "places") & set(words[begins + 1 :]):
        return False
    return bool(_PLACED & set(words[begins + 1 :]))


def without_closing(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The clause without "dat was het" at its end, or "dat was het denk ik"."""
    words = tuple(plain(token.lower) for token in tokens)
    words = words[:-2] if words[-2:] in (("denk", "ik"), ("geloof", "ik"), ("dacht", "ik")) else words
    closing: Sequence[str] = next(
        (
            words[at:]
            for at in range(max(0, len(words) - _LONGEST_CLOSING), len(words))
            if _closing(words, at) == len(words) - at
        ),
        (),
    )
    if words[-1:] == ("vergeten",) and len(words) <= _SHORT and _FORGETTING.isdisjoint(words):
        closing = words[-1:]  # "ook nog knoflook vergeten!"
    if words[-4:-2] == ("dat", "zijn") and words[-1] in ("dingen", "stuks", "artikelen", "producten", "boodschappen"):
        closing = words[-4:]  # "dat zijn 3 dingen"
    if {"rest", "verder", "overige"} & set(words):
        closing = next((words[at:] for at in range(len(words)) if leaves_rest(words, at) == len(words) - at), closing)
    return tokens[: len(words) - len(closing)] if closing else tokens


def _closing(words: Sequence[str], at: int) -> int:
    """How many words of "dat was het" stand here."""
    return phrases_of("talk", "closing").at(words, at) if at >= 0 else 0


def leaves_rest(words: Sequence[str], at: int) -> int:
    """How many words from here say that all else stays as it was: "de rest is goed"."""
    return phrases_of("changes", "rest_stays").at(words, at)


def names_nothing(word: str, words: Sequence[str]) -> bool:
    """Whether a lone word is a shop one turns to ("van de slager graag") or who is greeted ("goedemorgen Willemien")."""
    at = words.index(word) if word in words else -1
    if at <= 0:
        return False
    if word in words_of("fillers", "addressed"):
        return any(before in ("van", "bij", "tegen", "aan", "naar") for before in words[max(0, at - 2) : at])
    greeted = phrases_of("fillers", "greetings").at(words, 0)
    called = greeted == at or (0 < greeted < at and word in words_of("fillers", "vocatives"))
    return at <= 3 and called and tuple(words[at + 1 : at + 2]) in ((",",), ())


def says_only_how(units: Sequence[Unit], words: Sequence[str]) -> bool:
    """Whether beside talk nothing is left but how something is, or a shop: "complimenten aan de slager"."""
    if len(units) == 1 and names_nothing(units[0].text, words):
        return True
    return all(unit.soft or is_adjective(unit.text) or plain(unit.text) in _HOW for unit in units)


def only_heel(units: Sequence[Unit], words: Sequence[str]) -> bool:
    """ "heel fijn dat het kan", "de hele familie komt": no loaf is meant."""
    return len(words) > len(units) + 2 and all(plain(unit.text) in _HOW for unit in units)
