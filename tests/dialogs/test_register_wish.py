"""What people write behind «vedtak»: numbers, days, status, project and words, in three languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from board.register import Number, RegisterQuery, Status
from dialogs.register_wish import read_wish

TODAY = date(2026, 11, 2)
ADOPTED, REJECTED = Status.ADOPTED, Status.REJECTED


def query(text: str) -> RegisterQuery:
    return read_wish(text, TODAY).query


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("065-2014", Number(65, 2014)),
        ("65/2014", Number(65, 2014)),
        ("2014/65", Number(65, 2014)),
        ("sak 65", Number(65)),
        ("sak 65/14", Number(65, 2014)),
        ("65/14", Number(65, 2014)),
        ("saken nr. 7", Number(7)),
        ("nummer 12-2026", Number(12, 2026)),
        ("case 12-2026", Number(12, 2026)),
        ("65", Number(65)),
        ("AU 3-2026", Number(3, 2026, of_group=True)),
        ("au-sak 003/2026", Number(3, 2026, of_group=True)),
    ],
)
def test_numbers(text: str, number: Number) -> None:
    assert query(text) == RegisterQuery(number=number)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("16. april", "2026-04-16", "2026-04-16"),
        ("16.04.2025", "2025-04-16", "2025-04-16"),
        ("torsdag 16. april", "2026-04-16", "2026-04-16"),
        ("24. desember", "2025-12-24", "2025-12-24"),
        ("29. februar", "2024-02-29", "2024-02-29"),
        ("2. november", "2026-11-02", "2026-11-02"),
        ("i april 2026", "2026-04-01", "2026-04-30"),
        ("in april", "2026-04-01", "2026-04-30"),
        ("desember", "2025-12-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("i fjor", "2025-01-01", "2025-12-31"),
        ("i år", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("april i fjor", "2025-04-01", "2025-04-30"),
        ("våren 2026", "2026-01-01", "2026-06-30"),
        ("hausten", "2026-07-01", "2026-12-31"),
        ("3. kvartal 2026", "2026-07-01", "2026-09-30"),
        ("siste måned", "2026-10-01", "2026-10-31"),
        ("denne uken", "2026-11-02", "2026-11-02"),
        ("mellom januar og mars 2026", "2026-01-01", "2026-03-31"),
        ("fra november til mars 2026", "2025-11-01", "2026-03-31"),
        ("2026-04-16", "2026-04-16", "2026-04-16"),
    ],
)
def test_periods(text: str, since: str, until: str) -> None:
    assert query(text) == RegisterQuery(since=day(since), until=day(until))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("siden mars", "2026-03-01", None),
        ("etter 16. april 2026", "2026-04-17", None),
        ("før 2025", None, "2024-12-31"),
        ("innen mars 2026", None, "2026-03-31"),
        ("since march", "2026-03-01", None),
        ("before 2025", None, "2024-12-31"),
    ],
)
def test_periods_without_an_end(text: str, since: str | None, until: str | None) -> None:
    assert query(text) == RegisterQuery(since=day(since) if since else None, until=day(until) if until else None)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("vedtatt", (ADOPTED,)),
        ("vedtekne", (ADOPTED,)),
        ("adopted", (ADOPTED,)),
        ("avslått", (REJECTED,)),
        ("ikke godkjent", (REJECTED,)),
        ("utsette", (Status.POSTPONED,)),
        ("sendt tilbake", (Status.SENT_BACK,)),
        ("sent back", (Status.SENT_BACK,)),
        ("vedtatt med vilkår", (Status.WITH_CONDITIONS,)),
        ("foreløpige", (Status.PROVISIONAL,)),
        ("førebels", (Status.PROVISIONAL,)),
        ("referat ikke godkjent", (Status.PROVISIONAL,)),
        ("åpen oppfølging", (Status.OPEN_FOLLOW_UP,)),
        ("open follow-ups", (Status.OPEN_FOLLOW_UP,)),
        ("opne oppfølgingar", (Status.OPEN_FOLLOW_UP,)),
        ("hva ble vedtatt", ()),
    ],
)
def test_statuses(text: str, statuses: tuple[Status, ...]) -> None:
    assert query(text) == RegisterQuery(statuses=statuses)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("om journalsystem for sykehusene", RegisterQuery(("journalsystem", "sykehusene"))),
        ("avslått siden mars, heliks", RegisterQuery(("heliks",), statuses=(REJECTED,), since=day("2026-03-01"))),
        ("prosjekt 1234 heliks", RegisterQuery(("heliks",), project="1234")),
        ("P-123", RegisterQuery(("P-123",))),
        ("prosjekt P-123", RegisterQuery(project="P-123")),
        ("M365", RegisterQuery(("M365",))),
        ("jul", RegisterQuery(("jul",))),
        ("", RegisterQuery()),
    ],
)  # fmt: skip
def test_words_and_all_together(text: str, expected: RegisterQuery) -> None:
    assert query(text) == expected


@pytest.mark.parametrize(
    "text", ["siste møte", "fra forrige styremøte", "på det siste møtet", "last board meeting", "førre møte"]
)
def test_the_latest_meeting(text: str) -> None:
    wish = read_wish(f"{text} heliks", TODAY)
    assert wish.latest_meeting
    assert wish.query == RegisterQuery(("heliks",))


def test_a_year_may_be_a_word() -> None:
    wish = read_wish("budsjett 2027", TODAY)
    assert wish.with_year_as_word == RegisterQuery(("budsjett", "2027"))
    assert read_wish("budsjett i 2027", TODAY).with_year_as_word is None
    assert read_wish("2027", TODAY).with_year_as_word is None


@given(st.text(max_size=250))
@example("0000-0000")
@example("31. februar")
@example("før 0001")
def test_anything_can_be_asked(text: str) -> None:
    wish = read_wish(text, TODAY)
    assert all(word and word in " ".join(text.split()) for word in wish.query.words)
    if wish.query.since and wish.query.until:
        assert wish.query.since <= wish.query.until
    assert wish.query.number is None or wish.query.number.seq > 0


@given(st.integers(1, 999), st.integers(1990, 2100), st.sampled_from(["heliks", "kurve", "arkiv plan"]), st.booleans())
def test_a_number_is_read_wherever_it_stands(seq: int, year: int, words: str, first: bool) -> None:
    number = f"{seq:03d}-{year}"
    asked = f"{number} {words}" if first else f"{words} {number}"
    assert query(asked) == RegisterQuery(tuple(words.split()), Number(seq, year))


MONTH_NAMES = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]


@given(st.dates(date(1995, 1, 1), TODAY), st.sampled_from(["{d}.{m}.{y}", "{y}-{m:02d}-{d:02d}", "{d}. {name} {y}"]))
def test_a_day_is_read_as_it_is_written(when: date, written: str) -> None:
    text = written.format(d=when.day, m=when.month, y=when.year, name=MONTH_NAMES[when.month - 1])
    assert query(f"kurve {text}") == RegisterQuery(("kurve",), since=when, until=when)
