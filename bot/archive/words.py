"""How the archive calls people, meetings and days, in the language that is in use: the board's."""

from __future__ import annotations

from datetime import datetime

from board.case import Case
from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Body, Role
from bot.archive.facts import Facts
from bot.archive.record import Extra, Participant, Screening, Stamp
from cards.archive_texts import deputy_for, former_user
from cards.formats import day_and_month
from cards.labels import body_name, label, meeting_name, role_name

_FIRST = (Role.CHAIR, Role.PORTFOLIO_LEAD, Role.MEMBER, Role.DEPUTY, Role.EMPLOYEE_REP, Role.WG_MEMBER, Role.OFFICE)
"""As what somebody takes part, where he or she is several things: the first of these."""


def name_of(person: PersonId | None, facts: Facts) -> str:
    known = facts.people.get(person) if person else None
    return known.name if known else former_user()


def stamp(at: datetime, by: PersonId | None, facts: Facts) -> Stamp:
    return Stamp(at, name_of(by, facts))


def meeting_number(meeting: Meeting) -> str:
    """«2026-04-16», «AU 2026-04-01»: a body has one meeting a day, and no series of numbers of its own."""
    prefix = {Body.WORKING_GROUP: "AU ", Body.OFFICE: "RPK "}.get(meeting.body, "")
    return f"{prefix}{meeting.day.isoformat()}"


def meeting_title(meeting: Meeting) -> str:
    return f"{meeting_name(meeting.body)} {day_and_month(meeting.day)} {meeting.day.year}"


def body_words(meeting: Meeting, mandate: Mandate) -> str:
    return label(mandate.board) if meeting.body is Body.BOARD else body_name(meeting.body)


def participants(facts: Facts) -> tuple[Participant, ...]:
    """Those who sat in the meeting when it ended."""
    if facts.sitting is None:
        return ()
    return tuple(
        Participant(name_of(seat.person, facts), _function(seat.person, seat.stands_for, facts))
        for seat in facts.sitting.seats
    )


def _function(person: PersonId, stands_for: PersonId | None, facts: Facts) -> str:
    if stands_for:
        return deputy_for(name_of(stands_for, facts))
    role = next((role for role in _FIRST if person in facts.roles.get(role, ())), None)
    return role_name(role) if role else ""


def number_of(case: Case, facts: Facts) -> str:
    """What this meeting called it; a postponed one has lost that number since."""
    if facts.meeting.body is Body.WORKING_GROUP:
        return next((one.number for one in facts.treated if one.case == case.id), case.wg_number)
    decision = facts.decisions.get(case.id)
    item = facts.pack.item_of(case.id) if facts.pack else None
    return (decision.number if decision else "") or (item.number if item else "") or case.board_number or case.wg_number


def screening_of(case: Case) -> Screening | None:
    content = case.content
    return Screening(content.legal_basis) if content.classification == "exempt" else None


def meeting_screening(facts: Facts) -> Screening | None:
    """Of what holds all cases: exempt where one of them is, under every paragraph that they are exempt by."""
    found = {one.legal_basis for case in facts.cases.values() if (one := screening_of(case))}
    return Screening(", ".join(sorted(found))) if found else None


def extras_of(case: Case) -> tuple[Extra, ...]:
    content = case.content
    told = (
        ("sakstype", case.case_type),
        ("leveranseform", case.delivery_form),
        ("delportefølje", case.sub_portfolio),
        ("prosjektreferanse", content.project_ref),
        ("investering", "" if content.cost_investment is None else str(content.cost_investment)),
        ("drift", "" if content.cost_operation is None else str(content.cost_operation)),
        ("AU-nummer", case.wg_number),
        ("tilstand", case.state.value),
    )
    return tuple(Extra(name, value) for name, value in told if value)
