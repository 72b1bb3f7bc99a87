"""What somebody is told of a duty at once: to stand in for another, that another has answered, that nobody has.

The same card as the one asked got, with the reason on top. Nothing is said that is no longer so when it is sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from board.attendance import Attendance, Coming
from board.delivery import About
from board.duties import ABOUT_CASES
from board.duty import Duty, DutyKind
from board.events import Happened
from board.ids import CaseId, DutyId, MeetingId, PersonId
from board.meeting import Meeting
from board.notices import CASE_NOTICES, NoticeKind
from cards.i18n import _
from cards.labels import label
from cards.message import Banner, Message
from cards.task_views import Names
from cards.templates.case_card import case_card
from cards.templates.duty_texts import due_words, meeting_name, what
from cards.templates.meeting_card import attend_buttons, meeting_card
from cards.templates.task_cards import task_card
from dialogs import meeting_present, meetings, tasks
from dialogs.present import case_view
from dialogs.room import Room, Wanted
from dialogs.task_acts import task_view

_REACHED: Final = frozenset({"sent", "delivered", "told"})
_MOST_TOLD: Final = 500
_ASKED: Final = {
    DutyKind.CONFIRM: NoticeKind.CONFIRM_REQUESTED,
    DutyKind.REVIEW: NoticeKind.REVIEW_REQUESTED,
    DutyKind.COMPLETE: NoticeKind.CASE_RETURNED,
    DutyKind.STATEMENT: NoticeKind.STATEMENT_REQUESTED,
    DutyKind.LATE: NoticeKind.LATE_REQUESTED,
}
"""The request that the one asked got, where there was one."""


async def notice(room: Room, wanted: Wanted) -> Message | None:
    """None where it is no longer so: answered meanwhile, or handed to somebody else."""
    duty = await room.work.duties.get(DutyId(wanted.part))
    if duty is None:
        return None
    match NoticeKind(wanted.kind):
        case NoticeKind.DUTY_DELEGATED:
            return await _delegated(room, duty)
        case NoticeKind.DUTY_HANDED_ON:
            return await _handed_on(room, duty)
        case _:
            return await _answered(room, duty)


async def _delegated(room: Room, duty: Duty) -> Message | None:
    if not duty.is_open or duty.deputy != room.actor.id:
        return None
    names = await tasks.names_for(room, [duty])
    who = names.person(duty.person)
    said = _("{who} ber deg svare i stedet.", who=who)
    why = _("Du får denne fordi {who} har bedt deg være vara.", who=who)
    return await _same_card(room, duty, names, said, why)


async def _handed_on(room: Room, duty: Duty) -> Message | None:
    """The registered deputy, one working day after: nobody has done anything, and nobody else was asked."""
    if not duty.is_open or duty.concerns(room.actor.id):
        return None
    registered = await room.work.people.deputies(room.today)
    if room.actor.id not in registered.get(duty.person, ()):
        return None
    names = await tasks.names_for(room, [duty])
    who = names.person(duty.person)
    said = _("{who} har ikke svart: {due}.", who=who, due=due_words(duty.due, room.today))
    return await _same_card(room, duty, names, said, _("Du får denne fordi du er vara for {who}.", who=who))


async def _same_card(room: Room, duty: Duty, names: Names, said: str, why: str) -> Message | None:
    """The card of the one asked. None where its reader may not see what it is about."""
    note = Banner(said)
    if duty.kind in ABOUT_CASES:
        card = await _case_card(room, duty, note)
    elif duty.kind is DutyKind.ATTEND:
        card = await _question(room, duty, note)
    elif duty.kind is DutyKind.TASK:
        card = task_card(await task_view(room, duty), note)
    else:
        return None  # one's own habilitet, and a dispensation, nobody else can answer for
    return card and replace(card, why=why, summary=f"{said} {what(duty, names)}, {due_words(duty.due, room.today)}.")


async def _case_card(room: Room, duty: Duty, note: Banner) -> Message | None:
    case = await room.work.cases.get(CaseId(duty.object_id))
    if case is None or not case.may_be_seen_by(room.actor):
        return None
    return case_card(await case_view(room, case), _ASKED.get(duty.kind), note)


async def _question(room: Room, duty: Duty, note: Banner) -> Message | None:
    """Whether somebody comes, to be answered by the reader in that person's place."""
    meeting = await room.work.meetings.get(MeetingId(duty.object_id))
    if meeting is None or not meeting.is_planned or meeting.ends_at <= room.now:
        return None
    view = await meeting_present.meeting_view(room, meeting)
    if duty.person in view.stands_in_for:  # the card itself says who asks
        return meeting_card(view)
    return replace(meeting_card(view, note), buttons=attend_buttons(replace(view, stands_in_for=(duty.person,))))


# -- answered ------------------------------------------------------------------------------------------------------


async def _answered(room: Room, duty: Duty) -> Message | None:
    """To the one asked, or to the deputy who need not answer any more; as things are now."""
    if duty.kind is not DutyKind.ATTEND:
        return None
    meeting = await room.work.meetings.get(MeetingId(duty.object_id))
    if meeting is None or not meeting.is_planned:
        return None
    answers = await room.work.attendance.of_meeting(meeting.id)
    answer = next((one for one in answers if one.person == duty.person), None)
    said = await _what_came(room, duty, meeting, answer)
    if not said:
        return None
    if room.actor.id != duty.person:
        return _word(said, meeting)
    card = await meeting_present.card_of(room, meeting, Banner(said))
    return replace(card, why=_("Du får denne fordi svaret er ditt. Du kan endre det her."), summary=said)


def _word(said: str, meeting: Meeting) -> Message:
    return Message(title=said, summary=f"{said} ({meeting_name(meeting)})", why=_("Du får denne fordi du ble spurt."))


async def _what_came(room: Room, duty: Duty, meeting: Meeting, answer: Attendance | None) -> str:
    """One sentence; empty where the reader knows it already or it is no longer so."""
    me, mine = room.actor.id, room.actor.id == duty.person
    if answer is None:
        return await _given_back(room, duty) if mine and duty.is_open and duty.deputy is None else ""
    if me in (answer.by, answer.deputy) or duty.is_open:
        return ""
    names = await tasks.names_for(room, people=[answer.by, answer.person])
    if not mine:
        return _("Det er svart for {who}. Du trenger ikke svare.", who=names.person(answer.person))
    if answer.answer is Coming.DEPUTY:
        return _("{who} kommer i stedet for deg.", who=names.person(answer.by))
    who = {"who": names.person(answer.by), "office": label(room.mandate.office)}
    if answer.answer is Coming.YES:
        return _("{who} ({office}) har registrert at du kommer.", **who)
    return _("{who} ({office}) har registrert at du ikke kommer.", **who)


async def _given_back(room: Room, duty: Duty) -> str:
    """Who said no is in the history: the duty itself is as before anybody was asked to stand in."""
    events = await room.work.history.of(duty.object_id)
    returned = [e for e in events if e.what is Happened.DUTY_RETURNED and e.details.get("person") == duty.person]
    if not returned:
        return ""
    names = await tasks.names_for(room, people=[returned[-1].by])
    return _("{who} kan ikke komme for deg. Svaret er ditt igjen.", who=names.person(returned[-1].by))


# -- somebody was not reached ------------------------------------------------------------------------------------------


async def stands_in(room: Room, wanted: Wanted) -> Message | None:
    """What ``part`` (kind, person, part) was to say to somebody whom no way reached, for the registered deputy.

    None where that person was reached meanwhile, or where the deputy may not see what it is about.
    """
    kind, _bar, rest = wanted.part.partition("|")
    missed, _bar, part = rest.partition("|")
    person = PersonId(missed)
    about = About(kind, wanted.object_id, wanted.rev, part)
    if kind not in frozenset(NoticeKind) or await _reached(room, about, person):
        return None
    card = await _their_card(room, Wanted(wanted.object_id, kind, wanted.rev, part), person)
    if card is None:
        return None
    who = (await tasks.names_for(room, people=[person])).person(person)
    said = _("{who} ble ikke nådd. Du får dette som vara.", who=who)
    return replace(
        card,
        blocks=(Banner(said, "warning"), *card.blocks),
        summary=f"{said} {card.summary or card.title}",
        why=_("Du får denne fordi du er vara for {who}.", who=who),
    )


async def _reached(room: Room, about: About, person: PersonId) -> bool:
    proofs = await room.work.proof.of(about, _MOST_TOLD)
    return any(proof.person == person and proof.state in _REACHED for proof in proofs)


async def _their_card(room: Room, wanted: Wanted, person: PersonId) -> Message | None:
    """Of meetings; a question is asked in that person's place. A case is no business of a registered deputy."""
    kind = NoticeKind(wanted.kind)
    if kind is NoticeKind.DUTY_ASKED:
        duties = await room.work.duties.of_object(wanted.object_id)
        open_ = [d for d in duties if d.kind is DutyKind.ATTEND and d.person == person and d.is_open]
        return await _question(room, open_[-1], Banner(_("Kommer du i stedet?"))) if open_ else None
    if kind in CASE_NOTICES or kind not in _OF_MEETINGS:
        return None
    return await meetings.notice(room, wanted)


_OF_MEETINGS: Final = frozenset({NoticeKind.MEETING_MOVED, NoticeKind.MEETING_CANCELLED, NoticeKind.MEETING_WORD})
