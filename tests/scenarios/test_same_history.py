"""The whole course once in Teams and once in Slack: the same rows in the log, one by one, and the same states."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from board.events import Happened
from board.minutes import MinutesState
from board.sitting import SittingState
from board.states import CaseState
from tests.scenarios.pack_steps import SITE
from tests.scenarios.slack_town import a_town
from tests.scenarios.whole_course import ends, whole_course

MADE_UP = 32
"""Characters of an id or a digest, which no two courses have in common."""


@dataclass(frozen=True)
class Row:
    """One of the log, with ids that are made up replaced by the place of the row that had them first."""

    what: str
    by: str
    about: str
    rev: int
    states: tuple[str, str]
    reason: str
    details: tuple[tuple[str, Any], ...]


def rows(path: Path) -> list[Row]:
    names: dict[str, str] = {}

    def named(text: str) -> str:
        parts = [names.setdefault(part, f"<{len(names)}>") if _is_made_up(part) else part for part in text.split(":")]
        return ":".join(parts)

    found = "SELECT what, by, object_id, rev, from_state, to_state, reason, details FROM history ORDER BY seq"
    with sqlite3.connect(path) as database:
        read = database.execute(found).fetchall()
    return [
        Row(what, by, named(about), rev, (before, after), reason, _details(json.loads(details), named))
        for what, by, about, rev, before, after, reason, details in read
    ]


def _is_made_up(part: str) -> bool:
    return len(part) >= MADE_UP and not part.startswith("00000000-")


def _details(details: dict[str, Any], named: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((key, named(str(value))) for key, value in details.items()))


async def test_in_teams_and_in_slack(migrated_file: Path, tmp_path: Path) -> None:
    logs: dict[str, list[Row]] = {}
    for chat in ("teams", "slack"):
        folder = tmp_path / chat
        folder.mkdir()
        path = folder / "store.db"
        path.write_bytes(migrated_file.read_bytes())
        async with a_town(chat, f"sqlite:///{path}", folder, public_url=SITE) as world:
            course = await whole_course(world)
            state, held, minutes, version, is_locked = await ends(course)
            assert (state, held, minutes) == (CaseState.CLOSED, SittingState.CLOSED, MinutesState.APPROVED)
            assert (version, is_locked) == (2, True)
            assert world.bot is not None
            assert (await world.bot.store.verify_history()).seq is None
        logs[chat] = rows(path)
    joined = [row for row in logs["slack"] if row.what == Happened.PERSON_JOINED]
    assert len({row.about for row in joined}) == len(joined), "each account is joined once"
    of_both = [row for row in logs["slack"] if row.what != Happened.PERSON_JOINED]
    assert len(of_both) > 60
    for teams, slack in zip(logs["teams"], of_both, strict=False):
        assert slack == teams
    assert len(logs["teams"]) == len(of_both)
