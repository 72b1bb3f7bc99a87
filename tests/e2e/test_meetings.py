"""Two board meetings by seven people: six outcomes, minutes, three remarks, an approval, and a file that is locked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.e2e import first_meeting, minutes_round, second_meeting
from tests.e2e.boardroom import ELSEWHERE, Boardroom
from tests.e2e.conftest import Person
from tests.e2e.inboxes import Inboxes
from tests.e2e.meeting_seeding import seed_two_meetings
from tests.e2e.processes import BotProcess
from tests.fakes.connector import FakeConnector

WITH_PAGES: Final = ("kontor", "ansvarlig", "leder", "ous", "vara-ahus", "prosjektleder", "eier")
PACK_DAY: Final = "2026-09-14T09:00"


@pytest.fixture
def prepared_bot(artefacts: Path) -> Iterator[BotProcess]:
    """The agenda of the September meeting is approved, and everybody has said whether they come."""
    process = BotProcess(artefacts, now=PACK_DAY)
    process.prepare(empty=True)
    seed_two_meetings(process.environment()["SAKSGANG_DATABASE_URL"], process.files)
    yield process
    process.stop()


@pytest.fixture
async def room(bot: BotProcess, person: Person, artefacts: Path) -> AsyncIterator[Boardroom]:
    async with FakeConnector() as platform:
        others = Inboxes(platform, bot.endpoint)
        await others.arrive(*ELSEWHERE)
        office, lead, chair, director, deputy, submitter, owner = [await person(key) for key in WITH_PAGES]
        yield Boardroom(office, lead, chair, director, deputy, submitter, owner, others, bot, artefacts)


async def test_minutes_of_one_meeting_are_approved_at_the_next(room: Boardroom) -> None:
    await first_meeting.papers_sent(room)
    await the_first_meeting(room)
    await the_minutes(room)
    await the_second_meeting(room)


async def the_first_meeting(room: Boardroom) -> None:
    await first_meeting.opened(room)
    await first_meeting.first_items(room)
    await first_meeting.amended(room)
    await first_meeting.with_conditions(room)
    await first_meeting.after_a_restart(room)
    await first_meeting.sent_back_in_words(room)
    await first_meeting.last_items(room)
    await first_meeting.closed(room)


async def the_minutes(room: Boardroom) -> None:
    await minutes_round.decisions_told(room)
    await minutes_round.drafted(room)
    await minutes_round.worded(room)
    await minutes_round.sent_round(room)
    await minutes_round.remarked_on(room)
    await minutes_round.ruled_on(room)


async def the_second_meeting(room: Boardroom) -> None:
    await second_meeting.reported(room)
    await second_meeting.papers_sent(room)
    await second_meeting.asked_for_approval(room)
    await second_meeting.approved(room)
    await second_meeting.corrected(room)
    await second_meeting.locked(room)
    await second_meeting.found_again(room)
