"""What must hold of cases, meetings and minutes whatever was done to them, in whichever order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from board.approval import Said
from board.events import Happened
from board.minutes import MinutesState
from board.remarks import RemarkState
from board.states import CASE_TRANSITIONS, CaseState
from tests.contracts.course_world import CHAIR, A, B, Looked


def reached(now: Looked) -> set[str]:
    found = {str(case.state) for case in now.cases.values()}
    found |= {str(minutes.state) for minutes in now.minutes.values()}
    found |= {str(minutes.conclusion) for minutes in now.minutes.values() if minutes.conclusion}
    return found | ({"locked"} if any(minutes.sha256 for minutes in now.minutes.values()) else set())


FAR: Final = {
    "decided",
    "published",
    "minuted",
    "closed",
    "wg_treated",
    "incomplete",
    "circulated",
    "approved",
    "locked",
}


_STEPS: Final = {(t.source, t.target) for t in CASE_TRANSITIONS}


def only_states_that_are_reached(now: Looked) -> None:
    for case in now.cases.values():
        state = CaseState.DISPATCHED
        for event in now.events[case.id]:
            if event.to_state:
                assert event.from_state == state, "each step begins where the one before ended"
                assert (CaseState(event.from_state), CaseState(event.to_state)) in _STEPS
                state = CaseState(event.to_state)
        assert case.state is state, "the log leads to what is stored"


def one_decision_a_case_and_meeting(now: Looked) -> None:
    for meeting, decisions in now.decisions.items():
        assert all(times == 1 for times in Counter(one.case for one in decisions if one.case).values())
        assert all(times == 1 for times in Counter(one.item for one in decisions).values())
        sitting = now.sittings.get(meeting)
        assert not decisions or sitting is not None
        if sitting and not sitting.is_open:
            assert {one.item for one in decisions} == set(sitting.items), "closed with every item decided"
    for one in now.decisions[A]:
        case = now.cases.get(one.case) if one.case else None
        if case and not one.is_published and case.state is not CaseState.WITHDRAWN:
            assert case.state is CaseState.DECIDED
            assert case.board_outcome is one.outcome


def the_log_says_what_is_stored(now: Looked) -> None:
    for meeting, decisions in now.decisions.items():
        told = Counter((e.details["item"], e.what) for e in now.events[meeting] if "item" in e.details)
        for one in decisions:
            times = told[one.item, Happened.DECISION_RECORDED] + told[one.item, Happened.DECISION_PUBLISHED]
            assert one.rev == times, "a row in the log for every revision"
            assert one.is_published == bool(told[one.item, Happened.DECISION_PUBLISHED])
        opened = [e for e in now.events[meeting] if e.what is Happened.MEETING_STARTED]
        closed = [e for e in now.events[meeting] if e.what is Happened.MEETING_CLOSED]
        sitting = now.sittings.get(meeting)
        assert (len(opened), len(closed)) == (int(sitting is not None), int(bool(sitting and not sitting.is_open)))
    for those in now.follow_ups.values():
        for follow_up in those:
            whats = Counter(event.what for event in now.events[follow_up.id])
            assert whats[Happened.FOLLOW_UP_OPENED] == 1
            assert whats[Happened.FOLLOW_UP_DONE] == int(not follow_up.is_open)
            said = whats[Happened.FOLLOW_UP_DONE] + whats[Happened.FOLLOW_UP_REPORTED]
            assert said == len(follow_up.reports) == follow_up.rev - 1
    _of_minutes(now)


def _of_minutes(now: Looked) -> None:
    minutes, events = now.minutes.get(A), now.events[f"minutes:{A}"]
    whats = Counter(event.what for event in events)
    assert whats[Happened.MINUTES_DRAFTED] == int(minutes is not None)
    if minutes is None:
        return
    assert [one.version for one in now.versions[A]] == list(range(1, minutes.version + 1))
    assert whats[Happened.REMARK_GIVEN] == len(now.remarks[A])
    answers = [(e.by, e.details["digest"]) for e in events if e.what is Happened.MINUTES_APPROVAL]
    assert answers == [(one.person, one.digest) for one in now.approvals[A]]
    assert all(times == 1 for times in Counter((one.member, one.digest) for one in now.approvals[A]).values())
    assert not answers or B in now.sittings, "not before the next meeting has begun"
    known = {one.digest for one in now.versions[A]}
    assert {one.digest for one in now.approvals[A]} <= known, "only texts that were shown"
    assert whats[Happened.MINUTES_LOCKED] == int(bool(minutes.sha256))
    if minutes.state is MinutesState.APPROVED:
        assert minutes.approved_by == CHAIR.id
        assert any(one.said is Said.APPROVE for one in now.approvals[A]), "silence never approves"
    taken = [one for one in now.remarks[A] if one.state is RemarkState.ACCEPTED]
    assert all(one.taken_in is not None and one.taken_in <= minutes.version for one in taken)
    if minutes.approved_version is not None:
        approved = {CaseState.MINUTED, CaseState.CLOSED}
        for one in now.decisions[A]:
            case = now.cases.get(one.case) if one.case else None
            if case and one.is_published and case.board_meeting == A and case.state is not CaseState.WITHDRAWN:
                assert case.state in approved | {CaseState.PUBLISHED}


def in_line_is_what_the_log_says(now: Looked) -> None:
    """Every notice has its row in the log, and every row that tells somebody has its notices: once each."""
    told = Counter(now.told)
    assert all(times == 1 for times in _news(told).values()), "nothing is said twice"
    expected: set[tuple[str, str, str]] = set()
    for event in now.all_events():
        if event.what is Happened.CASE_PUBLISHED:
            case = now.cases[event.object_id]  # type: ignore[index]  # the object of such an event is a case
            to = {case.submitter, case.owner} - {event.by, None}
            expected |= {("decision.published", event.object_id, str(one)) for one in to}
        if event.what is Happened.FOLLOW_UP_OPENED and event.details["owner"] != event.by:
            expected.add(("follow_up.opened", event.object_id, event.details["owner"]))
    kinds = {"decision.published", "follow_up.opened"}
    assert {one for one in told if one[0] in kinds} == expected
    for what in (Happened.MINUTES_CALLED, Happened.MINUTES_CIRCULATED):
        happened = any(event.what is what for event in now.all_events())
        assert any(one[0] == what for one in told) == happened


def _news(told: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str, str]]:
    """Without what may come again for the same object: a report, a remark, a new calling."""
    again = {"follow_up.reported", "minutes.remark_given", "minutes.remark_ruled", "minutes.called", "case.returned"}
    return Counter({one: times for one, times in told.items() if one[0] not in again})


def nothing_is_undone(before: Looked | None, now: Looked) -> None:
    """The log only grows; what was published, answered or locked stays as it is."""
    if before is None:
        return
    for name, events in before.events.items():
        assert list(now.events[name][: len(events)]) == list(events)
    assert list(now.approvals[A][: len(before.approvals[A])]) == list(before.approvals[A])
    assert list(now.versions[A][: len(before.versions[A])]) == list(before.versions[A])
    published = {
        (one.meeting, one.item): one for those in before.decisions.values() for one in those if one.is_published
    }
    for those in now.decisions.values():
        for one in those:
            assert published.get((one.meeting, one.item), one) == one
    locked, still = before.minutes.get(A), now.minutes.get(A)
    if locked and locked.sha256 and still:
        assert replace(still, rev=locked.rev) == locked
