"""*Kommer, kommer ikke, vara*: pressed by the member, by the deputy, or by the office on somebody's behalf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.attendance import Answered, Coming
from board.duty import Duty
from board.errors import Refusal, RefusalCode
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.meeting_commands import AnswerAttendance
from board.usecases.answer_attendance import answer_attendance
from board.usecases.look_at_meeting import look_at_meeting
from cards.i18n import _
from cards.meeting_views import Typed
from cards.message import Banner, Json
from cards.templates import attend_texts
from dialogs.meeting_present import card_of, refusal_note, refused
from dialogs.pressed import text
from dialogs.room import Reply, Room, show

_KEPT = ("answer", "person", "deputy", "deputy_name")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be taken in: the field, and why in words."""

    field: str
    words: str


async def attend(room: Room, data: Mapping[str, Json]) -> Reply:
    meeting_id = MeetingId(text(data, "id")[:64])
    meeting = await look_at_meeting(meeting_id, room.actor, room.work, room.rules)
    if isinstance(meeting, Refusal):
        return show(await refused(room, meeting))
    typed = {name: text(data, name) for name in _KEPT}
    command = await _command(room, meeting, typed)
    if isinstance(command, Wrong):
        note = Banner(command.words, "attention")
        return show(await card_of(room, meeting, note, Typed(typed, {command.field: command.words})))
    result = await answer_attendance(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        note = await refusal_note(room, result, meeting)
        errors = {_deputy_field(typed): note.text} if result.code is RefusalCode.DEPUTY_UNFIT else {}
        return show(await card_of(room, meeting, note, Typed(typed, errors)))
    return show(await card_of(room, meeting, await _thanks(room, result)))


async def _command(room: Room, meeting: Meeting, typed: Mapping[str, str]) -> AnswerAttendance | Wrong:
    if typed["answer"] not in list(Coming):
        return Wrong("answer", _("Velg ett svar."))
    coming = Coming(typed["answer"])
    person: PersonId | None = None
    if typed["person"]:
        found = await _person(room, typed["person"], "person")
        if isinstance(found, Wrong):
            return found
        person = found if found != room.actor.id else None
    if coming is not Coming.DEPUTY:
        return AnswerAttendance(meeting.id, coming, person)
    named = typed["deputy_name"] or typed["deputy"]
    if not named:
        return Wrong(_deputy_field(typed), _("Velg hvem som møter i stedet, eller skriv navnet."))
    deputy = await _person(room, named, _deputy_field(typed))
    if isinstance(deputy, Wrong):
        return deputy
    if deputy == (person or room.actor.id):
        unfit = await refusal_note(room, Refusal(RefusalCode.DEPUTY_UNFIT))
        return Wrong(_deputy_field(typed), unfit.text)
    return AnswerAttendance(meeting.id, coming, person, deputy)


def _deputy_field(typed: Mapping[str, str]) -> str:
    """Where the deputy is named: on behalf of somebody there is one field for it, in words."""
    return "deputy_name" if typed["person"] else "deputy"


async def _person(room: Room, written: str, field: str) -> PersonId | Wrong:
    """Somebody of the register, by id, name or e-mail; several that fit are named, none is guessed."""
    found = await room.work.people.named(written[:200], 6)
    plain = [p for p in found if written.lower() in (p.id.lower(), p.email.lower(), p.name.lower())]
    if len(plain) == 1 or len(found) == 1:
        return (plain or found)[0].id
    if found:
        return Wrong(field, attend_texts.several([p.name if not p.email else f"{p.name} ({p.email})" for p in found]))
    return Wrong(field, attend_texts.nobody(written, room.mandate))


async def _thanks(room: Room, result: Answered | Duty) -> Banner:
    """What came of the press, in a sentence."""
    if isinstance(result, Duty):
        people = await room.work.people.get([p for p in (result.person, result.deputy) if p])
        names = {person: known.name for person, known in people.items()}
        if result.deputy is None:
            return attend_texts.given_back(names.get(result.person, ""))
        return attend_texts.deputy_asked(names.get(result.deputy, ""))
    given = result.attendance
    if given.person == room.actor.id:
        return attend_texts.own(given.answer)
    people = await room.work.people.get([given.person])
    name = people[given.person].name if given.person in people else ""
    if given.deputy == room.actor.id:
        return attend_texts.comes_instead(name)
    return attend_texts.on_behalf(name, given.answer)
