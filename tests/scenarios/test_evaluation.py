"""A board's yearly evaluation over HTTP, from its day to its case: twelve at once, nothing of it anywhere else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from board.evaluation import round_id
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import CHAIR, LEAD, MEMBER, OFFICE, Chat, World, verbs, words

THIS = round_id(2026)
BOARD = (CHAIR, *range(MEMBER, MEMBER + 11))
MARKS = {f"q{n}": "4" for n in range(1, 6)}
SECRET = "Kortere møter, hilsen en som ikke skal finnes igjen"


async def _asked(world: World) -> list[Chat]:
    """The clock comes to the first working day of November: everybody of the board has the question."""
    chats = [world.person(digits, f"Styret {digits}") for digits in (*BOARD, OFFICE, LEAD)]
    for chat in chats:
        await chat.join()
    await world.person(99, "Klokka").say("tid 2026-11-02 08:00")
    for chat in chats[: len(BOARD)]:
        card = await chat.sees("Hvor enig er du i hver påstand?")
        assert "evaluation.answer" in verbs(card)
    return chats


async def _at_once(world: World, chats: list[Chat]) -> list[Any]:
    """Each presses at the same instant, each with marks and a comment of its own."""
    payloads = [
        chat.persona.presses(
            "evaluation.answer", {"id": THIS, **MARKS, "q1": str(n % 5 + 1), "comment": f"{SECRET} {n}"}
        )
        for n, chat in enumerate(chats)
    ]
    return list(await asyncio.gather(*(world.post(payload) for payload in payloads)))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


async def test_twelve_answer_at_once_and_the_result_becomes_a_case(
    place: str, chat: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with a_town(chat, place, tmp_path) as world:
        chats = await _asked(world)
        for status, body in await _at_once(world, chats[: len(BOARD)]):
            assert (status, body["statusCode"]) == (200, 200), body
            assert "Takk. Svaret er tatt imot." in words(body["value"])
        await world.quiet()
        assert "12 av 12 har svart" in words(await chats[-2].say("evaluering"))
        again = await _at_once(world, chats[:3])
        assert all("kan ikke finnes igjen" in words(body["value"]) for _, body in again)
        assert SECRET not in capsys.readouterr().err, "nothing of it is in the logs"
        await world.person(99, "Klokka").say("tid 2026-11-24 08:00")
        result = await chats[0].sees("Resultatet er blitt en sak til styret")
        assert all(f"{SECRET} {n}" in words(result) for n in range(len(BOARD)))
        assert "Antall svar på 1: 3, 2: 3, 3: 2, 4: 2, 5: 2." in words(result)
        case = await chats[-2].press(result, "case.open") if "case.open" in verbs(result) else {}
        assert not case or "case.accept" in verbs(case)
        assert await world.history(THIS)


async def test_the_urn_cannot_be_read_while_it_is_open(sqlite_url: str, chat: str, tmp_path: Path) -> None:
    async with a_town(chat, sqlite_url, tmp_path) as world:
        chats = await _asked(world)
        await _at_once(world, chats[: len(BOARD)])
        await world.settled()
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file())
        assert THIS.encode() in kept
        assert b"hilsen en som" not in kept
        keys = path.with_name(f"{path.name}.urn")
        assert len(list(keys.iterdir())) == 1
        await world.person(99, "Klokka").say("tid 2026-11-24 08:00")
        await chats[0].sees("Resultatet er blitt en sak til styret")
        assert list(keys.iterdir()) == []
