"""What people do more than once in these tests, in their own words: fill in a case, ask for its state, find a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from playwright.async_api import Locator, expect

from tests.e2e.playground import WAIT_MS, Persona

BP2: Final = "BP2 – overgang til planlegging"
TITLE: Final = "Felles radiologiløsning for helseforetakene"
PROPOSAL: Final = "https://dokumenter.example.org/prosjektforslag-radiologi.pdf"
STAGE_PLAN: Final = "https://dokumenter.example.org/faseplan.pdf"
WHY_MISSING: Final = "Gevinstdokumentene er til kvalitetssikring og ettersendes."

ABOUT: Final[Mapping[str, str]] = {
    "Tittel": TITLE,
    "Prosjektnummer eller -navn": "2024-117 radiologi",
    "Forslag til vedtak": "Styret godkjenner overgang til planleggingsfasen.",
    "Hva saken gjelder": "Dagens løsninger er ved slutten av levetiden.",
    "Bakgrunn": "Fem ulike systemer utveksler i dag ikke bilder og svar.",
    "Vurdering og alternativer": "Tre alternativer er vurdert: videreføre, oppgradere eller anskaffe felles.",
    "Investering (kroner)": "12,5 mill",
    "Drift per år (kroner)": "800 000",
    "Gevinster": "Raskere svar til fastlegen.",
    "Risiko": "Kapasitet hos leverandøren.",
    "Avhengigheter": "Regional bildeplattform.",
}
"""Every text and sum that BP2 asks for, by the label on the card, as a person writes it."""

IN_WORDS: Final = (
    ("Hva heter saken?", TITLE),
    ("Hvilket prosjekt gjelder det", "2024-117 radiologi"),
    ("Hvem er prosjekteier?", "Prosjekteier Demo"),
    ("Hva foreslår du at styret vedtar?", ABOUT["Forslag til vedtak"]),
    ("Hva gjelder saken?", ABOUT["Hva saken gjelder"]),
    ("Hva er bakgrunnen?", ABOUT["Bakgrunn"]),
    ("Hvordan er saken vurdert", ABOUT["Vurdering og alternativer"]),
    ("Hva er investeringskostnaden", "12,5 mill"),
    ("Hva koster det i drift per år", "0,8 mill"),
    ("Hvilke gevinster gir det", ABOUT["Gevinster"]),
    ("Hva er de viktigste risikoene?", ABOUT["Risiko"]),
    ("Hva avhenger saken av?", "ingen"),
)
"""The questions of BP2 in the order they are asked, with answers."""


async def choose_bp2(person: Persona) -> None:
    """The first page as a card."""
    await person.say("meld sak")
    await person.wait_for_card("Meld sak til Regionalt porteføljestyre")
    await person.choose("Leveranseform", "Regionalt prosjekt")
    await person.choose("Sakstype", BP2)
    await person.choose("Delportefølje", "Kliniske løsninger")
    await person.press("Neste")
    await person.wait_for_card("Prosjektnummer eller -navn")


async def fill_in(person: Persona, card: Locator | None = None) -> None:
    """The second page as a card: ``card``, or the last one."""
    for label, words in ABOUT.items():
        await person.fill(label, words, card)
    await person.choose("Prosjekteier", "Prosjekteier Demo", card)


async def add_link(person: Persona, document: str, url: str, so_far: str) -> None:
    """A link under the form's own button; ``so_far`` is what the meter then says."""
    await person.press("Legg til lenke")
    await person.choose("Hvilket dokument?", document)
    await person.fill("Lenke", url)
    await person.press("Legg til lenke")
    await person.wait_for_text(f"{so_far} på plass")


async def answer(person: Persona, question: str, words: str) -> None:
    """Waits for the question before answering it, as a person does."""
    await person.wait_for_text(question)
    await person.say(words)


async def answer_all(person: Persona, questions: tuple[tuple[str, str], ...]) -> None:
    for question, words in questions:
        await answer(person, question, words)


async def newest(person: Persona, *words: str) -> Locator:
    """The newest card that shows all of these, once there is one."""
    cards = person.cards
    for one in words:
        cards = cards.filter(has_text=one)
    await expect(cards.last).to_be_visible(timeout=WAIT_MS)
    return cards.last


async def asked(person: Persona, text: str, *words: str) -> Locator:
    """Says ``text``, and gives the card that answers; one like it may stand in the conversation already."""
    cards = person.cards
    for one in words:
        cards = cards.filter(has_text=one)
    before = await cards.count()
    await person.say(text)
    await expect(cards.nth(before)).to_be_visible(timeout=WAIT_MS)
    return cards.last
