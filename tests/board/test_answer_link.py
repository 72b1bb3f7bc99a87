"""The rule of the one-time link: how long it lives, and how it is known as ours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.answer_link import (
    ANONYMOUS,
    ANSWERS,
    MOST_DAYS,
    SEVERAL,
    AnswerLink,
    Why,
    carried_by,
    id_claimed_by,
    last_day,
    link_id,
    lives_until,
    read_token,
    token_of,
)
from board.duty import Duty, DutyKind
from board.ids import DutyId, PersonId
from board.notices import NoticeKind
from cards import actions

KARI, OLA = PersonId("kari"), PersonId("ola")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = "0f" * 32


def duty(due: date, kind: DutyKind = DutyKind.ATTEND, person: PersonId = KARI, ended: datetime | None = None) -> Duty:
    return Duty(DutyId(f"{kind}{person}{due}"), kind, "m1", person, NOW, due, ended_at=ended)


def until(*duties: Duty, verbs: frozenset[str] = frozenset({"meeting.attend"})) -> date:
    return last_day(lives_until(duties, KARI, verbs, NOW))


def test_it_lives_through_the_duty_s_last_day_in_oslo() -> None:
    assert until(duty(date(2026, 3, 9))) == date(2026, 3, 9)
    assert lives_until([duty(date(2026, 3, 9))], KARI, frozenset(), NOW) == datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert lives_until([duty(date(2026, 4, 1))], KARI, frozenset(), NOW).hour == 22, "summer time"


def test_it_is_the_day_of_what_is_asked_and_of_this_person() -> None:
    task = duty(date(2026, 3, 20), DutyKind.TASK)
    assert until(duty(date(2026, 3, 9)), task) == date(2026, 3, 9)
    assert until(task) == date(2026, 3, 20), "where nothing names the very act"
    assert until(duty(date(2026, 3, 9), person=OLA)) == date(2026, 4, 1)
    assert until(duty(date(2026, 3, 9), ended=NOW)) == date(2026, 4, 1)


def test_without_a_day_or_far_ahead_it_lives_a_month_and_after_the_day_until_tomorrow() -> None:
    assert until() == until(duty(date(2027, 1, 1))) == date(2026, 3, 2) + timedelta(days=MOST_DAYS)
    assert until(duty(date(2026, 3, 2))) == date(2026, 3, 2)
    assert until(duty(date(2026, 3, 1))) == date(2026, 3, 3)


def link(**changed: object) -> AnswerLink:
    given: dict[str, object] = {
        "id": link_id(KEY, "7|kari"),
        "person": KARI,
        "kind": "duty.asked",
        "object_id": "m1",
        "part": "attendance",
        "rev": 1,
        "at": NOW,
        "expires_at": NOW + timedelta(days=3),
    }
    return AnswerLink(**{**given, **changed})  # type: ignore[arg-type]  # the fields above


def test_used_comes_before_expired_and_the_last_second_counts() -> None:
    end = link().expires_at
    assert link().refuses(end - timedelta(seconds=1)) is None
    assert link().refuses(end) is Why.EXPIRED
    assert link(used_at=NOW).refuses(end + timedelta(days=9)) is Why.USED


def test_the_same_delivery_gets_the_same_link_and_another_key_or_delivery_another() -> None:
    assert link_id(KEY, "7|kari") == link_id(KEY, "7|kari")
    assert len({link_id(KEY, "7|kari"), link_id(KEY, "8|kari"), link_id("f0" * 32, "7|kari")}) == 3


def test_a_token_is_read_back() -> None:
    read = read_token(token_of(link(), KEY), KEY)
    assert read is not None
    assert (read.id, read.expires_at) == (link().id, link().expires_at)
    assert id_claimed_by(token_of(link(), KEY)) == link().id


@pytest.mark.parametrize("key", ["", "f0" * 32])
def test_no_other_key_reads_it(key: str) -> None:
    assert read_token(token_of(link(), KEY), key) is None


@given(st.integers(min_value=0), st.characters())
def test_no_character_can_be_another(place: int, other: str) -> None:
    token = token_of(link(), KEY)
    at = place % len(token)
    altered = f"{token[:at]}{other}{token[at + 1 :]}"
    assert (read_token(altered, KEY) is None) == (altered != token)


@given(st.text(max_size=120))
def test_nothing_else_is_a_token(text: str) -> None:
    assert read_token(text, KEY) is None
    assert id_claimed_by(text) == "" or len(id_claimed_by(text)) == 32


def test_what_a_link_may_answer_are_verbs_that_there_are() -> None:
    known = {value for name, value in vars(actions).items() if name.isupper()}
    assert known >= ANSWERS >= ANONYMOUS | SEVERAL
    assert not ANSWERS & {actions.TASK_SNOOZE, actions.CASE_WITHDRAW, actions.CASE_SUBMIT, actions.MINUTES_CONCLUDE}


def test_a_list_of_duties_carries_no_link() -> None:
    assert not carried_by(NoticeKind.DIGEST)
    assert carried_by(NoticeKind.MINUTES_CALLED)
