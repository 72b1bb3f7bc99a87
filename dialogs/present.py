"""Reads what a card needs, in a few queries, and hands it to the template."""

from __future__ import annotations

from collections.abc import Mapping

from board.case import Case
from board.case_outcome import as_known_to, is_inside
from board.deadlines import back_plan
from board.decision import Decision
from board.errors import Refusal
from board.follow_up import FollowUp
from board.gates import needs_late
from board.ids import CaseId, MeetingId, PersonId, is_channel
from board.meeting import Meeting
from board.notices import CASE_NOTICES, NoticeKind
from board.people import Body, Role
from board.states import AFTER_BOARD, EDITABLE, CaseAct, CaseState
from board.treatment import Statement
from cards.forms import Choices
from cards.message import Banner, Message
from cards.templates.case_card import case_card
from cards.templates.case_form import case_form
from cards.templates.group_channel import channel_card
from cards.templates.notice_texts import thanks
from cards.templates.refusals import plain_refusal, refusal_banner
from cards.views import CaseView
from dialogs.benefit_course import course_of
from dialogs.room import Room, Wanted

MOST_OWNERS = 60
"""More would make the list of owners useless on a phone, and the card too large; a name can always be written."""
MOST_MEETINGS = 6


async def case_view(room: Room, case: Case, *, form: bool = False) -> CaseView:
    """``form``: also what the choice fields offer."""
    case = as_known_to(case, room.actor)
    content, late = case.content, case.late
    decisions, follow_ups = await _decided(room, case)
    statements = await _statements(room, case)
    held = {one.meeting for one in decisions}
    meetings = await room.work.meetings.named(sorted({*meetings_of(case), *held}))
    named = {case.submitter, case.last.by, room.actor.id, content.project_owner, late.chair if late else None}
    named |= {statement.person for statement in statements}
    named |= {condition.owner for one in decisions for condition in one.conditions}
    acts = case.allowed_acts(room.actor)
    return CaseView(
        case=case,
        viewer=room.actor,
        mandate=room.mandate,
        people=await room.work.people.get(sorted(person for person in named if person)),
        choices=await choices(room) if form else Choices(),
        meeting=meetings.get(content.wanted_meeting) if content.wanted_meeting else None,
        now=room.now,
        meetings=meetings,
        statements=statements,
        benefits=await course_of(room, case),
        decisions=decisions,
        follow_ups=follow_ups,
        minuted=await _minuted(room, case, decisions),
        group_meetings=await group_meetings(room, case) if CaseAct.WG_SCHEDULE in acts else (),
        late_meetings=await late_meetings(room, case) if CaseAct.LATE_ASK in acts else (),
    )


def meetings_of(case: Case) -> list[MeetingId]:
    """The meetings that a case names."""
    late = case.late.meeting if case.late else None
    named = {case.content.wanted_meeting, case.wg_meeting, case.board_meeting, late}
    return sorted(meeting for meeting in named if meeting)


async def _decided(room: Room, case: Case) -> tuple[tuple[Decision, ...], tuple[FollowUp, ...]]:
    """What the board decided; a case that was never on its agenda has none."""
    if not case.agenda_at:
        return (), ()
    found = (await room.work.decisions.of_cases([case.id])).get(case.id, ())
    told = tuple(one for one in found if one.is_published or is_inside(room.actor))
    with_conditions = any(one.conditions for one in told)
    follow_ups = await room.work.follow_ups.of_cases([case.id]) if with_conditions else {}
    return told, tuple(follow_ups.get(case.id, ()))


async def _minuted(room: Room, case: Case, decisions: tuple[Decision, ...]) -> frozenset[MeetingId]:
    """The meetings whose minutes are approved; of a case that waits to be decided anew its state does not say it."""
    held = {one.meeting for one in decisions}
    if not held or (len(held) == 1 and case.state in AFTER_BOARD):
        return frozenset(held) if case.state in (CaseState.MINUTED, CaseState.CLOSED) else frozenset()
    books = await room.work.minutes_book.named(sorted(held))
    return frozenset(meeting for meeting, minutes in books.items() if minutes.is_approved)


async def _statements(room: Room, case: Case) -> tuple[Statement, ...]:
    """Those given; a case that was never on the working group's agenda has none."""
    if not case.wg_number:
        return ()
    return tuple((await room.work.treatments.statements([case.id])).get(case.id, ()))


async def group_meetings(room: Room, case: Case) -> tuple[Meeting, ...]:
    """Those ahead: first the one that prepares the board meeting the case wants, then the others by day."""
    ahead = await room.work.meetings.upcoming(Body.WORKING_GROUP, room.now, MOST_MEETINGS)
    fitting = [m for m in ahead if m.starts_at > room.now]
    wanted = case.content.wanted_meeting
    return tuple(sorted(fitting, key=lambda m: wanted is None or m.serves != wanted))


async def late_meetings(room: Room, case: Case) -> tuple[Meeting, ...]:
    """The board meetings ahead that the case came too late for, and that nobody has said no to."""
    ahead = await room.work.meetings.upcoming(Body.BOARD, room.now, MOST_MEETINGS)
    refused_for = case.late.meeting if case.late and case.late.refused_by else None
    offsets = room.mandate.offsets_of(Body.BOARD)
    return tuple(
        meeting
        for meeting in ahead
        if meeting.id != refused_for and needs_late(case, meeting.id, back_plan(meeting.day, offsets, room.calendar))
    )


async def choices(room: Room) -> Choices:
    owners = await room.work.people.owners(room.today, MOST_OWNERS)
    meetings = await room.work.meetings.upcoming(Body.BOARD, room.now, MOST_MEETINGS)
    return Choices(tuple(owners), tuple(meetings))


async def card_of(room: Room, case: Case, note: Banner | None = None) -> Message:
    return case_card(await case_view(room, case), note=note)


async def done_card(room: Room, case: Case) -> Message:
    """The case after the reader's own act, saying what came of it."""
    view = await case_view(room, case)
    return case_card(view, note=thanks(view))


async def form_of(
    room: Room,
    case: Case,
    *,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    note: Banner | None = None,
    ask: str = "",
) -> Message:
    return case_form(await case_view(room, case, form=True), errors, typed, note, ask)


async def refusal_note(room: Room, refusal: Refusal) -> Banner:
    """Why an act had no effect, naming who did what meanwhile."""
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    return refusal_banner(refusal, people, room.mandate)


async def refused(
    room: Room, refusal: Refusal, case_id: CaseId, typed: Mapping[str, Mapping[str, str]] | None = None
) -> Message:
    """A fresh card with the reason on top; where the person may not know of the case, the reason alone.

    ``typed``: what was written in a button's inputs, by verb, so that it stands there still.
    """
    banner = await refusal_note(room, refusal)
    case = await room.work.cases.get(case_id)
    if case is None or not case.may_be_seen_by(room.actor):
        return plain_refusal(banner)
    return case_card(await case_view(room, case), note=banner, typed=typed)


async def _in_channel(room: Room, case: Case) -> Message | None:
    """A channel has no role and no right: it is told of what the working group treats, where it was opened for that."""
    channel = await room.work.channels.get(room.actor.id)
    if channel is None or channel.body is not Body.WORKING_GROUP or case.accepted_at is None:
        return None
    return channel_card(await case_view(room, case))


async def case_notice(room: Room, wanted: Wanted) -> Message | None:
    """What goes out to ``room.actor`` about a case: a notice, or a copy redrawn as the case is now.

    None where the reader may no longer see it. A draft that is being filled in stays a form.
    """
    case = await room.work.cases.get(CaseId(wanted.object_id))
    if case is not None and is_channel(room.actor.id):
        return await _in_channel(room, case)
    if case is None or not case.may_be_seen_by(room.actor):
        return None
    if wanted.copy and not wanted.kind and case.state in EDITABLE and Role.SUBMITTER in case.roles_of(room.actor):
        return await form_of(room, case)
    view = await case_view(room, case)
    kind = NoticeKind(wanted.kind) if wanted.kind in CASE_NOTICES else None
    return case_card(view, kind, thanks(view) if wanted.copy else None)
