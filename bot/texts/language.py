"""Plain language, measured: the rules every text must keep, each with the remedy in Dutch.

B1 is understood by about 95% of people (https://dolfweverink.nl/?p=390); the numbers are engineering targets of this project,
not cited norms. Labels: WhatsApp cuts buttons off at 20 characters and
refuses the whole message (https://www.twilio.com/docs/content/twilio-quick-reply).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MOST_WORDS_IN_SENTENCE = 20
MEAN_WORDS_IN_SENTENCE = 12
MOST_WORDS = 60
LABEL_LENGTH = 20

_FORMAL = re.compile(r"\b(?:je|jij|jou|jouw|jullie)\b", re.I)
_INFORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.I)
_ENGLISH = re.compile(
    r"\b(?:check-?out|account|slot|submit|orders?|cart|shop|login|inloggen|delivery|pick-?up|update|reset|error|button|"
    r"e-?mail|link|upload|download|please|cancel|confirm|service|tracking)\b",
    re.I,
)
_SHORT = re.compile(
    r"\b(?:incl|excl|bijv|bv|evt|nr|tel|min|max|ca|blz|resp|enz|etc|o\.a|a\.u\.b|d\.w\.z|i\.p\.v|m\.b\.t|i\.v\.m|t/m|t\.b\.v|ivm|"
    r"mbt|aub|svp|ipv|dmv|obv|ma|wo|vr|za|zo(?=\s\d)|di(?=\s\d))(?:\.|(?=\s|$))(?!\w)",
    re.I,
)
_NUMBERS = re.compile(
    r"\b(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|twintig|dertig|honderd|duizend)\b",
    re.I,
)
_BLAME = re.compile(
    r"\b(?:ongeldige?|onjuiste?|incorrecte?|foutieve?|verkeerde?|verplichte?|vereiste?|mislukte?)\b|"
    r"\b(?:niet toegestaan|u moet|je moet)\b|^dat is geen\b",
    re.I,
)
_EMOJI = re.compile("[\U0001f1e6-\U0001faff\u2600-\u27bf\u2b50\u2b55]")
_PLACE = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"[.!?](?=\s|$)|[:;](?=\s)|\n")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A placeholder is one word; a colon or semicolon ends a sentence as a full stop does."""
    bare = _PLACE.sub("x", text)
    return [words for part in _END.split(bare) if (words := re.findall(r"\w[\w'’,./-]*", part))]


def mean_length(texts: Iterable[str]) -> float:
    """Words per sentence, over texts that are sentences: labels and loose words would flatter it."""
    lengths = [len(words) for text in texts if text.rstrip().endswith((".", "?", "!")) for words in sentences(text)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def faults(text: str, *, button: bool = False, formal: bool = True) -> list[str]:
    """What is not plain in one text, in Dutch, with the remedy. ``formal``: the voice says u, otherwise je."""
    said = _PLACE.sub("x", text)
    return [remedy for rule in (_voice(formal), *_RULES) if (remedy := rule(said))] + (label(text) if button else [])


def label(text: str) -> list[str]:
    """What is wrong with the label of a button."""
    over = len(text) - LABEL_LENGTH
    return [f"De knop is {over} tekens te lang. Een knop heeft hoogstens {LABEL_LENGTH} tekens."] if over > 0 else []


def _voice(formal: bool) -> Callable[[str], str]:
    def rule(said: str) -> str:
        found = (_FORMAL if formal else _INFORMAL).search(said)
        return f"Hier staat ‘{found[0]}’. Zeg {'u en uw' if formal else 'je en jouw'}." if found else ""

    return rule


def _finds(pattern: re.Pattern[str], remedy: str) -> Callable[[str], str]:
    def rule(said: str) -> str:
        found = pattern.search(said)
        return remedy.format(word=found[0].strip()) if found else ""

    return rule


def _long_sentence(said: str) -> str:
    most = max((len(words) for words in sentences(said)), default=0)
    over = most > MOST_WORDS_IN_SENTENCE
    return f"Een zin heeft {most} woorden. Maak er twee van: hoogstens {MOST_WORDS_IN_SENTENCE} woorden." if over else ""


def _long_text(said: str) -> str:
    words = sum(len(words) for words in sentences(said))
    return f"De tekst heeft {words} woorden. Laat weg wat niet nodig is: hoogstens {MOST_WORDS}." if words > MOST_WORDS else ""


def _questions(said: str) -> str:
    asked = said.count("?")
    return f"Er staan {asked} vragen in. Vraag één ding tegelijk." if asked > 1 else ""


def _emoji(said: str) -> str:
    count = len(_EMOJI.findall(said))
    return f"Er staan {count} plaatjes in. Gebruik er hoogstens 1." if count > 1 else ""


_RULES: tuple[Callable[[str], str], ...] = (
    _finds(_ENGLISH, "‘{word}’ is geen gewoon Nederlands. Zeg bestellen, betalen, bezorgen of ophalen."),
    _finds(_SHORT, "‘{word}’ is een afkorting. Schrijf het woord voluit."),
    _finds(_NUMBERS, "Schrijf ‘{word}’ met een cijfer."),
    _finds(_BLAME, "‘{word}’ geeft de lezer de schuld. Zeg wat wel kan."),
    _long_sentence,
    _long_text,
    _questions,
    _emoji,
)
