"""Presses about habilitet: what one says of a case, what the chair rules. Read again on the server, every time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from board.commands import DeclareConflict, DeclareNone, RuleConflict
from board.conflicts import Conflict, Declared, Ruling
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, PersonId
from board.usecases._conflict import rulers
from board.usecases.declare_conflict import declare_conflict
from board.usecases.declare_none import declare_none
from board.usecases.rule_conflict import rule_conflict
from cards import actions
from cards.i18n import _
from cards.message import Banner, Json, Message
from cards.templates.conflict_texts import ruling_words
from cards.templates.refusals import plain_refusal
from dialogs import classify_acts
from dialogs.conflict_present import question_of, refusal_note, ruling_of
from dialogs.meeting_acts import meeting_id
from dialogs.present import card_of, refused
from dialogs.pressed import Data, case_id, rev, text
from dialogs.room import Reply, Room, show


async def _of_meeting(room: Room, data: Data) -> bool:
    """Whether it came from the card with all cases of a meeting.

    Those are locked then, by id, before any one of them: the card that answers reads them all, and two who each held
    one would wait for each other.
    """
    meeting = meeting_id(data)
    if not await room.work.meetings.named([meeting]):
        return False
    await room.work.cases.on_agenda(meeting)
    return True


async def _open(room: Room, data: Data) -> Reply:
    return show(await question_of(room, meeting_id(data)))


async def _declare(room: Room, data: Data) -> Reply:
    """From the card with all questions of a meeting (one case, or all that are left), or from a case's own card."""
    if not await _of_meeting(room, data):
        return show(await _from_case(room, data))
    if text(data, "case") or data.get("one") or _answer(data) is not Declared.NONE:
        return show(await _one_of(room, data))
    result = await declare_none(DeclareNone(meeting_id(data)), room.actor, room.work, room.rules)
    note = None
    if not isinstance(result, Refusal):
        note = _taken_in(len(result))
    return show(await question_of(room, meeting_id(data), note))


def _answer(data: Data) -> Declared | None:
    written = text(data, "answer")
    return Declared(written) if written in (Declared.NONE, Declared.POSSIBLE) else None


def _taken_in(answered: int) -> Banner:
    if not answered:
        return Banner(_("Du har alt svart for alle sakene. Ingenting er endret."), "warning")
    return Banner(_("Takk. Svaret ditt er registrert."), "good")


async def _one_of(room: Room, data: Data) -> Message:
    meeting, answer = meeting_id(data), _answer(data)
    typed = {name: value for name in ("case", "note") if (value := text(data, name))}
    if answer is None or not typed.get("case"):
        return await question_of(room, meeting, Banner(_("Velg hvilken sak det gjelder, og svaret."), "attention"))
    command = DeclareConflict(CaseId(typed["case"][:64]), answer, typed.get("note", ""))
    result = await declare_conflict(command, room.actor, room.work, room.rules)
    if isinstance(result, Conflict):
        return await question_of(room, meeting, await _thanks(room, result))
    return await question_of(room, meeting, await refusal_note(room, result), {str(answer): typed})


async def _from_case(room: Room, data: Data) -> Message:
    """The answer to a question on the case's own card."""
    about, answer = case_id(data), _answer(data)
    command = DeclareConflict(about, answer or Declared.SILENT, text(data, "note"))
    result = await declare_conflict(command, room.actor, room.work, room.rules)
    case = await room.work.cases.get(about)
    if isinstance(result, Refusal):
        typed = {k: v for k in ("answer", "note") if (v := text(data, k))}
        return await refused(room, result, about, {actions.CONFLICT_DECLARE: typed})
    if case is None:
        return await refused(room, Refusal(RefusalCode.NOT_FOUND), about)
    return await card_of(room, case, await _thanks(room, result))


async def _thanks(room: Room, conflict: Conflict) -> Banner:
    """What comes of the answer, also where there is nobody who may rule."""
    if not conflict.awaits_ruling:
        return Banner(_("Takk. Svaret ditt er registrert."), "good")
    case = await room.work.cases.get(conflict.case)
    if case and await rulers(case, conflict.person, room.work, room.rules):
        return Banner(_("Takk. Den som avgjør habiliteten, har fått beskjed."), "good")
    words = _(
        "Svaret er registrert, men ingen kan avgjøre det nå: leder har ingen vara i registeret. Si fra til {email}.",
        email=room.mandate.office_email,
    )
    return Banner(words, "warning")


# -- ruling ------------------------------------------------------------------------------------------------------------


async def _rule(room: Room, data: Data) -> Reply:
    """On the card about one person's answer, or by the chair's own choice from the card with all questions."""
    if await _of_meeting(room, data):
        return show(await _rule_by_choice(room, data))
    about, person, ruling = case_id(data), PersonId(text(data, "person")[:64]), text(data, "ruling")
    result = await _ruled(room, about, person, ruling, text(data, "reason"), rev(data))
    if isinstance(result, Conflict):
        return show(await _after(room, result))
    note = await refusal_note(room, result, person)
    typed = {ruling: {"reason": text(data, "reason")}}
    return show(await ruling_of(room, about, person, note, typed) or plain_refusal(note))


async def _rule_by_choice(room: Room, data: Data) -> Message:
    typed = {name: value for name in ("case", "person", "ruling", "reason") if (value := text(data, name))}
    about, person = CaseId(typed.get("case", "")[:64]), PersonId(typed.get("person", "")[:64])
    result = await _ruled(room, about, person, typed.get("ruling", ""), typed.get("reason", ""), None)
    if isinstance(result, Refusal):
        note = await refusal_note(room, result, person)
        return await question_of(room, meeting_id(data), note, {"rule": typed})
    return await question_of(room, meeting_id(data), await _done(room, result))


async def _ruled(
    room: Room, case: CaseId, person: PersonId, ruling: str, reason: str, shown: int | None
) -> Conflict | Refusal:
    if ruling not in list(Ruling):
        return Refusal(RefusalCode.UNKNOWN_CHOICE, {"fields": ("ruling",)})
    command = RuleConflict(case, person, Ruling(ruling), reason, shown)
    return await rule_conflict(command, room.actor, room.work, room.rules)


async def _after(room: Room, conflict: Conflict) -> Message:
    note = await _done(room, conflict)
    return await ruling_of(room, conflict.case, conflict.person, note) or plain_refusal(note)


async def _done(room: Room, conflict: Conflict) -> Banner:
    if conflict.person == room.actor.id:
        return Banner(_("Registrert: du er inhabil i saken."), "good")
    people = await room.work.people.get([conflict.person])
    who = people[conflict.person].name if conflict.person in people else ""
    ruling = ruling_words(conflict.ruling) if conflict.ruling else ""
    return Banner(_("Registrert: {who} er {ruling}, og har fått beskjed.", who=who, ruling=ruling), "good")


HANDLERS: Final[Mapping[str, Callable[[Room, Mapping[str, Json]], Awaitable[Reply]]]] = {
    actions.CONFLICT_OPEN: _open,
    actions.CONFLICT_DECLARE: _declare,
    actions.CONFLICT_RULE: _rule,
    **classify_acts.HANDLERS,
}
