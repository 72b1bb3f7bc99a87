"""One person at the Playground's page, by what they see: labels, button titles and texts, never a selector of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Locator, Page, Route, expect

CHROMIUM_FLAGS: Final[Sequence[str]] = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT_MS: Final = 15_000
WIDE: Final = (1280, 1400)
ROOMY: Final = (1800, 5200)
"""While a card is photographed: the longest form in full, as the page scrolls inside itself."""

# The Playground keeps its desktop columns on a small screen; a phone shows the card alone.
_PHONE_CSS: Final = ".ac-preview-panel { width: 350px !important; max-width: 350px !important; }"


class Persona:
    """One open page of one Playground instance. Every method waits for what it needs, none waits by the clock."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self._pictures = pictures
        self.blocked: list[str] = []
        """Addresses outside this machine that the page asked for; all were refused."""

    @classmethod
    async def open(cls, browser: Browser, url: str, pictures: Path) -> Persona:
        """Opens the page as a person does; the bot then receives the installation."""
        width, height = WIDE
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale="nb-NO", timezone_id="Europe/Oslo"
        )
        context.set_default_timeout(WAIT_MS)
        one = cls(await context.new_page(), pictures)
        await one.page.route("**/*", one._only_this_machine)
        await one.page.goto(url)
        # The log panel repeats every text: closed, so that what is found is what the person reads.
        await one.page.get_by_text("Connected.", exact=False).first.wait_for()
        await one.page.get_by_role("button", name="Hide log panel").click()
        return one

    async def close(self) -> None:
        await self.page.context.close()

    async def say(self, text: str) -> None:
        """Writes ``text`` in the compose box and sends it."""
        box = self.page.locator("[data-lexical-editor=true]")
        await box.click()
        await self.page.keyboard.insert_text(text)
        await expect(box).to_contain_text(text.splitlines()[0])
        await self.page.keyboard.press("Enter")
        await expect(box).not_to_contain_text(text.splitlines()[0])

    async def mention(self, text: str) -> None:
        """Writes ``@Saksgang text`` in the open group chat or channel, by the menu that names who can be mentioned."""
        box = self.page.locator("[data-lexical-editor=true]").first
        await box.click()
        await box.press_sequentially("@Sak")
        await self.page.get_by_role("menuitem", name="Saksgang").click()
        await self.page.keyboard.insert_text(f" {text}")
        await expect(box).to_contain_text(text)
        await self.page.keyboard.press("Enter")
        await expect(box).not_to_contain_text(text)

    @property
    def cards(self) -> Locator:
        """Every card in the conversation, oldest first."""
        return self.page.locator(".ac-preview-panel")

    def last_card(self) -> Locator:
        return self.cards.last

    def card_with(self, text: str) -> Locator:
        """The newest card that shows ``text``."""
        return self.cards.filter(has_text=text).last

    async def wait_for_card(self, text: str) -> Locator:
        """The newest card that shows ``text``, once there is one."""
        card = self.card_with(text)
        await expect(card).to_be_visible(timeout=WAIT_MS)
        return card

    async def wait_for_text(self, text: str) -> None:
        """Waits until the bot has said ``text`` in the open conversation, in a card or in a message."""
        await expect(self._from_the_bot.filter(has_text=text).last).to_be_visible(timeout=WAIT_MS)

    async def wait_until_gone(self, text: str) -> None:
        await expect(self._from_the_bot.filter(has_text=text)).to_have_count(0, timeout=WAIT_MS)

    async def press(self, title: str, card: Locator | None = None) -> None:
        """Presses a button of ``card`` (the last card), also one inside an unfolded part or behind «…»."""
        where = card or self.last_card()
        button = where.get_by_role("button", name=title, exact=True).last
        more = where.get_by_role("button", name="More options")
        await expect(button.or_(more).first).to_be_visible(timeout=WAIT_MS)
        if await button.count():
            await button.click()
            return
        await more.last.click()
        await self.page.get_by_role("menuitem", name=title, exact=True).click()

    async def fill(self, label: str, value: str, card: Locator | None = None) -> None:
        """Types into the text, number or date field called ``label``. A date is typed as ``YYYY-MM-DD``."""
        field = self._field(label, card)
        await field.fill(value)
        await field.press("Tab")

    async def choose(self, label: str, option: str, card: Locator | None = None) -> None:
        """Chooses in a drop-down list, or one of several round buttons under ``label``."""
        where = card or self.last_card()
        box = where.get_by_role("combobox", name=_called(label))
        radio = where.get_by_role("radio", name=option, exact=True)
        await expect(box.or_(radio).first).to_be_visible(timeout=WAIT_MS)
        if await radio.count():
            await radio.first.check()
            return
        await box.click()
        await self.page.get_by_role("option", name=option, exact=True).click()

    async def toggle(self, title: str, on: bool = True, card: Locator | None = None) -> None:
        """Sets the check box called ``title``."""
        await (card or self.last_card()).get_by_role("checkbox", name=title).set_checked(on)

    async def value_of(self, label: str, card: Locator | None = None) -> str:
        """What stands in the field now."""
        return await self._field(label, card).input_value()

    async def go_to(self, conversation: str) -> None:
        """Opens another conversation of the left column: a group chat or a channel (``Porteføljestyret - Saker``)."""
        item = self.page.get_by_role("treeitem", name=conversation).first
        await item.click()
        # A small screen folds the column away when a conversation is chosen.
        await expect(self.page.locator("[data-lexical-editor=true]").first).to_be_visible(timeout=WAIT_MS)

    async def screenshot(self, name: str) -> Path:
        """The page as it stands, kept as ``name.png``."""
        path = self._path(name)
        await self.page.screenshot(path=path)
        return path

    async def card_pictures(self, name: str, card: Locator | None = None) -> list[Path]:
        """The card wide, as wide as a phone, and with Chromium's own darkening (the Playground has no dark theme)."""
        where = card or self.last_card()
        await self.page.set_viewport_size({"width": ROOMY[0], "height": ROOMY[1]})
        devtools = await self.page.context.new_cdp_session(self.page)
        taken = [await self._picture_of(where, f"{name}-wide")]
        await devtools.send("Emulation.setAutoDarkModeOverride", {"enabled": True})
        taken.append(await self._picture_of(where, f"{name}-dark"))
        await devtools.send("Emulation.setAutoDarkModeOverride", {})
        style = await self.page.add_style_tag(content=_PHONE_CSS)
        taken.append(await self._picture_of(where, f"{name}-phone"))
        await style.evaluate("node => node.remove()")
        await devtools.detach()
        await self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        return taken

    @property
    def _from_the_bot(self) -> Locator:
        """The bot's messages, without the previews in the list of conversations."""
        return self.page.locator(".fai-OutputCard")

    def _field(self, label: str, card: Locator | None) -> Locator:
        return (card or self.last_card()).get_by_label(_called(label)).last

    def _path(self, name: str) -> Path:
        self._pictures.mkdir(parents=True, exist_ok=True)
        return self._pictures / f"{name}.png"

    async def _picture_of(self, card: Locator, name: str) -> Path:
        path = self._path(name)
        await card.screenshot(path=path)
        return path

    async def _only_this_machine(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            await route.continue_()
            return
        self.blocked.append(url)
        await route.abort()


def _called(label: str) -> re.Pattern[str]:
    """The field of just this name: the card adds a sign to a wrong answer, and «(påkrevd)» to one that is required."""
    return re.compile(rf"^(✕ )?{re.escape(label)}( \(.*\))?$")
