"""The board's first meeting by its run-sheet: six cases, six outcomes, in cards and words, with a restart."""

from __future__ import annotations

from typing import Final

from playwright.async_api import Locator

from tests.e2e.board_cases import CLOSING, EXEMPT, LONG_TITLE, RADIOLOGY, STRATEGY
from tests.e2e.boardroom import ELSEWHERE, Boardroom, says
from tests.e2e.meeting_seeding import DISCUSSION
from tests.e2e.playground import Persona
from tests.e2e.steps import answer, asked, newest

DAY: Final = "fredag 25. september 2026"
PAPERS: Final = f"Sakspapirene til styremøtet {DAY}"
SEAT: Final = f"Styremøtet {DAY} er i gang"
AMENDED: Final = (
    "Styret godkjenner overgang til planleggingsfasen innenfor en ramme på 11 mill. kroner.\n"
    "Styret forutsetter at alle helseforetak deltar i kravarbeidet."
)
PROTEST: Final = "Rammen er for lav til at de minste sykehusene kan delta i kravarbeidet."
CONDITION: Final = "Legg fram risikovurdering av leverandørene"
SECOND_CONDITION: Final = "Meld tilbake om avhengigheten til lønnssystemet"
CRITERIA: Final = "Styret ber om kriterium for kva som skal veljast bort."
LEGAL: Final = "Saken utsettes til neste møte. Styret ber om en juridisk vurdering."
TITLES: Final = (LONG_TITLE, RADIOLOGY, EXEMPT, STRATEGY, DISCUSSION, CLOSING)
OUTCOMES: Final = (
    "vedtatt",
    "vedtatt med endringer",
    "vedtatt med vilkår",
    "sendt tilbake",
    "utsatt",
    "tatt til orientering",
)
"""Of the cases in the order of their numbers, 001-2026 and on."""


async def papers_sent(room: Boardroom) -> None:
    card = await asked(room.office, "send pakken", f"{PAPERS} kan sendes")
    await room.office.press("Send til 12 mottakere", card)
    await newest(room.director, f"{PAPERS} er klare", "Må besluttes (4)", "Til diskusjon (1)", "Til orientering (1)")


async def opened(room: Boardroom) -> None:
    """Not a day too early; not by everybody; by a misspelt command."""
    await room.lead.say("start møte")
    await room.lead.wait_for_text(f"Møtet begynner {DAY} kl. 09.00. Det kan startes et kvarter før.")
    await room.move_clock("2026-09-25 08:50", f"{DAY} kl. 08.50")
    await room.director.say("start møte")
    await room.director.wait_for_text("Det kan bare porteføljekontoret og porteføljeansvarlig gjøre.")
    sheet = await asked(room.lead, "start møtte", "Punkt 1 av 9: Godkjenning av innkalling og saksliste")
    await says(sheet, "Møtet er i gang.")
    seat = await newest(room.director, SEAT, "Nå: punkt 1 av 9", "ja: 11 av 12 er til stede, vedtaksført fra 7")
    await room.director.card_pictures("seat", seat)
    for one in ELSEWHERE[:-2]:
        await room.others.wait_for(one, SEAT)


async def first_items(room: Boardroom) -> None:
    """The standing ones, and a case as it was proposed."""
    await decided(room.lead, "vedtatt")
    await on_to(room.lead, "Punkt 2 av 9: Godkjenning av referat fra forrige møte")
    await on_to(room.lead, "Punkt 3 av 9: 001-2026 Konseptutredning for fylkesgrenseoverskridende")
    await room.lead.card_pictures("sheet")
    await decided(room.lead, "vedtatt")


async def amended(room: Boardroom) -> None:
    """Called in words, misspelt; one goes out, one is against and says why."""
    lead = room.lead
    sheet = await asked(lead, "neste sk", f"Punkt 4 av 9: 002-2026 {RADIOLOGY}")
    await lead.fill("Vedtak", AMENDED, sheet)
    await lead.press("vis: Gikk noen ut, dissens, protokolltilførsel", sheet)
    await sheet.get_by_role("checkbox", name="Direktør Sykehuspartner").first.check()
    await sheet.get_by_role("checkbox", name="Direktør Sørlandet sykehus").last.check()
    await lead.fill("Protokolltilførsel", PROTEST, sheet)
    await lead.card_pictures("sheet-unfolded", sheet)
    await decided(lead, "vedtatt med endringer")
    changed = "innenfor en ramme på [fjernet: 12,5] [lagt til: 11] mill. kroner."
    taken_part = "Til stede: 10. Dissens: Direktør Sørlandet sykehus. Gikk ut: Direktør Sykehuspartner."
    await says(lead.last_card(), changed, taken_part)
    await lead.card_pictures("sheet-amended")


async def with_conditions(room: Boardroom) -> None:
    """A line that nobody can read is named and stays; what is not saved is not left behind."""
    lead = room.lead
    await on_to(lead, "Punkt 5 av 9: 003-2026 Forhandlingsstrategi for anskaffelse")
    await lead.choose("Hva ble utfallet?", "vedtatt med vilkår")
    await lead.fill("Vilkår", f"{CONDITION}; prosjekteier demo; snart")
    await lead.press("Lagre")
    await says(lead.last_card(), "jeg forstår ikke datoen «snart»")
    await lead.card_pictures("sheet-unread")
    await lead.fill("Vilkår", f"{CONDITION}; prosjekteier demo; 16. oktober")
    await lead.press("Et vilkår til")
    await lead.fill("Vilkår", SECOND_CONDITION)
    await lead.choose("Hvem skal følge det opp?", "Prosjekteier Demo")
    await lead.fill("Frist", "2026-10-30")
    await lead.press("Legg til")
    await says(lead.last_card(), "Vilkåret står i skjemaet. Trykk Lagre når resten er med.")
    await lead.press("Neste sak")
    await says(lead.last_card(), "Det du har skrevet her, er ikke lagret.")
    await decided(lead, "vedtatt med vilkår")


async def after_a_restart(room: Boardroom) -> None:
    """What was decided is there, and where the meeting stands."""
    await room.restart("2026-09-25T09:20")
    sheet = await asked(room.lead, "neste sak", f"Punkt 6 av 9: 004-2026 {STRATEGY}")
    await says(sheet, "5 av 9 punkter er avgjort.")
    seat = await newest(room.director, SEAT, "Nå: punkt 6 av 9", "vedtatt med endringer")
    await room.director.card_pictures("seat-midway", seat)
    unfinished = await asked(room.lead, "lukk møtet", "Møtet kan ikke lukkes ennå.", "9. Eventuelt")
    await says(unfinished, f"6. 004-2026 {STRATEGY}", f"7. 005-2026 {DISCUSSION}")
    await room.lead.card_pictures("unfinished", unfinished)


async def sent_back_in_words(room: Boardroom) -> None:
    """The question stands open since the item was called."""
    lead = room.lead
    await lead.say("sendt tilbake")
    await answer(lead, "Hva ble vedtatt?", CRITERIA)
    await answer(lead, "Gikk noen ut under saken?", "ingen")
    await answer(lead, "Stemte noen imot?", "ingen")
    await answer(lead, "Var det noen protokolltilførsel?", "ingen")
    await answer(lead, "Skal jeg lagre dette?", "ja")
    await newest(lead, "Lagret: sendt tilbake.", "6 av 9 punkter er avgjort.")


async def last_items(room: Boardroom) -> None:
    """A talk that is put off says why; one takes note; one goes early; nothing more."""
    lead = room.lead
    await on_to(lead, f"Punkt 7 av 9: 005-2026 {DISCUSSION}")
    await lead.choose("Hva ble utfallet?", "utsatt")
    await lead.press("Lagre")
    await says(lead.last_card(), "Skriv hvorfor saken utsettes, eller hva som må til.")
    await lead.fill("Vedtak", LEGAL)
    await decided(lead, "utsatt")
    await on_to(lead, "Punkt 8 av 9: 006-2026 Sluttrapport")
    await decided(lead, "tatt til orientering")
    await on_to(lead, "Punkt 9 av 9: Eventuelt")
    sheet = lead.last_card()
    await lead.press("Hvem er til stede", sheet)
    there = await newest(lead, f"Til stede i styremøtet {DAY}", "Direktør Vestre Viken: ikke til stede")
    await lead.choose("Hvem?", "Direktør Sunnaas sykehus", there)
    await lead.press("Har gått", there)
    gone = await newest(lead, "Direktør Sunnaas sykehus er registrert som gått.", "10 av 12 er til stede")
    await lead.card_pictures("presence", gone)
    await lead.fill("Hva ble sagt eller bestemt?", "Leder takket for innsatsen i høst.", await last_item(lead))
    await lead.choose("Hva ble utfallet?", "tatt til orientering", await last_item(lead))
    await lead.press("Lagre", await last_item(lead))
    await says(await last_item(lead), "Alle punktene er avgjort. Møtet kan lukkes.")


async def last_item(lead: Persona) -> Locator:
    """The sheet of the last item: who is there stands below it."""
    return await newest(lead, "Punkt 9 av 9: Eventuelt")


async def closed(room: Boardroom) -> None:
    await room.lead.press("Lukk møtet", await last_item(room.lead))
    over = await newest(room.lead, f"Styremøtet {DAY} er lukket", "Møtet er lukket.")
    for number, (title, outcome) in enumerate(zip(TITLES[1:], OUTCOMES[1:], strict=True), 2):
        await says(over, f"{number + 2}. 00{number}-2026 {title}: {outcome}")
    await room.lead.card_pictures("closed", over)


async def decided(lead: Persona, outcome: str) -> None:
    """On the sheet that came last."""
    await lead.choose("Hva ble utfallet?", outcome)
    await lead.press("Lagre")
    await says(lead.last_card(), f"Lagret: {outcome}.")


async def on_to(lead: Persona, title: str) -> None:
    await lead.press("Neste sak")
    await says(lead.last_card(), title)
