"""The revision of each person's list of duties, and the redrawing of the list's copies when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Text, bindparam, exists, literal, select
from sqlalchemy.dialects.postgresql import insert

from board.ids import PersonId
from board.notices import tasks_of
from storage import records as r
from storage.outbox import redraw
from storage.statements import listed, one_of, size_for
from storage.transaction import Tx
from storage.unit import Unit

t, k = r.task_lists.c, r.copies.c
_REV = select(t.rev).where(t.person_id == bindparam("person"))
_FIRST = insert(r.task_lists).values(person_id=bindparam("person_id"), rev=1)
_NEXT = _FIRST.on_conflict_do_update(index_elements=["person_id"], set_={"rev": t.rev + 1})
_A_COPY = exists().where(k.object_id == literal(tasks_of(PersonId("")), Text()) + t.person_id)


@lru_cache
def _out_there(size: int) -> Select[Any]:
    """Those of the people of whose list a copy is out, and its new revision."""
    return select(t.person_id, t.rev).where(one_of(t.person_id, "person", size), _A_COPY)


class Lists:
    """Notes whose lists a unit of work changes, and does once, before the commit, what follows from that.

    Once and in the order of the ids, so that two units that change the same lists wait for each other and no more.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._changed: set[str] = set()
        self._now: datetime | None = None

    async def rev(self, person: PersonId) -> int:
        """With what this unit has changed."""
        row = await self._unit.ask(lambda tx: tx.first(_REV, {"person": person}))
        return (row[0] if row else 0) + int(person in self._changed)

    def changed(self, people: Iterable[str | None]) -> None:
        self._changed.update(somebody for somebody in people if somebody is not None)

    def settle(self, now: datetime) -> None:
        """To be called with every change; ``now`` is when a redrawing is due."""
        if self._now is None:
            self._unit.settle(self._settle)
        self._now = now if self._now is None else max(now, self._now)

    def _settle(self, tx: Tx) -> None:
        now, people = self._now, sorted(self._changed)
        self._now = None
        self._changed.clear()
        if not people or now is None:
            return
        tx.run(_NEXT, [{"person_id": person} for person in people])
        size = size_for(len(people))
        for person, rev in tx.all(_out_there(size), listed("person", people, size)):
            if redraw(tx, tasks_of(person), rev, now):
                self._unit.puts_in_line()
