"""Days and times as the Dutch say them, at nine on Monday 23 November 2026 unless said otherwise; shops open 8 to 20."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.reading.quantities import read_quantity
from catalog.reading.tokens import tokenize
from catalog.reading.when import When, find_when, read_when
from catalog.reading.when_calendar import easter
from catalog.square import AMSTERDAM

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)


def one(text: str, now: datetime = NOW) -> When:
    found = find_when(text, now)
    assert len(found) == 1, (text, found)
    return found[0]


def clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vandaag", "11-23"), ("morgen", "11-24"), ("overmorgen", "11-25"), ("dinsdag", "11-24"), ("vrydag", "11-27"),
        ("zondag", "11-29"),
        ("aanstaande vrijdag", "11-27"), ("komende vrijdag", "11-27"), ("a.s. vrijdag", "11-27"), ("vrijdag a.s.", "11-27"),
        ("volgende week vrijdag", "12-04"), ("vrijdag volgende week", "12-04"), ("vandaag over acht dagen", "11-30"),
        ("over veertien dagen", "12-07"), ("over een week", "11-30"), ("zaterdag over 2 weken", "12-12"),
        ("over 3 dagen", "11-26"),
        ("de 28e", "11-28"), ("op de 5e", "12-05"), ("za 28-11", "11-28"), ("24-12", "12-24"), ("24/12", "12-24"),
        ("op 1/12", "12-01"),
        ("28 november", "11-28"), ("vr 27 nov.", "11-27"), ("zaterdag 5 december", "12-05"), ("1 dec 2026", "12-01"),
        ("27-11-2026", "11-27"), ("eerste zaterdag van december", "12-05"), ("begin volgende week", "11-30"),
        ("na het weekend", "11-30"),
        ("kersen met kerst", "12-25"), ("voor kerst een rollade", "12-25"), ("eerste kerstdag", "12-25"),
        ("2e kerstdag", "12-26"),
        ("pakjesavond", "12-05"), ("met sinterklaas", "12-05"), ("oudjaarsdag", "12-31"), ("voor oud en nieuw", "12-31"),
    ],
)  # fmt: skip
def test_day(text: str, day: str) -> None:
    assert one(text).day == date.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize(
    ("text", "day"),
    [("3 januari", "2027-01-03"), ("pasen", "2027-03-28"), ("goede vrijdag", "2027-03-26"), ("hemelvaartsdag", "2027-05-06"),
     ("tweede pinksterdag", "2027-05-17"), ("koningsdag", "2027-04-27"), ("moederdag", "2027-05-09"),
     ("vaderdag", "2027-06-20"),
     ("29 februari", "2028-02-29"), ("nieuwjaarsdag", "2027-01-01"), ("koningsdag 2031", "2031-04-26")],
)  # fmt: skip
def test_day_in_a_later_year(text: str, day: str) -> None:
    assert one(text).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("half elf", "10:30"), ("om half 3", "14:30"), ("half 1", "12:30"), ("tien over half negen", "08:40"),
        ("vijf voor half 10", "09:25"),
        ("kwart voor vijf", "16:45"), ("kwart over 1", "13:15"), ("tien minuten over drie", "15:10"), ("om 5 uur", "17:00"),
        ("17u10", "17:10"), ("14.30 uur", "14:30"), ("om 16.00", "16:00"), ("8 uur 's avonds", "20:00"),
        ("'s ochtends om 7 uur", "07:00"),
        ("om 12 uur", "12:00"), ("om een uur", "13:00"), ("om 3", "15:00"), ("18h", "18:00"), ("om 08:30", "08:30"),
        ("om 5 pm", "17:00"),
    ],
)  # fmt: skip
def test_clock(text: str, starts: str) -> None:
    when = one(text)
    assert (when.day, when.starts, when.ends) == (None, clock(starts), None)
    assert not when.ambiguous


@pytest.mark.parametrize(
    ("text", "day", "starts", "ends"),
    [
        ("overmorgen tussen 2 en 4", "11-25", "14:00", "16:00"), ("zaterdag van 9 tot 12", "11-28", "09:00", "12:00"),
        ("vrijdag 9-12 uur", "11-27", "09:00", "12:00"), ("za 28-11 10:00-12:00", "11-28", "10:00", "12:00"),
        ("van 11 tot 2", "", "11:00", "14:00"), ("tussen half 3 en half 5", "", "14:30", "16:30"),
        ("tussen de middag", "", "12:00", "13:30"),
        ("vrijdagmorgen", "11-27", "08:00", "12:00"), ("morgenochtend", "11-24", "08:00", "12:00"),
        ("vanavond", "11-23", "18:00", "20:00"),
        ("vrijdag eind van de middag", "11-27", "16:00", "18:00"), ("morgen 's middags", "11-24", "12:00", "18:00"),
        ("vrijdag graag tussen 10 en 11", "11-27", "10:00", "11:00"), ("woensdagmiddag om 3 uur", "11-25", "15:00", ""),
        ("vr 16.00", "11-27", "16:00", ""), ("vanavond om 8 uur", "11-23", "20:00", ""),
        ("over een uur", "11-23", "10:00", ""),
        ("dinsdag 1 december om half 11", "12-01", "10:30", ""),
    ],
)  # fmt: skip
def test_window(text: str, day: str, starts: str, ends: str) -> None:
    when = one(text)
    expected = date.fromisoformat(f"2026-{day}") if day else None
    assert (when.day, when.starts, when.ends) == (expected, clock(starts), clock(ends))


@pytest.mark.parametrize(
    ("text", "starts", "kind"),
    [("na vijven", "17:00", "after"), ("vrijdag na 5 uur", "17:00", "after"), ("vanaf 14u", "14:00", "after"),
     ("tegen zessen", "18:00", "about"),
     ("een uur of vijf", "17:00", "about"), ("rond een uur of 4", "16:00", "about"),
     ("niet eerder dan 3 uur", "15:00", "after")],
)  # fmt: skip
def test_after_and_about(text: str, starts: str, kind: str) -> None:
    when = one(text)
    assert when.starts == clock(starts)
    assert (when.after, when.about) == (kind == "after", kind == "about")


@pytest.mark.parametrize(
    ("text", "ends"),
    [("voor 5 uur", "17:00"), ("vóór 12 uur", "12:00"), ("uiterlijk half 3", "14:30"), ("tot 11 uur", "11:00"),
     ("voor half 3", "14:30"),
     ("morgen voor 12 uur", "12:00"), ("11 uur op zijn laatst", "11:00"), ("binnen een uur", "10:00")],
)  # fmt: skip
def test_before_a_time(text: str, ends: str) -> None:
    when = one(text)
    assert (when.starts, when.ends, when.before) == (None, clock(ends), True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 krentenbollen vr", "11-27"), ("za 2 krentenbollen", "11-28"), ("do na 3en een bloemkool", "11-26"),
        ("4/12 vrijdagochtend 8 kwarteleitjes", "12-04"), ("31-12 10 oliebollen", "12-31"), ("10 oliebollen 31-12", "12-31"),
        ("voor de 28e 2 krentenbollen", "11-28"), ("vrijdag de 4e een bloemkool", "12-04"), ("oudjaar 20 oliebollen", "12-31"),
    ],
)  # fmt: skip
def test_a_day_beside_goods(text: str, day: str) -> None:
    when = find_when(text, NOW)[0]
    assert when.day == date.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize("text", ["1/2 brood", "3/4 kilo appels", "10-12 krentenbollen", "een kilo ma"])
def test_an_amount_beside_goods_is_no_day(text: str) -> None:
    assert find_when(text, NOW) == []


def test_for_a_day_is_not_before_it() -> None:
    assert not one("zes bollen voor vrijdag").before
    assert one("zes bollen vóór vrijdag").before
    assert one("uiterlijk vrijdag").before


def test_for_friday_twelve_o_clock_is_a_deadline_to_confirm() -> None:
    when = one("zes bollen voor vrijdag 12 uur")
    assert (when.day, when.ends, when.before, when.ambiguous) == (date(2026, 11, 27), time(12), True, True)


@pytest.mark.parametrize(
    ("text", "days"),
    [("volgende vrijdag", ["11-27", "12-04"]), ("maandag", ["11-23", "11-30"]), ("maandag over een week", ["11-30", "12-07"]),
     ("donderdag of vrijdag", ["11-26", "11-27"]), ("in het weekend", ["11-28", "11-29"]),
     ("over acht dagen", ["11-30", "12-01"])],
)  # fmt: skip
def test_unclear_days_are_choices(text: str, days: list[str]) -> None:
    when = one(text)
    assert when.ambiguous
    assert when.choices == tuple(date.fromisoformat(f"2026-{day}") for day in days)


def test_weekday_and_date_that_do_not_fit_are_asked() -> None:
    when = one("vrijdag 28-11")
    assert (when.choices, when.ambiguous) == ((date(2026, 11, 28), date(2026, 11, 27)), True)


def test_next_monday_said_on_wednesday_is_clear() -> None:
    when = one("volgende maandag", NOW + timedelta(days=2))
    assert (when.day, when.ambiguous) == (date(2026, 11, 30), False)


def test_todays_weekday_after_closing_is_next_week() -> None:
    when = one("maandag", NOW.replace(hour=21))
    assert (when.day, when.choices, when.ambiguous) == (date(2026, 11, 30), (), False)


@pytest.mark.parametrize("text", ["namiddag", "vrijdag in de voormiddag"])
def test_parts_that_differ_by_region_are_asked(text: str) -> None:
    assert one(text).ambiguous


def test_hours_follow_the_opening_hours() -> None:
    late = find_when("om 9 uur", NOW, opens=time(8), closes=time(22))
    assert (late[0].starts, late[0].ambiguous) == (time(9), True)
    assert find_when("om 7 uur", NOW, opens=time(6), closes=time(18))[0].starts == time(7)
    assert one("vandaag om 8 uur", NOW.replace(hour=15)).starts == time(20)


@pytest.mark.parametrize(
    "text", ["elke zaterdag", "om de week", "iedere vrijdagmorgen", "wekelijks", "zaterdags", "om de week op vrijdag"]
)
def test_recurring(text: str) -> None:
    assert one(text).recurring == text


@pytest.mark.parametrize("text", ["zo snel mogelijk", "zsm", "z.s.m.", "nu graag"])
def test_soonest(text: str) -> None:
    when = one(text)
    assert (when.soonest, when.day) == (True, None)


@pytest.mark.parametrize(
    "text",
    [
        "goedemorgen", "goedenavond", "goede morgen", "goeie middag", "fijne avond!", "fijn weekend!", "morgen!", "do",
        "zo", "doe maar",
        "prima zo.", "dat was het zo", "zo'n 5 appels", "tot zo", "2 kerststollen", "chocolade sinterklaas",
        "kerst kransjes graag",
        "voor 5 euro kersen", "voor 5 personen", "tien voor vijf euro", "3 voor 5 euro", "2 x 400 ml", "6-7 eieren",
        "10-12 krentenbollen",
        "tussen 2 en 4 appels", "om 3 bollen", "een half brood", "1/2 bruin", "groetjes Jan 2 broden", "7up", "48+ kaas",
        "vrij veel",
        "een half om half", "half volle melk", "2 uur van tevoren bellen", "kwart brood", "31 november", "wo", "een dag",
        "ma belt nog",
    ],
)  # fmt: skip
def test_no_moment(text: str) -> None:
    assert find_when(text, NOW) == []


def test_amount_behind_a_day_stays_an_amount() -> None:
    assert one("vrijdag 6-7 eieren").said == "vrijdag"
    assert one("zaterdag 5 ons ham").said == "zaterdag"
    assert one("om 5 uur 3 broden").said == "om 5 uur"


def test_span_lets_the_caller_cut_the_moment_out() -> None:
    text = "Mag ik een half pond jong belegen en 6 krentebollen voor vrijdag na vijven, alvast dank"
    when = one(text)
    start, end = when.span
    assert text[start:end] == when.said == "voor vrijdag na vijven"
    assert (when.day, when.starts, when.after) == (date(2026, 11, 27), time(17), True)


@pytest.mark.parametrize(
    ("text", "denied"),
    [("ik ben er dinsdag niet, liever woensdag", [True, False]), ("niet vandaag maar morgen", [True, False]),
     ("vrijdag niet te laat", [False]),
     ("we zijn er van 2 tot 5 niet", [True]), ("ik ben er niet tussen 10 en 11", [True]), ("niet eerder dan 3 uur", [False])],
)  # fmt: skip
def test_moments_that_do_not_suit(text: str, denied: list[bool]) -> None:
    assert [when.denied for when in find_when(text, NOW)] == denied


def test_two_days_for_two_goods() -> None:
    found = find_when("2 halfjes wit voor morgenmiddag en een pond gehakt voor zaterdag", NOW)
    assert [when.day for when in found] == [date(2026, 11, 24), date(2026, 11, 28)]


def test_first_word_greets_when_another_day_follows() -> None:
    assert one("Morgen, mag ik voor vrijdag 2 wit").day == date(2026, 11, 27)


def test_an_aware_now_is_taken_in_dutch_time() -> None:
    assert one("morgen", datetime(2026, 11, 23, 23, 30, tzinfo=UTC)).day == date(2026, 11, 25)


def test_a_message_that_is_only_a_moment() -> None:
    when = read_when("vrijdag na 5 uur graag", NOW)
    assert when is not None
    assert when.day == date(2026, 11, 27)
    assert read_when("2 wit voor vrijdag", NOW) is None
    assert read_when("kaas", NOW) is None


@pytest.mark.parametrize(("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)])
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


_PIECES = st.sampled_from(
    ["voor ", "om ", "half ", "2 ", "28-11 ", "vrijdag ", "morgen ", "over ", "week ", "een ", "uur ", "tussen ", "en ",
     "- ", "kerst ", "de ",
     "volgende ", "laatste ", "van ", "99999999 ", "jaar ", "31 ", "februari ", "geleden ", "dagen ", "0", ".", "\n",
     "’s ", "½", "2️⃣", "t/m "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=5), max_size=14).map("".join), st.datetimes())
def test_any_text_is_read_or_left(text: str, now: datetime) -> None:
    for when in find_when(text, now):
        start, end = when.span
        assert 0 <= start < end <= len(text)
        assert when.said == text[start:end]


@pytest.mark.parametrize(
    "piece",
    ["2-", "een ", "half ", "voor ", "2 en een half ", "om de week ", "2x", "rond de ", "maandag over een week op ", "€", "'"],
)
def test_no_text_takes_long(piece: str) -> None:
    """Ten thousand characters cost a fraction of a second of the processor, however busy the machine is."""
    text = (piece * 10_000)[:10_000]
    began = thread_time()
    tokens = tokenize(text)
    lowers = [token.lower for token in tokens]
    for at in range(len(lowers)):
        read_quantity(lowers, at)
    find_when(tokens, NOW, text=text)
    assert thread_time() - began < 2.0
