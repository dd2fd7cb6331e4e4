"""Clear, choose or none: never silently a wrong thing in the basket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from catalog.search import lexicon
from catalog.search.found import Verdict
from catalog.search.rank import EXPLAINED, Slot, Standing

Why = Literal["meant", "nothing", "unsure", "part", "headless", "others"]

NEAR = 0.14  # a runner-up that covers this little less of what was said may be what was meant
SAME = 0.02
SLIPPED, SPELT = 0.05, 0.95  # a word that was spelt less well than this may as well be one that lies this much further
HALF = 0.42  # unless what it is was said, and the rest is no other product
SINGLE = 0.675  # a word by itself
SHOWN = 0.55  # what covers less is not worth showing
WHOLE = 0.95  # the whole name was said


def judge(standings: Sequence[Standing], slots: Sequence[Slot]) -> tuple[Verdict, list[Standing], Why]:
    """The verdict, the standings worth showing with the best first, and the reason."""
    others = any(_is_other(slot) for slot in slots)
    single = sum(not slot.soft for slot in slots) < 2
    least = SINGLE if single else SHOWN if others else HALF
    taken = [s for s in standings if s.cover >= (least if _is_said(s) else max(SHOWN, least)) and not _beside(s, slots)]
    if not taken or not slots:
        return "none", [], "nothing"
    top = taken[0]
    rivals = [s for s in taken[1:] if s.cover >= top.cover - NEAR]
    why = _doubt(top, rivals, slots)
    return "clear" if why == "meant" else "choose", [top, *rivals], why


def _is_said(standing: Standing) -> bool:
    """Whether what it is was said, and not only by slips: "peren, appels" are no perssinaasappels."""
    return not standing.headless and standing.surest >= EXPLAINED


def _doubt(top: Standing, rivals: Sequence[Standing], slots: Sequence[Slot]) -> Why:
    """Why the best one is not simply taken, or "meant"."""
    if top.worst < EXPLAINED:
        return "unsure"
    if top.loose or (top.diminutive and rivals):
        return "part"
    if top.headless and not _named(slots):
        return "headless"
    sized = any(slot.soft for slot in slots)
    equal = [other for other in rivals if not _exact(top) or _exact(other) or (_sized(top, other) and not sized)]
    numbers = sum(slot.weight for slot in slots if slot.word.isdigit()) / sum(slot.weight for slot in slots)
    if any(_says_more(top, other, numbers) for other in rivals) or any(_rivals(top, other) for other in equal):
        return "others"
    return "meant"


def _is_other(slot: Slot) -> bool:
    """Whether this is the name of goods that are not sold here, nor anything near."""
    found = slot.soft or slot.describes or any(match.sure >= SINGLE for match in slot.matches.values())
    return not found and lexicon.is_real(slot.word)


def _exact(standing: Standing) -> bool:
    """Whether the name was said to the letter, sizes and all: "steeksleutel 10 mm" is not the one of 13."""
    return standing.cover > 0.999 and standing.fit > 0.999


def _says_more(top: Standing, other: Standing, numbers: float) -> bool:
    """Whether the other one explains a soft word that this one does not: "champignons plakjes". Of a number alone only when
    nothing else of its name was left unsaid: "500 gram kersen" are not those of a maker, in bags of 500."""
    more = SAME if other.bare else SAME + numbers
    return other.cover > top.cover + more and other.worst <= top.worst and not (other.loose or other.headless)


def _sized(top: Standing, other: Standing) -> bool:
    """Whether the other is the same word for word, with a size: Prei, Prei 2 stuks."""
    return other.bare and other.cover > top.cover - 0.001


def _rivals(top: Standing, other: Standing) -> bool:
    """Whether the other one may be meant as well. When the whole name was said, only another whole name may, or one with no
    more to it than a size: Prei, Prei 2 stuks."""
    near = SAME if top.worst > SPELT else SLIPPED
    return top.fit < WHOLE or ((other.fit >= WHOLE or other.bare) and other.cover >= top.cover - near)


def _named(slots: Sequence[Slot]) -> bool:
    """Whether what it is may stay unsaid: "jong belegen", "elstar", "robijn color"; not "wit": that is bread or cabbage."""
    hard = [slot for slot in slots if not slot.soft]
    if len(hard) > 1 and (all(slot.describes for slot in hard) or any(not _means_something(slot.word) for slot in hard)):
        return True
    return any(slot.variety for slot in hard)


def _beside(standing: Standing, slots: Sequence[Slot]) -> bool:
    """Whether only a side of the thing was said: "gehakt" for gehakt ballen, "doosje" for a box of eggs. A describing word
    may stand for the thing, and so may one that means nothing else: a maker, a fancy name."""
    hard = [slot for slot in slots if not slot.soft]
    if len(hard) != 1:
        return False
    if hard[0].word in lexicon.containers():
        return standing.fit < WHOLE
    return standing.headless and not (hard[0].describes or hard[0].variety) and _means_something(hard[0].word)


def _means_something(word: str) -> bool:
    return word not in lexicon.brands() and lexicon.is_real(word)
