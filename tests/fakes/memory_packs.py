"""The double's packs and secret links: the rules of their repositories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from board.agenda_ports import Link, Made
from board.ids import CaseId, MeetingId, PackId
from board.pack import Pack, PackFile, PackRead, PackState
from tests.fakes.memory_state import State


class MemoryPacks:
    def __init__(self, state: State) -> None:
        self._state, self._packs = state, state.packs

    async def latest(self, meeting: MeetingId) -> Pack | None:
        return max(self._of(meeting), key=lambda pack: pack.version, default=None)

    async def ready(self, meeting: MeetingId) -> Pack | None:
        ready = (pack for pack in self._of(meeting) if pack.state is PackState.READY)
        return max(ready, key=lambda pack: pack.version, default=None)

    async def version(self, meeting: MeetingId, version: int) -> Pack | None:
        return next((pack for pack in self._of(meeting) if pack.version == version), None)

    async def add(self, pack: Pack, frozen: Mapping[str, Any]) -> None:
        if pack.id in self._packs or await self.version(pack.meeting, pack.version):
            raise ValueError(f"unique: version {pack.version} of {pack.meeting}'s pack is there already")
        self._packs[pack.id] = pack
        self._state.frozen[pack.id] = frozen

    async def frozen(self, pack: PackId) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._state.frozen[pack]
        return found

    async def made(self, pack: Pack) -> None:
        known = self._packs[pack.id]
        told = {name: getattr(pack, name) for name in ("state", "pages", "reading_minutes", "ready_at")}
        self._packs[pack.id] = replace(known, **told)

    async def waits(self, now: datetime) -> bool:
        leases = self._state.pack_leases
        waiting = [pack for pack in self._packs.values() if pack.state is PackState.WAITING]
        return any(pack.id not in leases or leases[pack.id] <= now for pack in waiting)

    async def claim(self, now: datetime, lease: timedelta) -> Made | None:
        leases = self._state.pack_leases
        waiting = [pack for pack in self._packs.values() if pack.state is PackState.WAITING]
        free = [pack for pack in waiting if pack.id not in leases or leases[pack.id] <= now]
        if not free:
            return None
        first = min(free, key=lambda pack: (pack.sent_at, pack.id))
        leases[first.id] = now + lease
        return Made(first, self._state.frozen[first.id])

    async def file(self, pack: PackId, case: CaseId | None, left_out: Sequence[CaseId]) -> PackFile | None:
        return self._state.pack_files.get((pack, case, tuple(sorted(set(left_out)))))

    async def put_file(self, file: PackFile) -> None:
        left_out = tuple(sorted(set(file.left_out)))
        kept = replace(file, left_out=left_out)
        self._state.pack_files.setdefault((file.pack, file.case, left_out), kept)

    async def reads(self, meeting: MeetingId) -> Sequence[PackRead]:
        return [read for (about, _), read in sorted(self._state.pack_reads.items()) if about == meeting]

    async def read(self, read: PackRead) -> None:
        key = (read.meeting, read.person)
        before = self._state.pack_reads.get(key)
        if before is not None:
            read = replace(before, version=max(before.version, read.version), at=max(before.at, read.at))
        self._state.pack_reads[key] = read

    def _of(self, meeting: MeetingId) -> list[Pack]:
        return [pack for pack in self._packs.values() if pack.meeting == meeting]


class MemoryLinks:
    def __init__(self, state: State) -> None:
        self._links = state.links

    async def add(self, secret_hash: str, link: Link) -> None:
        if secret_hash in self._links:
            raise ValueError("unique: a secret is given once")
        self._links[secret_hash] = link

    async def whose(self, secret_hash: str, now: datetime) -> Link | None:
        link = self._links.get(secret_hash)
        return link if link is not None and link.expires_at > now else None

    async def purge(self, now: datetime) -> None:
        for secret_hash in [digest for digest, link in self._links.items() if link.expires_at <= now]:
            del self._links[secret_hash]
