"""Whatever is done to minutes, in whatever order: versions follow each other, facts stay, the log tells all."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from board.errors import Refusal
from board.minutes import MinutesState
from board.minutes_text import Source, digest_of
from board.people import Actor
from board.remarks import RemarkClass
from tests.board.minutes_support import (
    AGREED,
    SAID,
    SECTIONS,
    accept,
    circulate,
    closed,
    draft,
    edit,
    happened,
    minutes,
    none,
    remark,
    turn_down,
    versions,
)
from tests.board.sitting_support import BOARD_MEETING, CHAIR, MEMBER, SECOND
from tests.board.support import COLLEAGUE, LEAD, OFFICE, STRANGER, Desk

PEOPLE: Final = (OFFICE, COLLEAGUE, LEAD, CHAIR, MEMBER, SECOND, STRANGER)
MAKES_ONE: Final = {"minutes.drafted", "minutes.edited", "minutes.remark_accepted"}
"""What a version comes of."""
steps = st.tuples(
    st.sampled_from(("draft", "edit", "locked", "circulate", "none", "remark", "accept", "refuse")),
    st.sampled_from(PEOPLE),
    st.integers(0, 3),
)


async def did_one(made: Desk, act: str, who: Actor, n: int) -> Any:
    """``n`` picks the version that was seen, the words, and which remark."""
    texts = ("Styret drøftet saken.", "Kort.", "Lengre enn før.", "Noe annet.")
    remarks = sorted(made.memory.state.remarks)
    which = remarks[n % len(remarks)] if remarks else "nothing"
    match act:
        case "draft":
            return await draft(made, who)
        case "edit":
            return await edit(made, {SAID: texts[n]}, n, who, Source.WORD if n % 2 else Source.CHAT)
        case "locked":
            return await edit(made, {AGREED: texts[n]}, n, who)
        case "circulate":
            return await circulate(made, who)
        case "none":
            return await none(made, who, n)
        case "remark":
            cls = RemarkClass.SUBSTANTIVE if n == 3 else RemarkClass.EDITORIAL
            return await remark(made, who, f"Merknad {n}.", cls, version=max(n, 1))
        case "accept":
            return await accept(made, which, texts[n], who=who)
    return await turn_down(made, which, who=who)


async def walk(way: list[tuple[str, Actor, int]]) -> None:
    made = await closed()
    for act, who, n in way:
        before = len(made.memory.state.history)
        result = await did_one(made, act, who, n)
        if isinstance(result, Refusal):
            told = made.memory.state.history[before:]
            assert all(str(event.what) == "act.refused" for event in told), (act, result, told)
        held_together(made)


def held_together(made: Desk) -> None:
    found = versions(made)
    log = happened(made)
    assert [one.version for one in found] == list(range(1, len(found) + 1))
    assert len([what for what in log if what in MAKES_ONE]) == len(found)
    if BOARD_MEETING not in made.memory.state.minutes_book:
        assert not found
        return
    assert minutes(made).version == len(found)
    assert minutes(made).state is (MinutesState.CIRCULATED if "minutes.circulated" in log else MinutesState.DRAFT), (
        "nothing here approves"
    )
    for one in found:
        assert one.digest == digest_of(one.sections)
        assert [(s.id, s.heading, s.editable) for s in one.sections] == [
            (s.id, s.heading, s.editable) for s in SECTIONS
        ]  # fmt: skip
        assert [s.text for s in one.sections if not s.editable] == [s.text for s in SECTIONS if not s.editable]
    for before, after in pairwise(found):
        assert before.digest != after.digest, "a version says something new"
    answered = {one.person for one in made.memory.state.minutes_answers.values()}
    assert answered <= {one.id for one in PEOPLE if one is not STRANGER}


@settings(max_examples=40, deadline=None)
@given(st.lists(steps, max_size=14))
def test_any_order_of_acts(way: list[tuple[str, Actor, int]]) -> None:
    asyncio.run(walk([("draft", OFFICE, 0), *way]))
