"""The double's book of minutes: the rules of ``storage.repositories.minutes_book``, over dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from board.approval import Approval
from board.ids import MeetingId, RemarkId
from board.minutes import Minutes, MinutesState
from board.minutes_ports import LockedFile, Sealing
from board.minutes_text import Version
from board.remarks import Remark, RoundAnswer
from tests.fakes.memory_state import State


class MemoryMinutesBook:
    """Implements ``board.minutes_ports.MinutesBook``."""

    def __init__(self, state: State) -> None:
        self._state, self._book = state, state.minutes_book

    async def get(self, meeting: MeetingId) -> Minutes | None:
        return self._book.get(meeting)

    async def add(self, minutes: Minutes, version: Version | None) -> bool:
        if minutes.meeting in self._book:
            return False
        self._book[minutes.meeting] = minutes
        self._write(version)
        return True

    async def save(self, minutes: Minutes, version: Version | None = None) -> None:
        before = self._book.get(minutes.meeting)
        if before is None or before.rev != minutes.rev - 1:
            raise ValueError(f"the minutes of {minutes.meeting} are not at revision {minutes.rev - 1}")
        self._book[minutes.meeting] = minutes
        self._state.minutes_leases.pop(minutes.meeting, None)
        self._write(version)

    async def version(self, meeting: MeetingId, version: int) -> Version | None:
        return self._state.minutes_versions.get((meeting, version))

    async def versions(self, meeting: MeetingId) -> Sequence[Version]:
        return [version for (about, _), version in sorted(self._state.minutes_versions.items()) if about == meeting]

    async def named(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        return {meeting: self._book[meeting] for meeting in meetings if meeting in self._book}

    async def finished(self, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, Minutes]:
        named = await self.named(meetings)
        return {meeting: minutes for meeting, minutes in named.items() if minutes.is_finished}

    async def rounds_over(self, today: date, limit: int) -> Sequence[Minutes]:
        circulated = [m for m in self._book.values() if m.state is MinutesState.CIRCULATED and not m.round_closed_at]
        over = [(m.remarks_due, m.meeting, m) for m in circulated if m.remarks_due and m.remarks_due < today]
        return [minutes for *_, minutes in sorted(over, key=lambda found: found[:2])][:limit]

    async def answers(self, meeting: MeetingId) -> Sequence[RoundAnswer]:
        found = [answer for answer in self._state.minutes_answers.values() if answer.meeting == meeting]
        return sorted(found, key=lambda answer: (answer.at, answer.person))

    async def answer(self, answer: RoundAnswer) -> None:
        self._state.minutes_answers[answer.meeting, answer.person] = answer

    async def remarks(self, meeting: MeetingId) -> Sequence[Remark]:
        return [remark for remark in self._state.remarks.values() if remark.meeting == meeting]

    async def remark(self, remark: RemarkId) -> Remark | None:
        return self._state.remarks.get(remark)

    async def put_remark(self, remark: Remark) -> None:
        self._state.remarks[remark.id] = remark

    async def approvals(self, meeting: MeetingId, held: MeetingId) -> Sequence[Approval]:
        return [a for a in self._state.approvals.values() if (a.meeting, a.held) == (meeting, held)]

    async def approve(self, approval: Approval) -> bool:
        key = (approval.meeting, approval.held, approval.digest, approval.member)
        new = key not in self._state.approvals
        self._state.approvals.setdefault(key, approval)
        return new

    async def unsealed(self, now: datetime) -> bool:
        return bool(self._free(now))

    async def claim(self, now: datetime, lease: timedelta) -> Sealing | None:
        free = self._free(now)
        if not free:
            return None
        first = min(free, key=lambda minutes: (minutes.approved_at, minutes.meeting))
        self._state.minutes_leases[first.meeting] = now + lease
        return Sealing(first, self._state.minutes_versions[first.meeting, first.approved_version or first.version])

    async def file(self, meeting: MeetingId, version: int) -> LockedFile | None:
        return self._state.locked_files.get((meeting, version))

    async def put_file(self, file: LockedFile) -> bool:
        key = (file.meeting, file.version)
        new = key not in self._state.locked_files
        self._state.locked_files.setdefault(key, file)
        return new

    def _free(self, now: datetime) -> list[Minutes]:
        leases = self._state.minutes_leases
        waiting = [minutes for minutes in self._book.values() if minutes.is_approved and not minutes.sha256]
        return [minutes for minutes in waiting if minutes.meeting not in leases or leases[minutes.meeting] <= now]

    def _write(self, version: Version | None) -> None:
        if version is None:
            return
        key = (version.meeting, version.version)
        if key in self._state.minutes_versions:
            raise ValueError(f"unique: version {version.version} of {version.meeting}'s minutes is there already")
        self._state.minutes_versions[key] = version
