"""A board where nine sit in Teams, two in Slack, and one has e-mail alone; and what each of them sees of one matter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from bot.demo import demo_id
from tests.fakes.browser import Page, visit
from tests.fakes.smtp import FakeSmtp
from tests.scenarios.answer_steps import link_in
from tests.scenarios.approval_steps import Approving, cards_of, circulated
from tests.scenarios.pack_steps import BOARD, MEMBERS, SITE, a_course
from tests.scenarios.slack_chat import SlackChat
from tests.scenarios.slack_town import SlackTown, a_slack_world
from tests.scenarios.world import CHAIR, OFFICE, Chat, verbs, words

IN_SLACK, BY_MAIL = 13, 20
"""A director each; the chair has Slack too."""
IN_TEAMS = tuple(digits for digits in MEMBERS if digits not in (IN_SLACK, BY_MAIL))
IN_CHATS = (*IN_TEAMS, IN_SLACK, CHAIR)
ALL = (*IN_CHATS, BY_MAIL)
UNHELD = 10_000.0
"""Rates are another test's matter: those of Teams run in real time, and would take minutes here."""
ASKED = "Godkjenne referatet fra styremøtet"


@dataclass
class Mixed:
    """The papers are out, and everybody has said that they come, each by their own way; nine days to the meeting."""

    at: Approving
    smtp: FakeSmtp

    @property
    def world(self) -> SlackTown:
        assert isinstance(self.at.world, SlackTown)
        return self.at.world

    @property
    def chats(self) -> dict[int, Chat]:
        return self.at.chats

    def mail(self, subject: str) -> EmailMessage:
        """The newest one with these words to the director who has nothing else."""
        found = [mail for mail in self.smtp.to(self.world.emails[BY_MAIL]) if subject in mail["Subject"]]
        assert found, [mail["Subject"] for mail in self.smtp.to(self.world.emails[BY_MAIL])]
        return found[-1]

    async def page(self, subject: str) -> Page:
        """What the link in that mail opens."""
        return await visit(self.world.session, link_in(self.mail(subject)).replace(SITE, self.world.url))

    async def answers_by_mail(self, subject: str, button: str, **fields: str) -> Page:
        """Opens the link, answers and confirms: the receipt."""
        page = await self.page(subject)
        for label, value in fields.items():
            page = page.fill(label, value)
        return await (await page.press(button)).press("Bekreft")

    async def everybody_sees(self, answered: list[int]) -> None:
        """One state everywhere: the tally with who leads, in Slack and in Teams; their own answer with the others."""
        await self.world.quiet()
        tally = f"{len(answered)} av 12 har svart: {len(answered)} godkjenner, 0 har merknad."
        for runs in (self.chats[CHAIR], self.at.course.lead):
            shown = [words(card) for card in cards_of(runs, ASKED)]
            assert shown, "who leads has no tally"
            assert [one for one in shown if tally not in one] == []
        for digits, chat in self.chats.items():
            for card in cards_of(chat, ASKED):
                assert ("Du godkjente" in words(card)) == (digits in answered), (digits, words(card))
                assert ("minutes.approve" in verbs(card)) == (digits not in answered), (digits, verbs(card))

    def also_in_slack(self, chat: Chat) -> SlackChat:
        """Of somebody who sits in Teams, where the workspace has the same e-mail."""
        return self.world.slack_chat(int(chat.id[-2:]), chat.persona.name)

    async def the_day(self) -> None:
        await self.at.course.tid("2026-04-16 09:00")


@asynccontextmanager
async def a_mixed_board(url: str, folder: Path, *, minutes: bool = True, cases: int = 1) -> AsyncIterator[Mixed]:
    """``minutes``: of an earlier meeting, to be approved in this one."""
    async with (
        FakeSmtp() as smtp,
        a_slack_world(
            url,
            folder,
            in_slack=lambda digits: digits in (IN_SLACK, CHAIR),
            speed=UNHELD,
            outgoing_share=0,
            public_url=SITE,
            smtp_host="127.0.0.1",
            smtp_port=smtp.port,
            smtp_security="none",
            mail_from="saksgang@example.org",
        ) as world,
    ):
        yield await _with_papers(world, smtp, cases, minutes=minutes)


async def _with_papers(world: SlackTown, smtp: FakeSmtp, cases: int, *, minutes: bool) -> Mixed:
    members = [digits for digits in MEMBERS if digits != BY_MAIL]
    course = await a_course(world, members=members)
    if minutes:
        await circulated(course, demo_id(OFFICE))
    await course.to_agenda(cases)
    await course.send()
    await course.out()
    await course.tid("2026-04-07 08:05")
    chats = {**dict(zip(members, course.members, strict=True)), CHAIR: course.chair}
    mixed = Mixed(Approving(course, chats), smtp)
    for chat in chats.values():
        await chat.press_raw("meeting.attend", {"id": BOARD, "answer": "yes"})
    receipt = await mixed.answers_by_mail("Kommer du?", "Kommer")
    assert receipt.heading == "Svaret er registrert"
    await world.quiet()
    return mixed
