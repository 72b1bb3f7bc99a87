"""A case goes from a chat message to the portfolio office: by cards, by words, half and half, and as ``make run``."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser

from tests.e2e.conftest import Person
from tests.e2e.launched import Launched
from tests.e2e.playground import Persona
from tests.e2e.processes import BotProcess
from tests.e2e.steps import (
    BP2,
    IN_WORDS,
    PROPOSAL,
    STAGE_PLAN,
    TITLE,
    WHY_MISSING,
    add_link,
    answer,
    answer_all,
    choose_bp2,
    fill_in,
)


async def confirm_and_accept(owner: Persona, office: Persona, pictures: str) -> None:
    """The owner's and the office's buttons, each on their own card."""
    await owner.wait_for_card("Bekreft at du står bak saken")
    await owner.card_pictures(f"{pictures}-owner")
    await owner.press("Bekreft saken")
    await owner.wait_for_text("Status: hos porteføljekontoret.")
    await office.wait_for_card("Vurder saken")
    await office.card_pictures(f"{pictures}-office")
    await office.press("Ta imot")
    await office.wait_for_text("Status: klar for arbeidsutvalget.")


async def test_by_cards(bot: BotProcess, person: Person) -> None:
    owner, office, submitter = await person("eier"), await person("kontor"), await person("prosjektleder")
    await choose_bp2(submitter)
    await submitter.card_pictures("form-empty")
    await submitter.press("Send inn")
    await submitter.wait_for_text("Mangler svar: Tittel")
    await submitter.card_pictures("form-errors")
    await fill_in(submitter)
    await add_link(submitter, "Prosjektforslag", PROPOSAL, "1 av 5")
    await add_link(submitter, "Faseplan", STAGE_PLAN, "2 av 5")
    assert await submitter.value_of("Tittel") == TITLE
    await submitter.fill("Hvorfor dokumenter mangler", WHY_MISSING)
    await submitter.press("Send inn")
    await submitter.wait_for_text("Status: venter på prosjekteier.")
    await submitter.card_pictures("submitted")

    await confirm_and_accept(owner, office, "by-cards")
    accepted = await submitter.wait_for_card("Status: klar for arbeidsutvalget.")
    await submitter.card_pictures("accepted", accepted)
    assert TITLE in await accepted.inner_text()


async def test_by_words_with_a_restart(bot: BotProcess, person: Person) -> None:
    owner, office, submitter = await person("eier"), await person("kontor"), await person("prosjektleder")
    await submitter.say("meld sak")
    await answer(submitter, "Gjelder saken et prosjekt eller en forbedring?", "prosjekt")
    await answer(submitter, "Hva slags sak er det?", "bp2")
    await answer(submitter, "Hvilken delportefølje hører saken til?", "kliniske")
    await submitter.wait_for_text("lokale porteføljen")
    await submitter.card_pictures("question-yes-no")
    await submitter.say("nei til alle")
    half = len(IN_WORDS) // 2
    await answer_all(submitter, IN_WORDS[:half])
    await submitter.wait_for_text(IN_WORDS[half][0])

    await bot.restart()
    await answer_all(submitter, IN_WORDS[half:])
    await submitter.wait_for_text("Legg ved dokumentene")
    await submitter.card_pictures("question-documents")
    await submitter.say(f"{PROPOSAL} {STAGE_PLAN}")
    await submitter.wait_for_text("2 av 5 på plass")
    await submitter.say("ferdig")
    await answer(submitter, "Hvorfor sendes saken uten alle dokumentene?", WHY_MISSING)
    await submitter.wait_for_text("Skal jeg sende inn saken?")
    await submitter.card_pictures("question-review")
    await submitter.say("ja")
    await submitter.wait_for_text("Status: venter på prosjekteier.")

    await confirm_and_accept(owner, office, "by-words")
    accepted = await submitter.wait_for_card("Status: klar for arbeidsutvalget.")
    assert TITLE in await accepted.inner_text()


async def test_half_and_half_declined_and_returned(prepared_bot: BotProcess, person: Person) -> None:
    prepared_bot.now = "2026-03-02T08:00"  # a Monday
    await prepared_bot.start()
    owner, office, submitter = await person("eier"), await person("kontor"), await person("prosjektleder")
    await submitter.say("meld sak")
    await answer(submitter, "Gjelder saken et prosjekt eller en forbedring?", "prosjekt")
    await submitter.wait_for_card("Hva slags sak er det?")
    await submitter.press("Neste", submitter.card_with("Meld sak til"))
    await submitter.wait_for_text("Mangler svar: Sakstype")
    first_page = submitter.card_with("Meld sak til")
    await submitter.choose("Sakstype", BP2, first_page)
    await submitter.choose("Delportefølje", "Kliniske løsninger", first_page)
    await submitter.press("Neste", first_page)
    await submitter.wait_for_text("Eller svar i chatten: Hva heter saken?")
    await submitter.say(TITLE)
    await submitter.wait_for_text("Hvilket prosjekt gjelder det")
    form = submitter.card_with("Møtet og offentlighet")
    await submitter.press("Send inn", form)
    await submitter.wait_for_text("Mangler svar: Prosjektnummer")  # and not the title, which was given in words
    assert await submitter.value_of("Tittel", form) == TITLE
    await fill_in(submitter, form)
    await submitter.fill("Hvorfor dokumenter mangler", WHY_MISSING, form)
    await submitter.press("Send inn", form)
    await submitter.wait_for_text("Status: venter på prosjekteier.")

    await decline(owner, "Rammen må vise driftskostnadene.")
    await submitter.wait_for_card("Rammen må vise driftskostnadene.")
    await submitter.card_pictures("declined")
    await resubmit(submitter, "Styret godkjenner overgang, med driftsramme.")

    asked = await owner.wait_for_card("med driftsramme")
    await owner.press("Bekreft saken", asked)
    await office.wait_for_card("Vurder saken")
    await hand_back(office, "Gevinstdokumentene mangler tall.", "neste torsdag")
    await submitter.wait_for_card("send saken inn igjen innen torsdag 5. mars 2026")
    await submitter.card_pictures("returned")
    await resubmit(submitter, "Styret godkjenner overgang, med tallfestede gevinster.")
    await office.wait_for_card("med tallfestede gevinster")
    await office.wait_for_card("Vurder saken")


async def decline(owner: Persona, reason: str) -> None:
    await owner.wait_for_card("Bekreft at du står bak saken")
    await owner.press("Send tilbake")
    await owner.fill("Hva må rettes?", reason)
    await owner.press("Send tilbake")
    await owner.wait_for_text("Status: utkast.")


async def hand_back(office: Persona, reason: str, deadline: str) -> None:
    await office.press("Returner")
    await office.fill("Hva mangler?", reason)
    await office.fill("Ny frist", deadline)
    await office.card_pictures("return-asked")
    await office.press("Returner")
    await office.wait_for_text("Status: i retur, mangler noe.")


async def resubmit(submitter: Persona, decision: str) -> None:
    """From the newest card of a case that came back: open the form, change one answer, send."""
    await submitter.press("Fyll ut og send inn")
    await submitter.fill("Forslag til vedtak", decision)
    await submitter.press("Send inn")
    await submitter.wait_until_gone("Møtet og offentlighet")


async def test_make_run_brings_up_both(launched: Launched, browser: Browser, artefacts: Path) -> None:
    """What ``make run`` starts, asked for help at the address it prints."""
    page = await Persona.open(browser, launched.page, artefacts)
    await page.say("hjelp")
    await page.wait_for_card("Dette kan jeg hjelpe deg med")
    await page.screenshot("hjelp")
    await page.close()
