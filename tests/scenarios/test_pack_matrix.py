"""Every verb of a case from the office to the board × every role × every state: let through, or refused without effect.

The tables are written from ``process.md`` and ``conversation.md``, not from the code's own. Whoever has no right gets a
refusal in words, which is in the log; nothing else is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest

from board.ids import CaseId
from board.minutes import Minutes, MinutesState
from board.minutes_text import Source, Version
from board.people import Body
from bot.demo import demo_id
from tests.scenarios.matrix_stage import HANDLERS, OTHER_BOARD, OTHER_GROUP, Stage, a_stage
from tests.scenarios.pack_steps import AFTER_GROUP, BOARD, GROUP, Course, paths
from tests.scenarios.steps import case_of, opened
from tests.scenarios.world import FIELDS, MEMBER, words

STATES: Final = (
    "submitted",
    "ready_for_wg",
    "on_wg_agenda",
    "wg_treated",
    "on_board_agenda",
    "dispatched",
    "withdrawn",
)
WITH_OFFICE: Final = set(STATES) - {"withdrawn"}
ACCEPTED: Final = set(STATES) - {"submitted"}
LISTED: Final = {"on_board_agenda", "dispatched"}
SEES: Final[dict[str, set[str]]] = {
    "submitter": set(STATES),
    "owner": set(STATES),
    "office": set(STATES),
    "lead": set(STATES),
    "rep": ACCEPTED,
    "wg_member": ACCEPTED,
    "chair": LISTED,
    "member": {"dispatched"},
    "deputy": {"dispatched"},
}
"""A withdrawn case had been accepted, and had been on no agenda."""
IN_SLACK: Final = ("on_wg_agenda", "dispatched")
"""The rules are the same in both chats; there, what differs is how a press comes in and how its answer goes out."""
MAY: Final[dict[str, dict[str, set[str]]]] = {
    "wg.schedule": {role: {"ready_for_wg"} for role in HANDLERS},
    "wg.treat": {role: {"on_wg_agenda"} for role in HANDLERS},
    "wg.statement": {"rep": {"on_wg_agenda", "wg_treated"}},
    "case.classify": dict.fromkeys({"submitter", *HANDLERS}, WITH_OFFICE),
    "conflict.declare": {
        **{role: set(STATES) for role in HANDLERS},
        **dict.fromkeys(("rep", "wg_member"), ACCEPTED),
        "chair": LISTED,
        **{role: {"dispatched"} for role in ("member", "deputy")},
    },
    "conflict.rule": {"chair": set(STATES)},
    "case.late_ask": dict.fromkeys(HANDLERS, WITH_OFFICE),
    "case.late_accept": {},
    "case.late_refuse": {},
}
"""Nobody has asked that these are taken in late: there is nothing to accept or refuse. See the test of its own."""
RIGHT: Final = {verb: set(by) for verb, by in MAY.items()} | {
    "case.late_accept": {"lead", "chair"},
    "case.late_refuse": {"lead", "chair"},
}
USES_UP: Final = {"wg.schedule", "wg.treat", "case.late_ask"}
"""What the next one cannot do again: each gets a case of its own."""


@pytest.fixture
async def stage(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(chat, sqlite_url, tmp_path) as found:
        yield found


async def test_a_case_in_every_state(stage: Stage, chat: str) -> None:
    cases = await in_every_state(stage.course)
    for state in STATES if chat == "teams" else IN_SLACK:
        case, *more = cases[state]
        assert (await stage.course.world.case(case)).state == state
        for verb, may in MAY.items():
            for role in stage.chats:
                if state in may.get(role, ()) or (state == "withdrawn" and verb.startswith("conflict.")):
                    continue
                right = role in RIGHT[verb] and state in SEES.get(role, ())
                said = await stage.refused(role, verb, await data_of(stage, verb, case), logged=None if right else True)
                if state not in SEES.get(role, ()):
                    assert "Regional radiologi" not in said, (verb, role, state)
        for role in stage.chats:
            await look(stage, role, case, sees=state in SEES.get(role, ()))
        for verb, may in MAY.items():
            for role in sorted(role for role, states in may.items() if state in states):
                if state == "withdrawn":
                    continue
                about = more.pop() if verb in USES_UP else case
                await stage.done(role, verb, await data_of(stage, verb, about))


async def look(stage: Stage, role: str, case: CaseId, *, sees: bool) -> None:
    """The case paper: a link for whoever sees the case."""
    data = {"id": case, "rev": 1}
    if not sees:
        assert "Regional radiologi" not in await stage.refused(role, "case.paper", data, logged=True)
        return
    before = await stage.everything(reads=False)
    card = await stage.chats[role].press_raw("case.paper", data)
    assert len(paths(card)) == 1, (role, words(card))
    assert await stage.everything(reads=False) == before


async def data_of(stage: Stage, verb: str, case: CaseId) -> dict[str, Any]:
    now = await stage.course.world.case(case)
    inputs: dict[str, dict[str, Any]] = {
        "wg.schedule": {"meeting": OTHER_GROUP},
        "wg.treat": {"outcome": "recommended", "remarks": ""},
        "wg.statement": {"statement": f"Uttalelse til rev {now.rev}."},
        "case.classify": {
            "document": now.documents[0].id,
            "classification": "exempt",
            "legal_basis": f"offl. § {now.rev}",
        },
        "conflict.declare": {"answer": "possible", "note": "Søsteren min."},
        "conflict.rule": {"person": demo_id(MEMBER + 1), "ruling": "excluded", "reason": "Søsteren."},
        "case.late_ask": {"meeting": OTHER_BOARD, "reason": "Den haster."},
        "case.late_refuse": {"reason": "Nei."},
    }
    rev = 0 if verb == "conflict.rule" else now.rev  # that of the answer: there is none
    return {"id": case, "rev": rev, **inputs.get(verb, {})}


async def in_every_state(course: Course) -> dict[str, list[CaseId]]:
    """In each state one to press on, two to ask late for, and two where an act takes the case out of it."""
    count = dict.fromkeys(STATES, 3) | {"ready_for_wg": 5, "on_wg_agenda": 5, "withdrawn": 1}
    cases = {state: [await submitted(course) for _ in range(count[state])] for state in STATES}
    for state in STATES[1:]:
        for case in cases[state]:
            await course.press(course.office, "case.accept", case)
    for state in STATES[2:6]:
        await course.on_group(*cases[state])
    await course.press(course.people.submitter, "case.withdraw", cases["withdrawn"][0], reason="Stanset.")
    await course.tid(AFTER_GROUP)
    for state in STATES[3:6]:
        await course.treated(*cases[state])
    for case in cases["on_wg_agenda"]:
        assert (await course.world.case(case)).state == "on_wg_agenda"
    for case in cases["dispatched"]:
        await course.office.press_raw("agenda.build", {"id": BOARD, "case": case})
    await finished(course)
    await course.approved()
    await course.send()
    await course.out()
    for case in cases["on_board_agenda"]:
        await course.office.press_raw("agenda.build", {"id": BOARD, "case": case})
    await course.world.quiet()
    return cases


async def finished(course: Course) -> None:
    """The group's minutes, though cases of its meeting are left: as if they had been of another one."""
    assert course.world.bot is not None
    now, by = course.world.bot.clock.now(), demo_id(3)
    minutes = Minutes(GROUP, Body.WORKING_GROUP, 1, MinutesState.CIRCULATED, 1, by, now, circulated_at=now)
    async with course.work.write() as work:
        await work.minutes_book.add(minutes, Version(GROUP, 1, (), by, now, Source.RECORD))
        await work.commit()


async def submitted(course: Course) -> CaseId:
    """With a link, to be classified."""
    form = await opened(course.people.submitter)
    url = "https://dokumenter.example.org/plan.pdf"
    card = await course.people.submitter.press(form, "case.attach", document_type="stage_plan", url=url)
    case = CaseId(case_of(card))
    given = {**FIELDS, "wanted_meeting": str(BOARD), "reason_incomplete": "De kommer."}
    await course.press(course.people.submitter, "case.submit", case, **given)
    await course.press(course.people.owner, "case.confirm", case)
    course.cases.append(case)
    return case


LATE: Final = ("case.late_accept", "case.late_refuse")


async def test_a_late_case_is_the_leads_question_then_the_chairs(stage: Stage) -> None:
    course = stage.course
    cases = [await submitted(course) for _ in range(3)]
    for case in cases:
        await course.press(course.office, "case.accept", case)
        await course.press(course.office, "case.late_ask", case, meeting=OTHER_BOARD, reason="Den haster.")
    taken, not_by_lead, not_by_chair = cases
    await _nobody_but(stage, "lead", taken)
    await stage.done("lead", "case.late_refuse", await data_of(stage, "case.late_refuse", not_by_lead))
    for case in (taken, not_by_chair):
        await stage.done("lead", "case.late_accept", await data_of(stage, "case.late_accept", case))
    await _nobody_but(stage, "chair", taken)
    await stage.done("chair", "case.late_refuse", await data_of(stage, "case.late_refuse", not_by_chair))
    await stage.done("chair", "case.late_accept", await data_of(stage, "case.late_accept", taken))
    for case in cases:
        await _nobody_but(stage, "nobody", case)


async def _nobody_but(stage: Stage, asked: str, case: CaseId) -> None:
    """Those two whose word it may be are told that it is not their turn; all others are refused the right."""
    for verb in LATE:
        for role in stage.chats:
            if role != asked:
                logged = None if role in ("lead", "chair") else True
                await stage.refused(role, verb, await data_of(stage, verb, case), logged=logged)
