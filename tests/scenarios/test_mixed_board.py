"""A board in two chats and a mailbox approves minutes: one tally, every copy of it the same, one locked file."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from board.events import Event, Happened
from board.minutes import minutes_object
from bot.demo import demo_id
from tests.scenarios.approval_steps import FEBRUARY
from tests.scenarios.mixed_steps import (
    ALL,
    ASKED,
    BY_MAIL,
    IN_CHATS,
    IN_SLACK,
    IN_TEAMS,
    Mixed,
    a_mixed_board,
)
from tests.scenarios.pack_steps import SITE, until
from tests.scenarios.world import CHAIR, Chat, elements, verbs, words

APPROVED = "Referatet fra styremøtet torsdag 26. februar 2026 er godkjent"
BOTH = IN_TEAMS[0]
"""Has Slack as well."""
OLD = {"id": FEBRUARY, "digest": "0" * 64, "answer": "approve"}
"""What a button in an old message says."""


@pytest.fixture
async def board(url: str, tmp_path: Path) -> AsyncIterator[Mixed]:
    async with a_mixed_board(url, tmp_path) as opened:
        yield opened


async def called(board: Mixed) -> None:
    """The minutes come before the room, and the portfolio lead looks on in Teams."""
    await board.at.start()
    await board.at.call()
    lead = board.at.course.lead
    assert "0 av 12 har svart" in words(await lead.press_raw("minutes.approve", OLD, list(lead.cards)[-1]))
    await board.everybody_sees([])


async def rows(board: Mixed, what: Happened) -> list[Event]:
    return [row for row in await board.world.history(minutes_object(FEBRUARY)) if row.what is what]


async def concluded(board: Mixed) -> Event:
    """The chair concludes in a window in Slack; the locked file's row in the log."""
    chair = board.chats[CHAIR]
    done = await chair.press(await chair.sees(ASKED), "minutes.conclude", result="approved")
    assert "Referatet er godkjent" in words(done)

    async def there() -> bool:
        return bool((await board.at.minutes()).sha256)

    await until(there, "the file is made", 60)
    await board.world.quiet()
    (locked,) = await rows(board, Happened.MINUTES_LOCKED)
    return locked


async def each_answered_once(board: Mixed) -> None:
    answers = await board.at.answers()
    everybody = sorted(demo_id(digits) for digits in ALL)
    assert sorted(one.person for one in answers) == everybody
    kept = await rows(board, Happened.MINUTES_APPROVAL)
    assert sorted(row.by for row in kept) == everybody
    assert {row.details["answer"] for row in kept} == {"approve"}


async def opened(board: Mixed, chat: Chat) -> bytes:
    """What the PDF button gives in this chat."""
    card = await chat.press_raw("minutes.pdf", {"id": FEBRUARY})
    (link,) = [e["url"] for e in elements(card) if e.get("type") == "Action.OpenUrl"]
    async with board.world.session.get(board.world.url + link.removeprefix(SITE)) as response:
        assert response.status == 200, await response.text()
        return await response.read()


async def test_one_after_the_other_and_every_copy_is_the_same(board: Mixed) -> None:
    await board.the_day()
    both = board.also_in_slack(board.chats[BOTH])
    await both.join()
    await called(board)
    teams = board.chats[BOTH]
    asked = await both.sees(ASKED)
    old = list(teams.cards)[-1]
    assert not [card for card in teams.cards.values() if ASKED in words(card)], "it went to the chat used last"
    shown = await teams.press_raw("minutes.approve", OLD, old)
    assert "minutes.approve" in verbs(shown), "and an old button shows it in the other one as well"
    answered: list[int] = []
    for digits in (IN_TEAMS[1], IN_SLACK):
        chat = board.chats[digits]
        assert "Du godkjente" in words(await chat.press(await chat.sees(ASKED), "minutes.approve"))
        answered.append(digits)
        await board.everybody_sees(answered)
    assert "minutes.approve" in verbs(next(c for c in teams.cards.values() if ASKED in words(c)))

    assert "Du godkjente" in words(await both.press(asked, "minutes.approve"))
    answered.append(BOTH)
    await board.everybody_sees(answered)
    again = await teams.press_raw("minutes.approve", await board.at.data())
    assert "minutes.approve" not in verbs(again)

    page = await board.page(ASKED)
    assert "Godkjenn" in page.buttons
    confirm = await page.press("Godkjenn")
    await board.everybody_sees(answered)
    assert (await confirm.press("Bekreft")).heading == "Svaret er registrert"
    answered.append(BY_MAIL)
    await board.everybody_sees(answered)
    assert (await board.page(ASKED)).heading == "Lenken er brukt"
    for digits in IN_CHATS:
        if digits not in answered:
            chat = board.chats[digits]
            await chat.press(await chat.sees(ASKED), "minutes.approve")
            answered.append(digits)
            await board.everybody_sees(answered)

    await each_answered_once(board)
    await the_file_is_one_and_told_to_all(board, await concluded(board))


async def the_file_is_one_and_told_to_all(board: Mixed, locked: Event) -> None:
    for chat in board.chats.values():
        await chat.sees(APPROVED)
    assert board.mail(APPROVED), "by the mailbox too"
    files = {
        hashlib.sha256(await opened(board, board.chats[digits])).hexdigest() for digits in (*IN_TEAMS[1:3], IN_SLACK)
    }
    assert files == {locked.details["sha256"]}
    (conclusion,) = await rows(board, Happened.MINUTES_CONCLUDED)
    assert conclusion.by == demo_id(CHAIR)
    bot = board.world.bot
    assert bot is not None
    assert (await bot.store.verify_history()).seq is None


async def test_all_at_the_same_instant_from_everywhere(board: Mixed) -> None:
    """Everybody twice, one of them once in each of two chats, and the mail's link five times."""
    await board.the_day()
    both = board.also_in_slack(board.chats[BOTH])
    await both.join()
    await called(board)
    data = await board.at.data()
    confirm = await (await board.page(ASKED)).press("Godkjenn")
    presses = [board.chats[digits].persona.presses("minutes.approve", data) for digits in IN_CHATS for _ in range(2)]
    presses.append(both.persona.presses("minutes.approve", data))  # type: ignore[arg-type]  # of Slack
    pages, *answers = await asyncio.gather(
        asyncio.gather(*(confirm.press("Bekreft") for _ in range(5))), *(board.world.post(one) for one in presses)
    )
    assert {status for status, _ in answers} == {200}
    assert sorted(page.status for page in pages) == [200, 410, 410, 410, 410]
    await board.everybody_sees(list(ALL))
    await each_answered_once(board)
    await concluded(board)
