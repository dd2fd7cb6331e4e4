"""No text from people becomes markup, a link or a trick of the eye."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import plain

OURS = frozenset({"bode.example"})


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("twee\r\nregels", "twee\nregels"),
        ("veel\n\n\n\n\nwit", "veel\n\nwit"),
        ("omgekeerd \u202egnp.exe", "omgekeerd gnp.exe"),
        ("on\u200bzicht\u2060baar\ufeff", "onzichtbaar"),
        ("half\u00adwoord", "halfwoord"),
        ("nul\x00teken \x1b[31mrood", "nulteken [31mrood"),
        ("half\ud800paar", "halfpaar"),
        ("\u3164", ""),
        ("e\u0301e\u0301n", "één"),
        ("familie 👨‍👩‍👧 en ❤️ en 👍🏽", "familie 👨‍👩‍👧 en ❤️ en 👍🏽"),
        ("los\u200dse\ufe0f tekens", "losse tekens"),
        ("€ 4,50 · “krentenbol” …", "€ 4,50 · “krentenbol” …"),
    ],
)
def test_clean(typed: str, shown: str) -> None:
    assert plain.clean(typed) == shown


def test_heaped_accents_are_thinned() -> None:
    assert len(plain.clean("Z" + "\u0335" * 50)) == 5


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("kijk op evil.example!", "kijk op evil. example!"),
        ("http://evil.example/x.php", "http: //evil. example/x. php"),
        ("https://bode.example/b/ab_c", "https://bode.example/b/ab_c"),
        ("https://bode.example@evil.example/b", "https: //bode.example@evil. example/b"),
        ("https://evil.example\\@bode.example", "https: //evil. example\\@bode.example"),
        ("https://bode.example.evil.example/b", "https: //bode. example. evil. example/b"),
        ("ftp://bode.example/x", "ftp: //bode.example/x"),
        ("tg://resolve?domain=x", "tg: //resolve?domain=x"),
        ("jan@evil.example", "jan@evil. example"),
        ("www.münchen.de", "www. münchen. de"),
        ("1.5 kilo, 9.30 uur, B.V., i.p.v.", "1.5 kilo, 9.30 uur, B.V., i.p.v."),
        ("brood.kaas", "brood. kaas"),
    ],
)
def test_only_our_own_links_stay_links(typed: str, shown: str) -> None:
    assert plain.without_links(typed, OURS) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*vet* _schuin_ ~weg~", "∗vet∗ ‗schuin‗ ∼weg∼"),
        ("```code``` en `ook`", "’’’code’’’ en ’ook’"),
        ("> citaat", "› citaat"),
        ("_*beide*_", "‗∗beide∗‗"),
        ("klas_3a en 2*3", "klas_3a en 2*3"),
        ("https://bode.example/b/_a_*b*_", "https://bode.example/b/_a_*b*_"),
    ],
)
def test_whatsapp_marks_become_look_alikes(typed: str, shown: str) -> None:
    assert plain.without_marks(typed, OURS) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@beheer", "@ beheer"),
        ("typ /start", "typ / start"),
        ("#actie", "# actie"),
        ("en/of 12/A jan@dorp", "en/of 12/A jan@dorp"),
    ],
)
def test_telegram_calls_are_broken(typed: str, shown: str) -> None:
    assert plain.without_calls(typed) == shown


@given(st.text())
def test_clean_text_is_stable_and_can_be_stored(text: str) -> None:
    once = plain.clean(text)
    assert plain.clean(once) == once
    assert "\0" not in once
    assert once.encode("utf-8").decode("utf-8") == once


@given(st.text(alphabet=st.one_of(st.sampled_from("*_~`> ab.\n:/@"), st.characters())))
def test_no_whatsapp_mark_stands_at_the_edge_of_a_word(text: str) -> None:
    shown = plain.without_marks(text, OURS)
    assert not re.search(r"(?:^|[\s.,:;!?])[*_~](?=\S)", shown)
    assert "`" not in shown


@given(st.text(alphabet=st.one_of(st.sampled_from("abc 👍🏽\n.,é"), st.characters(codec="utf-8"))), st.integers(4, 60))
def test_pieces_fit_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    found = plain.pieces(text, room)
    assert all(plain.size(piece) <= room for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_pieces_are_cut_between_paragraphs_then_lines_then_words() -> None:
    assert plain.pieces("een twee\n\ndrie vier vijf", 16) == ["een twee", "drie vier vijf"]
    assert plain.pieces("een twee\ndrie vier vijf", 16) == ["een twee", "drie vier vijf"]
    assert plain.pieces("een twee drie vier", 10) == ["een twee", "drie vier"]
    assert plain.pieces("", 10) == [""]


def test_an_emoji_is_not_cut_in_two() -> None:
    assert plain.pieces("abcdef👨‍👩‍👧", 10) == ["abcdef", "👨‍👩‍👧"]


@given(st.text(), st.integers(2, 40))
def test_shortened_text_fits(text: str, room: int) -> None:
    short = plain.shortened(text, room)
    assert plain.size(short) <= room
    assert short == text or short.endswith("…")


@given(st.text(alphabet=st.characters()))
def test_what_comes_in_can_be_stored(text: str) -> None:
    assert "\0" not in plain.storable(text)
    assert plain.storable(text).encode("utf-8").decode("utf-8") == plain.storable(text)
