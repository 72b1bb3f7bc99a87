"""A bot, a browser and as many personas as a test asks for; all of it ends with the test.

Pictures and logs stay in ``var/e2e/<test>/``. One persona is one Playground process (about 130 MB) and one page.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from playwright.async_api import Browser, async_playwright

from manifest.playground import instance, personas
from tests.e2e.launched import Launched, launch
from tests.e2e.playground import CHROMIUM_FLAGS, Persona
from tests.e2e.processes import ROOT, BotProcess, free_port

CHROMIUM: Final = "/usr/bin/chromium"

Person: TypeAlias = Callable[[str], Awaitable[Persona]]
"""``await person("eier")``: that persona at their own page. The bot then knows where to reach them."""


@pytest.fixture
def artefacts(request: pytest.FixtureRequest) -> Path:
    """An empty folder for what this test leaves behind."""
    folder: Path = ROOT / "var" / "e2e" / request.node.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="session")
def playground_installed() -> None:
    """Fails with what to do, rather than skipping: ``make e2e`` promises a browser run."""
    instance.install()


@pytest.fixture
def prepared_bot(artefacts: Path) -> Iterator[BotProcess]:
    """A bot with a fresh demo board, not started: set ``now`` first where the date matters."""
    process = BotProcess(artefacts)
    process.prepare()
    yield process
    process.stop()


@pytest.fixture
async def bot(prepared_bot: BotProcess) -> BotProcess:
    """A running bot with a fresh demo board."""
    await prepared_bot.start()
    return prepared_bot


@pytest.fixture
def launched(artefacts: Path, playground_installed: None) -> Iterator[Launched]:
    """``make run``'s launcher on a fresh demo board."""
    with launch(artefacts) as running:
        yield running


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium: Debian's, or the one Playwright brings where that is missing."""
    path = CHROMIUM if Path(CHROMIUM).exists() else None
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        await chromium.close()


@pytest.fixture
async def person(
    prepared_bot: BotProcess, browser: Browser, artefacts: Path, playground_installed: None
) -> AsyncIterator[Person]:
    """Brings personas in, one after the other. Their last page is kept as a picture, however the test ends."""
    async with AsyncExitStack() as leaving:

        async def arrive(key: str) -> Persona:
            folder = artefacts / f"playground-{key}"
            running = instance.start(personas.persona(key), free_port(), prepared_bot.endpoint, folder)
            leaving.callback(running.stop)
            one = await Persona.open(browser, running.url, artefacts)
            leaving.push_async_callback(one.close)
            leaving.push_async_callback(one.screenshot, f"{key}-last")
            return one

        yield arrive
