"""A guest in Slack, what the guest has made, and the register beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from board.delivery import Address, Copy
from board.documents import Document
from board.duty import Duty, DutyKind
from board.events import Happened
from board.ids import DocumentId, DutyId, PersonId
from board.notices import Notice, NoticeKind
from board.people import Account, Actor
from board.ports import Talk
from board.usecases.give_join_code import Given, give_join_code
from board.usecases.join_by_code import join_by_code
from tests.board.support import NOW, OFFICE, OWNER, TODAY, Desk, draft

IN_SLACK = Account("slack", "T1", "U1")
CHAT = Address("slack", "T1", "", "D1", "personal", "B1", "T1")
TEAMS = Address("teams", "tenant", "https://one.example.org", "a:1", "personal", "bot")


@dataclass
class Meeting:
    """A guest in Slack, and the register."""

    desk: Desk
    guest: Actor

    async def code(self, to: Actor = OWNER, giver: Actor = OFFICE) -> str:
        async with self.desk.memory.work.write() as work:
            found = await give_join_code(to.id, giver, work, self.desk.rules)
            await work.commit()
        assert isinstance(found, Given)
        return found.code

    async def types(self, typed: str, who: Actor | None = None) -> object:
        async with self.desk.memory.work.write() as work:
            found = await join_by_code(typed, who or self.guest, work, self.desk.rules)
            await work.commit()
        return found

    async def now(self, account: Account = IN_SLACK) -> PersonId:
        async with self.desk.memory.work.read() as work:
            found = await work.people.actor(account, TODAY)
        assert found is not None
        return found.id

    def refusals(self) -> list[str]:
        state = self.desk.memory.state
        return [event.details["why"] for event in state.history if event.what is Happened.JOIN_CODE_REFUSED]


async def busy(guest: Meeting) -> None:
    """The guest has made one of everything, and the person is reached in Teams."""
    me, now = guest.guest, NOW
    mine = replace(
        draft(by=me), documents=(Document(DocumentId("d1"), "stage_plan", "Plan", me.id, now, url="https://x.example"),)
    )
    async with guest.desk.memory.work.write() as work:
        await work.cases.add(mine)
        await work.talks.put(Talk(me.id, "case", "title", {}, mine.id, now))
        await work.duties.add([Duty(DutyId("duty"), DutyKind.SUBMIT, mine.id, me.id, now, TODAY)], now)
        await work.addresses.remember(OWNER.id, TEAMS, now)
        await work.addresses.remember(me.id, CHAT, now)
        await work.addresses.keep_copy(Copy(CHAT, "m1", me.id, "", mine.id, mine.rev), now)
        await work.outbox.tell([Notice(NoticeKind.CASE_RETURNED, mine.id, 1, me.id)], now)
        await work.calendars.replace(me.id, "digest", now)
        await work.commit()
