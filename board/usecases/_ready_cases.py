"""Which cases an agenda of the board is built from, and why others that want the meeting are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from board.agenda import CASE_KINDS, ORDER, Agenda, Item, ItemKind
from board.case import Case
from board.case_course import schedule
from board.deadlines import back_plan
from board.dispensation import GateId
from board.errors import Refusal, RefusalCode
from board.gates import needs_late
from board.ids import CaseId, ItemId, MeetingId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Actor, Body
from board.ports import Rules, UnitOfWork
from board.states import BEFORE_WG, CaseState

MOST_CASES = 200
_ON_BOARD = frozenset({CaseState.ON_BOARD_AGENDA, CaseState.DISPATCHED})
TOLD = frozenset({RefusalCode.WG_TREATMENT, RefusalCode.LATE})
"""Why a case that wants the meeting is left out: what somebody can do something about."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    case: Case
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Chosen:
    """``dispensed``: before the working group has treated it, with the chair's dispensation or no such gate."""

    case: Case
    dispensed: bool

    @property
    def is_scheduled(self) -> bool:
        """It was moved to this meeting before the agenda was built."""
        return self.case.state in _ON_BOARD


async def ready_for(meeting: Meeting, work: UnitOfWork, rules: Rules) -> tuple[CaseId, ...]:
    """The ids of those to look at, in the order in which they get numbers: by when they were treated."""
    enforced = GateId.WG_TREATMENT in rules.mandate.gates
    states = (CaseState.WG_TREATED,) if enforced else (CaseState.WG_TREATED, *sorted(BEFORE_WG))
    moved = [c.id for c in await work.cases.on_agenda(meeting.id) if c.board_meeting == meeting.id]
    treated = [case for state in states for case in await work.cases.in_state(state, MOST_CASES)]
    wanted = sorted({c.content.wanted_meeting for c in treated if c.content.wanted_meeting})
    named = await work.meetings.named(wanted) if wanted else {}
    fitting = [c.id for c in treated if _fits(c.content.wanted_meeting, meeting, named.values())]
    dispensed = [d.case for d in await work.dispensations.of_meeting(meeting.id) if d.is_granted and d.case]
    wanting = [c.id for c in await work.cases.wanting([meeting.id]) if c.state in BEFORE_WG]
    return tuple(dict.fromkeys((*moved, *fitting, *dispensed, *wanting)))


async def judged(
    ids: Sequence[CaseId], meeting: Meeting, agenda: Agenda | None, actor: Actor, work: UnitOfWork, rules: Rules
) -> tuple[list[Chosen], list[LeftOut], list[Refusal]]:
    """What goes on the agenda, what is left out, and the refusals for cases that are not there for this person.

    The cases are locked in the order of their ids.
    """
    locked = {case_id: await work.cases.get(case_id) for case_id in sorted(set(ids))}
    granted = {
        d.case
        for d in await work.dispensations.of_meeting(meeting.id)
        if d.is_granted and d.gate is GateId.WG_TREATMENT
    }
    chosen: list[Chosen] = []
    left_out: list[LeftOut] = []
    unknown: list[Refusal] = []
    for case_id in dict.fromkeys(ids):
        case = locked[case_id]
        if case is None or not case.may_be_seen_by(actor):
            unknown.append(Refusal(RefusalCode.NOT_FOUND, {"act": "schedule", "case": case_id}))
        elif agenda is None or agenda.item_of(case_id) is None:
            one = Chosen(case, case_id in granted or GateId.WG_TREATMENT not in rules.mandate.gates)
            refusal = _refusal(one, meeting, actor, rules)
            if refusal:
                left_out.append(LeftOut(case, refusal))
            else:
                chosen.append(one)
    return chosen, left_out, unknown


def _refusal(one: Chosen, meeting: Meeting, actor: Actor, rules: Rules) -> Refusal | None:
    """Why the case may not go on, tried without a number: a refused case takes none."""
    case, gates = one.case, rules.mandate.gates
    if not (one.is_scheduled and case.board_meeting == meeting.id):
        paragraph = gates.get(GateId.WG_TREATMENT, "")
        tried = schedule(case, actor, meeting.id, "", paragraph, rules.clock.now(), dispensed=one.dispensed)
        if isinstance(tried, Refusal):
            return tried
    plan = back_plan(meeting.day, rules.mandate.offsets_of(Body.BOARD), rules.calendar)
    if GateId.LATE in gates and needs_late(case, meeting.id, plan):
        return Refusal(RefusalCode.LATE, {"case": case.id}, gates[GateId.LATE])
    return None


def _fits(wanted: MeetingId | None, meeting: Meeting, known: Iterable[Meeting]) -> bool:
    """It wants this meeting, none in particular, or one before it, which it did not reach."""
    if wanted is None or wanted == meeting.id:
        return True
    later = any(m.id == wanted and m.is_planned and m.starts_at > meeting.starts_at for m in known)
    return not later


def kind_of(case: Case, mandate: Mandate) -> ItemKind:
    """B, D or O, from the mandate's table of case types (mandatet § 3, § 4)."""
    kind = ItemKind(mandate.case_type[case.case_type].treated_as)
    return kind if kind in CASE_KINDS else ItemKind.ORIENTATION


def in_kinds(chosen: Sequence[Chosen], mandate: Mandate) -> list[Chosen]:
    return sorted(chosen, key=lambda one: ORDER.index(kind_of(one.case, mandate)))


def item_for(case: Case, number: str, rules: Rules) -> Item:
    """The time that its submitter asked for, else the mandate file's for its kind."""
    kind = kind_of(case, rules.mandate)
    minutes = case.content.minutes or rules.mandate.agenda_minutes.get(kind, 0)
    return Item(ItemId(rules.ids.new()), kind, minutes, case.content.presenter, case.id, number)


def standing_item(kind: ItemKind, rules: Rules) -> Item:
    return Item(ItemId(rules.ids.new()), kind, rules.mandate.agenda_minutes.get(kind, 0))


async def standing_of_group(meeting: Meeting, work: UnitOfWork) -> tuple[ItemKind, ...]:
    """Its minutes are approved the same way, at its next meeting (``process.md``)."""
    previous = await work.meetings.previous(Body.WORKING_GROUP, meeting.starts_at)
    known = await work.minutes_book.named([previous.id]) if previous else {}
    return (ItemKind.AGENDA, *([ItemKind.MINUTES] if known else []), ItemKind.OTHER)
