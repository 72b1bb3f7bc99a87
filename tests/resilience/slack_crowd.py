"""Many people whose chat with the bot is in Slack, put into a store in one go; and what a process is told of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from board.case import Case, LastChange
from board.case_content import Content
from board.delivery import Address
from board.events import Happened
from board.ids import CaseId, PersonId
from board.notices import Notice, NoticeKind
from board.people import BODY_OF, Role
from board.states import CaseState
from storage import records as r
from storage.engine import driver_url, open_store
from storage.mapping import address_values
from storage.words import name_key
from tests.fakes.faults import Fault, FaultScript
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_TOKEN, BOT_USER, SIGNING_SECRET, TEAM
from tests.resilience.crowd import SINCE


class Latency(FaultScript):
    """Calls to Slack take as long as calls over the internet do, in seconds; one in sixty takes ``now_and_then``."""

    def __init__(self, least: float, most: float, now_and_then: float, seed: int) -> None:
        super().__init__()
        self._range, self._seldom, self._dice = (least, most), now_and_then, random.Random(seed)

    def next(self, *names: str) -> Fault:
        seldom = self._dice.random() < 1 / 60
        return super().next(*names) or Fault(delay=self._seldom if seldom else self._dice.uniform(*self._range))


def settings_for(slack: FakeSlack) -> dict[str, str]:
    """What a process must be told to speak with this Slack."""
    return {
        "slack_team": TEAM,
        "slack_bot_token": BOT_TOKEN,
        "slack_signing_secret": SIGNING_SECRET,
        "slack_api_url": slack.base_url,
        "acts_per_minute": "0",
    }


def personas(slack: FakeSlack, count: int) -> list[Persona]:
    """People of the workspace, each with a chat with the bot."""
    people = [slack.persona(f"p{number}", f"Person {number}") for number in range(count)]
    for one in people:
        slack.workspace.open_dm(one.id)
    return people


async def settle(url: str, people: Sequence[Persona], now: datetime) -> None:
    """Adds them as project owners, known by their Slack accounts."""
    role = Role.PROJECT_OWNER
    rows: dict[Any, list[dict[str, Any]]] = {
        r.people: [_person(one) for one in people],
        r.accounts: [{"channel": "slack", "tenant": TEAM, "user_id": o.id, "person_id": o.id} for o in people],
        r.addresses: [
            {**address_values(address_of(one)), "person_id": one.id, "in_use": 1, "latest": 1, "at": now}
            for one in people
        ],
        r.holdings: [
            {"person_id": o.id, "role": role.value, "body": BODY_OF[role].value, "since": SINCE} for o in people
        ],
    }
    engine = create_async_engine(driver_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            for table, values in rows.items():
                await connection.execute(insert(table), values)
    finally:
        await engine.dispose()


def _person(one: Persona) -> dict[str, str]:
    name = one.user.real_name
    return {"id": one.id, "name": name, "name_key": name_key(name), "email": "", "language": "nb"}


def address_of(persona: Persona) -> Address:
    return Address("slack", TEAM, "", persona.dm, "personal", BOT_USER, TEAM)


async def hand_on(url: str, owners: Sequence[Persona], now: datetime) -> None:
    """To each owner a case of its own, handed on by the next of them, and the request to confirm it."""
    submitters = [*owners[1:], owners[0]]
    async with await open_store(url) as store, store.work.write() as unit:
        for owner, submitter in zip(owners, submitters, strict=True):
            await unit.cases.add(_handed_on(owner, submitter, now))
        told = [Notice(NoticeKind.CONFIRM_REQUESTED, case_of(one), 1, PersonId(one.id)) for one in owners]
        await unit.outbox.tell(told, now)
        await unit.commit()


def case_of(owner: Persona) -> CaseId:
    return CaseId(f"case-{owner.user.name}")


def _handed_on(owner: Persona, submitter: Persona, now: datetime) -> Case:
    by, to = PersonId(submitter.id), PersonId(owner.id)
    last = LastChange(Happened.CASE_SUBMITTED, by, now)
    content = Content(title=f"Sak for {owner.user.real_name}", project_owner=to)
    return Case(
        case_of(owner), 1, CaseState.AWAITING_OWNER, "project", "bp2", "clinical", by, now, now, last,
        content=content, owner=to, submitted_at=now,
    )  # fmt: skip
