"""The double's proof of delivery: the rules of ``storage.repositories.proof``, over the outbox's rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from board.delivery import NEWEST, About, Missed, Proof, ProofState, SentRow
from board.ids import PersonId, is_channel
from board.notices import NoticeKind
from tests.fakes.memory_state import State, Waiting

_MISSED = ("waiting", "failed", "expired")


class MemoryProof:
    """Implements ``board.delivery.ProofOfDelivery``."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def of(self, about: About, limit: int) -> Sequence[Proof]:
        return [_proof(row) for row in sorted(self._group(about), key=_rank)][:limit]

    async def page(
        self, objects: Sequence[str], limit: int, before: int = NEWEST, only: Sequence[str] = ()
    ) -> Sequence[SentRow]:
        rows = [row for row in self._state.outbox.values() if _to_a_person(row) and row.object_id in objects]
        found = [row for row in rows if row.id < before and (not only or row.kind in only)]
        newest = sorted(found, key=lambda row: -row.id)[:limit]
        return [SentRow(row.created_at, _about(row), _proof(row)) for row in newest]

    async def unreached(self, since: datetime, limit: int) -> Sequence[Missed]:
        missed = [row for row in self._counted() if row.state in ("waiting", "failed") and row.created_at >= since]
        return self._missed(missed, ("waiting", "failed"), lambda row: row.created_at)[:limit]

    async def expired(self, since: datetime, limit: int) -> Sequence[Missed]:
        missed = [row for row in self._counted() if row.state == "expired" and _at(row) >= since]
        return self._missed(missed, ("expired",), _at)[:limit]

    async def unlisted(self, before: datetime) -> bool:
        return bool(self._unlisted(before))

    async def list_all(self, before: datetime, now: datetime) -> None:
        for row in self._unlisted(before):
            self._state.outbox[row.id] = replace(row, listed_at=now)

    async def told(self, row: int, by: PersonId, now: datetime) -> bool:
        found = self._state.outbox.get(row)
        if found is None or found.copy is not None or found.state not in ("waiting", "failed"):
            return False
        self._state.outbox[row] = replace(found, state="told", way="spoken", told_by=by, done_at=now)
        return True

    def _counted(self) -> list[Waiting]:
        rows = [row for row in self._state.outbox.values() if _to_a_person(row)]
        return [row for row in rows if row.kind not in (NoticeKind.STANDS_IN, NoticeKind.DIGEST)]

    def _unlisted(self, before: datetime) -> list[Waiting]:
        missed = [row for row in self._counted() if row.state in _MISSED and row.listed_at is None]
        return [row for row in missed if row.created_at < before]

    def _group(self, about: About) -> list[Waiting]:
        rows = [row for row in self._state.outbox.values() if _to_a_person(row) and _about(row) == about]
        newest = {row.person: row for row in sorted(rows, key=lambda row: row.id)}
        return list(newest.values())

    def _missed(
        self, missed: Sequence[Waiting], states: Sequence[str], when: Callable[[Waiting], datetime]
    ) -> list[Missed]:
        found = []
        for about in {_about(row) for row in missed}:
            group = self._group(about)
            of = [row for row in group if row.state in states]
            if of:
                key = (max(map(when, of)), max(row.id for row in group))
                found.append((key, Missed(about, len(of), len(group))))
        return [one for _, one in sorted(found, key=lambda f: f[0], reverse=True)]


def _to_a_person(row: Waiting) -> bool:
    return row.copy is None and not is_channel(PersonId(row.person))


def _about(row: Waiting) -> About:
    return About(row.kind, row.object_id, row.rev, row.part)


def _at(row: Waiting) -> datetime:
    return row.done_at or row.created_at


def _rank(row: Waiting) -> tuple[int, int]:
    return (0 if row.state in _MISSED else 1 if row.open else 2), row.id


def _proof(row: Waiting) -> Proof:
    return Proof(row.id, PersonId(row.person), _state(row), row.way, _at(row), row.last_error)


def _state(row: Waiting) -> ProofState:
    if row.state == "leased":
        return "queued"
    return "delivered" if row.state == "sent" and row.way == "chat" else row.state
