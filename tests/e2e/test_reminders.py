"""A meeting from its planning to who comes: reminders that come by themselves, in the Playground of each persona."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Person
from tests.e2e.playground import WAIT_MS, Persona
from tests.e2e.processes import BotProcess

MONDAY = "2026-08-03T07:30"
THURSDAY = "torsdag 24. september 2026 kl. 09.00"
PLAN = (
    ("torsdag 13. august", "Innkalling til å melde saker – porteføljekontoret"),
    ("torsdag 20. august", "Siste frist for å melde sak – prosjektleder"),
    ("fredag 21. august", "Kontoret svarer om saken er komplett – porteføljekontoret"),
    ("mandag 31. august", "Papirer til arbeidsutvalget – porteføljekontoret"),
    ("fredag 4. september", "Arbeidsutvalgets møte – porteføljeansvarlig"),
    ("onsdag 9. september", "Referat fra arbeidsutvalget og endelige papirer – porteføljekontoret"),
    ("fredag 11. september", "Leder godkjenner sakslisten – leder"),
    ("mandag 14. september", "Sakspapirene sendes ut (mandatet § 7) – porteføljekontoret"),
    ("fredag 18. september", "Svar om oppmøte og habilitet – leder og medlem"),
    ("fredag 18. september", "Rapport om oppfølging av vedtak – prosjekteier"),
    ("onsdag 23. september", "Praktisk påminnelse – leder og medlem"),
    ("torsdag 24. september", "Møtet, kl. 09.00 til kl. 11.00"),
    ("fredag 25. september", "Utkast til referat – porteføljekontoret"),
    ("fredag 2. oktober", "Merknadsrunden lukkes – leder og medlem"),
)
"""The whole back-plan of a board meeting on 24 September 2026 (``process.md``), as the preview shows it."""


@pytest.fixture
def prepared_bot(artefacts: Path) -> Iterator[BotProcess]:
    """The people of the demo board, no meetings, on a Monday in August before anything is due."""
    process = BotProcess(artefacts, now=MONDAY)
    process.prepare(empty=True)
    yield process
    process.stop()


async def plan_meeting(lead: Persona) -> None:
    """The board's meeting, and from its card the working group's before it."""
    await lead.say("nytt møte styret 2026-09-24 09:00")
    preview = await lead.wait_for_card("Ingenting er lagret ennå")
    shown = [line for line in (await preview.inner_text()).splitlines() if line.strip()]
    days = {day for day, _what in PLAN}
    assert tuple((day, what) for day, what in pairwise(shown) if day in days) == PLAN
    await lead.card_pictures("new-meeting", preview)
    await lead.press("Opprett møtet", preview)
    created = await lead.wait_for_card("Møtet er satt opp")
    await lead.card_pictures("created", created)
    await lead.press("Sett opp AU-møtet", created)
    await lead.wait_for_card(f"Møtet forbereder Styremøte {THURSDAY}")
    await lead.press("Opprett møtet")
    await lead.wait_for_text("Møte i arbeidsutvalget fredag 4. september 2026 kl. 09.00")


async def at(lead: Persona, day: str, said: str) -> None:
    """Moves the clock to eight o'clock of that day; what falls due then happens by itself."""
    await lead.say(f"tid {day} 08:00")
    await lead.wait_for_text(f"Klokka er nå {said} 2026 kl. 08.00")


async def test_a_meeting_is_planned_reminded_of_and_moved(bot: BotProcess, person: Person) -> None:
    lead, office, director = await person("ansvarlig"), await person("kontor"), await person("ahus")
    await plan_meeting(lead)
    await the_morning_digest(lead, office)
    await who_comes(lead, director)
    await moved(lead, director)


async def the_morning_digest(lead: Persona, office: Persona) -> None:
    task = "Papirer til arbeidsutvalget, til styremøtet torsdag 24. september 2026"
    for day, said in (("08-13", "torsdag 13. august"), ("08-20", "torsdag 20. august")):
        await at(lead, f"2026-{day}", said)
    await at(lead, "2026-08-21", "fredag 21. august")
    digest = await office.wait_for_card("God morgen. Én ting venter på deg")
    assert task in await digest.inner_text()
    await office.card_pictures("digest", digest)

    await office.press("Hvorfor får jeg denne?", digest)
    why = await office.wait_for_card("Slik blir du minnet på det")
    for rung in ("Når det meste av tiden er gått", "Siste virkedag", "mandag 31. august 2026", "tirsdag 1. september"):
        assert rung in await why.inner_text()
    await office.card_pictures("why", why)

    await office.press("I morgen", office.card_with("Én ting venter på deg"))
    snoozed = await office.wait_for_card("Jeg minner deg på det igjen mandag 24. august 2026.")
    await office.card_pictures("snoozed", snoozed)

    await at(lead, "2026-08-24", "mandag 24. august")
    again = await office.wait_for_card("God morgen. Én ting venter på deg")
    assert task in await again.inner_text()
    await office.press("Gjør nå: Papirer til arbeidsutvalget", again)
    await office.wait_for_card("Papirer til arbeidsutvalget")
    await office.card_pictures("task")
    await office.press("Gjort")
    await office.wait_for_text("Takk. Da er det gjort for alle som ble spurt.")
    await office.card_pictures("task-done")
    done = await office.wait_for_card("Gjort i dag")
    text = await done.inner_text()
    assert f"✓ {task}: tatt hånd om av Porteføljekontor Demo" in text
    assert "venter på deg" not in text
    await expect(done.get_by_role("button", name="Gjør nå")).to_have_count(0)
    await office.card_pictures("digest-done", done)


async def who_comes(lead: Persona, director: Persona) -> None:
    for day, said in (("09-04", "fredag 4. september"), ("09-09", "onsdag 9. september")):
        await at(lead, f"2026-{day}", said)
    await at(lead, "2026-09-14", "mandag 14. september")
    asked = await director.wait_for_card(f"Kommer du? Styremøte {THURSDAY}")
    await director.card_pictures("attendance", asked)
    await director.press("Kommer", asked)
    answered = await director.wait_for_card("Takk. Det er notert at du kommer.")
    await director.card_pictures("attendance-answered", answered)


async def moved(lead: Persona, director: Persona) -> None:
    await lead.say("flytt møte styret 24. september til 1. oktober kl 10")
    preview = await lead.wait_for_card("Ingenting er endret ennå, og ingen har fått beskjed.")
    await lead.card_pictures("move-preview", preview)
    await lead.press("Flytt møtet", preview)
    await lead.wait_for_text("Møtet er flyttet. De det gjelder, får én melding.")

    news = await director.wait_for_card("Styremøtet er flyttet til torsdag 1. oktober 2026 kl. 10.00")
    await director.card_pictures("moved", news)
    text = await news.inner_text()
    assert THURSDAY in text
    assert "Svar om oppmøte og habilitet" in text
    await expect(director.cards.filter(has_text="er flyttet til")).to_have_count(1)

    await director.press("Vara", news)
    await director.choose("Hvem møter?", "Vara Akershus universitetssykehus", news)
    await director.card_pictures("deputy-asked-for", news)
    await director.press("Spør vara", news)
    await director.wait_for_text("Vara Akershus universitetssykehus er spurt om å møte.")
    await director.card_pictures("deputy")


async def test_the_year_as_a_card_and_as_a_picture(bot: BotProcess, person: Person) -> None:
    lead = await person("ansvarlig")
    for words in ("styret 24. september kl 9 på Hamar", "au 4. september kl 9", "styret 12. november kl 9, 3 timer"):
        await lead.say(f"nytt møte {words}")
        await lead.press("Opprett møtet")
        await lead.wait_for_text("Møtet er satt opp")
    await lead.say("årshjul")
    card = await lead.wait_for_card("Styremøte kl. 09.00, Hamar")
    assert "Din frist: Arbeidsutvalgets møte, til møtet 12.11.2026" in await card.inner_text()
    await lead.card_pictures("year", card)

    picture = lead.page.get_by_role("img", name="Årshjul 2026 for Regionalt porteføljestyre, som et hjul")
    await expect(picture).to_be_visible(timeout=WAIT_MS)
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 683
    assert "Styremøter: torsdag 24. september 2026" in (await picture.get_attribute("alt") or "")
    picture = lead.last_card()
    await lead.card_pictures("year-picture", picture)

    await lead.say("kalender")
    await lead.wait_for_card("Din egen kalender med møter og frister")
    await lead.card_pictures("calendar")
