"""«arkiver møte»: for those who keep the archive, of a meeting they are habil in, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from board.events import Happened
from board.people import Actor
from dialogs.commands import Command
from dialogs.understand import Meant, understand
from tests.board.support import BOARD_MEETING, LEAD, OFFICE, OTHERS, OWNER, SUBMITTER, WG_MEETING
from tests.bot.archive.stage import ARCHIVIST, SECRET, Stage, exclude, moved, stage
from tests.dialogs.pack_support import links
from tests.dialogs.support import SITE, Chat, House, words
from tests.fakes.memory import Memory

KEEP = (ARCHIVIST, OFFICE)
OTHERS_ALL = tuple(one for one in (*OTHERS, LEAD, SUBMITTER, OWNER) if one.id != ARCHIVIST.id)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
async def held(memory: Memory, tmp_path: Path) -> Stage:
    return await stage(memory.work, tmp_path)


def chat(held: Stage, memory: Memory, who: Actor, site: str = SITE) -> Chat:
    return House(held.work, held.rules, held.clock, memory.queue, site).chat(who)


@pytest.mark.parametrize("who", KEEP, ids=lambda one: one.id)
@pytest.mark.parametrize("text", ["arkiver møte", "arkiver møtet 16. april 2026", "archive meeting", "arkiver mote"])
async def test_a_keeper_gets_an_address_of_ones_own(held: Stage, memory: Memory, who: Actor, text: str) -> None:
    if text == "arkiver møte":  # the last one that has begun
        held.clock.set(held.clock.now().replace(month=5, day=4))
    if text in ("archive meeting", "arkiver mote"):
        held.clock.set(held.clock.now().replace(month=4, day=20))
    card = await chat(held, memory, who).say(text)
    (link,) = links(card)
    assert link.startswith(f"{SITE}/archives/secret-")
    assert link.endswith(".zip")
    assert "torsdag 16. april 2026" in card.title
    (row,) = memory.state.links.values()
    assert (row.person, row.meeting, row.case) == (who.id, BOARD_MEETING, None)


@pytest.mark.parametrize("who", OTHERS_ALL, ids=lambda one: one.id)
async def test_nobody_else_gets_one_and_the_asking_is_in_the_log(held: Stage, memory: Memory, who: Actor) -> None:
    card = await chat(held, memory, who).say("arkiver møtet 16. april 2026")
    assert links(card) == []
    assert not memory.state.links
    assert SECRET not in words(card)
    (refused,) = [event for event in memory.state.history if event.what is Happened.ACT_REFUSED]
    assert (refused.by, refused.details["code"], refused.details["act"]) == (who.id, "not_allowed", "archive_meeting")


@pytest.mark.parametrize("who", KEEP, ids=lambda one: one.id)
async def test_who_is_inhabil_in_a_case_of_the_meeting_gets_nothing(held: Stage, memory: Memory, who: Actor) -> None:
    await exclude(held, "case-2", who.id)
    card = await chat(held, memory, who).say("arkiver møtet 16. april 2026")
    assert links(card) == []
    assert not memory.state.links
    assert SECRET not in words(card)
    assert "013-2026" not in words(card)


@pytest.mark.parametrize("who", KEEP, ids=lambda one: one.id)
async def test_nor_who_is_inhabil_in_one_that_only_the_papers_have(held: Stage, memory: Memory, who: Actor) -> None:
    """It was moved to another meeting after they were sent: their PDF has it still."""
    await moved(held)
    await exclude(held, "case-1", who.id)
    memory.state.decisions.clear()
    card = await chat(held, memory, who).say("arkiver møtet 16. april 2026")
    assert links(card) == []
    assert not memory.state.links


async def test_another_body_and_a_day_without_a_meeting(held: Stage, memory: Memory) -> None:
    office = chat(held, memory, OFFICE)
    assert "arbeidsutvalget onsdag 1. april 2026" in (await office.say("arkiver møte au")).title
    assert {row.meeting for row in memory.state.links.values()} == {WG_MEETING}
    none = await office.say("arkiver møte 17. april 2026")
    assert none.title == "Jeg finner ikke et slikt møte"


async def test_without_an_address_of_its_own_the_bot_says_what_is_to_be_set(held: Stage, memory: Memory) -> None:
    card = await chat(held, memory, OFFICE, site="").say("arkiver møtet 16. april 2026")
    assert links(card) == []
    assert "SAKSGANG_PUBLIC_URL" in words(card)
    assert not memory.state.links


async def test_in_a_channel_nothing_is_given(held: Stage, memory: Memory) -> None:
    here = chat(held, memory, OFFICE)
    here.scope = "channel"
    assert links(await here.say("arkiver møte")) == []
    assert not memory.state.links


@pytest.mark.parametrize("text", ["arkiver møte", "arkivere møtet", "arkiver møtet styret 16. april", "export meeting"])
def test_the_words_are_understood(text: str) -> None:
    meant = understand(text)
    assert isinstance(meant, Meant)
    assert meant.command is Command.ARCHIVE
