"""Six cases from the working group to a pack in eleven inboxes, eleven days ahead: five pages, a real clock moved."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Locator, expect

from tests.e2e import papers
from tests.e2e.board import Board
from tests.e2e.board_cases import CLOSING, EXEMPT, LATE, LONG_TITLE, PUBLIC_TITLE, RADIOLOGY, STRATEGY, WHY_LATE
from tests.e2e.conftest import Person
from tests.e2e.inboxes import GUEST, OTHER_DIRECTORS, Inboxes
from tests.e2e.playground import WAIT_MS, Persona
from tests.e2e.processes import BotProcess
from tests.e2e.seeding import seed_cases
from tests.e2e.steps import asked, newest
from tests.fakes.connector import FakeConnector

EARLY: Final = "2026-08-26T07:30"
BOARD_DAY: Final = "fredag 25. september 2026"
GROUP_DAY: Final = "fredag 4. september 2026"
STATEMENT: Final = "De tillitsvalgte krever at opplæringen skjer i arbeidstida."
REMARKS: Final = "Arbeidsutvalget ber om at nettutbyggingen i Telemark avklares før kontrakt signeres."
ADVICE_AGAINST: Final = "Strategien manglar kriterium for prioritering."
TIES: Final = "Ektefellen min er administrerende direktør hos en av tilbyderne."
OUTCOMES: Final = (
    ("AU 001-2026", LONG_TITLE, "anbefalt", ""),
    ("AU 002-2026", RADIOLOGY, "anbefalt med merknader", REMARKS),
    ("AU 003-2026", EXEMPT, "anbefalt", ""),
    ("AU 004-2026", CLOSING, "anbefalt", ""),
    ("AU 005-2026", STRATEGY, "ikke anbefalt", ADVICE_AGAINST),
    ("AU 006-2026", LATE, "anbefalt", ""),
)
PAPERS_READY: Final = f"Sakspapirene til styremøtet {BOARD_DAY} er klare"
NEWS: Final = f"Nytt i sakspapirene til styremøtet {BOARD_DAY} siden du leste dem"


@pytest.fixture
def prepared_bot(artefacts: Path) -> Iterator[BotProcess]:
    """Six cases ready for the working group, on a morning in August."""
    process = BotProcess(artefacts, now=EARLY)
    process.prepare(empty=True)
    seed_cases(process.environment()["SAKSGANG_DATABASE_URL"], process.files)
    yield process
    process.stop()


@pytest.fixture
async def board(bot: BotProcess, person: Person, artefacts: Path) -> AsyncIterator[Board]:
    async with FakeConnector() as platform:
        others = Inboxes(platform, bot.endpoint)
        await others.arrive(*OTHER_DIRECTORS, GUEST)
        yield Board(
            office=await person("kontor"),
            lead=await person("ansvarlig"),
            chair=await person("leder"),
            rep=await person("tillitsvalgt"),
            director=await person("ahus"),
            others=others,
            pictures=artefacts,
        )


async def test_six_cases_reach_eleven_inboxes(board: Board) -> None:
    await to_the_working_group(board)
    await the_working_group_meets(board)
    await the_agenda(board)
    await the_gates(board)
    await the_pack(board)
    await one_is_inhabil(board)
    await a_new_version(board)
    await what_a_guest_sees(board)


# -- before the working group ------------------------------------------------------------------------------------------


async def to_the_working_group(board: Board) -> None:
    triage = await newest(board.rep, RADIOLOGY, "Saken er klar for arbeidsutvalget.")
    await board.rep.card_pictures("triage", triage)
    for _number, title, _outcome, _remarks in OUTCOMES:
        await put_on_agenda(board.office, title)
    await late_case_taken_in(board)

    question = await newest(board.rep, RADIOLOGY, "Uttal deg om saken innen tirsdag 8. september 2026")
    await board.rep.press("Uttal deg", question)
    await board.rep.fill("Uttalelsen din", STATEMENT, question)
    await board.rep.card_pictures("statement", question)
    await board.rep.press("Send uttalelsen", question)
    await board.rep.wait_for_text("Takk. Uttalelsen er registrert.")


async def put_on_agenda(office: Persona, title: str) -> None:
    card = await newest(office, title, "Sett saken på sakslisten til et møte i arbeidsutvalget.")
    await office.press("Sett på saksliste", card)
    await office.press("Sett opp", card)
    await newest(office, title, "Nummer i arbeidsutvalget")


async def late_case_taken_in(board: Board) -> None:
    """First the portfolio lead, then the chair."""
    card = await newest(board.lead, LATE, "Godtar du, går spørsmålet til leder.")
    await board.lead.press("Godta ettersending", card)
    question = await newest(board.chair, LATE, "Porteføljeansvarlig har sagt ja. Godtar du?", WHY_LATE)
    await board.chair.card_pictures("late", question)
    await board.chair.press("Godta ettersending", question)
    await board.chair.wait_for_text("Takk. Saken tas inn etter fristen.")


# -- the working group -------------------------------------------------------------------------------------------------


async def the_working_group_meets(board: Board) -> None:
    await board.move_clock("2026-09-04 12:10", f"{GROUP_DAY} kl. 12.10")
    for number, title, outcome, remarks in OUTCOMES:
        card = await asked(board.lead, f"hvor er saken {number}", title, "Registrer hva arbeidsutvalget sa om saken.")
        await board.lead.press("Registrer behandlingen", card)
        await board.lead.choose("Hva sa arbeidsutvalget?", outcome, card)
        await board.lead.fill("Merknader", remarks, card)
        if remarks == REMARKS:
            await board.lead.card_pictures("treat", card)
        await board.lead.press("Registrer", card)
        await newest(board.lead, title, "Status: behandlet i arbeidsutvalget.")
    draft = await newest(board.lead, f"Utkast: Referat fra arbeidsutvalget {GROUP_DAY}")
    for words in (REMARKS, ADVICE_AGAINST, "Arbeidsutvalget: ikke anbefalt"):
        await expect(draft).to_contain_text(words)
    await board.lead.card_pictures("group-minutes", draft)


# -- the agenda --------------------------------------------------------------------------------------------------------


async def the_agenda(board: Board) -> None:
    """Drafted by a misspelt command, one item moved, and sent for approval."""
    built = await asked(board.office, "lag sakslite", "Sakslisten er laget.", "Leder er bedt om å godkjenne den.")
    await expect(built).to_contain_text("Ettersendte saker som bekreftes her: 005-2026.")
    await expect(built).to_contain_text("Sakene tar 120 minutter av møtets 120 minutter.")
    await board.office.card_pictures("agenda", built)
    await board.office.press("Endre et punkt", built)
    await board.office.choose("Hvilket punkt?", f"4. 002-2026 {RADIOLOGY}", built)
    await board.office.press("Vis punktet", built)
    item = await newest(board.office, f"Punkt 4: 002-2026 {RADIOLOGY}")
    await board.office.press("Opp", item)
    moved = await newest(board.office, f"Punkt 3: 002-2026 {RADIOLOGY}", "Flyttet.")
    await board.office.press("Ned", moved)
    moved = await newest(board.office, f"Punkt 4: 002-2026 {RADIOLOGY}", "Flyttet.")
    await board.office.press("Opp", moved)
    await newest(board.office, f"Punkt 3: 002-2026 {RADIOLOGY}", "Flyttet.")


async def the_gates(board: Board) -> None:
    """Refused while the chair has not approved and the working group's minutes are missing."""
    lacking = await asked(
        board.office, "send paken", f"Dette mangler før sakspapirene til styremøtet {BOARD_DAY} kan sendes"
    )
    await expect(lacking).to_contain_text("Leder må godkjenne sakslisten før sakspapirene sendes.")
    await expect(lacking).to_contain_text("Referatet fra arbeidsutvalget må være ferdig og med i sakspapirene")
    await expect(lacking).to_contain_text(f"Det gjelder møtet i arbeidsutvalget {GROUP_DAY}.")
    await board.office.card_pictures("gates", lacking)

    draft = await newest(board.chair, f"Sakslisten til styremøtet {BOARD_DAY}", "Godkjenn sakslisten, eller")
    await board.chair.card_pictures("agenda-to-approve", draft)
    await board.chair.press("Godkjenn sakslisten", draft)
    await newest(board.chair, "Godkjent av Leder Demo")
    minutes = await newest(board.lead, f"Utkast: Referat fra arbeidsutvalget {GROUP_DAY}")
    await board.lead.press("Ferdigstill referatet", minutes)
    await newest(board.rep, f"Referatet fra arbeidsutvalget {GROUP_DAY} er ferdig")


# -- the pack ----------------------------------------------------------------------------------------------------------


async def the_pack(board: Board) -> None:
    """Eleven days ahead: to all eleven directors and the chair, read by one, and the office sees that."""
    await board.move_clock("2026-09-14 09:00", "mandag 14. september 2026 kl. 09.00")
    words = (f"Sakspapirene til styremøtet {BOARD_DAY} kan sendes", "7 av 7 på plass")
    ready = await asked(board.office, "send pakke", *words)
    await board.office.card_pictures("ready-to-send", ready)
    await board.office.press("Send til 12 mottakere", ready)
    news = await newest(board.director, PAPERS_READY, "Må besluttes (5)", "Til orientering (1)")
    await board.director.card_pictures("pack", news)
    await newest(board.chair, PAPERS_READY)
    for one in OTHER_DIRECTORS:
        await board.others.wait_for(one, PAPERS_READY)
    assert board.others.with_text(PAPERS_READY) == list(OTHER_DIRECTORS)

    content = await read(board.director, news)
    await look_at_pack(board, content)
    sent = await newest(board.office, "av 12 har åpnet sakspapirene")
    await board.office.press("Oppdater", sent)
    reads = await newest(board.office, "1 av 12 har åpnet sakspapirene")
    await board.office.press("vis: 1 av 12 har åpnet sakspapirene", reads)
    await expect(reads).to_contain_text("Direktør Akershus universitetssykehus: versjon 1, mandag 14. september 2026")
    await board.office.card_pictures("read-marks", reads)


async def read(person: Persona, card: Locator) -> bytes:
    """Presses «Les sakspapirene» and opens the address that the answer holds."""
    await person.press("Les sakspapirene", card)
    link = person.cards.get_by_role("link", name=re.compile("^Åpne sakspapirene")).last
    await expect(link).to_be_visible(timeout=WAIT_MS)
    content, name = await papers.fetch(await link.get_attribute("title") or "")
    assert name == "sakspapirer-2026-09-25.pdf"
    return content


async def look_at_pack(board: Board, content: bytes) -> None:
    pages = await asyncio.to_thread(papers.draw, content, board.pictures, "page")
    assert papers.findings(content, board.pictures / "pack.pdf") == []
    said = papers.texts(content)
    assert f"{pages} sider" in await (await newest(board.director, "Omfang", "Sakspapir")).inner_text()
    assert said[0].startswith("Regionalt porteføljestyre Sakspapirer")
    assert "Ettersendt; bekreftes under punkt 1" in said[1]
    whole = " ".join(said)
    for words in (STATEMENT, REMARKS, ADVICE_AGAINST, WHY_LATE, "offentleglova § 23 første ledd"):
        assert words in whole
    marks = papers.headings(content)
    assert [mark.partition(":")[0] for mark in marks if mark.startswith("Sak ")] == [
        f"Sak 00{number}-2026" for number in (2, 1, 3, 4, 5, 6)
    ]
    assert sum(mark.startswith("Vedlegg ") for mark in marks) == 7
    assert marks[-2:] == [
        f"Referat fra møtet i arbeidsutvalget {GROUP_DAY}",
        "Referat fra styremøtet fredag 12. juni 2026",
    ]


# -- one who is inhabil ------------------------------------------------------------------------------------------------


async def one_is_inhabil(board: Board) -> None:
    director, chair = board.director, board.chair
    await director.press("Habilitet", await newest(director, "Sakspapirer til styremøtet", "Du åpnet"))
    question = await newest(director, "Er det forhold som kan gjøre deg inhabil i noen av sakene?")
    await director.card_pictures("habilitet", question)
    await director.press("Mulig forhold i en sak", question)
    await director.choose("Hvilken sak?", f"002-2026 {RADIOLOGY}", question)
    await director.fill("Hva gjelder det?", TIES, question)
    await director.press("Meld fra", question)
    to_rule = await newest(chair, "Avgjør om Direktør Akershus universitetssykehus er habil i saken.", TIES)
    await chair.press("Inhabil", to_rule)
    await chair.fill("Begrunnelse", "Nær familie hos en tilbyder.", to_rule)
    await chair.card_pictures("ruling", to_rule)
    await chair.press("Registrer: inhabil", to_rule)
    ruled = await newest(director, "Habiliteten din er vurdert")
    await director.card_pictures("ruled", ruled)
    await expect(director.page.locator("body")).not_to_contain_text(RADIOLOGY, timeout=WAIT_MS)

    without = await asked(director, "sakspapirer", "Må besluttes (4)")
    content = await read(director, without)
    assert "radiologi" not in " ".join(papers.texts(content)).lower()
    assert f"Sak 002-2026: {RADIOLOGY}" not in papers.headings(content)
    assert papers.findings(content, board.pictures / "pack-without.pdf") == []
    await director.card_pictures("pack-without", await newest(director, "Må besluttes (4)"))


# -- afterwards --------------------------------------------------------------------------------------------------------


async def a_new_version(board: Board) -> None:
    """Told to the one who has opened the first, and to nobody else."""
    office = board.office
    case = await asked(office, "hvor er saken 001-2026", LONG_TITLE, "Status: sendt ut til styret.")
    await office.press("Legg ved lenke", case)
    await office.choose("Hvilket dokument?", "Annet vedlegg", case)
    await office.fill("Lenke", "https://dokumenter.example.org/reisetid.pdf", case)
    await office.press("Legg ved lenke", case)
    await newest(office, LONG_TITLE, "2 av 2 på plass")
    news = ("Endret siden de ble sendt", "001-2026: vedlegg er lagt til eller byttet")
    changed = await asked(office, "send pakke", *news)
    await office.card_pictures("changed-office", changed)
    await office.press("Send ny versjon", changed)
    told = await newest(board.director, NEWS, "001-2026: vedlegg er lagt til eller byttet")
    await board.director.card_pictures("changed", told)
    await newest(office, "2, sendt mandag 14. september 2026")
    await expect(board.chair.cards.filter(has_text=NEWS)).to_have_count(0)
    assert not [one for one in OTHER_DIRECTORS for card in board.others.cards(one) if NEWS in card]


async def what_a_guest_sees(board: Board) -> None:
    await board.others.say(GUEST, "sakliste")
    agenda = await board.others.wait_for(GUEST, f"Den offentlige sakslisten til styremøtet {BOARD_DAY}")
    assert PUBLIC_TITLE in agenda
    assert RADIOLOGY in agenda
    for hidden in (EXEMPT, WHY_LATE, "Gudbjørg"):
        assert hidden not in agenda
