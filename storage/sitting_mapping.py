"""Rows of meetings under way, decisions and follow-ups to the values of ``board`` and back, by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from board.agenda import ItemKind
from board.decision import Condition, Decision, Outcome
from board.follow_up import FollowUp, FollowUpState, Report
from board.ids import CaseId, FollowUpId, ItemId, MeetingId, PersonId
from board.people import Body
from board.sitting import Seat, Sitting, SittingState
from storage import sitting_records as r
from storage.transaction import Row

SITTING_COLUMNS = tuple(r.sittings.columns)
DECISION_COLUMNS = tuple(column for column in r.decisions.columns if column.name != "no")
FOLLOW_UP_COLUMNS = tuple(column for column in r.follow_ups.columns if column.name != "no")


def sitting_from(row: Row) -> Sitting:
    meeting, body, rev, state, started_at, started_by, current, reason, quorum_by, closed_at, closed_by, *lists = row
    items, seats = lists
    return Sitting(
        meeting=MeetingId(meeting),
        body=Body(body),
        rev=rev,
        items=tuple(ItemId(item) for item in items),
        started_at=started_at,
        started_by=PersonId(started_by),
        current=ItemId(current),
        seats=tuple(Seat(PersonId(person), _person(member)) for person, member in seats),
        state=SittingState(state),
        without_quorum=reason,
        quorum_by=_person(quorum_by),
        closed_at=closed_at,
        closed_by=_person(closed_by),
    )


def sitting_values(sitting: Sitting) -> dict[str, Any]:
    """All but the meeting that it is of."""
    return {
        "body": sitting.body.value,
        "rev": sitting.rev,
        "state": sitting.state.value,
        "started_at": sitting.started_at,
        "started_by": sitting.started_by,
        "current_item": sitting.current,
        "without_quorum": sitting.without_quorum,
        "quorum_by": sitting.quorum_by,
        "closed_at": sitting.closed_at,
        "closed_by": sitting.closed_by,
        "items": list(sitting.items),
        "seats": [[seat.person, seat.stands_for] for seat in sitting.seats],
    }


def decision_from(row: Row) -> Decision:
    meeting, item, rev, kind, outcome, by, at, case, number, published_at, published_by, *texts = row
    conditions, present, left, dissent, proposal, text, statement = texts
    return Decision(
        meeting=MeetingId(meeting),
        item=ItemId(item),
        rev=rev,
        kind=ItemKind(kind),
        outcome=Outcome(outcome),
        recorded_by=PersonId(by),
        recorded_at=at,
        case=CaseId(case) if case else None,
        number=number,
        proposal=proposal,
        text=text,
        conditions=tuple(_condition_from(values) for values in conditions),
        present=_people(present),
        left=_people(left),
        dissent=_people(dissent),
        statement=statement,
        published_at=published_at,
        published_by=_person(published_by),
    )


def decision_values(decision: Decision) -> dict[str, Any]:
    """All but the meeting and the item that it is of."""
    return {
        "rev": decision.rev,
        "kind": decision.kind.value,
        "outcome": decision.outcome.value,
        "recorded_by": decision.recorded_by,
        "recorded_at": decision.recorded_at,
        "case_id": decision.case,
        "number": decision.number,
        "published_at": decision.published_at,
        "published_by": decision.published_by,
        "conditions": [{"text": c.text, "owner": c.owner, "due": c.due} for c in decision.conditions],
        "present": list(decision.present),
        "left_room": list(decision.left),
        "dissent": list(decision.dissent),
        "proposal": decision.proposal,
        "text": decision.text,
        "statement": decision.statement,
    }


def follow_up_from(row: Row) -> FollowUp:
    id_, rev, case, meeting, number, owner, due, opened_at, state, done_at, done_by, text, reports = row
    return FollowUp(
        id=FollowUpId(id_),
        rev=rev,
        case=CaseId(case),
        meeting=MeetingId(meeting),
        number=number,
        text=text,
        owner=PersonId(owner),
        due=due,
        opened_at=opened_at,
        state=FollowUpState(state),
        reports=tuple(_report_from(values) for values in reports),
        done_at=done_at,
        done_by=_person(done_by),
    )


def follow_up_values(follow_up: FollowUp) -> dict[str, Any]:
    """All but its id."""
    return {
        "rev": follow_up.rev,
        "case_id": follow_up.case,
        "meeting_id": follow_up.meeting,
        "number": follow_up.number,
        "owner": follow_up.owner,
        "due": follow_up.due,
        "opened_at": follow_up.opened_at,
        "state": follow_up.state.value,
        "done_at": follow_up.done_at,
        "done_by": follow_up.done_by,
        "text": follow_up.text,
        "reports": [{"note": r.note, "by": r.by, "at": r.at, "new_date": r.new_date} for r in follow_up.reports],
    }


def _condition_from(values: Mapping[str, Any]) -> Condition:
    return Condition(values["text"], PersonId(values["owner"]), date.fromisoformat(values["due"]))


def _report_from(values: Mapping[str, Any]) -> Report:
    day = values["new_date"]
    at = datetime.fromisoformat(values["at"])
    return Report(values["note"], PersonId(values["by"]), at, date.fromisoformat(day) if day else None)


def _person(value: str | None) -> PersonId | None:
    return PersonId(value) if value else None


def _people(values: Iterable[str]) -> tuple[PersonId, ...]:
    return tuple(PersonId(value) for value in values)
