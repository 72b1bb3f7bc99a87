"""Which duties begin and end with what happens to a case. One row of the table per event and state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from board.case import Case
from board.clock import local_day
from board.deadlines import working_day_after
from board.duty import Duty, DutyKind, ask
from board.events import Event, Happened
from board.hours import Hours
from board.ids import DutyId, PersonId
from board.mandate import Mandate
from board.notices import ASKS_LATE
from board.people import Role
from board.states import ENDED, CaseState
from board.treatment import TAKES_STATEMENTS

_K, _S = DutyKind, CaseState

CASE_DUTIES: Final = frozenset({_K.CONFIRM, _K.REVIEW, _K.COMPLETE, _K.SUBMIT})
ABOUT_CASES: Final = CASE_DUTIES | {_K.STATEMENT, _K.LATE, _K.RULE, _K.BENEFIT}
"""The duties whose object is a case; those of all others are meetings."""
_LATE_RULED: Final = frozenset({Happened.LATE_ACCEPTED, Happened.LATE_REFUSED})

LATE_DAYS: Final = 1
"""Working days for each word on a late case: there is no time to lose."""

_ARISES: Final[Mapping[CaseState, DutyKind]] = {
    _S.AWAITING_OWNER: _K.CONFIRM,
    _S.SUBMITTED: _K.REVIEW,
    _S.INCOMPLETE: _K.COMPLETE,
}


def roles_asked(event: Event) -> frozenset[Role]:
    """The roles whose holders must be known before :func:`arising` can name people."""
    late = {Role.PORTFOLIO_LEAD, Role.CHAIR} if event.what in ASKS_LATE else set()
    own = {_K.REVIEW: {Role.OFFICE}, _K.STATEMENT: {Role.EMPLOYEE_REP}}.get(_begins(event) or _K.CONFIRM, set())
    return frozenset(late | own)


def ending(event: Event) -> frozenset[DutyKind]:
    """The duties about the case that are over with this event: all of a step's whenever it takes the next one."""
    over: set[DutyKind] = set(CASE_DUTIES) if event.from_state != event.to_state else set()
    if event.what in _LATE_RULED:
        over.add(_K.LATE)
    if event.from_state != event.to_state and event.to_state not in TAKES_STATEMENTS:
        over.add(_K.STATEMENT)
    if event.to_state in ENDED:
        over |= {_K.LATE, _K.RULE}
    return frozenset(over)


def arising(
    event: Event, case: Case, holders: Mapping[Role, Iterable[PersonId]], mandate: Mandate, hours: Hours
) -> tuple[Duty, ...]:
    """The duties that begin with this event, each with its first reminder planned."""
    kinds = [kind for kind in (_begins(event), _late(event, case)) if kind]
    return tuple(duty for kind in kinds for duty in duties_for(kind, case, holders, mandate, hours))


def _late(event: Event, case: Case) -> DutyKind | None:
    asks = event.what in ASKS_LATE and case.late is not None and case.late.is_open and case.received_at is not None
    return _K.LATE if asks else None


def duties_for(
    kind: DutyKind, case: Case, holders: Mapping[Role, Iterable[PersonId]], mandate: Mandate, hours: Hours
) -> tuple[Duty, ...]:
    """One duty for each who owes it."""
    asked_at = case.updated_at
    due = _due(kind, case, mandate, hours)
    return tuple(
        ask(
            Duty(
                DutyId(f"{kind}:{case.id}:{case.rev}:{person}"),
                kind,
                case.id,
                person,
                asked_at,
                due,
                deputy=_deputy(kind, case),
            ),
            hours,
        )
        for person in _owers(kind, case, holders)
    )


def _begins(event: Event) -> DutyKind | None:
    if not event.to_state or event.from_state == event.to_state:
        return None
    if event.what is Happened.CASE_DECLINED:
        return _K.COMPLETE
    if event.what is Happened.CASE_SCHEDULED_WG:
        return _K.STATEMENT
    return _ARISES.get(CaseState(event.to_state))


def _owers(kind: DutyKind, case: Case, holders: Mapping[Role, Iterable[PersonId]]) -> tuple[PersonId, ...]:
    match kind:
        case DutyKind.CONFIRM:
            return (case.owner,) if case.owner else ()
        case DutyKind.REVIEW:
            return _able(holders.get(Role.OFFICE, ()), case)
        case DutyKind.STATEMENT:
            return _able(holders.get(Role.EMPLOYEE_REP, ()), case)
        case DutyKind.LATE:
            awaits = case.late.awaits if case.late else None
            return _able(holders.get(awaits, ()), case) if awaits else ()
        case _:
            return (case.submitter,)


def _able(people: Iterable[PersonId], case: Case) -> tuple[PersonId, ...]:
    """Those who are not inhabil."""
    return tuple(person for person in people if person not in case.excluded)


def _deputy(kind: DutyKind, case: Case) -> PersonId | None:
    """Who was named to stand in for the owner of this case before keeps doing so."""
    return case.owner_deputy if kind is _K.CONFIRM else None


def _due(kind: DutyKind, case: Case, mandate: Mandate, hours: Hours) -> date:
    if case.deadline is not None and kind is _K.COMPLETE:
        return case.deadline
    if case.statements_due is not None and kind is _K.STATEMENT:
        return case.statements_due
    days = {
        _K.CONFIRM: mandate.reminders.confirm_days,
        _K.REVIEW: mandate.reminders.review_days,
        _K.LATE: LATE_DAYS,
    }.get(kind, mandate.reminders.complete_days)
    return working_day_after(local_day(case.updated_at), days, hours.calendar)
