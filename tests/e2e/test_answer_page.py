"""The page behind an e-mail's link in headless Chromium: axe finds nothing, no script is needed, it fits a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from board.answer_link import Why
from bot.answer_links import HEADERS
from bot.demo import demo_id
from bot.rules import load_languages
from cards.i18n import Language, use
from cards.message import Act, Banner
from cards.page.asking import Offer, Question, confirm_page, question_page
from cards.page.document import Reader
from cards.page.telling import failed_page, look_page, receipt_page, refused_page, unread_page, wait_page
from dialogs.answer_link import key_of
from tests.cards.examples import message as example
from tests.e2e import axe
from tests.scenarios.answer_steps import OWNER, OWNERS_MAIL, Street, a_street, link_in
from tests.scenarios.world import MONDAY

Scheme = Literal["light", "dark"]
NARROW, PHONE, WIDE = 320, 350, 1280
WORDS = (
    "Spesialisthelsetjenestesamhandlingsplattformanskaffelsesgjennomføringsstrategien 🙂 Førstelinjesikkerhetsansvarlig"
)


@pytest.fixture(scope="session")
def axe_installed() -> None:
    axe.install()


@pytest.fixture
async def street(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Street]:
    async with a_street(sqlite_url, tmp_path) as opened:
        yield opened


@asynccontextmanager
async def opened(browser: Browser, url: str, width: int = WIDE, **options: Any) -> AsyncIterator[Page]:
    """A page of this machine alone: whatever it would fetch from elsewhere fails the test."""
    context: BrowserContext = await browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.set_default_timeout(15_000)
    page, fetched = await context.new_page(), list[str]()

    async def only_the_page(route: Route) -> None:
        fetched.append(route.request.url)
        await route.continue_()

    await page.route("**/*", only_the_page)
    try:
        await page.goto(url)
        yield page
    finally:
        await context.close()
    ours = url.rpartition("/")[0]
    assert [one for one in fetched if one.rpartition("/")[0] != ours] == [], "the page fetches nothing but itself"


async def speak(street: Street, language: Language) -> None:
    """The owner reads in this language."""
    assert street.world.bot is not None
    async with street.world.bot.store.work.write() as work:
        await work.people.set_language(demo_id(OWNER), language)
        await work.commit()


# -- the whole way -----------------------------------------------------------------------------------------------------


async def test_from_the_mail_to_the_receipt_without_a_script(street: Street, browser: Browser) -> None:
    case, url = await street.asked()
    assert url == street.local(link_in(street.smtp.to(OWNERS_MAIL)[0]))
    async with opened(browser, url, PHONE, java_script_enabled=False) as page:
        await page.get_by_role("button", name="Send tilbake").click()
        await expect(page.get_by_role("alert")).to_contain_text("Rett dette")
        await page.get_by_label("Hva må rettes?").fill("Gevinstene\nmå tallfestes")
        await page.get_by_role("button", name="Send tilbake").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Bekreft svaret ditt")
        await page.get_by_role("button", name="Gå tilbake og endre").click()
        await expect(page.get_by_label("Hva må rettes?")).to_have_value("Gevinstene\nmå tallfestes")
        await page.get_by_role("button", name="Bekreft saken").click()
        await page.get_by_role("button", name="Bekreft", exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Svaret er registrert")
        await page.goto(url)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Lenken er brukt")
    assert await street.logged(case) == ["for case.confirm", "used"]


async def test_with_the_keyboard_alone(street: Street, browser: Browser) -> None:
    case, url = await street.asked()
    async with opened(browser, url, java_script_enabled=False) as page:
        for name, heading in (("Bekreft saken", "Bekreft svaret ditt"), ("Bekreft", "Svaret er registrert")):
            button = page.get_by_role("button", name=name, exact=True)
            for _press in range(30):
                await page.keyboard.press("Tab")
                if await button.evaluate("node => node === document.activeElement"):
                    break
            outline = await button.evaluate("node => getComputedStyle(node).outlineWidth")
            assert outline == "3px", "what has the focus is seen, and the style is let in by the page's own policy"
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert await street.logged(case) == ["for case.confirm"]


@pytest.mark.parametrize(("language", "scheme"), [("nb", "light"), ("nn", "dark"), ("en", "light")])
async def test_axe_finds_nothing_on_the_way(
    street: Street, browser: Browser, axe_installed: None, artefacts: Path, language: Language, scheme: Scheme
) -> None:
    await speak(street, language)
    _case, url = await street.asked(title=WORDS)
    found: list[str] = []

    async def look(page: Page, name: str) -> None:
        found.extend([f"{name}: {one}" for one in await axe.findings(page)])
        await page.screenshot(path=artefacts / f"{name}-{language}-{scheme}.png", full_page=True)

    async with opened(browser, url, PHONE, bypass_csp=True, color_scheme=scheme) as page:
        await look(page, "question")
        send_back, sure = page.locator("button.away"), page.locator("button[name=sure]")
        await send_back.click()
        await look(page, "errors")
        await page.locator("[aria-invalid=true]").fill(WORDS * 3)
        await send_back.click()
        await expect(sure).to_have_count(2)
        await look(page, "confirm")
        await sure.first.click()
        await expect(page.locator("button")).to_have_count(0)
        await look(page, "receipt")
        await page.goto(url)
        await look(page, "used")
        await page.goto(f"{url}x")
        await look(page, "altered")
    assert found == []


# -- every page there is -----------------------------------------------------------------------------------------------


def pages(language: Language) -> dict[str, str]:
    """Every page with every kind of block, field and button, and the longest of words."""
    reader = Reader("Porteføljestyret for spesialisthelsetjenestesamhandling", "Direktør Akershus universitetssykehus")
    message = example(WORDS)
    acts = tuple(button for button in message.buttons if isinstance(button, Act))
    offers = tuple(Offer(key_of(act), act, "3") for act in acts)
    until = MONDAY + timedelta(days=3)
    with use(language):
        return {
            "every-block": question_page(Question(message, offers, until), reader),
            "changed": question_page(Question(message, offers, until, note=Banner(WORDS, "warning")), reader),
            "confirm": confirm_page(message, offers[0], acts[2].fields, [("a", WORDS)], reader),
            "receipt": receipt_page(message, reader, "https://saksgang.example.org/answer/x"),
            "look": look_page(message, reader),
            "failed": failed_page("12ab34cd", [("a", WORDS)]),
            "wait": wait_page([("a", WORDS)]),
            "unread": unread_page(),
            **{f"refused-{why}": refused_page(why, MONDAY) for why in Why},
        }


def showing(html: str) -> Callable[[Route], Awaitable[None]]:
    async def show(route: Route) -> None:
        await route.fulfill(body=html, headers=HEADERS, content_type="text/html; charset=utf-8")

    return show


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("nb", "light", NARROW), ("nb", "dark", WIDE), ("nn", "dark", NARROW), ("en", "light", WIDE)],
)
async def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(
    browser: Browser, axe_installed: None, artefacts: Path, language: Language, scheme: Scheme, width: int
) -> None:
    load_languages()
    found: list[str] = []
    context = await browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, color_scheme=scheme)
    for name, html in pages(language).items():
        page = await context.new_page()
        await page.route("**/*", showing(html))
        await page.goto("http://127.0.0.1/")
        found.extend([f"{name}: {one}" for one in await axe.findings(page)])
        across = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if across[0] > across[1]:
            found.append(f"{name}: scrolls sideways {across}")
        await page.screenshot(path=artefacts / f"{name}.png", full_page=True)
        await page.close()
    await context.close()
    assert found == []
