"""Text made harmless for a chat app: no invisible characters, no markup, no links that are not ours; and text cut to fit.

Applied by the channels to every body and label, because what people typed (names, notes, product words) is part of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

#: Controls (but tab and line feed), soft hyphen, bidi marks and overrides, zero-width characters, surrogates, tags.
#: The zero-width joiner and the variation selector are dealt with apart: they hold emoji together.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0e\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"
_LONE_JOINER = re.compile(f"(?<![\u00a9\u00ae\ufe0f{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
_LONE_SELECTOR = re.compile("(?<![#*0-9\u00a9\u00ae\u2000-\u32ff\U0001f000-\U0001faff])\ufe0f")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Letters without a shape of their own: they would make an empty name.
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
#: More than four marks on one letter is not a language but a joke that smears over other lines.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAPED_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")
_PLAIN = re.compile(r"[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u20ac\u2013\u2014\u2018-\u201d\u2022\u2026]*")
_MANY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")

_WEB = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20})://([^\s]*)")
_HOST = re.compile(r"(?i)(?<![\w-])((?:[\w-]+\.)+[a-z\u00a1-\uffff]{2,24})(?![\w-])")
_CALLED = re.compile(r"(?<![\w@/.<])([@/#])(?=[^\W\d_])")

_MARKS = str.maketrans({"*": "∗", "_": "‗", "~": "∼", "`": "’"})
#: Marks inside a word (klas_3a) are left alone by WhatsApp, and by us; backticks never.
_MARK_AT_EDGE = re.compile(r"(?<![^\W_])[*_~]+|[*_~]+(?![^\W_])|`+")
_Replace = Callable[[re.Match[str]], str]
_QUOTE = re.compile(r"(?m)^([ \t]*)>")


def storable(text: str) -> str:
    """Incoming text without what no database keeps (NUL, lone surrogates); otherwise as typed."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def clean(text: str) -> str:
    """Composed (NFC), without invisible characters or heaped accents; line feeds only, one empty line in a row at most."""
    if not _PLAIN.fullmatch(text):
        text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
        text = _INVISIBLE.sub("", _BLANKS.sub(" ", text))
        text = _LONE_SELECTOR.sub("", _LONE_JOINER.sub("", text))
        text = _HEAPED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return _MANY_LINES.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """Clean text without line breaks or double spaces: for names and labels."""
    return " ".join(clean(text).split())


def without_links(text: str, trusted: frozenset[str]) -> str:
    """Breaks every web address whose host is not trusted, visibly, with a space, so that no chat app makes a link of it."""
    if "." not in text and "://" not in text:
        return text
    pieces = _split_trusted(text, trusted)
    return "".join(piece if ours else _HOST.sub(_spaced(trusted), piece.replace("://", ": //")) for ours, piece in pieces)


def without_calls(text: str) -> str:
    """Breaks ``@name``, ``/command`` and ``#tag``: Telegram makes them tappable."""
    return _CALLED.sub(r"\1 ", text)


def without_marks(text: str, trusted: frozenset[str]) -> str:
    """Turns what WhatsApp reads as bold, italic, struck, code or quote into look-alikes; our own links stay whole."""
    pieces = _split_trusted(text, trusted)
    return "".join(piece if ours else _QUOTE.sub(r"\1›", _unmarked(piece)) for ours, piece in pieces)


def host_of(url: str) -> str:
    """The host of a web address, lower case, "" when there is none."""
    return (urlsplit(url).hostname or "").lower()


def size(text: str) -> int:
    """Length as the strictest platform counts: an emoji outside the basic plane is two."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def shortened(text: str, room: int) -> str:
    """Text of at most ``room``, cut at a word where that leaves more than half, and ending in … when cut."""
    if size(text) <= room:
        return text
    cut = _head(text, room - 1)
    at = cut.rfind(" ")
    return (cut[:at] if at > room // 2 else cut).rstrip(" ,;:-–(") + "…"


def pieces(text: str, room: int) -> list[str]:
    """Text in pieces of at most ``room``, cut between paragraphs, else lines, sentences, words. Only blanks are lost."""
    found = []
    while size(text) > room:
        head = _head(text, room)
        at = next((at for mark in ("\n\n", "\n", ". ", " ") if (at := head.rfind(mark)) > room // 3), -1)
        at = len(head) if at < 0 else at + (1 if head[at] == "." else 0)
        found.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*found, text] if text or not found else found


def _split_trusted(text: str, trusted: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """(True, our own web address) and (False, anything else), in order."""
    at = 0
    for match in _WEB.finditer(text):
        if match[1].lower() in ("http", "https") and _host(match[2]) in trusted:
            yield False, text[at : match.start()]
            yield True, match[0]
            at = match.end()
    yield False, text[at:]


def _host(rest: str) -> str:
    """The host of what follows ``://``; "" when someone hides another behind an @ or a backslash."""
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return "" if re.search(r"[@\\]", authority) else authority.rsplit(":", 1)[0].lower()


def _spaced(trusted: frozenset[str]) -> _Replace:
    return lambda match: match[0] if match[1].lower() in trusted else match[0].replace(".", ". ")


def _unmarked(text: str) -> str:
    return _MARK_AT_EDGE.sub(lambda match: match[0].translate(_MARKS), text)


def _head(text: str, room: int) -> str:
    """The longest start of ``text`` that fits, not cutting an emoji or an accented letter in two."""
    end = min(room, len(text))
    while size(text[:end]) > room:
        end -= 1
    start = end
    while 1 < end < len(text) and _holds_together(text[end - 1], text[end]):
        end -= 1
    return text[: end if end > 1 else start]


def _holds_together(left: str, right: str) -> bool:
    return (
        left == "\u200d" or right in "\u200d\ufe0f" or unicodedata.combining(right) > 0 or "\U0001f3fb" <= right <= "\U0001f3ff"
    )


def trusted_hosts(*urls: str, more: Iterable[str] = ()) -> frozenset[str]:
    """The hosts of these addresses, and more."""
    return frozenset({*(host_of(url) for url in urls if url), *(host.lower() for host in more)})
