"""Every verb of agenda, papers and minutes × every role × every stage of a meeting: let through, or refused.

The tables are written from ``process.md`` and ``conversation.md``, not from the code's own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.scenarios.matrix_stage import EARLIER, HANDLERS, OTHER_BOARD, Stage, a_stage
from tests.scenarios.pack_steps import AFTER_GROUP, BOARD, GROUP, paths
from tests.scenarios.world import words

READERS: Final = {*HANDLERS, "chair", "member", "deputy"}
MEETING: Final[dict[str, set[str]]] = {
    **dict.fromkeys(("agenda.build", "agenda.up", "agenda.down", "agenda.edit", "agenda.move", "agenda.ask"), HANDLERS),
    **dict.fromkeys(("pack.send", "pack.ask_dispensation", "wg.minutes", "minutes.file"), HANDLERS),
    **{verb: {"chair"} for verb in ("agenda.approve", "pack.grant", "pack.refuse")},
    **dict.fromkeys(("pack.open", "pack.read"), READERS),
}
"""Who may at all; when is told stage by stage."""
NOT_YET: Final = {
    "no agenda": (
        "agenda.up",
        "agenda.down",
        "agenda.edit",
        "agenda.move",
        "agenda.ask",
        "agenda.approve",
        "pack.send",
    ),
    "draft": ("pack.send", "pack.read"),
    "approved": ("agenda.ask", "agenda.approve", "pack.read"),
    "sent": ("agenda.ask", "agenda.approve", "pack.send", "wg.minutes"),
    "over": (
        *("agenda.build", "agenda.up", "agenda.edit", "agenda.move", "agenda.ask", "agenda.approve"),
        *("pack.send", "pack.ask_dispensation"),
    ),
}
"""What even those with the right cannot do then."""
IN_SLACK: Final = ("draft", "sent")
"""The rules are the same in both chats; there, what differs is how a press comes in and how its answer goes out."""


@pytest.fixture
async def stage(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(chat, sqlite_url, tmp_path) as found:
        yield found


async def test_a_meeting_at_every_stage(stage: Stage, chat: str) -> None:
    course = stage.course
    for number in range(3):
        await course.accepted(number)
    await course.on_group(*course.cases)
    await course.tid(AFTER_GROUP)
    await course.treated(*course.cases)
    asked = ""
    for name, step in STEPS.items():
        for verb, roles in MEETING.items() if chat == "teams" or name in IN_SLACK else ():
            for role in stage.chats:
                if role not in roles:
                    await stage.refused(role, verb, await meeting_data(stage, verb, asked), logged=True)
                elif verb in NOT_YET[name]:
                    await stage.refused(role, verb, await meeting_data(stage, verb, asked), logged=None)
        for role in stage.chats:
            card = await stage.chats[role].press_raw("agenda.open", {"id": BOARD, "rev": 1})
            arranges = role in HANDLERS | {"chair"}
            shown = name not in ("no agenda", "draft") or (name == "draft" and arranges)
            assert ("Regional radiologi" in words(card)) == shown, (name, role)
        asked = await step(stage) or asked


async def meeting_data(stage: Stage, verb: str, asked: str) -> dict[str, Any]:
    agenda = await stage.course.agenda()
    items = [item for item in agenda.items if item.case] if agenda else []
    key: dict[str, Any] = {"id": BOARD, "rev": agenda.rev if agenda else 1}
    match verb:
        case "agenda.up" | "agenda.down" | "agenda.edit" | "agenda.move":
            at = {"agenda.up": -1, "agenda.down": 0}.get(verb, 0)
            about = {"item": items[at].id if items else "none", "presenter": "Ny", "meeting": OTHER_BOARD}
            return {**key, **about, "minutes": str(20 + key["rev"]), "kind": ""}
        case "pack.ask_dispensation":
            return {**key, "gate": "ten_days", "case": "", "reason": "Trykkeriet."}
        case "pack.grant" | "pack.refuse":
            return {"id": asked or "no-such-thing", "rev": 1, "reason": "Ja."}
        case "wg.minutes":
            return {"id": GROUP, "rev": 1, "remarks": ""}
        case "minutes.file":
            return {"id": EARLIER, "rev": 1}
        case _:
            return key


async def _build(stage: Stage) -> str:
    await stage.done("office", "agenda.build", {"id": BOARD, "case": stage.course.cases[0]})
    await stage.done("lead", "agenda.build", {"id": BOARD})
    return ""


async def _arrange(stage: Stage) -> str:
    for role in sorted(HANDLERS):
        for verb in ("agenda.up", "agenda.down", "agenda.edit"):
            await stage.done(role, verb, await meeting_data(stage, verb, ""))
        await stage.done(role, "agenda.ask", await meeting_data(stage, "agenda.ask", ""))
    await stage.done("chair", "agenda.approve", await meeting_data(stage, "agenda.approve", ""))
    return ""


async def _send(stage: Stage) -> str:
    await stage.done("office", "wg.minutes", {"id": GROUP, "rev": 1, "remarks": ""})
    await stage.done("office", "pack.ask_dispensation", await meeting_data(stage, "pack.ask_dispensation", ""))
    async with stage.course.work.read() as work:
        (asked,) = await work.dispensations.of_meeting(BOARD)
    await stage.done("lead", "pack.send", {"id": BOARD, "rev": 0})
    await stage.course.out()
    return asked.id


async def _read(stage: Stage) -> str:
    for role in ("chair", "member"):
        await stage.done(role, "pack.read", {"id": BOARD})
    for role in ("deputy", "office"):
        assert paths(await stage.chats[role].press_raw("pack.read", {"id": BOARD})), role
    async with stage.course.work.read() as work:
        (asked,) = await work.dispensations.of_meeting(BOARD)
    await stage.done("chair", "pack.grant", {"id": asked.id, "rev": 1, "reason": "Ja."})
    await stage.course.tid("2026-04-16 09:01")
    return ""


async def _nothing(stage: Stage) -> str:
    assert await stage.course.pack() is not None
    return ""


STEPS: Final[dict[str, Callable[[Stage], Any]]] = {
    "no agenda": _build,
    "draft": _arrange,
    "approved": _send,
    "sent": _read,
    "over": _nothing,
}
"""Each stage, and what takes the meeting to the next."""
