"""What the subcommands do. Each gives the process's exit code; what is wrong is said in full, to standard error."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

from board.ids import MeetingId
from bot import log
from bot.clocks import MovableClock, SystemClock
from bot.demo import seed
from bot.local_clock import read_instant
from bot.locked_files import broken_files
from bot.people_import import import_people, read_people
from bot.people_known import Places
from bot.rehearse import as_json, as_lines, would_go
from bot.rules import load_languages, load_mandate, rules_for
from bot.serve import serve
from bot.settings import LOOPBACK, Problems, Settings, load_settings, local_problems, mail_problems, missing_credentials
from bot.slack_settings import slack_problems
from bot.teams_settings import LOCAL_TENANT
from storage.engine import Store, open_store
from storage.errors import AlreadyOpen


def run(given: argparse.Namespace) -> int:
    try:
        settings = load_settings(database_url=given.database)
        log.configure(plain=settings.log == "plain" or getattr(given, "local", False))
        return _COMMANDS[given.command](given, settings)
    except Problems as problems:
        print(f"saksgang {given.command} does not start:\n{problems}", file=sys.stderr)
        return 2
    except AlreadyOpen as error:
        print(f"saksgang {given.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _serve(given: argparse.Namespace, settings: Settings) -> int:
    host = given.host or (LOOPBACK[0] if given.local else "0.0.0.0")  # noqa: S104  # a server's purpose
    problems = local_problems(host, settings) if given.local else missing_credentials(settings)
    problems = (*problems, *mail_problems(settings, local=given.local), *slack_problems(settings, local=given.local))
    now = _instant(given.now) if given.now else None
    if given.now and not given.local:
        problems = (*problems, "--now is for --local only: the clock of a real board is the world's")
    if problems:
        raise Problems(problems)
    return serve(settings, host, given.port, local=given.local, now=now)


def _instant(text: str) -> datetime:
    found = read_instant(text)
    if found is None:
        raise Problems((f"--now {text}: write it like 2026-03-02T08:00",))
    return found


def _migrate(_given: argparse.Namespace, settings: Settings) -> int:
    from storage.migrate import upgrade  # Alembic: a fifth of the start, and serving needs it not

    _make_folder(settings.database_url)
    asyncio.run(upgrade(settings.database_url))
    print("saksgang: the database has this version's schema")
    return 0


def _make_folder(url: str) -> None:
    if url.startswith("sqlite"):
        Path(url.partition(":///")[2]).parent.mkdir(parents=True, exist_ok=True)


def _seed(given: argparse.Namespace, settings: Settings) -> int:
    clock = MovableClock(_instant(given.now)) if given.now else SystemClock()

    async def fill(store: Store) -> int:
        rules = rules_for(settings, clock)
        tenant = settings.tenant_id or LOCAL_TENANT
        done = await seed(store.work, rules, tenant, empty=given.empty)
        print("saksgang: the demo board is in place" if done else "saksgang: the demo board was there already")
        return 0

    return asyncio.run(_with_store(settings, fill))


def _import(given: argparse.Namespace, settings: Settings) -> int:
    rows = read_people(Path(given.file), datetime.now(UTC).date())
    if any(row.slack_user_id for row in rows) and not settings.slack_team:
        raise Problems(("the file has Slack ids: set SAKSGANG_SLACK_TEAM to the workspace they belong to",))

    async def add(store: Store) -> int:
        places = Places(settings.tenant_id or LOCAL_TENANT, settings.slack_team)
        done = await import_people(store.work, rows, places, rules_for(settings, SystemClock()))
        print(f"saksgang: {len(rows)} roles read, {done.added} people added, {done.joined} guests joined to them")
        return 0

    return asyncio.run(_with_store(settings, add))


def _rehearse(given: argparse.Namespace, settings: Settings) -> int:
    since, until = _day("--from", given.since), _day("--to", given.until)
    if until < since:
        raise Problems((f"--to {until} comes before --from {since}",))

    async def ahead(store: Store) -> int:
        found = await would_go(store.work, rules_for(settings, SystemClock()), since, until)
        for line in [as_json(found)] if given.json else as_lines(found):
            print(line)
        return 0

    return asyncio.run(_with_store(settings, ahead, only_reading=True))


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problems((f"{option} {text}: write it like 2026-12-01",)) from None


def _audit(_given: argparse.Namespace, settings: Settings) -> int:
    async def files(store: Store) -> int:
        locked = await store.locked_files()
        broken = await broken_files(locked, settings.files)
        for problem in broken:
            print(f"saksgang: {problem}")
        if locked and not broken:
            print(f"saksgang: {len(locked)} locked files are what the log says")
        return 1 if broken else 0

    async def verify(store: Store) -> int:
        verdict = await store.verify_history()
        if verdict.seq is None:
            print(f"saksgang: the log is whole: {verdict.rows} rows, the last with hash {verdict.head}")
            return await files(store)
        print(f"saksgang: the log is broken at row {verdict.seq}: {verdict.what}")
        return 1

    return asyncio.run(_with_store(settings, verify))


def _export(given: argparse.Namespace, settings: Settings) -> int:
    """0 where every archive was made and is what it says; what is missing in one is told, and no fault."""
    from bot.export import as_lines, export, held  # lxml and the printing: for this command alone

    folder, schemas = Path(given.folder), Path(given.schema) if given.schema else None
    if schemas is not None and not (schemas / "arkivstruktur.xsd").is_file():
        raise Problems((f"--schema {schemas}: there is no arkivstruktur.xsd in it",))
    load_languages()
    rules = rules_for(settings, SystemClock())

    async def make(store: Store) -> int:
        meetings = await held(store.work, rules) if given.all else [MeetingId(given.meeting)]
        whole = True
        async for one in export(store.work, rules, settings.files, meetings, folder, schemas):
            whole = whole and one.is_whole
            for line in as_lines(one):
                print(line, file=sys.stdout if one.is_whole else sys.stderr)
        print(f"saksgang export: {len(meetings)} meetings")
        return 0 if whole else 1

    return asyncio.run(_with_store(settings, make))


def _doctor(_given: argparse.Namespace, settings: Settings) -> int:
    """Everything that can be checked without starting, each problem named."""
    problems = [
        *missing_credentials(settings),
        *mail_problems(settings, local=False),
        *slack_problems(settings, local=False),
    ]
    for check in (load_languages, lambda: load_mandate(settings.mandate)):
        try:
            check()
        except Problems as found:
            problems += found.sentences

    async def ready(store: Store) -> int:
        await store.ping()
        return 0

    try:
        asyncio.run(_with_store(settings, ready))
    except Problems as found:
        problems += found.sentences
    for problem in problems:
        print(f"- {problem}")
    print("saksgang doctor: " + (f"{len(problems)} to mend" if problems else "all is well"))
    return 1 if problems else 0


async def _with_store(settings: Settings, act: Callable[[Store], Awaitable[int]], *, only_reading: bool = False) -> int:
    async with await open_store(settings.database_url, only_reading=only_reading) as store:
        if problem := await store.schema_problem():
            raise Problems((problem,))
        return await act(store)


_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "serve": _serve,
    "migrate": _migrate,
    "seed-demo": _seed,
    "import-people": _import,
    "rehearse": _rehearse,
    "audit": _audit,
    "export": _export,
    "doctor": _doctor,
}
