"""The ladder of delivery: chat, e-mail, deputy, the office's list; and back to the chat when the person is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from board.clock import OSLO
from board.delivery import About
from board.ids import MeetingId
from board.notices import Notice, NoticeKind
from board.people import Body
from bot.demo import demo_id
from tests.fakes.faults import Fault
from tests.fakes.smtp import FakeSmtp
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import LEAD, MEMBER, OFFICE, Chat, World, verbs, words

DEPUTY = 31
MAIL = "direktor.akershus.universitetssykehus@example.org"
DEPUTYS_MAIL = "vara.akershus.universitetssykehus@example.org"


@dataclass
class Town:
    """A board with a mail server, and those who matter here, each with the app installed."""

    world: World
    smtp: FakeSmtp
    member: Chat
    deputy: Chat
    office: Chat
    lead: Chat

    async def blocked(self, *chats: Chat) -> None:
        for chat in chats:
            await chat.block()

    async def move_clock(self, when: datetime) -> None:
        await self.lead.say(f"tid {when.astimezone(OSLO):%Y-%m-%d %H:%M}")
        await self.world.quiet()

    async def meeting_moved(self) -> MeetingId:
        """A board meeting that the lead moves a week ahead: its id."""
        bot = self.world.bot
        assert bot is not None
        start = bot.clock.now().astimezone(OSLO) + timedelta(days=70)
        preview = await self.lead.say(f"nytt møte styret {start:%Y-%m-%d} 09:00")
        await self.lead.press(preview, "meeting.create")
        later = start + timedelta(days=7)
        preview = await self.lead.say(f"flytt møte styret {start:%Y-%m-%d} til {later:%Y-%m-%d} 09:00")
        await self.lead.press(preview, "meeting.move")
        await self.world.quiet()
        async with bot.store.work.read() as work:
            return (await work.meetings.upcoming(Body.BOARD, bot.clock.now(), 1))[0].id


@pytest.fixture
async def town(url: str, chat: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with (
        FakeSmtp() as smtp,
        a_town(
            chat,
            url,
            tmp_path,
            smtp_host="127.0.0.1",
            smtp_port=smtp.port,
            smtp_security="none",
            mail_from="saksgang@example.org",
        ) as world,
    ):
        people = [world.person(n, name) for n, name in _NAMES]
        for one in people:
            await one.join()
        yield Town(world, smtp, *people)


_NAMES = (
    (MEMBER, "Direktør Akershus universitetssykehus"),
    (DEPUTY, "Vara Akershus universitetssykehus"),
    (OFFICE, "Porteføljekontor Demo"),
    (LEAD, "Porteføljeansvarlig Demo"),
)


async def test_a_blocked_person_gets_the_same_by_e_mail_at_once(town: Town) -> None:
    await town.blocked(town.member)
    await town.meeting_moved()
    await town.smtp.wait_for(lambda smtp: len(smtp.to(MAIL)) == 1)
    (mail,) = town.smtp.to(MAIL)
    body = mail.get_body(("plain",))
    assert body is not None
    assert "flyttet" in mail["Subject"]
    assert "kl. 09.00" in body.get_content()
    assert not [card for card in town.deputy.cards.values() if "ikke nådd" in words(card)]


async def test_where_e_mail_fails_too_the_deputy_is_told_and_the_office_gets_the_list(town: Town) -> None:
    await town.blocked(town.member)
    town.smtp.refuse(MAIL, 550)
    await town.meeting_moved()
    await town.deputy.sees("ble ikke nådd")
    await _next_morning(town)
    digest = await town.office.sees("Ikke nådd")
    await town.office.press(digest, "notice.missed")
    listed = await town.office.sees("Direktør Akershus universitetssykehus")
    assert "Direktør Akershus universitetssykehus" in words(listed)
    told = await town.office.press(listed, "notice.told")
    assert "muntlig" in words(told)
    assert "notice.told" not in verbs(told), "nobody is left to tell"


async def test_where_nobody_is_reached_both_stand_on_the_offices_list(town: Town) -> None:
    await town.blocked(town.member, town.deputy)
    town.smtp.refuse(MAIL, 550)
    town.smtp.refuse(DEPUTYS_MAIL, 550)
    await town.meeting_moved()
    await _next_morning(town)
    await town.office.sees("Ikke nådd")


async def test_writing_to_the_bot_heals_it(town: Town) -> None:
    await town.blocked(town.member)
    town.smtp.refuse(MAIL, 550)
    await town.meeting_moved()
    town.world.heal()
    before = len(town.member.cards)
    await town.member.say("hjelp")
    await town.world.quiet()
    await town.member.sees("flyttet")
    assert len(town.member.cards) >= before + 2, "what waited, and the answer"
    town.smtp.refuse(MAIL, 0)
    await town.meeting_moved()
    assert not town.smtp.to(MAIL), "from now on by chat again"


async def test_a_mail_server_that_is_away_is_asked_again(town: Town) -> None:
    await town.blocked(town.member)
    town.smtp.faults.add(Fault(451), Fault(reset="before"), conversation=MAIL)
    await town.meeting_moved()
    bot = town.world.bot
    assert bot is not None
    await town.move_clock(bot.clock.now() + timedelta(minutes=5))
    await town.smtp.wait_for(lambda smtp: len(smtp.to(MAIL)) == 1)


async def test_a_channel_that_is_gone_is_given_up_and_holds_up_nobody(town: Town) -> None:
    bot = town.world.bot
    assert bot is not None
    nowhere = f"channel:teams:{MeetingId('19:gone')}"
    meeting = await town.meeting_moved()
    async with bot.store.work.write() as unit:
        await unit.outbox.tell([Notice(NoticeKind.MEETING_MOVED, meeting, 2, nowhere)], bot.clock.now())  # type: ignore[arg-type]  # a recipient that is no channel any more
        await unit.commit()
    await town.world.quiet()


async def test_proof_is_kept_per_person_and_way(town: Town) -> None:
    await town.blocked(town.member)
    meeting = await town.meeting_moved()
    await town.smtp.wait_for(lambda smtp: len(smtp.to(MAIL)) == 1)
    await town.world.quiet()
    bot = town.world.bot
    assert bot is not None
    async with bot.store.work.read() as work:
        proof = {p.person: p for p in await work.proof.of(About("meeting.moved", meeting, 2), 100)}
    assert (proof[demo_id(MEMBER)].state, proof[demo_id(MEMBER)].way) == ("sent", "email")
    assert (proof[demo_id(OFFICE)].state, proof[demo_id(OFFICE)].way) == ("delivered", "chat")


async def _next_morning(town: Town) -> None:
    bot = town.world.bot
    assert bot is not None
    tomorrow = bot.clock.now().astimezone(OSLO).replace(hour=8, minute=5) + timedelta(days=1)
    await town.move_clock(tomorrow)
