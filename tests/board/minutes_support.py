"""A board meeting that is closed, and the minutes of it, over the double of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from board.case import Case
from board.decision import Outcome
from board.editable import Section
from board.errors import Refusal
from board.ids import MeetingId, PersonId
from board.minutes import Minutes
from board.minutes_commands import (
    AcceptRemark,
    CirculateMinutes,
    DraftMinutes,
    EditMinutes,
    GiveRemark,
    NoRemark,
    RefuseRemark,
)
from board.minutes_sections import ATTENDANCE, HEAD, decision_of, heading_of, text_of
from board.minutes_text import Source, Version
from board.people import Actor
from board.remarks import RemarkClass
from board.usecases.accept_remark import accept_remark
from board.usecases.circulate_minutes import circulate_minutes
from board.usecases.draft_minutes import draft_minutes
from board.usecases.edit_minutes import edit_minutes
from board.usecases.give_remark import give_remark, no_remark
from board.usecases.refuse_remark import refuse_remark
from tests.board.pack_support import board_case
from tests.board.sitting_support import (
    BOARD_MEETING,
    FIRST,
    ONE,
    OTHER,
    SECOND,
    TWO,
    close,
    did,
    later,
    record,
    under_way,
)
from tests.board.support import OFFICE, Desk

ABOUT = f"minutes:{BOARD_MEETING}"
SAID, AGREED, SECRET = text_of(ONE), decision_of(ONE), text_of(TWO)
SECTIONS = (
    Section(HEAD, "Møtet", "Styremøte", editable=False),
    Section(ATTENDANCE, "Til stede", "Leder", editable=False),
    Section(heading_of(ONE), "Sak 001-2026: Heliks", "", editable=False),
    Section(SAID, "", "Styret drøftet saken.", level=2),
    Section(AGREED, "Vedtak", "Styret godkjenner.", editable=False, level=2),
    Section(heading_of(TWO), "Sak 002-2026: Ny journal", "", editable=False),
    Section(SECRET, "", "Saken ble utsatt.", level=2),
)
EXCLUDED = SECOND
"""Inhabil in the second case."""


async def closed(*cases: Case) -> Desk:
    """Held and closed, an hour after it began: one case adopted, one postponed."""
    kept = cases or (board_case(), _excluding(board_case("case-2", "002-2026", "Ny journal"), EXCLUDED.id))
    made = await under_way(*kept)
    await record(made, FIRST, Outcome.ADOPTED)
    await record(made, ONE, Outcome.ADOPTED_AMENDED, "Styret godkjenner oppstart i mai.")
    await record(made, TWO, Outcome.POSTPONED, "Saken utsettes.")
    await record(made, OTHER, Outcome.NOTED)
    later(made, 60)
    result = await close(made)
    assert not isinstance(result, Refusal), result
    return made


def _excluding(case: Case, person: PersonId) -> Case:
    return replace(case, excluded=frozenset({person}))


async def drafted(*cases: Case) -> Desk:
    made = await closed(*cases)
    done(await draft(made))
    return made


async def circulated(*cases: Case) -> Desk:
    made = await drafted(*cases)
    done(await circulate(made))
    return made


def done(result: Any) -> Any:
    assert not isinstance(result, Refusal), result
    return result


async def draft(made: Desk, who: Actor = OFFICE, meeting: MeetingId = BOARD_MEETING) -> Any:
    return await did(made, draft_minutes, DraftMinutes(meeting, SECTIONS), who)


async def edit(
    made: Desk, texts: Mapping[str, str], version: int = 1, who: Actor = OFFICE, source: Source = Source.CHAT
) -> Any:
    return await did(made, edit_minutes, EditMinutes(BOARD_MEETING, version, texts, source), who)


async def circulate(made: Desk, who: Actor = OFFICE, rev: int | None = None) -> Any:
    return await did(made, circulate_minutes, CirculateMinutes(BOARD_MEETING, rev), who)


async def none(made: Desk, who: Actor, version: int = 1) -> Any:
    return await did(made, no_remark, NoRemark(BOARD_MEETING, version), who)


async def remark(
    made: Desk, who: Actor, text: str = "Skriv «juni».", cls: RemarkClass = RemarkClass.EDITORIAL,
    section: str = SAID, version: int = 1,
) -> Any:  # fmt: skip
    return await did(made, give_remark, GiveRemark(BOARD_MEETING, version, cls, text, section), who)


async def accept(made: Desk, name: Any, text: str = "Nytt.", section: str = SAID, who: Actor = OFFICE) -> Any:
    return await did(made, accept_remark, AcceptRemark(name, section, text), who)


async def turn_down(made: Desk, name: Any, note: str = "Det ble sagt slik.", who: Actor = OFFICE) -> Any:
    return await did(made, refuse_remark, RefuseRemark(name, note), who)


def minutes(made: Desk) -> Minutes:
    return made.memory.state.minutes_book[BOARD_MEETING]


def versions(made: Desk) -> list[Version]:
    found = made.memory.state.minutes_versions
    return [found[key] for key in sorted(found) if key[0] == BOARD_MEETING]


def happened(made: Desk) -> list[str]:
    return [str(event.what) for event in made.memory.state.history if event.object_id == ABOUT]
