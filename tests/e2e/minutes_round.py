"""From the closed meeting to the end of the remarks: decisions told, minutes drafted, worded, sent out, remarked on."""

from __future__ import annotations

from typing import Final

from playwright.async_api import expect

from tests.e2e import papers
from tests.e2e.board_cases import EXEMPT, RADIOLOGY
from tests.e2e.boardroom import ELSEWHERE, Boardroom, link_of
from tests.e2e.first_meeting import CONDITION, DAY, OUTCOMES, PROTEST, SECOND_CONDITION, TITLES
from tests.e2e.steps import asked, newest

MINUTES: Final = f"Referat fra styremøtet {DAY}"
PRELIMINARY: Final = "Foreløpig: referatet er ikke godkjent."
WORDED: Final = "Prosjekteier Demo la fram saken, og svarte på spørsmål om leverandørmarkedet."
SUBSTANTIVE: Final = "Det skal stå at direktøren ved Sørlandet sykehus foreslo en ramme på 12,5 mill. kroner."
TYPING_ERROR: Final = "Etternavnet til Åse skrives Bjørnør-Lie."
TASTE: Final = "Skriv «avstemning» i stedet for «vedtaket var enstemmig»."
WHY_NOT: Final = "Uttrykket er det som brukes i alle referatene."
CHOSEN: Final = "Sak 002-2026: Felles radiologiløsning for…"
OF_RADIOLOGY: Final = f"Sak 002-2026: {RADIOLOGY} – det som ble sagt og gjort"


async def decisions_told(room: Boardroom) -> None:
    """Before that nobody else learns what was decided; afterwards all six, as not yet in approved minutes."""
    before = await asked(room.submitter, "hvor er saken 002-2026", RADIOLOGY, "Status: sendt ut til styret.")
    await expect(before).not_to_contain_text("vedtatt med endringer")
    await room.lead.press("Kunngjør vedtakene", await newest(room.lead, f"Styremøtet {DAY} er lukket"))
    told = await newest(room.lead, "Vedtakene er kunngjort", "2 oppfølginger er opprettet.")
    await room.lead.card_pictures("published", told)
    for number, (title, outcome) in enumerate(zip(TITLES, OUTCOMES, strict=True), 1):
        await newest(room.submitter, title, f"Sak 00{number}-2026 i styret {DAY}: {outcome}.", PRELIMINARY)
    card = await newest(room.submitter, RADIOLOGY, "Saken er behandlet av styret", PRELIMINARY)
    await room.submitter.card_pictures("decision", card)
    await newest(room.owner, "Styret vedtok et vilkår som du er ansvarlig for.", CONDITION, EXEMPT)
    task = await newest(room.owner, "Styret vedtok et vilkår som du er ansvarlig for.", SECOND_CONDITION)
    await room.owner.card_pictures("follow-up", task)


async def drafted(room: Boardroom) -> None:
    """By a misspelt command, from what was recorded."""
    await room.move_clock("2026-09-28 09:00", "mandag 28. september 2026 kl. 09.00")
    draft = await asked(room.office, "skriv referatt", MINUTES, "Utkastet er laget av det som ble registrert.")
    await room.office.card_pictures("draft", draft)


async def worded(room: Boardroom) -> None:
    """One part by hand; then the whole as a PDF."""
    office = room.office
    draft = await newest(office, MINUTES, "Versjon 1")
    await office.choose("Hvilken del?", CHOSEN, draft)
    await office.press("Les eller skriv om delen", draft)
    section = await newest(office, OF_RADIOLOGY, "Teksten i referatet")
    text = await office.value_of("Teksten i referatet", section)
    for words in ("Direktør Sørlandet sykehus stemte imot.", PROTEST, "Direktør Sykehuspartner"):
        assert words in text
    await office.card_pictures("section", section)
    await office.fill("Teksten i referatet", text.replace("Prosjekteier Demo la fram saken.", WORDED), section)
    await office.press("Lagre", section)
    await newest(office, OF_RADIOLOGY, "Lagret som versjon 2.")
    await office.press("Hele referatet", await newest(office, OF_RADIOLOGY, "Lagret som versjon 2."))
    await office.press("PDF", await newest(office, MINUTES, "Utkast", "Versjon 2"))
    content, name = await papers.fetch(await link_of(office, "Åpne PDF"))
    assert name == "referat-2026-09-25.pdf"
    assert papers.findings(content, room.pictures / "draft.pdf") == []
    assert WORDED in " ".join(papers.texts(content))
    papers.draw(content, room.pictures, "draft-page")


async def sent_round(room: Boardroom) -> None:
    """To all who have a part in it."""
    office = room.office
    sent = await asked(office, "send referat", MINUTES)
    await office.press("Send til merknader", sent)
    await newest(office, MINUTES, "Sendt til merknader, ikke godkjent", "innen mandag 5. oktober 2026")
    read = await newest(room.director, MINUTES, "Ingen merknad")
    await room.director.card_pictures("to-remark-on", read)
    for one in ELSEWHERE:
        await room.others.wait_for(one, MINUTES)


async def remarked_on(room: Boardroom) -> None:
    """Two editorial, one on the substance; one has none; the others say nothing."""
    director, others = room.director, room.others
    await room.delivered()
    card = await newest(director, MINUTES, "Ingen merknad")
    await director.choose("Hvilken del?", CHOSEN, card)
    await director.press("Merknad", card)
    await director.choose("Hva slags merknad?", "Innholdsmessig: det som ble sagt eller vedtatt", card)
    await director.fill("Merknaden", SUBSTANTIVE, card)
    await director.card_pictures("remark", card)
    await director.press("Send merknaden", card)
    await newest(director, MINUTES, "Ditt svar", "merknad, mandag 28. september 2026", SUBSTANTIVE)
    for digits, words in ((13, TYPING_ERROR), (14, TASTE)):
        await others.press(digits, MINUTES, "Merknad", **{"class": "editorial", "remark": words})
        await others.wait_for(digits, "Ditt svar")
    await others.press(15, MINUTES, "Ingen merknad")


async def ruled_on(room: Boardroom) -> None:
    """One is taken in, one is not, and the third is not the office's to rule on."""
    office = room.office
    await room.delivered()
    first = await newest(office, f"Merknad til {MINUTES.lower()}", TYPING_ERROR)
    await office.press("Velg del", first)
    await office.choose("Hvilken del?", "Sak 005-2026: Felles prinsipper for…", first)
    await office.press("Vis", first)
    there = await newest(office, TYPING_ERROR, "Slik blir delen")
    text = await office.value_of("Slik blir delen", there)
    await office.fill("Slik blir delen", text.replace("Bjørnør", "Bjørnør-Lie"), there)
    await office.card_pictures("ruling", there)
    await office.press("Ta inn", there)
    told = await room.others.wait_for(13, "Merknaden din er tatt inn.")
    assert "[lagt til: Bjørnør-Lie]" in told
    await room.delivered()
    second = await newest(office, f"Merknad til {MINUTES.lower()}", TASTE)
    await office.press("Ta ikke inn", second)
    await office.fill("Hvorfor ikke?", WHY_NOT, second)
    await office.press("Ta ikke inn", second)
    assert WHY_NOT in await room.others.wait_for(14, "Merknaden din er ikke tatt inn.")
    third = await newest(office, f"Merknad til {MINUTES.lower()}", SUBSTANTIVE)
    await expect(third.get_by_role("button", name="Ta inn")).to_have_count(0)
    await office.card_pictures("remark-of-substance", third)
