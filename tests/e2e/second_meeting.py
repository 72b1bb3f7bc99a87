"""The board's next meeting: follow-ups reported, the pack with the minutes, their approval, the file that is locked."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Final

from playwright.async_api import expect

from tests.e2e import papers
from tests.e2e.board_cases import EXEMPT, RADIOLOGY
from tests.e2e.boardroom import AHUS, Boardroom, link_of, says
from tests.e2e.first_meeting import CONDITION, LEGAL, SECOND_CONDITION, on_to
from tests.e2e.first_meeting import DAY as HELD
from tests.e2e.meeting_seeding import DISCUSSION
from tests.e2e.minutes_round import MINUTES, SUBSTANTIVE
from tests.e2e.steps import asked, newest

DAY: Final = "fredag 13. november 2026"
PAPERS: Final = f"Sakspapirene til styremøtet {DAY}"
APPROVE: Final = f"Godkjenne referatet fra styremøtet {HELD}?"
DONE: Final = "Risikovurderingen er lagt fram for kontoret."
LATER: Final = "Leverandøren har bedt om mer tid."
AGAINST: Final = "Referatet bør si hva de andre mente om rammen."
CORRECTED: Final = "Direktøren ved Sørlandet sykehus foreslo en ramme på 12,5 mill. kroner."
PRESENT: Final = tuple(range(13, 21))
"""Besides the director and the deputy who have a page; the director of Sykehuspartner stays away."""


async def reported(room: Boardroom) -> None:
    """Ten days before the meeting the owner is asked how the conditions stand."""
    await room.move_clock("2026-11-03 09:00", "tirsdag 3. november 2026 kl. 09.00")
    owner = room.owner
    await room.delivered()
    first = await newest(owner, "Meld status før neste styremøte, så styret ser den.", CONDITION)
    await owner.press("Utført", first)
    await owner.fill("Hva er gjort?", DONE, first)
    await owner.press("Utført", first)
    await newest(owner, "Oppfølging av vedtak 003-2026", DONE, "Prosjekteier Demo, tirsdag 3. november 2026")
    await room.delivered()
    second = await newest(owner, "Meld status før neste styremøte, så styret ser den.", SECOND_CONDITION)
    await owner.press("Meld status", second)
    await owner.fill("Hvordan står det til?", LATER, second)
    await owner.fill("Ny frist, om det tar lengre tid", "4. desember", second)
    await owner.card_pictures("report", second)
    await owner.press("Meld status", second)
    await newest(owner, LATER, "innen fredag 4. desember 2026")


async def papers_sent(room: Boardroom) -> None:
    """The case that was put off comes back with another number; the minutes go with the papers, not approved."""
    office, chair = room.office, room.chair
    agenda = await asked(office, "lag saksliste", "Satt opp nå: 007-2026.", "3. Oppfølging av vedtak")
    await says(agenda, SECOND_CONDITION, LATER, f"4. 007-2026 {DISCUSSION}")
    await expect(agenda).not_to_contain_text(CONDITION)
    await office.card_pictures("next-agenda", agenda)
    await chair.press("Godkjenn sakslisten", await newest(chair, f"styremøtet {DAY}", "Godkjenn sakslisten, eller"))
    await newest(office, f"Sakslisten til styremøtet {DAY}", "Godkjent av Leder Demo")
    await office.press("Send til 13 mottakere", await asked(office, "send pakke", f"{PAPERS} kan sendes"))
    news = await newest(room.director, f"{PAPERS} er klare")
    await room.director.press("Les sakspapirene", news)
    await newest(room.director, "Åpne sakspapirene")
    content, name = await papers.fetch(await link_of(room.director, "Åpne sakspapirene"))
    assert name == "sakspapirer-2026-11-13.pdf"
    assert papers.findings(content, room.pictures / "pack.pdf") == []
    whole = " ".join(papers.texts(content))
    for words in ("Oppfølging av vedtak", LATER, MINUTES, "Ikke godkjent", LEGAL):
        assert words in whole, words
    await asyncio.to_thread(papers.draw, content, room.pictures, "pack-page")


async def asked_for_approval(room: Boardroom) -> None:
    """The item is called: every seat is asked, and nobody else; not a moment before."""
    await room.move_clock("2026-11-13 08:50", f"{DAY} kl. 08.50")
    await asked(room.lead, "start møte", "Punkt 1 av 5: Godkjenning av innkalling og saksliste", "Møtet er i gang.")
    await room.lead.choose("Hva ble utfallet?", "vedtatt")
    await room.lead.press("Lagre")
    await says(room.lead.last_card(), "Lagret: vedtatt.")
    await expect(room.director.cards.filter(has_text=APPROVE)).to_have_count(0)
    await on_to(room.lead, "Punkt 2 av 5: Godkjenning av referat fra forrige møte")
    question = await newest(room.director, APPROVE, SUBSTANTIVE)
    await room.director.card_pictures("approve", question)
    await newest(room.deputy, APPROVE)
    for one in PRESENT:
        await room.others.wait_for(one, APPROVE)
    assert not [card for card in room.others.cards(AHUS) if APPROVE in card], "the deputy sits there"


async def approved(room: Boardroom) -> None:
    """Nine of eleven members and a deputy answer; silence counts for nothing."""
    others = room.others
    await room.director.press("Godkjenn", await newest(room.director, APPROVE))
    await newest(room.director, f"Du godkjente {DAY} kl. 08.50.")
    await room.deputy.press("Godkjenn", await newest(room.deputy, APPROVE))
    for one in PRESENT[:-1]:
        await others.press(one, APPROVE, "Godkjenn", answer="approve")
    await others.press(PRESENT[-1], APPROVE, "Merknad", answer="remark", note=AGAINST)
    tally = await newest(room.chair, "10 av 11 har svart: 9 godkjenner, 1 har merknad. 6 må godkjenne.", AGAINST)
    await room.chair.card_pictures("tally", tally)


async def corrected(room: Boardroom) -> None:
    """What the room takes in is worded by who runs the meeting; the chair concludes."""
    lead, chair = room.lead, room.chair
    await lead.press("Ta inn rettelse", await newest(lead, APPROVE, "10 av 11 har svart"))
    form = await newest(lead, f"Merknad til {MINUTES.lower()}", SUBSTANTIVE, "Slik blir delen")
    text = await lead.value_of("Slik blir delen", form)
    await lead.fill("Slik blir delen", f"{text}\n{CORRECTED}", form)
    await lead.card_pictures("correction", form)
    await lead.press("Legg fram som rettelse", form)
    question = await newest(chair, APPROVE, "Rettelse som tas inn", f"[lagt til: {CORRECTED}]")
    await room.delivered()
    await chair.press("Konkluder", question)
    await chair.choose("Konklusjon", "Godkjent med rettelser", question)
    await chair.card_pictures("conclude", question)
    await chair.press("Konkluder", question)


async def locked(room: Boardroom) -> None:
    """The file of the corrected text, kept with its checksum; told to everybody who had it."""
    news = await newest(room.director, f"Referatet fra styremøtet {HELD} er godkjent", "Kontrollsum (SHA-256)")
    await room.director.card_pictures("locked", news)
    await room.director.press("Åpne referatet (PDF)", news)
    content, name = await papers.fetch(await link_of(room.director, "Åpne PDF"))
    assert name == "referat-2026-09-25.pdf"
    await says(news, hashlib.sha256(content).hexdigest())
    assert papers.findings(content, room.pictures / "locked.pdf") == []
    whole = " ".join(papers.texts(content))
    for words in (f"Godkjent i møtet {DAY}. Versjon 4.", CORRECTED, "Åse Bjørnør-Lie", EXEMPT):
        assert words in whole, words
    await asyncio.to_thread(papers.draw, content, room.pictures, "locked-page")


async def found_again(room: Boardroom) -> None:
    """What was decided is found by a misspelt command, is final to its submitter, and the log says who did what."""
    found = await asked(room.director, "vedtk radiologi", "002-2026", RADIOLOGY)
    await room.director.card_pictures("register", found)
    await newest(room.submitter, RADIOLOGY, "Referatet er godkjent.")
    log = await asked(room.office, "logg 002-2026", RADIOLOGY, "Porteføljeansvarlig Demo")
    await room.office.card_pictures("log", log)
    open_ = await asked(room.office, "oppfølging", SECOND_CONDITION, LATER)
    await expect(open_).not_to_contain_text(CONDITION)
    await room.office.card_pictures("follow-ups", open_)
