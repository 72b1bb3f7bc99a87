"""A case that Saksgang makes itself, for the portfolio office to hand to the working group (mandatet § 4, § 5, § 8).

The office is its submitter and the portfolio lead its owner. It goes past the owner: the mandate itself asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from board.case import Case
from board.case_content import LONG_TEXTS, MAX_LINE, MAX_TEXT, Value
from board.case_intake import start
from board.clock import local_day
from board.deadlines import back_plan
from board.errors import Refusal
from board.events import Happened
from board.ids import CaseId, MeetingId, PersonId
from board.late import intake_closed
from board.people import Actor, Body, Role
from board.ports import Rules, UnitOfWork
from board.states import CaseAct, Variant
from board.usecases._record import record

_FURTHEST = 3
"""Meetings that are looked at for one whose intake is still open."""


async def make_case(
    case_type: str,
    sub_portfolio: str,
    texts: Mapping[str, str],
    work: UnitOfWork,
    rules: Rules,
    *,
    by: Actor | None = None,
    like: Case | None = None,
) -> Case | None:
    """The case, received by the office; None where nobody holds the office's role.

    ``texts``: what its fields say, in the language of the board's papers. ``by``: who of the office acts. ``like``: the
    case it follows from, whose owner, classification and inhabil persons it has.
    """
    now = rules.clock.now()
    excluded = like.excluded if like else frozenset[PersonId]()
    acts = by is not None and Role.OFFICE in by.roles and by.id not in excluded
    office = by if acts else await _first(Role.OFFICE, excluded, work, rules)
    kind = rules.mandate.case_type.get(case_type)
    if office is None or kind is None:
        return None
    lead = await _first(Role.PORTFOLIO_LEAD, excluded, work, rules) or office
    owner = like.owner if like and like.owner else lead.id
    chosen = (kind.delivery_forms[0], case_type, sub_portfolio)
    made = start(CaseId(rules.ids.new()), office, chosen, await _wanted(work, rules), now)
    values: dict[str, Value | None] = {name: _fitted(name, text) for name, text in texts.items()}
    content = made.case.content.with_answers({**values, **_classified(like), "project_owner": owner}, {})
    begun = replace(made, case=replace(made.case, content=content, excluded=excluded))
    gate = begun.case.gate(CaseAct.SUBMIT, office, Variant.SKIPS_OWNER)
    if isinstance(gate, Refusal):
        raise TypeError(f"the office's own draft of type {case_type} refuses: {gate.code}")
    handed = begun.case.moved(gate, Happened.CASE_SUBMITTED, office, now, owner=owner)
    for step in (begun, handed):
        await record(step, office, begun.case.id, work, rules)
    return handed.case


def _fitted(name: str, text: str) -> str:
    return text[: MAX_TEXT if name in LONG_TEXTS else MAX_LINE]


def _classified(like: Case | None) -> dict[str, Value | None]:
    """What is exempt stays exempt in whatever follows from it."""
    if like is None:
        return {}
    content = like.content
    return {name: content.value(name) for name in ("classification", "legal_basis", "public_title", "project_ref")}


async def _first(role: Role, excluded: frozenset[PersonId], work: UnitOfWork, rules: Rules) -> Actor | None:
    day = local_day(rules.clock.now())
    holders = [one for one in (await work.people.holders([role], day))[role] if one not in excluded]
    return await work.people.actor_of(holders[0], day) if holders else None


async def _wanted(work: UnitOfWork, rules: Rules) -> MeetingId | None:
    """The board's next meeting whose intake is open."""
    now = rules.clock.now()
    for meeting in await work.meetings.upcoming(Body.BOARD, now + timedelta(seconds=1), _FURTHEST):
        plan = back_plan(meeting.day, rules.mandate.offsets_of(Body.BOARD), rules.calendar)
        if not intake_closed(plan, now):
            return meeting.id
    return None
