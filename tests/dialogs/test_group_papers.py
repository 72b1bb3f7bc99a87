"""Final papers after the working group, and files for a case on its way."""

from __future__ import annotations

from datetime import UTC, datetime

from board.states import CaseState
from cards import actions
from cards.message import Json
from dialogs.documents_talk import Found
from tests.board.support import OFFICE, SUBMITTER
from tests.dialogs.group_support import (
    ID,
    OTHER_TITLE,
    opened,
    prepare,
    pressed,
    titled,
)
from tests.dialogs.meeting_support import APRIL, banners, errors, standing
from tests.dialogs.support import House, words
from tests.dialogs.task_support import labels

S = CaseState


# -- final papers and files --------------------------------------------------------------------------------------------


async def test_final_papers_are_saved_whole_or_not_at_all(house: House) -> None:
    await prepare(house, titled(S.WG_TREATED))
    chat = house.chat(SUBMITTER)
    form = await chat.click(await opened(house, SUBMITTER), actions.CASE_EDIT)
    assert labels(form) == ["Lagre", "Tilbake til saken"]
    assert "project_owner" not in standing(form)
    hollow = await chat.click(form, actions.CASE_SAVE, summary="", background="Ny bakgrunn.")
    assert errors(hollow) == {"summary": "Må fylles ut."}
    assert standing(hollow)["background"] == "Ny bakgrunn."
    assert (await house.case(ID)).content.background != "Ny bakgrunn."
    unread = await chat.click(form, actions.CASE_SAVE, cost_investment="masse", background="Ny bakgrunn.")
    assert "cost_investment" in errors(unread)
    assert standing(unread)["cost_investment"] == "masse"
    done = await chat.click(form, actions.CASE_SAVE, summary="Endelig.", background="Ny bakgrunn.")
    assert "Endringene er lagret" in banners(done)
    case = await house.case(ID)
    assert (case.content.summary, case.content.background, case.state) == ("Endelig.", "Ny bakgrunn.", S.WG_TREATED)


async def test_an_old_form_hands_on_nothing_later(house: House) -> None:
    await prepare(house, titled(S.WG_TREATED))
    before = await house.case(ID)
    data: dict[str, Json] = {"id": ID, "rev": before.rev, "summary": "Skrevet i et gammelt skjema."}
    card = await house.chat(SUBMITTER).press(actions.CASE_SUBMIT, data)
    assert "allerede avgjort" in banners(card)
    assert await house.case(ID) == before


async def test_a_file_goes_to_the_only_case_on_its_way(house: House) -> None:
    await prepare(house, titled(S.ON_WG_AGENDA))
    done = await house.chat(SUBMITTER).say("", Found("notat.pdf", sha256="a" * 64, size=10))
    assert "Hvilket dokument" in done.title
    named = await house.chat(SUBMITTER).say("annet vedlegg")
    assert "Lagt ved: notat.pdf" in banners(named)
    assert [d.name for d in (await house.case(ID)).documents][-1] == "notat.pdf"
    assert await house.talk(SUBMITTER) is None


async def test_where_several_cases_could_be_meant_it_is_asked_which(house: House) -> None:
    await prepare(house, titled(S.ON_WG_AGENDA), titled(S.WG_TREATED, OTHER_TITLE, "case-2"))
    chat = house.chat(SUBMITTER)
    asked = await chat.say("", Found("faseplan ny.pdf", sha256="a" * 64, size=10))
    assert "Hvilken sak er" in asked.title
    await chat.say("", Found("sluttrapport.pdf", sha256="b" * 64, size=10))
    done = await chat.say("Vaktplan på tvers")
    assert "Lagt ved" in words(done)
    assert {d.name for d in (await house.case("case-2")).documents} >= {"faseplan ny.pdf"}
    assert not [d for d in (await house.case(ID)).documents if d.sha256]


async def test_minutes_from_before_are_taken_in_as_a_pdf(house: House) -> None:
    await prepare(house)
    house.clock.set(datetime(2026, 4, 20, 7, tzinfo=UTC))
    office = house.chat(OFFICE)
    card = await pressed(office, actions.MINUTES_FILE, {"id": APRIL})
    assert "Send referatet fra styremøtet torsdag 16. april 2026" in card.title
    assert "PDF" in (await office.say("her er den")).title
    wrong = await office.say("", Found("referat.docx", sha256="a" * 64, size=10))
    assert "er ikke en PDF" in banners(wrong)
    refused = await office.say("", Found("referat.pdf", refused="too_large"))
    assert "større enn 25 MB" in banners(refused)
    done = await office.say("", Found("referat.pdf", sha256="a" * 64, size=10))
    assert "er lagt inn" in done.title
    async with house.work.read() as work:
        kept = (await work.minutes_book.finished([APRIL]))[APRIL]
    assert (kept.name, kept.sha256, kept.by) == ("referat.pdf", "a" * 64, OFFICE.id)
    assert await house.talk(OFFICE) is None
