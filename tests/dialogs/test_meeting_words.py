"""What people write about a meeting, in three languages and misspelt, seen from Monday 2 March 2026."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.people import Body
from dialogs.meeting_words import Wish, read_body, read_cancelling, read_day, read_move, read_wish
from dialogs.times import find_length, read_time

MONDAY = date(2026, 3, 2)
DAY = date(2026, 9, 24)
BOARD, WG, OFFICE = Body.BOARD, Body.WORKING_GROUP, Body.OFFICE
NINE = time(9)

WISHES = {
    # the body, the day and the time
    "styret 2026-09-24 09:00": Wish(BOARD, DAY, NINE),
    "styret 2026-09-24T09:00": Wish(BOARD, DAY, NINE),
    "styre 24. september kl 9": Wish(BOARD, DAY, NINE),
    "styremøte 24. september kl. 09.00": Wish(BOARD, DAY, NINE),
    "styremøtet torsdag 24. september klokka 9": Wish(BOARD, DAY, NINE),
    "styret torsdag den 24. september klokken 9": Wish(BOARD, DAY, NINE),
    "porteføljestyret 24.9. 9.00": Wish(BOARD, DAY, NINE),
    "for styret 24.09.2026 0900": Wish(BOARD, DAY, NINE),
    "i styret 24/9 kl 0900": Wish(BOARD, DAY, NINE),
    "styret 24.9 9": Wish(BOARD, DAY, NINE),
    "styret 24. september 2026 0900": Wish(BOARD, DAY, NINE),
    "24. september kl 9 styret": Wish(BOARD, DAY, NINE),
    "kl 9 24. september for styret": Wish(BOARD, DAY, NINE),
    "styret 24. september kl ni": Wish(BOARD, DAY, NINE),
    "styret 24. september halv ti": Wish(BOARD, DAY, time(9, 30)),
    "styret 24. september kvart over ni": Wish(BOARD, DAY, time(9, 15)),
    "styret 24. september 9.30": Wish(BOARD, DAY, time(9, 30)),
    "styret 24. september 1930": Wish(BOARD, DAY, time(19, 30)),
    "styret 24. september 2000": Wish(BOARD, DAY, time(20)),
    "styret 29. februar 2028 10.00": Wish(BOARD, date(2028, 2, 29), time(10)),
    "AU neste torsdag 9.30": Wish(WG, date(2026, 3, 5), time(9, 30)),
    "au-møte torsdag i neste uke kl 10": Wish(WG, date(2026, 3, 12), time(10)),
    "arbeidsutvalget om to uker kl 12": Wish(WG, date(2026, 3, 16), time(12)),
    "kontoret i morgen 0900": Wish(OFFICE, date(2026, 3, 3), NINE),
    "porteføljekontoret fredag kl 8.15": Wish(OFFICE, date(2026, 3, 6), time(8, 15)),
    "kontormøte i dag kl 13": Wish(OFFICE, MONDAY, time(13)),
    # nynorsk
    "arbeidsutvalet tysdag 22. september kl 13": Wish(WG, date(2026, 9, 22), time(13)),
    "styret laurdag kl 9": Wish(BOARD, date(2026, 3, 7), NINE),
    "porteføljekontoret i morgon kl 9": Wish(OFFICE, date(2026, 3, 3), NINE),
    "styret måndag 28. september klokka 9, 3 timar": Wish(BOARD, date(2026, 9, 28), NINE, 180),
    # English
    "board 24 September 9am": Wish(BOARD, DAY, NINE),
    "board on Thursday 24 September at 9.30": Wish(BOARD, DAY, time(9, 30)),
    "the board September 24th at 2 pm": Wish(BOARD, DAY, time(14)),
    "board meeting 24 September 12:30 pm": Wish(BOARD, DAY, time(12, 30)),
    "working group next Thursday at 10:30 for 2 hours": Wish(WG, date(2026, 3, 5), time(10, 30), 120),
    "portfolio office tomorrow 2pm": Wish(OFFICE, date(2026, 3, 3), time(14)),
    "board 24 September half past nine": Wish(BOARD, DAY, time(9, 30)),
    # misspelt
    "stryet 24. september kl 9": Wish(BOARD, DAY, NINE),
    "styrte 24. septmber kl 9": Wish(BOARD, DAY, NINE),
    "styert torsdag 24. setpember kl 9": Wish(BOARD, DAY, NINE),
    "arbiedsutvalget torsag kl 12": Wish(WG, date(2026, 3, 5), time(12)),
    "arbeidsutvaget 24. sepetmber kl 9": Wish(WG, DAY, NINE),
    "porteføljekontroet 24. september kl 9": Wish(OFFICE, DAY, NINE),
    "borad 24 Septembr 9am": Wish(BOARD, DAY, NINE),
    "wroking group 24 September 9am": Wish(WG, DAY, NINE),
    # the place and the length
    "styret 24. september kl 9 på Grand hotell": Wish(BOARD, DAY, NINE, place="Grand hotell"),
    "styremøte i Oslo 24. september kl 9": Wish(BOARD, DAY, NINE, place="Oslo"),
    "styret på torsdag kl 9 på Teams": Wish(BOARD, date(2026, 3, 5), NINE, place="Teams"),
    "styret 24. september kl ni, møterom 3": Wish(BOARD, DAY, NINE, place="møterom 3"),
    "styret 24.9. kl. 9 i Sør-Østs lokaler i 3 timer": Wish(BOARD, DAY, NINE, 180, "Sør-Østs lokaler"),
    "styret 24. september kl 9, 3 timer, Teams": Wish(BOARD, DAY, NINE, 180, "Teams"),
    "board 24 September 9am at Gardermoen": Wish(BOARD, DAY, NINE, place="Gardermoen"),
    "styret 24.09.2026 kl 09:00-12:00": Wish(BOARD, DAY, NINE, 180),
    "styret 24. september kl 9–11": Wish(BOARD, DAY, NINE, 120),
    "styret 24. september 9-11": Wish(BOARD, DAY, NINE, 120),
    "styret 24. september fra 9 til 12": Wish(BOARD, DAY, NINE, 180),
    "styret 24 sept 09:00, varighet 2,5 timer": Wish(BOARD, DAY, NINE, 150),
    "styret 24. september kl 9 i halvannen time": Wish(BOARD, DAY, NINE, 90),
    # a part of it
    "": Wish(),
    "styret": Wish(BOARD),
    "24. september": Wish(None, DAY),
    "styret kl 9": Wish(BOARD, None, NINE),
    # what is not understood is handed back, and nothing is guessed
    "styret en gang i høst": Wish(BOARD, rest="en gang i høst"),
    "styret 32. september kl 9": Wish(BOARD, None, NINE, rest="32. september"),
    "styret 24. september kl 25": Wish(BOARD, DAY, rest="25"),
    "porteføljekontoret annenhver tirsdag kl 9": Wish(OFFICE, date(2026, 3, 3), NINE, rest="annenhver"),
}


@pytest.mark.parametrize("text", WISHES)
def test_a_meeting_is_read_as_people_write_it(text: str) -> None:
    assert read_wish(text, MONDAY) == WISHES[text]


OCTOBER = date(2026, 10, 1)
MOVES = {
    "styret 2026-09-24 til 2026-10-01 09:00": (Wish(BOARD, DAY), Wish(None, OCTOBER, NINE)),
    "24. september til 1. oktober": (Wish(None, DAY), Wish(None, OCTOBER)),
    "24. september kl 9 til 1. oktober kl 10": (Wish(None, DAY, NINE), Wish(None, OCTOBER, time(10))),
    "fra 24. september til 1. oktober kl 10": (Wish(None, DAY), Wish(None, OCTOBER, time(10))),
    "frå 24. september til 1. oktober": (Wish(None, DAY), Wish(None, OCTOBER)),
    "24. septmber til 1. oktobr": (Wish(None, DAY), Wish(None, OCTOBER)),
    "styret from 24 September to 1 October": (Wish(BOARD, DAY), Wish(None, OCTOBER)),
    "styret til 1. oktober": (Wish(BOARD), Wish(None, OCTOBER)),
    "til 1. oktober": (Wish(), Wish(None, OCTOBER)),
    "styret 24. september til kl 10": (Wish(BOARD, DAY), Wish(None, None, time(10))),
    "om to uker til fredag": (Wish(None, date(2026, 3, 16)), Wish(None, date(2026, 3, 6))),
    "AU 24. september fram til 1. oktober": (Wish(WG, DAY), Wish(None, OCTOBER)),
    "styret 24. september -> 1. oktober": (Wish(BOARD, DAY), Wish(None, OCTOBER)),
    "styret 24. september": (Wish(BOARD, DAY), Wish()),
    "": (Wish(), Wish()),
}


@pytest.mark.parametrize("text", MOVES)
def test_a_move_says_which_and_where_to(text: str) -> None:
    assert read_move(text, MONDAY) == MOVES[text]


@pytest.mark.parametrize(
    ("text", "which", "reason"),
    [
        ("24. september fordi leder er syk", Wish(None, DAY), "leder er syk"),
        ("styret 24. september, grunn: for få saker", Wish(BOARD, DAY), "for få saker"),
        ("styret pga. streik", Wish(BOARD), "streik"),
        ("board 24 September because of illness", Wish(BOARD, DAY), "illness"),
        ("styret 24. september", Wish(BOARD, DAY), ""),
    ],
)
def test_a_cancelling_may_give_its_reason(text: str, which: Wish, reason: str) -> None:
    assert read_cancelling(text, MONDAY) == (which, reason)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *[(words, NINE) for words in ("9", "09", "9.00", "09:00", "0900", "kl 9", "kl. 09.00", "klokka ni", "9am")],
        *[("halv ti", time(9, 30)), ("kvart på ti", time(9, 45)), ("14", time(14)), ("2 pm", time(14))],
        *[("12 am", time(0)), ("12 pm", time(12)), ("00:00", time(0))],
        *[("25", None), ("9.75", None), ("i morgen", None), ("", None), ("13 pm", None), ("9 eller 10", None)],
    ],
)
def test_a_field_of_a_form_is_read_as_a_time(text: str, at: time | None) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 timer", 180),
        ("2t", 120),
        ("to timar", 120),
        ("en og en halv time", 90),
        ("half an hour", 30),
        ("45 min", 45),
    ],
)
def test_a_length(text: str, minutes: int) -> None:
    found = find_length(text)
    assert found is not None
    assert found[0] == minutes


@pytest.mark.parametrize("text", ["at 9", "24. september", "møterom 3", "0 timer", ""])
def test_no_length(text: str) -> None:
    assert find_length(text) is None


def test_the_fields_of_the_form_forgive_misspelling_too() -> None:
    assert read_body("wg") is WG
    assert read_body("arbiedsutvalget") is WG
    assert read_body("hageselskapet") is None
    assert read_day("torsag 24. septmber", MONDAY) == DAY
    assert read_day("en gang i høst", MONDAY) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for wish in (read_wish(text, MONDAY), *read_move(text, MONDAY), read_cancelling(text, MONDAY)[0]):
        assert wish.minutes is None or wish.minutes > 0


@given(st.text(alphabet="24.:-/ aktiloprs09kl", max_size=60))
def test_near_dates_and_times_are_read_without_an_error(text: str) -> None:
    read_move(text, MONDAY)
    read_time(text)


def test_a_long_text_is_read_as_fast_as_a_short_one() -> None:
    assert read_wish("styret " + "og " * 2000 + "24. september", MONDAY).day is None
