"""Presses on the buttons of duties: the data is a request; everything is read again on the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from board.clock import local_day
from board.commands import DelegateDuty, FinishDuty, SnoozeDuties
from board.duties import CASE_DUTIES
from board.duty import Duty, DutyKind, ladder
from board.errors import Refusal, RefusalCode
from board.ids import CaseId, DutyId, EvaluationId, MeetingId, PersonId
from board.notices import NoticeKind, tasks_of
from board.usecases.delegate_duty import delegate_duty
from board.usecases.finish_duty import finish_duty
from board.usecases.look_at_case import look_at_case
from board.usecases.look_at_duty import look_at_duty
from board.usecases.snooze_duties import snooze_duties
from cards import actions
from cards.formats import join_words, weekday_date
from cards.i18n import _
from cards.message import Banner, Message
from cards.safe import one_line
from cards.task_views import TaskView
from cards.templates.duty_texts import ended_already, refusal_of_duty, what
from cards.templates.refusals import plain_refusal
from cards.templates.task_cards import task_card, why_card
from cards.templates.task_list import SHOWN
from dialogs import (
    anchor_acts,
    benefit_acts,
    conflict_acts,
    conflict_notices,
    delivery_acts,
    evaluation_present,
    follow_up_acts,
    meetings,
    minutes_notices,
    pack_notices,
    tasks,
)
from dialogs.dates import read_date
from dialogs.present import card_of, refused
from dialogs.pressed import Data, Handler, rev, text
from dialogs.room import Reply, Room, Wanted, show

MAX_ID: Final = 200
MAX_NAME: Final = 120
_ALIKE: Final = 5


def duty_id(data: Data) -> DutyId:
    """Of the choice that was made, or of the button itself."""
    return DutyId((text(data, "duty") or text(data, "id"))[:MAX_ID])


def _from_list(room: Room, data: Data) -> bool:
    return text(data, "id") == tasks_of(room.actor.id)


async def _note_of(room: Room, refusal: Refusal) -> Banner:
    by = refusal.params.get("by")
    people = await room.work.people.get([PersonId(by)]) if isinstance(by, str) else {}
    return refusal_of_duty(refusal, people, room.mandate)


async def task_view(room: Room, duty: Duty, *, why: bool = False) -> TaskView:
    """``why``: with the reminders to come, and who began it."""
    asked_by = await _asked_by(room, duty) if why else None
    return TaskView(
        duty,
        room.actor,
        room.now,
        room.today,
        room.mandate,
        await tasks.names_for(room, [duty], people=[asked_by] if asked_by else []),
        can_wait=tasks.can_wait(duty, room),
        deputies=await tasks.deputies(room) if duty.is_open else (),
        ladder=ladder(duty.asked_at, duty.due, room.rules.hours) if why else (),
        asked_by=asked_by,
    )


async def _asked_by(room: Room, duty: Duty) -> PersonId | None:
    """A case's duty begins with the act that was the case's last while the duty is open."""
    if duty.kind not in CASE_DUTIES - {DutyKind.SUBMIT} or not duty.is_open:
        return None
    case = await room.work.cases.get(CaseId(duty.object_id))
    return case.last.by if case and case.may_be_seen_by(room.actor) else None


async def opened(room: Room, duty: Duty, note: Banner | None = None) -> Message:
    """What the duty is about, with the buttons that end it; of one that is over, what happened."""
    if duty.kind is DutyKind.TASK:
        view = await task_view(room, duty)
        return task_card(view, note or ended_already(duty, view.names))
    if duty.kind is DutyKind.ANCHOR:
        return await anchor_acts.card(room, MeetingId(duty.object_id), note)
    if duty.kind is DutyKind.BENEFIT:
        shown = await benefit_acts.card(room, CaseId(duty.object_id), int(duty.part), note)
        return shown or plain_refusal(await _note_of(room, Refusal(RefusalCode.NOT_FOUND)))
    if duty.kind is DutyKind.EVALUATE:
        return await evaluation_present.card_of(room, EvaluationId(duty.object_id), note)
    if duty.kind is DutyKind.ATTEND:
        card = await meetings.now(room, duty.object_id)
        return card or plain_refusal(await _note_of(room, Refusal(RefusalCode.NOT_FOUND)))
    if duty.kind in _ASKED_BY_CARD or duty.kind is DutyKind.DECLARE:
        return await _question(room, duty) or plain_refusal(await _note_of(room, Refusal(RefusalCode.NOT_FOUND)))
    case = await look_at_case(CaseId(duty.object_id), room.actor, room.work, room.rules)
    if isinstance(case, Refusal):
        return await refused(room, case, CaseId(duty.object_id))
    names = await tasks.names_for(room, [duty])
    return await card_of(room, case, note or ended_already(duty, names))


async def _question(room: Room, duty: Duty) -> Message | None:
    """The card that asked it, as things are now; None where there is nothing to show to this reader any more."""
    if duty.kind is DutyKind.DECLARE:
        reply = await conflict_acts.HANDLERS[actions.CONFLICT_OPEN](room, {"id": duty.object_id})
        return reply.card or next(iter(reply.messages), None)
    draw, kind = _ASKED_BY_CARD[duty.kind]
    return await draw(room, Wanted(duty.object_id, kind, 0, duty.part))


_ASKED_BY_CARD: Final[Mapping[DutyKind, tuple[Callable[[Room, Wanted], Awaitable[Message | None]], NoticeKind]]] = {
    DutyKind.RULE: (conflict_notices.notice, NoticeKind.CONFLICT_DECLARED),
    DutyKind.DISPENSE: (pack_notices.notice, NoticeKind.DISPENSATION_ASKED),
    DutyKind.FOLLOW_UP: (follow_up_acts.notice, NoticeKind.FOLLOW_UP_REQUESTED),
    DutyKind.REMARK: (minutes_notices.notice, NoticeKind.MINUTES_CIRCULATED),
}


async def _after(room: Room, data: Data, duty: Duty | None, note: Banner | None) -> Message:
    """The card that was pressed, as it is now: the list, or the task by itself."""
    if duty is not None and duty.kind is DutyKind.TASK and not _from_list(room, data):
        return task_card(await task_view(room, duty), note)
    return await tasks.fresh(room, note)


async def _looked_at(room: Room, data: Data) -> Duty | Reply:
    found = await look_at_duty(duty_id(data), room.actor, room.work, room.rules)
    if isinstance(found, Refusal):
        return show(await tasks.fresh(room, await _note_of(room, found)))
    return found


# -- duties --------------------------------------------------------------------------------------------------------


async def _list(room: Room, _data: Data) -> Reply:
    return show(await tasks.fresh(room))


async def _open(room: Room, data: Data) -> Reply:
    """As a new message: the list that was pressed stays, as it is now."""
    found = await _looked_at(room, data)
    if isinstance(found, Reply):
        return found
    return Reply((await opened(room, found),), await tasks.fresh(room))


async def _why(room: Room, data: Data) -> Reply:
    found = await _looked_at(room, data)
    if isinstance(found, Reply):
        return found
    return Reply((why_card(await task_view(room, found, why=True)),), await _after(room, data, found, None))


async def _done(room: Room, data: Data) -> Reply:
    found = await _looked_at(room, data)
    if isinstance(found, Reply):
        return found
    if found.kind is not DutyKind.TASK:  # it ends with the act itself
        return Reply((await opened(room, found),), await tasks.fresh(room))
    result = await finish_duty(FinishDuty(found.id), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _after(room, data, found, await _note_of(room, result)))
    return show(await _after(room, data, result, Banner(_("Takk. Da er det gjort for alle som ble spurt."), "good")))


async def _snooze(room: Room, data: Data) -> Reply:
    """All that the list shows, or the one."""
    wish = text(data, "until")
    until = read_date(wish, room.today) if wish else None
    if wish and until is None:
        note = Banner(_("Jeg forsto ikke dagen. Skriv for eksempel «i morgen»."), "warning")
        return show(await tasks.fresh(room, note))
    if not _from_list(room, data):
        meant: Sequence[Duty | DutyId] = [duty_id(data)]
    elif rev(data) != await room.work.duties.list_rev(room.actor.id):
        return show(await tasks.fresh(room, _changed_since()))
    else:
        meant = (await tasks.owed(room))[:SHOWN]
    command = SnoozeDuties(tuple(one.id if isinstance(one, Duty) else one for one in meant), until)
    result = await snooze_duties(command, room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return show(await _after_refusal(room, data, result))
    left = [one for one in meant if isinstance(one, Duty) and one.id not in {duty.id for duty in result}]
    said = await _put_off(room, result, left)
    return show(await _after(room, data, result[0] if result else None, said))


def _changed_since() -> Banner:
    return Banner(_("Listen er endret siden du så den. Her er den slik den er nå. Ingenting er gjort."), "warning")


async def _after_refusal(room: Room, data: Data, refusal: Refusal) -> Message:
    """The pressed card with the reason; the task itself only where it is the reader's to see."""
    duty = None if refusal.code is RefusalCode.NOT_FOUND else await room.work.duties.get(duty_id(data))
    return await _after(room, data, duty, await _note_of(room, refusal))


async def _put_off(room: Room, put_off: Sequence[Duty], left: Sequence[Duty]) -> Banner | None:
    """Until when; and what could not be put off, because today is its last day."""
    days = sorted({local_day(duty.next_at) for duty in put_off if duty.next_at})
    said = []
    if days:
        said.append(_("Jeg minner deg på det igjen {days}.", days=join_words([weekday_date(day) for day in days])))
    if left:
        names = await tasks.names_for(room, left)
        which = join_words([what(duty, names) for duty in left])
        said.append(_("Dette kan ikke vente, for det er siste dag: {what}.", what=which))
    return Banner(" ".join(said), "warning" if left else "good") if said else None


async def _delegate(room: Room, data: Data) -> Reply:
    """From the list, from the duty's own card, or by *kan ikke* on the card of the case it is about."""
    of_case = await _owed_for(room, text(data, "id"))
    found = of_case or await _looked_at(room, data)
    if isinstance(found, Reply):
        return found
    after, note = await _delegated(room, found, text(data, "deputy_name") or text(data, "deputy"))
    return show(await opened(room, after, note) if of_case else await _after(room, data, after, note))


async def _owed_for(room: Room, case: str) -> Duty | None:
    """What the person owes for a case just now."""
    if not case or case.startswith("tasks:") or ":" in case:
        return None
    owed = await room.work.duties.of_object(case[:MAX_ID])
    return next((duty for duty in owed if duty.is_open and duty.concerns(room.actor.id)), None)


async def _delegated(room: Room, duty: Duty, written: str) -> tuple[Duty, Banner]:
    deputy = await _who(room, written)
    if isinstance(deputy, Banner):
        return duty, deputy
    result = await delegate_duty(DelegateDuty(duty.id, deputy), room.actor, room.work, room.rules)
    if isinstance(result, Refusal):
        return duty, await _note_of(room, result)
    people = await room.work.people.get([deputy])
    name = people[deputy].name if deputy in people else ""
    return result, Banner(_("{who} er spurt i stedet for deg. Du kan fortsatt svare selv.", who=name), "good")


async def _who(room: Room, written: str) -> PersonId | Banner:
    """A person by id, name or e-mail; several that fit are named, none is guessed."""
    words = one_line(written)[:MAX_NAME]
    if not words:
        return Banner(_("Velg hvem som kan gjøre det i stedet, eller skriv navnet."), "attention")
    found = await room.work.people.named(words, _ALIKE)
    plain = [p for p in found if words.casefold() in (p.id.casefold(), p.email.casefold(), p.name.casefold())]
    if len(plain) == 1 or len(found) == 1:
        return (plain or found)[0].id
    if found:
        names = join_words([f"{p.name} ({p.email})" if p.email else p.name for p in found])
        return Banner(_("Flere passer: {names}. Skriv e-posten.", names=names), "attention")
    return Banner(_("Jeg finner ikke «{name}» i registeret. Skriv fullt navn eller e-post.", name=words), "attention")


HANDLERS: Final[Mapping[str, Handler]] = {
    actions.TASK_LIST: _list,
    actions.TASK_OPEN: _open,
    actions.TASK_DONE: _done,
    actions.TASK_SNOOZE: _snooze,
    actions.TASK_DELEGATE: _delegate,
    actions.TASK_WHY: _why,
    **delivery_acts.HANDLERS,
}
