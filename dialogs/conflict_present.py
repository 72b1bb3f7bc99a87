"""Reads what a card about habilitet needs, and hands it to the template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.case import Case
from board.conflicts import RECIPIENTS, Conflict, Declared
from board.duty import DutyKind
from board.errors import Refusal
from board.ids import CaseId, MeetingId, PersonId
from board.meeting import Meeting
from board.people import Role
from board.usecases._conflict import conflicts_of, rulers
from board.usecases.asked_conflicts import Asked, asked_conflicts
from board.usecases.look_at_meeting import may_know
from cards.conflict_views import QuestionView, RulingView
from cards.formats import join_words
from cards.labels import role_name
from cards.message import Banner, Message, Option
from cards.safe import cut
from cards.templates.conflict_card import question_card
from cards.templates.conflict_notices import ruling_card
from cards.templates.conflict_texts import NOTHING, ByButton, conflict_refusal
from cards.templates.meeting_card import meeting_refusal
from cards.templates.refusals import plain_refusal
from dialogs.room import Room

MOST_PEOPLE: Final = 40
LONGEST_NAME: Final = 30
"""Of a name in a list of so many."""


async def question_of(room: Room, meeting: MeetingId, note: Banner | None = None, typed: ByButton = NOTHING) -> Message:
    """The reader's own questions for a meeting; a refusal where there is nothing to ask this person."""
    asked = await asked_conflicts(meeting, room.actor, room.work, room.rules)
    if isinstance(asked, Refusal):
        return plain_refusal(note or meeting_refusal(asked, {}, room.mandate))
    return question_card(await question_view(room, asked), note, typed)


async def question_view(room: Room, asked: Asked) -> QuestionView:
    duties = await room.work.duties.of_object(asked.meeting.id)
    mine = [d for d in duties if d.kind is DutyKind.DECLARE and d.person == room.actor.id and d.is_open]
    others = await _others(room, asked.cases)
    return QuestionView(
        object_id=conflicts_of(asked.meeting.id),
        meeting=asked.meeting,
        viewer=room.actor,
        cases=asked.cases,
        answers=asked.answers,
        due=mine[-1].due if mine else None,
        others=others,
        people=await _recipients(room),
        known=await room.work.people.get(sorted({one.person for one in others})),
    )


async def _others(room: Room, cases: Sequence[Case]) -> tuple[Conflict, ...]:
    """For the chair: who has told of something, and who was ruled on."""
    if Role.CHAIR not in room.actor.roles or not cases:
        return ()
    found = await room.work.conflicts.of_cases([case.id for case in cases])
    return tuple(one for one in found if one.answer is Declared.POSSIBLE or one.ruling)


async def _recipients(room: Room) -> tuple[Option, ...]:
    """On whom the chair may rule."""
    if Role.CHAIR not in room.actor.roles:
        return ()
    holders = await room.work.people.holders(sorted(RECIPIENTS), room.today)
    known = await room.work.people.get(sorted({person for held in holders.values() for person in held}))
    ordered = sorted(known.values(), key=lambda person: person.name.casefold())
    return tuple(Option(person.id, cut(person.name, LONGEST_NAME)) for person in ordered[:MOST_PEOPLE])


async def ruling_of(
    room: Room, case_id: CaseId, person: PersonId, note: Banner | None = None, typed: ByButton = NOTHING
) -> Message | None:
    """What there is to rule on, for who rules; None for anybody else, and where nothing was said or ruled."""
    case = await room.work.cases.get(case_id)
    if case is None or room.actor.id in case.excluded:
        return None
    conflict = await room.work.conflicts.get(case_id, person)
    own = room.actor.id == person and Role.CHAIR in room.actor.roles
    if conflict is None or not (own or room.actor.id in await rulers(case, person, room.work, room.rules)):
        return None
    return ruling_card(await _ruling_view(room, case, conflict), note, typed)


async def _ruling_view(room: Room, case: Case, conflict: Conflict) -> RulingView:
    told = await room.work.people.actor_of(conflict.person, room.today)
    ruler = conflict.ruled_by
    people = await room.work.people.get([ruler]) if ruler else {}
    ruled_by = people[ruler].name if ruler and ruler in people else ""
    roles = join_words([role_name(role) for role in sorted(told.roles & RECIPIENTS)]) if told else ""
    return RulingView(
        conflict=conflict,
        case=case,
        viewer=room.actor,
        who=told.person.name if told else "",
        roles=roles,
        ruled_by=ruled_by,
        meeting=await meeting_of(room, case),
        may_open=case.may_be_seen_by(room.actor),
    )


async def meeting_of(room: Room, case: Case) -> Meeting | None:
    """Where it is to be treated next, as far as the reader may know of that meeting."""
    named = [one for one in (case.board_meeting, case.wg_meeting) if one]
    found = await room.work.meetings.named(named) if named else {}
    known = (found[one] for one in named if one in found)
    return next((meeting for meeting in known if may_know(meeting, room.actor)), None)


async def refusal_note(room: Room, refusal: Refusal, person: PersonId | None = None) -> Banner:
    """``person``: whom a ruling was about."""
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    of_oneself = person == room.actor.id and Role.CHAIR in room.actor.roles
    return conflict_refusal(refusal, people, room.mandate, of_oneself=of_oneself)
