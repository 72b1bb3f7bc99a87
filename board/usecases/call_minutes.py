"""The run-sheet comes to the approval of minutes: the previous meeting's are put before the room (mandatet § 7).

Minutes whose approval was postponed come again. Where none wait, that is what the item says, by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.agenda import ItemKind
from board.decision import Decision, Outcome
from board.events import Event, Happened
from board.meeting import Meeting
from board.minutes import Minutes, MinutesChanged, MinutesState, minutes_object
from board.notices import Notice, NoticeKind
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.sitting import Seat, Sitting, sitting_object
from board.usecases._sitting import FIRST_CARD, agenda_of

_BACK: Final = 4
"""Meetings of the body that are looked back on for minutes that still wait."""


async def call_minutes(sitting: Sitting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """Asks every seat. Has no effect where they were called already."""
    meeting = (await work.meetings.named([sitting.meeting]))[sitting.meeting]
    earlier = await earlier_minutes(meeting, work)
    waiting = [minutes for minutes in earlier if minutes.state is MinutesState.CIRCULATED]
    for minutes in waiting:
        await _called(minutes, sitting, actor, work, rules)
    if not waiting:
        drafts = any(minutes.state is MinutesState.DRAFT for minutes in earlier)
        await record_approval(Outcome.POSTPONED if drafts else Outcome.NOTED, sitting, actor, work, rules)


async def earlier_minutes(meeting: Meeting, work: UnitOfWork) -> Sequence[Minutes]:
    """Of the body's meetings before this one, as far back as there are any, oldest first; not locked."""
    found: list[Minutes] = []
    before = meeting.starts_at
    for _step in range(_BACK):
        previous = await work.meetings.previous(meeting.body, before)
        minutes = (await work.minutes_book.named([previous.id])).get(previous.id) if previous else None
        if previous is None or minutes is None:
            break
        found.append(minutes)
        before = previous.starts_at
    return found[::-1]


async def _called(known: Minutes, sitting: Sitting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    minutes = await work.minutes_book.get(known.meeting)
    version = await work.minutes_book.version(known.meeting, minutes.version) if minutes else None
    if minutes is None or version is None:
        raise LookupError(f"the minutes of {known.meeting} have no text")
    now = rules.clock.now()
    result = minutes.call(actor, sitting.meeting, version, now)
    if not isinstance(result, MinutesChanged) or not result.events:
        return
    await work.minutes_book.save(result.minutes)
    await work.history.append(result.events)
    await _asked(result.minutes, sitting.seats, work, rules)
    await work.outbox.redraw(minutes_object(known.meeting), result.minutes.rev, now)


async def _asked(minutes: Minutes, seats: Sequence[Seat], work: UnitOfWork, rules: Rules) -> None:
    """``part``: the meeting that asks; whoever has the question from it does not get it twice."""
    about, held = minutes_object(minutes.meeting), minutes.called_in or ""
    notices = [Notice(NoticeKind.MINUTES_CALLED, about, FIRST_CARD, seat.person, held) for seat in seats]
    if notices:
        await work.outbox.tell(notices, rules.clock.now())


async def ask_newcomer(sitting: Sitting, seat: Seat, work: UnitOfWork, rules: Rules) -> None:
    """Somebody has come while the minutes are before the room; the sitting's lock is held."""
    meeting = (await work.meetings.named([sitting.meeting]))[sitting.meeting]
    for minutes in await earlier_minutes(meeting, work):
        if minutes.called_in == sitting.meeting:
            await _asked(minutes, (seat,), work, rules)


async def record_approval(outcome: Outcome, sitting: Sitting, actor: Actor, work: UnitOfWork, rules: Rules) -> None:
    """What came of the item; recorded anew, the last word counts. Errors: ``LookupError`` where it has no such item."""
    agenda, now = await agenda_of(sitting, work), rules.clock.now()
    item = next((item.id for item in agenda.items if item.kind is ItemKind.MINUTES), None)
    if item is None:
        raise LookupError(f"{sitting.meeting} approves minutes without an item for it")
    known = await work.decisions.get(sitting.meeting, item)
    rev = known.rev + 1 if known else 1
    await work.decisions.put(
        Decision(sitting.meeting, item, rev, ItemKind.MINUTES, outcome, actor.id, now, present=sitting.present)
    )
    details = {"item": item, "case": "", "outcome": str(outcome)}
    await work.history.append([Event(Happened.DECISION_RECORDED, sitting.meeting, now, actor.id, rev, details=details)])
    current = await work.sittings.get(sitting.meeting)
    if current is not None:
        after = current.recorded()
        await work.sittings.save(after)
        await work.outbox.redraw(sitting_object(sitting.meeting), after.rev, now)
