"""``saksgang rehearse``: every notice that the planner would put in line in a period, from the stored state.

Reads only, so that it may be run beside a bot at work; nothing is sent and nothing stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from board.clock import OSLO
from board.ids import MeetingId, PersonId
from board.meeting import Meeting
from board.people import Person
from board.planned import PlannedState, PlannedStep, steps_of
from board.ports import Rules, UnitOfWork, Work
from board.rehearsal import Stored, WouldGo, rehearse
from board.usecases.keep_later import whom
from board.usecases.standing import drafts

ALL: Final = 1_000_000
FAR: Final = datetime(2200, 1, 1, tzinfo=UTC)
LONG_AGO: Final = timedelta(days=400)


async def read_stored(work: UnitOfWork, rules: Rules, since: datetime) -> Stored:
    """What the planner goes by. Meetings whose back-plan no bot has settled yet get it here, in memory only."""
    meetings = {m.id: m for m in await work.meetings.between(since - LONG_AGO, FAR, ALL)}
    ids = sorted(meetings)
    known = await work.planned.of_meetings(ids) if ids else ()
    serving = await work.meetings.serving(ids) if ids else ()
    waiting = [step for step in known if step.state is PlannedState.OPEN]
    return Stored(
        duties=await work.duties.due(FAR, ALL),
        steps=[*waiting, *_unsettled(meetings, known, rules, since)],
        meetings=meetings,
        holdings=await work.people.holdings(),
        drafts=drafts(await work.cases.wanting(ids)) if ids else {},
        prepared=frozenset(meeting.serves for meeting in serving if meeting.serves),
        channels=[channel.recipient for channel in await work.channels.all()],
        evaluation=await work.evaluations.latest(),
        later=[(step, await whom(step, work, rules)) for step in await work.later.due(FAR, ALL)],
    )


def _unsettled(
    meetings: Mapping[MeetingId, Meeting], known: Sequence[PlannedStep], rules: Rules, since: datetime
) -> list[PlannedStep]:
    settled = {step.meeting for step in known}
    return [
        step
        for meeting in meetings.values()
        if meeting.id not in settled and meeting.is_planned and meeting.starts_at > since
        for step in steps_of(meeting, rules.mandate.offsets_of(meeting.body), rules.hours, since)
        if step.state is PlannedState.OPEN
    ]


async def would_go(work: Work, rules: Rules, since: date, until: date) -> list[tuple[WouldGo, str]]:
    """What would go out from the first to the last day, both included, and the name of each reader."""
    begins, ends = _midnight(since), _midnight(until + timedelta(days=1))
    start = min(begins, rules.clock.now())
    async with work.read() as unit:
        stored = await read_stored(unit, rules, start)
        ahead = rehearse(stored, rules.mandate, rules.hours, ends, start)
        found = [w for w in ahead if begins <= w.at < ends]
        people = await unit.people.get(sorted({w.notice.to for w in found}))
    return [(w, _name(w.notice.to, people)) for w in found]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), OSLO).astimezone(UTC)


def _name(recipient: PersonId, people: Mapping[PersonId, Person]) -> str:
    known = people.get(recipient)
    return known.name if known else recipient


def as_lines(found: Sequence[tuple[WouldGo, str]]) -> Iterator[str]:
    """A line a notice: local time, to whom, what, about what, why."""
    for would, name in found:
        notice = would.notice
        about = f"{notice.object_id} {notice.part}".strip()
        local = would.at.astimezone(OSLO)
        yield f"{local:%Y-%m-%d %H:%M}  {name}  {notice.kind}  {about}  ({notice.because})"
    yield f"{len(found)} notices"


def as_json(found: Iterable[tuple[WouldGo, str]]) -> str:
    return json.dumps([_fields(would, name) for would, name in found], ensure_ascii=False, indent=1)


def _fields(would: WouldGo, name: str) -> dict[str, str]:
    notice = would.notice
    return {
        "at": would.at.isoformat(),
        "local": would.at.astimezone(OSLO).isoformat(),
        "to": notice.to,
        "name": name,
        "kind": str(notice.kind),
        "object": notice.object_id,
        "part": notice.part,
        "why": notice.because,
    }
