"""What the page behind a mail's link asks, by kind of question: approval, habilitet, the anonymous evaluation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp
import pytest
from aiohttp import web

from board.answer_link import AnswerLink
from board.approval import Said
from board.conflicts import Declared
from board.minutes import minutes_object
from board.notices import NoticeKind
from board.people import Actor
from bot.answer_desk import Desk as AnswerDesk
from bot.answer_links import AnswerPages
from bot.answering import Answers, Offer
from cards.i18n import use
from cards.message import Message
from dialogs.drawing import drawn
from dialogs.room import Room, Wanted
from tests.board.agenda_support import FEBRUARY
from tests.board.approval_support import MEMBERS, table
from tests.board.evaluation_support import DIRECTORS, THIS, a_board
from tests.board.pack_support import MEMBER, OTHER_CASE, board_case, exclude, out, pack_desk
from tests.board.support import BOARD_MEETING, Desk
from tests.cards.conftest import locales, texts
from tests.fakes.browser import Page, send, visit
from tests.fakes.serving import Served

__all__ = ["locales", "texts"]
SITE = "https://saksgang.example.org"
Serve = Callable[[Desk], Awaitable["Site"]]


@dataclass
class Site:
    desk: Desk
    url: str
    http: aiohttp.ClientSession

    async def mailed(self, who: Actor, kind: NoticeKind, about: str, part: str = "", seed: str = "1") -> Message:
        """The message as the pump hands it to the mail."""
        answers = Answers(self.desk.memory.work, self.desk.rules, SITE)
        wanted = Wanted(about, kind, 1, part)
        with use("nb"):
            async with answers.work.read() as unit:
                room = Room(who, unit, self.desk.rules, site=SITE)
                message = await drawn(room, wanted)
                assert message is not None
                offer: Offer = await answers.offer(room, wanted, message)
            return await answers.with_link(message, offer, seed)

    async def link(self, who: Actor, kind: NoticeKind, about: str, part: str = "", seed: str = "1") -> str:
        answering = (await self.mailed(who, kind, about, part, seed)).answering
        assert answering is not None
        assert answering.url
        return answering.url.replace(SITE, self.url)

    async def visit(self, url: str) -> Page:
        return await visit(self.http, url.replace(SITE, self.url))

    @property
    def links(self) -> list[AnswerLink]:
        return list(self.desk.memory.state.answer_links.values())

    @property
    def log(self) -> list[str]:
        return [event.what.value for event in self.desk.memory.state.history]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with aiohttp.ClientSession() as http:
        servers: list[Served] = []

        async def started(desk: Desk) -> Site:
            app = web.Application()
            AnswerPages(AnswerDesk(desk.memory.work, desk.rules, SITE)).add_to(app)
            server = Served(app)
            await server.start()
            servers.append(server)
            return Site(desk, server.url, http)

        yield started
        for server in servers:
            await server.stop()


@asynccontextmanager
async def nothing_changed(site: Site) -> AsyncIterator[None]:
    before = site.desk.memory.state
    yield
    assert site.desk.memory.state is before


# -- approval of minutes -----------------------------------------------------------------------------------------------


async def test_minutes_are_approved_by_mail_with_the_digest_of_what_was_shown(serve: Serve) -> None:
    made = await table()
    site = await serve(made.desk)
    url = await site.link(MEMBERS[0], NoticeKind.MINUTES_CALLED, minutes_object(FEBRUARY.id), made.held)
    async with nothing_changed(site):
        page = await site.visit(url)
        confirm = await page.press("Godkjenn")
    assert page.buttons == ["Les hele (PDF)", "Godkjenn", "Merknad"]
    assert "Du svarer: Godkjenn" in confirm.words
    assert "Godkjenne referatet fra styremøtet" in confirm.words
    receipt = await confirm.press("Bekreft")
    assert "Du godkjente" in receipt.words
    (approval,) = made.desk.memory.state.approvals.values()
    assert (approval.person, approval.said, approval.digest) == (MEMBERS[0].id, Said.APPROVE, made.digest)
    assert site.links[0].used_for == "minutes.approve"


async def test_who_lost_the_seat_is_asked_nothing_any_more(serve: Serve) -> None:
    made = await table()
    site = await serve(made.desk)
    url = await site.link(MEMBERS[0], NoticeKind.MINUTES_CALLED, minutes_object(FEBRUARY.id), made.held)
    confirm = await (await site.visit(url)).press("Godkjenn")
    async with made.desk.memory.work.write() as unit:
        sitting = await unit.sittings.get(made.held)
        assert sitting is not None
        seats = tuple(seat for seat in sitting.seats if seat.person != MEMBERS[0].id)
        await unit.sittings.save(replace(sitting, seats=seats, rev=sitting.rev + 1))
        await unit.commit()
    for page in (await site.visit(url), await confirm.press("Bekreft")):
        assert (page.status, page.heading) == (410, "Det er ikke noe å svare på her nå")
    assert not made.desk.memory.state.approvals
    assert site.log.count("answer_link.refused") == 1


# -- habilitet ---------------------------------------------------------------------------------------------------------


async def test_habilitet_comes_with_the_papers_and_has_a_link_for_what_is_left(serve: Serve) -> None:
    desk = await pack_desk(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    await out(desk)
    site = await serve(desk)
    mailed = await site.mailed(MEMBER, NoticeKind.PACK_SENT, BOARD_MEETING)
    assert mailed.answering is not None
    assert mailed.answering.asks.startswith("Habilitet: ")
    page = await site.visit(mailed.answering.url)
    assert "Ny journal" in page.words
    page.choose("Hvilken sak? (påkrevd)", "002-2026 Ny journal")
    confirm = await page.fill("Hva gjelder det?", "Søster").press("Meld fra")
    assert "Mulig forhold i en sak" in confirm.words
    receipt = await confirm.press("Bekreft")
    assert receipt.heading == "Svaret er registrert"
    following = await site.visit(receipt.links["Svar på mer"])
    assert following.url != page.url
    confirm = await following.press("Ingen forhold i de andre")
    await confirm.press("Bekreft")
    conflicts = {one.case: one.answer for one in desk.memory.state.conflicts.values()}
    assert conflicts == {"case-1": Declared.NONE, "case-2": Declared.POSSIBLE}
    assert [link.used_for for link in site.links][:2] == ["conflict.declare"] * 2
    assert (await site.visit(page.url)).heading == "Lenken er brukt"


async def test_a_case_that_one_is_inhabil_in_is_not_there_any_more(serve: Serve) -> None:
    desk = await pack_desk(board_case(), board_case("case-2", "002-2026", "Ny journal"))
    await out(desk)
    site = await serve(desk)
    url = await site.link(MEMBER, NoticeKind.PACK_SENT, BOARD_MEETING)
    before = await site.visit(url)
    await exclude(desk, OTHER_CASE, MEMBER.id)
    after = await site.visit(url)
    assert ("Felles meldingstjeneste" in before.words, "Ny journal" in before.words) == (True, True)
    titles = [t for t in ("Felles meldingstjeneste", "Ny journal") if t in after.words]
    assert len(titles) == 1


# -- the evaluation ----------------------------------------------------------------------------------------------------


async def test_an_anonymous_answer_leaves_no_trace_of_the_link(serve: Serve) -> None:
    board = await a_board()
    site = await serve(board.desk)
    url = await site.link(DIRECTORS[0], NoticeKind.EVALUATION_ASKED, THIS)
    history = list(site.log)
    page = await site.visit(url)
    missing = await page.press("Send svaret")
    assert missing.status == 422
    assert missing.words.count("Velg et svar.") == 10, "each of five, at its field and above"
    for question in dict.fromkeys(c.group for c in missing.controls if c.kind == "radio"):
        missing.choose(question, "4 – enig")
    confirm = await missing.fill("Kommentar", "Bra møter").press("Send svaret")
    receipt = await confirm.press("Bekreft")
    assert receipt.heading == "Svaret er registrert"
    assert (len(board.urn), board.urn[0].comment) == (1, "Bra møter")
    assert site.links == []
    assert site.log == history
    again = await site.visit(url)
    assert (again.status, again.heading) == (404, "Lenken virker ikke")


# -- the mail ----------------------------------------------------------------------------------------------------------


async def test_the_same_delivery_carries_the_same_link_and_another_one_another(serve: Serve) -> None:
    made = await table()
    site = await serve(made.desk)
    about = (NoticeKind.MINUTES_CALLED, minutes_object(FEBRUARY.id), made.held)
    first = await site.link(MEMBERS[0], *about)
    assert await site.link(MEMBERS[0], *about) == first
    assert await site.link(MEMBERS[0], *about, seed="2") != first
    assert len(site.links) == 2


async def test_without_a_public_address_there_is_no_link(serve: Serve) -> None:
    made = await table()
    site = await serve(made.desk)
    answers = Answers(site.desk.memory.work, site.desk.rules, "")
    wanted = Wanted(minutes_object(FEBRUARY.id), NoticeKind.MINUTES_CALLED, 1, made.held)
    async with answers.work.read() as unit:
        room = Room(MEMBERS[0], unit, site.desk.rules)
        message = await drawn(room, wanted)
        assert message is not None
        offer = await answers.offer(room, wanted, message)
    assert (await answers.with_link(message, offer, "1")).answering == offer.answering
    assert offer.answering.url == ""
    assert site.links == []


async def test_what_breaks_keeps_what_was_typed(serve: Serve) -> None:
    made = await table()
    site = await serve(made.desk)
    url = await site.link(MEMBERS[0], NoticeKind.MINUTES_CALLED, minutes_object(FEBRUARY.id), made.held)
    page = (await site.visit(url)).fill("Merknad (påkrevd)", "Møtet begynte kl. 9")
    pairs = page.sent_by("Merknad")
    state = site.desk.memory.state
    minutes = state.minutes_book
    state.minutes_book = None  # type: ignore[assignment]  # what no code expects
    broken = await send(site.http, url, pairs)
    assert broken.status == 503
    assert "oppgi feilkoden" in broken.words
    assert "Møtet begynte" not in broken.words
    site.desk.memory.state.minutes_book = minutes
    confirm = await broken.press("Prøv igjen")
    assert "Møtet begynte kl. 9" in confirm.words
