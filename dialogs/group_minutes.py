"""The working group's minutes: what they will say, and finishing them; older minutes of the board taken in as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from board.case import Case
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.meeting_commands import FileMinutes, FinishGroupMinutes
from board.people import WORKING_GROUP, Body
from board.ports import Talk
from board.states import CaseState
from board.usecases.file_minutes import SUFFIX, file_minutes, may_file
from board.usecases.finish_group_minutes import finish_group_minutes, why_not
from board.usecases.look_at_meeting import look_at_meeting, may_know
from cards.formats import join_words
from cards.group_views import GroupMinutesView, Treated
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Banner, Message
from cards.templates import group_minutes as cards
from cards.templates import talk_texts
from dialogs.documents_talk import Found
from dialogs.group_sections import group_sections
from dialogs.meeting_present import refusal_note, refused
from dialogs.pressed import Data, text
from dialogs.room import Reply, Room, Wanted, say, show

FORM: Final = "minutes"
FILE: Final = "file"
MEETING: Final = "meeting"
"""In the talk's answers: whose minutes are asked for."""
_ALIKE: Final = 5
_MOST_NAMES: Final = 60
_MOST_CASES: Final = 200


def _meeting_id(data: Data) -> MeetingId:
    return MeetingId(text(data, "id")[:64])


# -- the working group's -----------------------------------------------------------------------------------------------


async def press(room: Room, data: Data) -> Reply:
    """Shows what they say; without ``preview``, finishes them."""
    meeting_id = _meeting_id(data)
    if data.get("preview"):
        return show(await preview(room, meeting_id))
    present, unknown = await _people(room, text(data, "present"))
    typed = {name: text(data, name) for name in ("present", "remarks")}
    if unknown and room.actor.is_handler:
        error = _("Jeg finner ikke {names} i registeret. Skriv fullt navn eller e-post.", names=join_words(unknown))
        return show(await preview(room, meeting_id, Banner(error, "warning"), Typed(typed, {"present": error})))
    command = FinishGroupMinutes(meeting_id, typed["remarks"], present)
    if await why_not(command, room.actor, room.work, room.rules) is None:
        meeting = (await room.work.meetings.named([meeting_id]))[meeting_id]
        said = await group_sections(room, meeting, present, typed["remarks"])
        command = replace(command, present=present, sections=said)
    result = await finish_group_minutes(command, room.actor, room.work, room.rules)
    if not isinstance(result, Refusal):
        note = Banner(_("Referatet er ferdig, og arbeidsutvalget har fått beskjed."), "good")
        return show(await preview(room, meeting_id, note))
    if result.code in (RefusalCode.NOT_ALLOWED, RefusalCode.NOT_FOUND, RefusalCode.MEETING_UNFIT):
        return show(await refused(room, result, meeting_id))
    return show(await preview(room, meeting_id, await refusal_note(room, result), Typed(typed)))


async def preview(room: Room, meeting_id: MeetingId, note: Banner | None = None, typed: Typed | None = None) -> Message:
    """Before they are finished for those who finish them; after that for everybody who meets there."""
    meeting = await look_at_meeting(meeting_id, room.actor, room.work, room.rules)
    if isinstance(meeting, Refusal):
        return await refused(room, meeting)
    if meeting.body is not Body.WORKING_GROUP:
        return await refused(room, Refusal(RefusalCode.MEETING_UNFIT), meeting_id)
    view = await minutes_view(room, meeting)
    if view.minutes is None and meeting.starts_at > room.now:
        return await refused(room, Refusal(RefusalCode.NOT_BEGUN, {"at": meeting.starts_at}), meeting_id)
    if view.minutes is None and not room.actor.is_handler:
        note = Banner(_("Referatet er ikke ferdig ennå."), "warning")
    return cards.minutes_card(view, note, typed or cards.NOTHING_TYPED)


async def all_treated(room: Room, case: Case) -> Message | None:
    """The minutes, offered as soon as the last case of the meeting is treated."""
    if case.wg_meeting is None:
        return None
    left = await room.work.cases.in_state(CaseState.ON_WG_AGENDA, _MOST_CASES)  # not locked: others treat theirs now
    if any(c.wg_meeting == case.wg_meeting for c in left):
        return None
    note = Banner(_("Alle sakene på møtet er behandlet. Slik blir referatet."), "good")
    return await preview(room, case.wg_meeting, note)


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """That they are finished."""
    meeting = (await room.work.meetings.named([MeetingId(wanted.object_id)])).get(MeetingId(wanted.object_id))
    if meeting is None or not may_know(meeting, room.actor):
        return None
    view = await minutes_view(room, meeting)
    return cards.minutes_notice(view) if view.minutes else None


async def minutes_view(room: Room, meeting: Meeting) -> GroupMinutesView:
    work = room.work
    minutes = (await work.minutes_book.finished([meeting.id])).get(meeting.id)
    cases = {case.id: case for case in await work.cases.on_agenda(meeting.id)}
    treatments = await work.treatments.of_meetings([meeting.id])
    seen = {case.id for case in cases.values() if case.may_be_seen_by(room.actor)}
    statements = await work.treatments.statements(sorted(seen))
    open_ = [c for c in cases.values() if c.state is CaseState.ON_WG_AGENDA and c.wg_meeting == meeting.id]
    invited = () if minutes else await _invited(room)
    named = {s.person for given in statements.values() for s in given} | set(invited)
    named |= {minutes.by} if minutes else set()
    people = await work.people.get(sorted(named))
    about = {t.case for t in treatments} | {case.id for case in open_}
    return GroupMinutesView(
        meeting=meeting,
        viewer=room.actor,
        mandate=room.mandate,
        treated=tuple(
            Treated(_title(cases[t.case]), t, tuple(statements.get(t.case, ()))) for t in treatments if t.case in seen
        ),
        untreated=tuple((case.wg_number, _title(case)) for case in open_ if case.id in seen),
        hidden=len(about - seen),
        minutes=minutes,
        text=await work.minutes_book.version(meeting.id, minutes.version) if minutes else None,
        invited=tuple(people[person] for person in invited if person in people),
        people=people,
    )


def _title(case: Case) -> str:
    return case.content.title or _("Sak uten tittel")


async def _invited(room: Room) -> tuple[PersonId, ...]:
    holders = await room.work.people.holders(sorted(WORKING_GROUP), room.today)
    return tuple(dict.fromkeys(person for role in sorted(WORKING_GROUP) for person in holders.get(role, ())))


async def _people(room: Room, written: str) -> tuple[tuple[PersonId, ...], tuple[str, ...]]:
    """Those meant by the names, one a line; and the names that are nobody's, or several people's."""
    found: dict[PersonId, None] = {}
    unknown: list[str] = []
    names = [name.strip() for line in written.splitlines() for name in line.split(",") if name.strip()]
    invited = await room.work.people.get(await _invited(room))
    for name in names[:_MOST_NAMES]:
        ids = {p.id for p in invited.values() if p.name.casefold() == name.casefold()}
        if len(ids) != 1:
            alike = await room.work.people.named(name, _ALIKE)
            plain = [p for p in alike if name.casefold() in (p.name.casefold(), p.email.casefold(), p.id.casefold())]
            ids = {p.id for p in plain or alike}
        if len(ids) == 1:
            found[ids.pop()] = None
        else:
            unknown.append(name)
    return tuple(found), tuple(unknown)


# -- the board's, from before ------------------------------------------------------------------------------------------


async def begin(room: Room, data: Data) -> Reply:
    """Asks for the file; the next PDF that the person sends is it."""
    meeting_id = _meeting_id(data)
    if refusal := await may_file(meeting_id, room.actor, room.work, room.rules):
        return show(await refused(room, refusal, meeting_id))
    await room.work.talks.put(Talk(room.actor.id, FORM, FILE, {MEETING: meeting_id}, None, room.now))
    return Reply((cards.ask_for_minutes(await _of(room, meeting_id)),))


async def take(room: Room, talk: Talk, files: Sequence[Found]) -> Reply:
    meeting_id = MeetingId(talk.answers.get(MEETING, ""))
    one = files[0]
    if one.refused or one.url or not one.name.lower().endswith(SUFFIX):
        words = _("«{name}» er ikke en PDF. Send referatet som PDF.", name=one.name)
        note = talk_texts.file_refused(one.name, one.refused) if one.refused else Banner(words, "attention")
        return say(cards.ask_for_minutes(await _of(room, meeting_id), note))
    command = FileMinutes(meeting_id, one.name, one.sha256)
    result = await file_minutes(command, room.actor, room.work, room.rules)
    await room.work.talks.drop(room.actor.id)
    if isinstance(result, Refusal):
        return say(await refused(room, result, meeting_id))
    return say(cards.minutes_filed(await _of(room, meeting_id)))


async def answer(room: Room, talk: Talk, _text: str) -> Reply:
    """Words where a file is waited for."""
    return say(cards.ask_for_minutes(await _of(room, MeetingId(talk.answers.get(MEETING, "")))))


async def _of(room: Room, meeting_id: MeetingId) -> GroupMinutesView:
    meeting = (await room.work.meetings.named([meeting_id]))[meeting_id]
    minutes = (await room.work.minutes_book.finished([meeting_id])).get(meeting_id)
    return GroupMinutesView(meeting, room.actor, room.mandate, minutes=minutes)
