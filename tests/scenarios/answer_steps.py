"""A case whose owner has e-mail only, and the page that the mail's link opens."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from board.events import Event, Happened
from tests.fakes.browser import Page, send, visit
from tests.fakes.smtp import FakeSmtp
from tests.scenarios.steps import case_of, submitted
from tests.scenarios.world import OFFICE, OWNER, SUBMITTER, Chat, World, a_world

SITE = "https://saksgang.example.org"
OWNERS_MAIL = "prosjekteier.demo@example.org"


@dataclass
class Street:
    """The submitter and the office have the chat, the owner has not."""

    world: World
    smtp: FakeSmtp
    submitter: Chat
    office: Chat

    async def asked(self, **answers: str) -> tuple[str, str]:
        """A case that waits for its owner: its id, and the address of the link in the owner's mail."""
        before = len(self.smtp.to(OWNERS_MAIL))
        case = case_of(await submitted(self.submitter, **answers))
        await self.smtp.wait_for(lambda smtp: len(smtp.to(OWNERS_MAIL)) > before)
        return case, self.local(link_in(self.smtp.to(OWNERS_MAIL)[-1]))

    def local(self, url: str) -> str:
        return url.replace(SITE, self.world.url)

    async def visit(self, url: str, **headers: str) -> Page:
        return await visit(self.world.session, url, **headers)

    async def send(self, url: str, pairs: list[tuple[str, str]]) -> Page:
        return await send(self.world.session, url, pairs)

    async def confirm_page(self, url: str) -> Page:
        return await (await self.visit(url)).press("Bekreft saken")

    async def logged(self, case: str) -> list[str]:
        """What the log has of links: «used», or why one was refused."""
        return [said_of(event) for event in await self.world.history(case) if event.what in _LINKS]


_LINKS = (Happened.ANSWER_LINK_USED, Happened.ANSWER_LINK_REFUSED)


def said_of(event: Event) -> str:
    return event.details.get("why") or f"for {event.details['verb']}"


@asynccontextmanager
async def a_street(url: str, folder: Path, **settings: Any) -> AsyncIterator[Street]:
    async with (
        FakeSmtp() as smtp,
        a_world(
            url,
            folder,
            public_url=SITE,
            smtp_host="127.0.0.1",
            smtp_port=smtp.port,
            smtp_security="none",
            mail_from="saksgang@example.org",
            **settings,
        ) as world,
    ):
        submitter, office = world.person(SUBMITTER), world.person(OFFICE, "Porteføljekontor Demo")
        await submitter.join()
        await office.join()
        yield Street(world, smtp, submitter, office)


def link_in(mail: EmailMessage) -> str:
    """The address in the text; the other half has the same."""
    found = re.findall(rf"{SITE}/answer/\S+", part(mail, "plain"))
    assert found, part(mail, "plain")
    assert f'href="{found[0]}"' in part(mail, "html")
    return str(found[0])


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


__all__ = ["OWNER", "OWNERS_MAIL", "SITE", "Street", "a_street", "link_in", "part", "said_of"]
