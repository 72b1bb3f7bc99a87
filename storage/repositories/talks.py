"""Where each person stands in a conversation of questions."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from board.ids import CaseId, PersonId
from board.ports import Talk
from storage import records as r
from storage.unit import Unit
from storage.upsert import upsert

t = r.talks.c
_GET = select(t.form, t.question, t.answers, t.case_id, t.at).where(t.person_id == bindparam("person"))
_PUT = upsert(r.talks)
_DROP = delete(r.talks).where(t.person_id == bindparam("person"))


class Talks:
    """Implements ``board.ports.Talks``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def get(self, person: PersonId) -> Talk | None:
        row = await self._unit.ask(lambda tx: tx.first(_GET, {"person": person}))
        if row is None:
            return None
        form, question, answers, case_id, at = row
        return Talk(person, form, question, answers, CaseId(case_id) if case_id is not None else None, at)

    async def put(self, talk: Talk) -> None:
        values = {
            "person_id": talk.person,
            "form": talk.form,
            "question": talk.question,
            "answers": dict(talk.answers),
            "case_id": talk.case,
            "at": talk.at,
        }
        self._unit.put(_PUT, values)

    async def drop(self, person: PersonId) -> None:
        self._unit.put(_DROP, {"person": person})
