"""What is said, to whom, and that it is said once: the planner, and the rehearsal that runs it ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from board.clock import OSLO, local_day
from board.deadlines import back_plan
from board.duty import Duty, DutyKind, ask
from board.hours import Hours
from board.ids import CaseId, DutyId, FollowUpId, MeetingId, PersonId
from board.meeting import Meeting, MeetingState
from board.notices import NoticeKind
from board.people import Body, Holding, Role
from board.planned import Does, PlannedState, PlannedStep, steps_of
from board.planner import Plan, Standing, plan
from board.rehearsal import Stored, rehearse
from bot.calendar import NorwegianCalendar
from tests.board.support import mandate

CALENDAR = NorwegianCalendar()
HOURS = Hours(mandate().reminders.opens, mandate().reminders.closes, CALENDAR)
OFFSETS = mandate().offsets_of(Body.BOARD)
CHAIR, ANNE, BO, LISE, PER, VARA = map(PersonId, ("chair", "anne", "bo", "lise", "per", "vara"))
CHANNEL = PersonId("channel:teams:19:c")
HELD = {
    Role.CHAIR: [CHAIR],
    Role.MEMBER: [ANNE, BO],
    Role.OFFICE: [LISE],
    Role.PORTFOLIO_LEAD: [PER],
    Role.DEPUTY: [VARA],
    Role.SUBMITTER: [PersonId("kari")],
}
SINCE = date(2022, 1, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


MEETING = Meeting(MeetingId("m"), Body.BOARD, at("2026-09-24 09:00"), 180)


def standing(**more: object) -> Standing:
    known = Standing(
        hours=HOURS,
        offsets={o.id: o for o in mandate().offsets},
        holders=HELD,
        deputies={ANNE: [VARA]},
        meetings={MEETING.id: MEETING},
        drafts={MEETING.id: [(CaseId("draft"), PersonId("kari"))]},
        channels=[CHANNEL],
    )
    return replace(known, **more)  # type: ignore[arg-type]  # the tests name fields of Standing


def steps(now: str = "2026-08-01 09:00", meeting: Meeting = MEETING) -> dict[str, PlannedStep]:
    return {f"{s.deadline}:{s.does}": s for s in steps_of(meeting, OFFSETS, HOURS, at(now))}


def said(made: Plan) -> set[tuple[str, str]]:
    return {(str(notice.kind), notice.to) for notice in made.notices}


def test_attendance_is_asked_with_a_card_of_its_own_and_becomes_a_duty() -> None:
    step = steps()["attendance:ask"]
    made = plan([], [step], standing(), at("2026-09-14 08:00"))
    assert said(made) == {("duty.asked", to) for to in (CHAIR, ANNE, BO)}
    assert {(d.person, d.kind, d.due) for d in made.asked} == {
        (to, DutyKind.ATTEND, date(2026, 9, 18)) for to in (CHAIR, ANNE, BO)
    }
    assert [s.state for s in made.steps] == [PlannedState.DONE]


def test_tasks_of_the_office_come_in_the_digest_of_the_day_however_many() -> None:
    found = steps()
    made = plan([], [found["pack:ask"], found["wg_minutes:ask"]], standing(), at("2026-09-09 08:00"))
    assert [(n.kind, n.to, n.once) for n in made.notices] == [(NoticeKind.DIGEST, LISE, "2026-09-09")]
    assert {d.part for d in made.asked} == {"pack", "wg_minutes"}


def test_who_prepares_the_working_group_is_not_asked_where_its_meeting_is_set_up() -> None:
    step = steps()["wg_meeting:ask"]
    assert plan([], [step], standing(), at("2026-08-13 08:00")).asked
    assert not plan([], [step], standing(prepared=frozenset({MEETING.id})), at("2026-08-13 08:00")).asked


def test_the_intake_reminds_only_those_who_have_a_draft_for_the_meeting() -> None:
    made = plan([], [steps()["intake_closes:ask"]], standing(), at("2026-08-18 08:00"))
    assert said(made) == {("tasks.digest", "kari")}
    assert [(d.object_id, d.kind) for d in made.asked] == [("draft", DutyKind.SUBMIT)]
    assert not plan([], [steps()["intake_closes:ask"]], standing(drafts={}), at("2026-08-18 08:00")).notices


def test_the_owner_of_each_open_follow_up_is_asked_ten_days_before_with_a_card_of_its_own() -> None:
    step = steps()["follow_ups:ask"]
    assert local_day(step.at) == date(2026, 9, 14)
    owned = [(FollowUpId("one"), PersonId("ola")), (FollowUpId("two"), ANNE)]
    made = plan([], [step], standing(follow_ups=owned), at("2026-09-14 08:00"))
    assert said(made) == {("follow_up.requested", "ola"), ("follow_up.requested", ANNE)}
    assert {(d.object_id, d.kind, d.person, d.due) for d in made.asked} == {
        (name, DutyKind.FOLLOW_UP, owner, date(2026, 9, 18)) for name, owner in owned
    }
    assert not plan([], [step], standing(), at("2026-09-14 08:00")).asked


def test_each_meeting_asks_anew() -> None:
    other = replace(MEETING, id=MeetingId("other"), starts_at=at("2026-12-03 09:00"))
    owned = [(FollowUpId("one"), ANNE)]
    asked = []
    for meeting, now in ((MEETING, "2026-09-14 08:00"), (other, "2026-11-23 08:00")):
        step = steps(meeting=meeting)["follow_ups:ask"]
        made = plan([], [step], standing(follow_ups=owned, meetings={meeting.id: meeting}), at(now))
        asked += [*(duty.id for duty in made.asked), *(notice.key for notice in made.notices)]
    assert len(asked) == len(set(asked)) == 4


def test_one_who_lets_the_day_pass_is_reminded_and_the_office_learns_it() -> None:
    duty = ask(Duty(DutyId("f"), DutyKind.FOLLOW_UP, "one", ANNE, at("2026-09-14 08:00"), date(2026, 9, 18)), HOURS)
    told: list[tuple[str, str]] = []
    while duty.next_at is not None:
        now = duty.next_at
        made = plan([duty], [], standing(), now)
        told += [(str(n.kind), n.to) for n in made.notices]
        (duty,) = made.duties
    assert ("tasks.digest", ANNE) in told
    assert ("tasks.digest", LISE) in told
    assert told[0] == ("tasks.digest", ANNE)


def test_a_milestone_goes_to_the_channels_and_names_nobody() -> None:
    made = plan([], [steps()["intake_closes:post"]], standing(), at("2026-08-20 08:00"))
    assert said(made) == {("meeting.word", CHANNEL)}


def test_a_word_that_came_too_late_is_listed_to_the_office_and_not_said() -> None:
    step = steps()["practical:tell"]
    late = at("2026-09-24 10:00")
    made = plan([], [step], standing(), late)
    assert [s.state for s in made.steps] == [PlannedState.EXPIRED]
    assert said(made) == {("tasks.digest", LISE)}


def test_what_nobody_would_have_heard_is_not_listed_as_missed() -> None:
    step = steps()["intake_closes:post"]
    late = at("2026-09-24 08:00")
    assert [s.state for s in plan([], [step], standing(), late).steps] == [PlannedState.EXPIRED]
    made = plan([], [step], standing(channels=[]), late)
    assert [s.state for s in made.steps] == [PlannedState.PASSED]
    assert not made.notices


def test_nothing_is_said_of_a_meeting_that_is_not_held() -> None:
    off = replace(MEETING, state=MeetingState.CANCELLED)
    made = plan([], steps().values(), standing(meetings={MEETING.id: off}), at("2026-09-14 08:00"))
    assert not made.notices
    assert not made.asked
    assert {s.state for s in made.steps} == {PlannedState.PASSED}


# -- the ladder --------------------------------------------------------------------------------------------------------


def duty(person: PersonId = ANNE, **more: object) -> Duty:
    asked = at("2026-09-14 08:00")
    plain = Duty(DutyId(f"d-{person}"), DutyKind.ATTEND, "m", person, asked, date(2026, 9, 18), "attendance")
    return replace(ask(plain, HOURS), **more)  # type: ignore[arg-type]  # fields of Duty


def test_the_one_who_owes_is_reminded_and_nobody_else() -> None:
    made = plan([duty()], [], standing(), at("2026-09-17 08:00"))
    assert said(made) == {("tasks.digest", ANNE)}
    assert made.duties[0].next_at == at("2026-09-18 08:00")


def test_where_a_deputy_does_it_the_deputy_is_reminded_and_on_the_last_day_both() -> None:
    held = duty(deputy=VARA)
    assert said(plan([held], [], standing(), at("2026-09-17 08:00"))) == {("tasks.digest", VARA)}
    assert said(plan([held], [], standing(), at("2026-09-18 08:00"))) == {
        ("tasks.digest", ANNE),
        ("tasks.digest", VARA),
    }


def test_the_day_after_deputy_and_office_learn_of_it_and_the_one_asked_is_left_alone() -> None:
    made = plan([duty()], [], standing(), at("2026-09-21 08:00"))
    assert said(made) == {("duty.handed_on", VARA), ("tasks.digest", LISE)}
    assert made.duties[0].next_at is None


def test_what_the_office_itself_lets_pass_is_told_to_its_lead() -> None:
    held = duty(LISE, kind=DutyKind.REVIEW)
    assert said(plan([held], [], standing(), at("2026-09-21 08:00"))) == {("tasks.digest", PER)}


def test_who_has_left_the_role_is_not_reminded() -> None:
    made = plan([duty(PersonId("left"))], [], standing(), at("2026-09-17 08:00"))
    assert not made.notices
    assert not made.duties[0].is_open


def test_many_duties_make_one_digest_a_person() -> None:
    held = [duty(id=DutyId(f"d{n}")) for n in range(40)]
    assert len(plan(held, [], standing(), at("2026-09-17 08:00")).notices) == 1


def test_the_office_hears_of_what_reached_nobody_once_a_day_in_its_digest() -> None:
    made = plan([], [], standing(office_has_news=True), at("2026-09-17 09:00"))
    assert said(made) == {("tasks.digest", LISE)}


# -- the back-plan's steps ---------------------------------------------------------------------------------------------


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(8, 18))
def test_steps_come_in_the_hours_of_a_working_day_never_after_their_deadline(day: date, hour: int) -> None:
    starts = datetime.combine(day, time(hour), OSLO)
    meeting = replace(MEETING, starts_at=starts.astimezone(UTC))
    planned = {d.offset.id: d for d in back_plan(meeting.day, OFFSETS, CALENDAR)}
    assert meeting.day - planned["pack"].planned >= timedelta(days=10), "never less than ten days"
    for step in steps_of(meeting, OFFSETS, HOURS, starts.astimezone(UTC) - timedelta(days=400)):
        assert HOURS.open_at(step.at)
        assert local_day(step.at) <= step.due <= planned[step.deadline].limit
        assert step.at < step.expires_at
        assert step.state is PlannedState.OPEN


def test_christmas_is_warned_of() -> None:
    def warned(day: date) -> bool:
        return next(d for d in back_plan(day, OFFSETS, CALENDAR) if d.offset.id == "pack").in_yule

    assert warned(date(2027, 1, 7))
    assert not warned(date(2026, 9, 24))


def test_planned_late_what_has_passed_is_not_said_and_what_can_be_answered_is_asked() -> None:
    found = steps("2026-09-16 10:00")
    assert found["call:tell"].state is PlannedState.PASSED
    assert found["wg_papers:ask"].state is PlannedState.PASSED
    assert found["attendance:ask"].state is PlannedState.OPEN, "there are two days to answer"
    assert found["practical:tell"].state is PlannedState.OPEN


def test_moved_ahead_what_was_said_is_said_again_on_its_new_day() -> None:
    done = [replace(s, state=PlannedState.DONE) for s in steps().values()]
    later = replace(MEETING, starts_at=at("2026-11-05 09:00"))
    anew = {s.key: s for s in steps_of(later, OFFSETS, HOURS, at("2026-09-16 09:00"), done)}
    assert anew["m:call:tell"].state is PlannedState.OPEN
    nearer = replace(MEETING, starts_at=at("2026-09-25 09:00"))
    anew = {s.key: s for s in steps_of(nearer, OFFSETS, HOURS, at("2026-09-16 09:00"), done)}
    assert anew["m:attendance:ask"].state is PlannedState.DONE, "asked already, its day has not come anew"
    assert anew["m:practical:tell"].state is PlannedState.OPEN


# -- the rehearsal -----------------------------------------------------------------------------------------------------


def stored(meetings: list[Meeting], now: datetime) -> Stored:
    held = [Holding(person, role, Body.BOARD, SINCE) for role, people in HELD.items() for person in people]
    held = [replace(h, deputy_for=ANNE) if h.role is Role.DEPUTY else h for h in held]
    found = [step for m in meetings for step in steps_of(m, OFFSETS, HOURS, now) if step.state is PlannedState.OPEN]
    return Stored([], found, {m.id: m for m in meetings}, held, {}, frozenset(), [CHANNEL])


@settings(max_examples=25)
@given(st.dates(date(2025, 1, 1), date(2034, 1, 1)), st.integers(1, 3))
def test_in_a_rehearsed_year_nobody_gets_two_digests_a_day_or_anything_at_night(first: date, count: int) -> None:
    now = datetime(first.year, first.month, first.day, 6, tzinfo=UTC)
    meetings = [
        replace(MEETING, id=MeetingId(f"m{n}"), starts_at=now + timedelta(days=60 + 56 * n, hours=3))
        for n in range(count)
    ]
    found = list(rehearse(stored(meetings, now), mandate(), HOURS, now + timedelta(days=400)))
    assert found
    keys = [would.notice.key for would in found]
    assert len(keys) == len(set(keys)), "each exactly once"
    assert [would.at for would in found] == sorted(would.at for would in found)
    assert all(HOURS.open_at(would.at) for would in found)
    digests = [(w.notice.to, local_day(w.at)) for w in found if w.notice.kind is NoticeKind.DIGEST]
    assert len(digests) == len(set(digests))
    asked = [w.notice for w in found if w.notice.kind is NoticeKind.DUTY_ASKED]
    assert len(asked) == 3 * count


def test_the_rehearsal_of_one_meeting_from_call_to_draft_minutes() -> None:
    now = at("2026-08-03 09:00")
    found = list(rehearse(stored([MEETING], now), mandate(), HOURS, at("2026-10-20 09:00")))
    told = [(f"{w.at.astimezone(OSLO):%m-%d %H:%M}", str(w.notice.kind), w.notice.to, w.notice.part) for w in found]
    assert set(told[:3]) == {
        ("08-13 08:00", "meeting.word", "kari", "call"),
        ("08-13 08:00", "meeting.word", CHANNEL, "call"),
        ("08-13 08:00", "tasks.digest", PER, ""),
    }
    assert ("09-23 08:00", "meeting.word", ANNE, "practical") in told
    assert ("09-21 08:00", "duty.handed_on", VARA, found[-1].notice.part) not in told
    assert any(entry[:3] == ("09-21 08:00", "duty.handed_on", VARA) for entry in told)
    assert all(entry[2] != "observer" for entry in told)


def test_does_names_what_is_planned() -> None:
    assert {s.does for s in steps().values()} == set(Does)


def test_the_deputy_who_rules_where_it_is_about_the_chair_is_reminded() -> None:
    asked = at("2026-09-14 09:00")
    duty = ask(Duty(DutyId("r"), DutyKind.RULE, "case", VARA, asked, date(2026, 9, 15), CHAIR), HOURS)
    now = at("2026-09-15 08:00")
    there = plan([duty], [], standing(deputies={CHAIR: [VARA]}), now)
    assert said(there) == {("tasks.digest", VARA)}
    gone = plan([duty], [], standing(deputies={ANNE: [VARA]}), now)
    assert said(gone) == set()
    assert [d.is_open for d in gone.duties] == [False]
