"""An e-mail that asks something gets a link of its own, by which its reader can answer once (``board.answer_link``)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from board.answer_link import AnswerLink, link_id, lives_until
from board.ids import PersonId
from board.notices import meeting_behind
from board.ports import Rules, UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class Asked:
    """The notice that a link is for: what the mail's question is drawn from, and ``until`` when it can be answered."""

    person: PersonId
    kind: str
    object_id: str
    part: str
    rev: int
    until: datetime


async def answer_until(
    object_id: str, person: PersonId, verbs: frozenset[str], work: UnitOfWork, rules: Rules
) -> datetime:
    """When a link about this object ends for this person."""
    about = dict.fromkeys((object_id, meeting_behind(object_id)))
    duties = [duty for one in about for duty in await work.duties.of_object(one)]
    return lives_until(duties, person, verbs, rules.clock.now())


async def signing_key(work: Work, rules: Rules) -> str:
    """What links are signed with; made by the first process that asks."""
    async with work.read() as unit:
        if key := await unit.answer_links.key():
            return key
    async with work.write() as unit:
        await unit.answer_links.keep_key(hashlib.sha256(rules.ids.secret().encode()).hexdigest())
        await unit.commit()
    async with work.read() as unit:
        return await unit.answer_links.key()


async def give_answer_link(asked: Asked, seed: str, key: str, work: UnitOfWork, rules: Rules) -> AnswerLink:
    """The link of one delivery: asked for again with the same ``seed`` it is the same, with the same end."""
    new = AnswerLink(
        link_id(key, seed), asked.person, asked.kind, asked.object_id, asked.part, asked.rev, rules.clock.now(),
        asked.until,
    )  # fmt: skip
    await work.answer_links.add(new)
    return await work.answer_links.get(new.id) or new


async def give_next(used: AnswerLink, key: str, work: UnitOfWork, rules: Rules) -> AnswerLink:
    """For what is left of a question that has several answers: until the same time as the one before it."""
    following = replace(used, id=link_id(key, rules.ids.secret()), at=rules.clock.now(), used_at=None, used_for="")
    await work.answer_links.add(following)
    return following
