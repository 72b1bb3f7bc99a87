"""Who may plan, move and cancel a meeting, and what an act that was let through changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board.attendance import Answered, Attendance, Coming, answer
from board.errors import RefusalCode
from board.events import Happened
from board.ids import MeetingId, PersonId
from board.meeting import Meeting, MeetingChanged, MeetingResult, MeetingState, plan
from board.people import Actor, Body, Role
from tests.board.support import LEAD, NOW, OFFICE, REGISTER, STRANGER, actor, refused

MEETING = Meeting(MeetingId("m"), Body.BOARD, NOW + timedelta(days=60), 180, "Hamar")
MEMBER = actor("anne", Role.MEMBER)
CHAIR = actor("cato", Role.CHAIR)
VARA = actor("vera", Role.DEPUTY)
LATER = MEETING.starts_at + timedelta(days=7)


def let_through(result: MeetingResult) -> MeetingChanged:
    assert isinstance(result, MeetingChanged), result
    return result


@pytest.mark.parametrize("who", [*REGISTER, STRANGER], ids=lambda who: who.id)
def test_the_office_and_its_lead_arrange_meetings_and_nobody_else(who: Actor) -> None:
    acts = (plan(MEETING, who, NOW), MEETING.move(who, LATER, NOW), MEETING.cancel(who, "Avlyst.", NOW))
    for result in acts:
        if who.is_handler:
            assert len(let_through(result).events) == 1
        else:
            refused(result, RefusalCode.NOT_ALLOWED)


def test_moving_counts_its_revision_and_tells_from_when_to_when() -> None:
    moved = let_through(MEETING.move(OFFICE, LATER, NOW))
    assert (moved.meeting.rev, moved.meeting.starts_at, moved.meeting.last) == (2, LATER, Happened.MEETING_MOVED)
    (event,) = moved.events
    assert event.details == {"from": MEETING.starts_at.isoformat(), "to": LATER.isoformat()}
    assert (event.rev, event.by) == (2, OFFICE.id)


def test_moving_to_the_time_it_has_changes_nothing() -> None:
    assert let_through(MEETING.move(OFFICE, MEETING.starts_at, NOW)) == MeetingChanged(MEETING, ())


def test_neither_planned_nor_moved_into_the_past() -> None:
    refused(plan(replace(MEETING, starts_at=NOW), LEAD, NOW), RefusalCode.TIME_PASSED)
    refused(MEETING.move(LEAD, NOW - timedelta(days=1), NOW), RefusalCode.TIME_PASSED)


def test_a_meeting_that_was_held_or_cancelled_stays_as_it_is() -> None:
    cancelled = let_through(MEETING.cancel(OFFICE, "For få saker.", NOW)).meeting
    assert cancelled.state is MeetingState.CANCELLED
    after = MEETING.starts_at + timedelta(hours=5)
    for result in (
        cancelled.move(OFFICE, LATER, NOW),
        cancelled.cancel(OFFICE, "Igjen.", NOW),
        MEETING.move(OFFICE, after + timedelta(days=9), after),
    ):
        refused(result, RefusalCode.ALREADY)


def test_cancelling_needs_its_reason() -> None:
    refused(MEETING.cancel(OFFICE, "  ", NOW), RefusalCode.REASON_NEEDED)
    assert let_through(MEETING.cancel(OFFICE, " For få saker. ", NOW)).events[0].reason == "For få saker."


@pytest.mark.parametrize(
    ("change", "code"), [({"minutes": 0}, "unknown_choice"), ({"minutes": 2000}, "unknown_choice")]
)
def test_a_length_that_no_meeting_has(change: dict[str, int], code: str) -> None:
    refused(plan(replace(MEETING, **change), OFFICE, NOW), RefusalCode(code))  # type: ignore[arg-type]  # numbers only


# -- who comes ---------------------------------------------------------------------------------------------------------


def said(
    who: Actor,
    coming: Coming,
    *,
    person: PersonId = MEMBER.id,
    current: Attendance | None = None,
    stands_in: bool = False,
) -> Answered:
    result = answer(MEETING, who, person, coming, current=current, stands_in=stands_in, now=NOW)
    assert isinstance(result, Answered), result
    return result


def test_the_members_own_answer_wins_whenever_it_comes() -> None:
    by_office = said(OFFICE, Coming.NO).attendance
    by_deputy = said(VARA, Coming.YES, stands_in=True, current=by_office).attendance
    assert (by_deputy.answer, by_deputy.deputy) == (Coming.DEPUTY, VARA.id)
    own = said(MEMBER, Coming.YES, current=by_deputy).attendance
    assert (own.answer, own.deputy, own.by) == (Coming.YES, None, MEMBER.id)
    late = answer(MEETING, VARA, MEMBER.id, Coming.YES, current=own, stands_in=True, now=NOW)
    refused(late, RefusalCode.ALREADY)


def test_the_chair_is_counted_too_and_strangers_are_not() -> None:
    assert said(CHAIR, Coming.YES, person=CHAIR.id).events
    for stranger in (STRANGER, actor("kari", Role.SUBMITTER), VARA):
        result = answer(MEETING, stranger, MEMBER.id, Coming.YES, current=None, stands_in=False, now=NOW)
        refused(result, RefusalCode.NOT_ALLOWED)
    submitter = actor("kari", Role.SUBMITTER)
    refused(
        answer(MEETING, submitter, submitter.id, Coming.YES, current=None, stands_in=False, now=NOW),
        RefusalCode.NOT_ALLOWED,
    )


def test_the_same_answer_again_is_no_event() -> None:
    first = said(MEMBER, Coming.YES).attendance
    assert said(MEMBER, Coming.YES, current=first).events == ()
    assert said(MEMBER, Coming.NO, current=first).events


def test_nobody_answers_for_a_meeting_that_is_over_or_off() -> None:
    off = replace(MEETING, state=MeetingState.CANCELLED, changed_by=PersonId("lise"), changed_at=NOW)
    refused(answer(off, MEMBER, MEMBER.id, Coming.YES, current=None, stands_in=False, now=NOW), RefusalCode.ALREADY)
    over = MEETING.ends_at
    refused(
        answer(MEETING, MEMBER, MEMBER.id, Coming.YES, current=None, stands_in=False, now=over), RefusalCode.ALREADY
    )
