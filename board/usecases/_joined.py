"""A guest turns out to be somebody of the register: the accounts are that person's, and nothing made is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from board.events import Event, Happened
from board.ids import PersonId
from board.joining import followed
from board.people import Person
from board.ports import Rules, UnitOfWork

MOST_DUTIES = 500
"""More than a guest can owe: a few for each case."""


async def joined(
    guest: PersonId, person: Person, how: Mapping[str, str], by: PersonId, work: UnitOfWork, rules: Rules
) -> None:
    """``how``: the details of the event. A second time there is nothing left to move, and nothing is written."""
    accounts = await work.people.accounts_of(guest)
    for account in accounts:
        await work.people.join(account, person.id)
    await _cases(guest, person, work, rules)
    await _duties(guest, person.id, work, rules)
    await _talk(guest, person.id, work)
    await work.belongings.hand_over(guest, person.id, rules.clock.now())
    if accounts:
        details = {"guest": str(guest), "channel": ",".join(sorted({one.channel for one in accounts})), **how}
        event = Event(Happened.PERSON_JOINED, person.id, rules.clock.now(), by, details=details)
        await work.history.append([event])


async def _cases(guest: PersonId, person: Person, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    for case in await work.cases.submitted_by(guest):
        change = followed(case, guest, person, now)
        await work.cases.save(change.case)
        await work.history.append(change.events)
        await work.outbox.redraw(case.id, change.case.rev, now)


async def _duties(guest: PersonId, person: PersonId, work: UnitOfWork, rules: Rules) -> None:
    """Those that are over stay as they ended."""
    owed = [duty for duty in await work.duties.open_of(guest, MOST_DUTIES) if duty.person == guest]
    await work.duties.save([replace(duty, person=person) for duty in owed], rules.clock.now())


async def _talk(guest: PersonId, person: PersonId, work: UnitOfWork) -> None:
    """The guest's open question goes on, unless the person has one open elsewhere; the draft is there in any case."""
    talk = await work.talks.get(guest)
    if talk is None:
        return
    own = await work.talks.get(person)
    if own is None or not own.question:
        await work.talks.put(replace(talk, person=person))
    await work.talks.drop(guest)
