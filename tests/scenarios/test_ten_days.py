"""The ten days, to the minute (mandatet § 7): across both changes of the clock, and where neither end counts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from board.clock import OSLO
from bot.settings import SHIPPED_MANDATE
from tests.scenarios.pack_steps import a_course
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import words

MEETINGS = {"summer time begins": "2026-04-08", "summer time ends": "2026-11-03", "neither": "2026-09-24"}
LIMITS = {"2026-04-08": ("2026-03-29", "2026-03-28"), "2026-11-03": ("2026-10-24", "2026-10-23"),
          "2026-09-24": ("2026-09-14", "2026-09-13")}  # fmt: skip
"""The last day, and the last day where neither end counts."""


@pytest.mark.parametrize("clear", [False, True], ids=["ten days", "clear days"])
@pytest.mark.parametrize("season", MEETINGS)
async def test_until_the_last_minute_of_the_last_day(
    season: str, clear: bool, chat: str, migrated_file: Path, tmp_path: Path
) -> None:
    """One world a try: what has been sent cannot be sent again."""
    day = MEETINGS[season]
    last = LIMITS[day][clear]
    late = _after(last)
    tries = {f"{last}T08:00": True, f"{last}T23:59": True, f"{late}T00:00": False, f"{late}T09:00": False}
    if season == "neither":
        tries |= {f"{_after(last, -1)}T12:00": True}
    for number, (at, goes) in enumerate(tries.items()):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        (tmp_path / f"{number}.db").write_bytes(migrated_file.read_bytes())
        now = datetime.fromisoformat(at).replace(tzinfo=OSLO)
        async with a_town(chat, url, tmp_path, now=now, mandate=_mandate(tmp_path, clear=clear)) as world:
            course = await a_course(world, board=f"{day} 09:00", group="")
            await course.built()
            await course.approved()
            said = words(await course.send())
            assert ("Sendt." in said) == goes, (at, said)
            assert ((await course.pack()) is not None) == goes
            if not goes:
                assert "(mandatet § 7)" in said


def _after(day: str, days: int = 1) -> str:
    return datetime.fromordinal(datetime.fromisoformat(day).toordinal() + days).date().isoformat()


def _mandate(folder: Path, *, clear: bool) -> Path:
    path = folder / "mandat.toml"
    shipped = SHIPPED_MANDATE.read_text(encoding="utf-8")
    assert "\nclear_days = false\n" in shipped
    path.write_text(shipped.replace("\nclear_days = false\n", f"\nclear_days = {str(clear).lower()}\n"), "utf-8")
    return path
