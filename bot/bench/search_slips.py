"""Slips of the ear and the thumb, made with a given dice: what residents do to product names."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_EAR = (
    ("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("au", "ou"), ("ch", "g"), ("g", "ch"), ("c", "k"), ("k", "c"), ("z", "s"),
    ("s", "z"), ("v", "f"), ("f", "v"), ("y", "i"), ("ie", "i"), ("th", "t"), ("x", "ks"), ("d", "t"), ("t", "d"),
    ("en", "e"), ("oe", "ou"),
)  # fmt: skip
_VOWELS = "aeiou"


def neighbours(letter: str) -> str:
    """Letters beside this one on the keyboard; empty for anything else."""
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return ""


def keyboard(word: str, dice: Random) -> str:
    """One letter hit beside the right one."""
    at = dice.randrange(len(word))
    near = neighbours(word[at])
    return word[:at] + dice.choice(near) + word[at + 1 :] if near else word


def dropped(word: str, dice: Random) -> str:
    """One letter left out, not the first."""
    at = dice.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def doubled(word: str, dice: Random) -> str:
    """One letter twice."""
    at = dice.randrange(len(word))
    return word[: at + 1] + word[at:]


def swapped(word: str, dice: Random) -> str:
    """Two neighbouring letters exchanged."""
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def heard(word: str, dice: Random) -> str:
    """Written as it sounds: one sound in its other spelling, or a double letter once."""
    fits = [(old, new) for old, new in _EAR if old in word[1 if len(old) == 1 else 0 :]]
    doubles = [at for at in range(len(word) - 1) if word[at] == word[at + 1]]
    if doubles and (not fits or dice.random() < 0.3):
        at = dice.choice(doubles)
        return word[:at] + word[at + 1 :]
    if not fits:
        return word
    old, new = dice.choice(fits)
    start = word.find(old, 1) if len(old) == 1 else word.find(old)
    return word[:start] + new + word[start + len(old) :]


SLIPS: dict[str, Callable[[str, Random], str]] = {
    "keyboard": keyboard, "dropped": dropped, "doubled": doubled, "swapped": swapped, "heard": heard,
}  # fmt: skip


def slip(name: str, dice: Random, kind: str | None = None) -> str:
    """One slip in one word of at least four letters; the name itself when there is none."""
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return name
    at = dice.choice(long)
    words[at] = SLIPS[kind or dice.choice(["heard", "heard", "heard", *SLIPS])](words[at], dice)
    return " ".join(words)


def plural(word: str) -> str:
    """A plural as the rules of Dutch spelling make it (good enough to be said)."""
    if word.endswith(("s", "n", "je")) and not word.endswith("aan"):
        return word + "s" if word.endswith("je") else word
    if word.endswith(("el", "er", "em", "ie", "e")):
        return word + "s"
    if word[-1] in "aiouy":
        return word + "'s"
    return _bent(word) + "en"


def diminutive(word: str) -> str:
    """A diminutive of a singular."""
    if word.endswith(("el", "er", "en", "aan", "oon", "ui", "ei", "ee", "ie", "oor", "aar", "eer")):
        return word + "tje"
    if word.endswith("m"):
        return word + ("etje" if word[-2] in _VOWELS and word[-3:-2] not in _VOWELS else "pje")
    if word[-1] in "lnr" and word[-2] in _VOWELS and word[-3:-2] not in _VOWELS:
        return word + word[-1] + "etje"
    if word[-1] in "lnr":
        return word + "tje"
    if word[-1] in "aou":
        return word + word[-1] + "tje"
    return word + "je"


def _bent(word: str) -> str:
    """The stem before -en: kaas -> kaaz, bol -> boll, tomaat -> tomat."""
    if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aeou":
        last = {"s": "z", "f": "v"}.get(word[-1], word[-1])
        return word[:-2] + last
    if len(word) > 2 and word[-2] in _VOWELS and word[-3] not in _VOWELS and word[-1] not in "wxv" and len(word) <= 5:
        return word + word[-1]
    return word


def joined(name: str) -> str:
    """The first two words written as one."""
    first, _, rest = name.partition(" ")
    return first + rest if rest else name


def split(name: str, dice: Random, parts: frozenset[str]) -> str:
    """A compound written as two words, where the second is a known word; the name itself when there is none."""
    for word in sorted(name.split(), key=lambda _: dice.random()):
        for at in range(3, len(word) - 2):
            if word[at:] in parts and (word[:at] in parts or word[:at].rstrip("ens") in parts):
                return name.replace(word, word[:at] + " " + word[at:])
    return name
