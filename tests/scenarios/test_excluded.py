"""One who is ruled inhabil: from then on no trace of the case in anything that person can reach.

In preparing (office, working group) and on the board; every command in three languages, every button with crafted
data, cards drawn anew, reminders, e-mail, the calendar, a deputy's notices, the papers as PDF.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo import demo_id
from tests.fakes.smtp import FakeSmtp
from tests.scenarios.sent_out import BOARD, DEPUTY, GROUP, REP, SECRET, TRACES, WG_MEMBER, Board, a_board
from tests.scenarios.slack_town import a_town
from tests.scenarios.traces import Watch, in_text, mail_text, pdf_text, still_there
from tests.scenarios.world import MEMBER, OFFICE, Chat, elements, shown, words

TITLE = SECRET["title"]
WORD = "kvantekryptert"


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as server:
        yield server


@pytest.fixture
async def board(sqlite_url: str, chat: str, tmp_path: Path, smtp: FakeSmtp) -> AsyncIterator[Board]:
    mail: dict[str, Any] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": smtp.port,
        "smtp_security": "none",
        "mail_from": "s@example.org",
    }
    site = "https://saksgang.example.org"
    async with a_town(chat, sqlite_url, tmp_path, empty=False, public_url=site, **mail) as world:
        yield await a_board(world)


async def traces_of(board: Board) -> tuple[str, ...]:
    case = await board.case(board.secret)
    return (*TRACES, *(number for number in (case.board_number, case.wg_number) if number))


async def crafted(board: Board) -> list[dict[str, Any]]:
    """What somebody who knows every id could send."""
    bot = board.world.bot
    assert bot is not None
    async with bot.store.work.read() as work:
        agenda = await work.agendas.get(BOARD)
        duties = await work.duties.of_object(board.secret)
    case, items = await board.case(board.secret), agenda.items if agenda else ()
    key = {"id": board.secret, "rev": case.rev}
    inputs = {"answer": "possible", "note": "Hm", "reason": "Fordi", "ruling": "able", "person": demo_id(MEMBER)}
    more = {"deadline": "2026-04-01", "statement": "Hei", "outcome": "recommended", "meeting": GROUP}
    of_meeting = {"case": board.secret, "answer": "possible", "gate": "wg_treatment", "reason": "Fordi"}
    return [
        key,
        {**key, **inputs, **more},
        {**key, "kind": "case.dispatched", "part": ""},
        {"id": BOARD, "rev": 1},
        {"id": BOARD, "rev": agenda.rev if agenda else 1, **of_meeting},
        *({"id": BOARD, "rev": 1, "item": item.id, "minutes": "9"} for item in items if item.case == board.secret),
        {"id": GROUP, "rev": 1, "preview": True},
        *({"id": duty.id, "rev": 1} for duty in duties),
    ]


async def test_a_director(board: Board) -> None:
    member, world = board.member, board.world
    await board.accepted()
    await board.treated()
    await board.sent()
    traces = await traces_of(board)
    link = await member.press_raw("pack.read", {"id": BOARD, "rev": 1})
    assert in_text(await pdf_text(world, link), traces), "until it is ruled, it is there"
    for text in (f"hvor er saken {TITLE}", "saksliste", "oppgaver", "sakspapirer"):
        await member.say(text)
    await member.press_raw("conflict.open", {"id": BOARD}, member.message_of("akspapirene"))
    assert still_there(member, traces)

    asked = await member.press_raw(
        "conflict.declare", {"id": BOARD, "case": board.secret, "answer": "possible", "note": "Søsteren min."}
    )
    assert "Den som avgjør habiliteten, har fått beskjed." in words(asked)
    question = await board.chair.sees("er habil i saken")
    assert "Søsteren min." in words(question)
    watch = Watch(member)
    await board.chair.press(question, "conflict.rule", ruling="excluded")
    await member.sees("Du er vurdert som inhabil i en sak på styremøtet")
    await world.quiet()

    assert still_there(member, traces) == []
    assert [t for text in watch.news() for t in in_text(text, traces)] == []
    assert in_text(await pdf_text(world, link), traces) == [], "the address from before opens what is left"
    assert "Regional radiologi" in await pdf_text(world, await member.press_raw("pack.read", {"id": BOARD}))
    before = await board.case(board.secret)
    number = before.board_number
    assert await watch.say_all((WORD, number, before.wg_number, "Zeppelin-77"), traces) == []
    assert await Watch(board.other).say_all((WORD,), traces), "the others it is told, so the search is a search"
    assert await watch.press_all(await crafted(board), traces) == []
    assert await board.case(board.secret) == before, "no button of it did anything"
    for chat in (board.other, board.chair):
        assert in_text(words(await chat.say("saksliste")), (TITLE,)), "for the others it is there"


async def test_what_arrives_later(board: Board, smtp: FakeSmtp) -> None:
    """Reminders, a moved meeting, e-mail, a deputy's notices, the calendar."""
    await board.accepted()
    await board.exclude(OFFICE, GROUP)
    await board.treated()
    await board.sent()
    traces = await traces_of(board)
    for digits in (MEMBER, DEPUTY):
        await board.exclude(digits, BOARD)
    chats = (board.member, board.deputy, board.people.office)
    watches = [Watch(chat) for chat in chats]
    for chat in (board.member, board.people.office):
        await chat.block()
    smtp.refused["direktor.akershus.universitetssykehus@example.org"] = "550 nobody here"
    await board.tid("2026-04-10 09:00")
    await board.people.lead.say("flytt møte styret 2026-04-16 til 2026-04-23 09:00")
    await board.people.lead.press(board.people.lead.last, "meeting.move")
    await board.world.quiet()
    await board.tid("2026-04-22 12:00")
    assert "ble ikke nådd" in shown(board.deputy)
    calendar = await board.deputy.say("kalender ny")
    url = next(e["url"] for e in elements(calendar) if "/calendar/" in str(e.get("url", "")))
    path = url[url.index("/calendar/") :].split()[0]
    async with board.world.session.get(f"{board.world.url}{path}") as response:
        assert response.status == 200
        assert in_text(await response.text(), traces) == []
    for watch in watches:
        assert [t for text in watch.news() for t in in_text(text, traces)] == []
    mails = [mail for mail in smtp.deliveries if "portefoljekontor" in " ".join(mail.recipients)]
    assert mails
    assert [t for mail in mails for t in in_text(mail_text(mail.message), traces)] == []


@pytest.mark.parametrize("digits", [OFFICE, WG_MEMBER, REP])
async def test_somebody_who_prepares_it(board: Board, digits: int) -> None:
    chat: Chat = {OFFICE: board.people.office, WG_MEMBER: board.wg_member, REP: board.rep}[digits]
    await board.accepted()
    await chat.sees(TITLE)
    traces = await traces_of(board)
    watch = Watch(chat)
    await board.exclude(digits, GROUP)
    assert still_there(chat, traces) == []
    await board.treated()
    await board.sent()
    traces = await traces_of(board)
    assert [t for text in watch.news() for t in in_text(text, traces)] == []
    before = await board.case(board.secret)
    assert await watch.say_all((WORD, before.board_number, before.wg_number), traces) == []
    assert await watch.press_all(await crafted(board), traces) == []
    assert await board.case(board.secret) == before
    assert in_text(words(await board.people.lead.say(f"hvor er saken {TITLE}")), (TITLE,))


async def test_it_looks_exactly_as_if_there_were_no_such_case(board: Board) -> None:
    await board.accepted()
    await board.treated()
    await board.sent()
    await board.exclude(MEMBER, BOARD)
    logged = len(await board.world.history(board.secret))
    for verb in (
        "case.open",
        "case.text",
        "case.paper",
        "case.confirm",
        "case.attach",
        "wg.statement",
        "conflict.declare",
    ):
        answers = [
            words(await board.member.press_raw(verb, {"id": case, "rev": 3, "answer": "none"}))
            for case in (board.secret, "no-such-case")
        ]
        assert answers[0] == answers[1], verb
    refused = [event for event in await board.world.history(board.secret) if event.what == "act.refused"]
    assert len(refused) == len(await board.world.history(board.secret)) - logged == 7, "each is in the log"
