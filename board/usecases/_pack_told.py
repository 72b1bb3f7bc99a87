"""Who is told that papers are out: each recipient once, those who read an earlier version of what is new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from board.duty import Duty, DutyKind, ask
from board.ids import DutyId, PersonId
from board.meeting import Meeting
from board.notices import Notice, NoticeKind
from board.pack import Pack, PackState
from board.people import Body
from board.ports import Rules, UnitOfWork
from board.usecases._meeting import habilitet_due
from board.usecases.pack_readers import Recipients, recipients

FIRST: Final = 1
"""The revision of that news: who got it is one list."""


async def tell_version(pack: Pack, meeting: Meeting, work: UnitOfWork, rules: Rules) -> None:
    """A version is ready. The one who sent it sees that on the card."""
    whom = await recipients(meeting, work, rules)
    first = await _nothing_was_out(pack, work)
    notices = [_sent(meeting, person) for person in whom.people] if first else await _anew(pack, meeting, whom, work)
    if first:
        notices += [_sent(meeting, person) for person in whom.office if person not in whom.people]
        notices += await _milestone(pack, meeting, work)
        await _ask_habilitet(pack, meeting, whom.voting, work, rules)
    told = {notice.key: notice for notice in notices if notice.to != pack.by}
    await work.outbox.tell(list(told.values()), rules.clock.now())


async def hand_out(person: PersonId, meeting: Meeting, work: UnitOfWork, rules: Rules) -> None:
    """To somebody who came to be a recipient after it went out: a deputy who was asked to come."""
    pack = await work.packs.ready(meeting.id)
    if pack is None or not meeting.is_planned or meeting.starts_at <= rules.clock.now():
        return
    if person in await _had_before(pack, meeting, [person], work):
        return
    await work.outbox.tell([_sent(meeting, person)], rules.clock.now())
    await _ask_habilitet(pack, meeting, [person], work, rules)


async def _nothing_was_out(pack: Pack, work: UnitOfWork) -> bool:
    """An earlier version that could not be made told nobody: this is the first."""
    before = [await work.packs.version(pack.meeting, version) for version in range(1, pack.version)]
    return not any(earlier and earlier.state is PackState.READY for earlier in before)


async def _anew(pack: Pack, meeting: Meeting, whom: Recipients, work: UnitOfWork) -> list[Notice]:
    """A later version: news to those who opened an earlier one, the papers to those who came to be recipients."""
    read = {mark.person: mark.version for mark in await work.packs.reads(meeting.id)}
    had = await _had_before(pack, meeting, whom.people, work)
    new = [_sent(meeting, person) for person in whom.people if person not in had and person not in read]
    kind, ends = NoticeKind.PACK_CHANGED, meeting.ends_at
    again = [
        Notice(kind, meeting.id, pack.version, person, str(read[person]), expires_at=ends)
        for person in whom.people
        if read.get(person, pack.version) < pack.version
    ]
    return [*new, *again]


async def _had_before(
    pack: Pack, meeting: Meeting, people: Iterable[PersonId], work: UnitOfWork
) -> frozenset[PersonId]:
    """Those who got a version of it before, or are its sender."""
    keys = {_sent(meeting, person).key: person for person in people}
    known = await work.outbox.knows(list(keys))
    return frozenset({*(keys[key] for key in known), pack.by})


def _sent(meeting: Meeting, to: PersonId) -> Notice:
    """That there are papers is news once, whichever version is the first that somebody gets."""
    return Notice(NoticeKind.PACK_SENT, meeting.id, FIRST, to, expires_at=meeting.ends_at)


async def _milestone(pack: Pack, meeting: Meeting, work: UnitOfWork) -> list[Notice]:
    if meeting.body is not Body.BOARD:
        return []
    channels = await work.channels.all(Body.BOARD)
    kind, ends = NoticeKind.PACK_MILESTONE, meeting.ends_at
    return [Notice(kind, meeting.id, pack.version, channel.recipient, expires_at=ends) for channel in channels]


async def _ask_habilitet(
    pack: Pack, meeting: Meeting, people: Iterable[PersonId], work: UnitOfWork, rules: Rules
) -> None:
    """Each who votes says of each case whether there is anything that makes one inhabil (``process.md``)."""
    if not pack.items:
        return
    now, due = rules.clock.now(), habilitet_due(meeting, rules)

    def duty(person: PersonId) -> Duty:
        name = DutyId(f"{DutyKind.DECLARE}:{meeting.id}:{person}")
        return ask(Duty(name, DutyKind.DECLARE, meeting.id, person, now, due), rules.hours)

    await work.duties.add([duty(person) for person in people], now)
