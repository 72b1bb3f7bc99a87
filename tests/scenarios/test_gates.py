"""Each gate refuses in words, with its paragraph: by the command, by a button, by a crafted request; nothing is done.

Then what opens it: what was lacking, or the chair's dispensation, which is printed in agenda and papers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from board.events import Happened
from tests.bot.documents.pdfs import typeset
from tests.scenarios.gate_looks import EARLIER, assert_says, dispensations, guest, messages, refused_rights, stored
from tests.scenarios.pack_steps import (
    AFTER_GROUP,
    BOARD,
    SITE,
    Course,
    a_course,
    fetched,
    text_of,
    title,
)
from tests.scenarios.slack_town import a_town
from tests.scenarios.steps import DOCUMENTS
from tests.scenarios.world import MEMBER, button, inputs, verbs, words

FORGED = {"rev": 999, "case": "", "approved": True, "state": "approved", "gates": [], "granted": True, "force": "true"}
"""What somebody might hope that the bot believes."""


@pytest.fixture
async def course(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[Course]:
    async with a_town(chat, sqlite_url, tmp_path, public_url=SITE) as world:
        yield await a_course(world, members=[MEMBER])


# -- what is lacking, gate by gate -----------------------------------------------------------------------------------


async def _no_approval(course: Course) -> None:
    """It was given, and a change took it away."""
    await course.to_agenda(1)
    agenda = await course.agenda()
    assert agenda
    await course.office.press_raw(
        "agenda.edit", {"id": BOARD, "rev": agenda.rev, "item": agenda.items[0].id, "minutes": "6", "presenter": ""}
    )


async def _no_minutes(course: Course) -> None:
    case = await course.accepted()
    await course.on_group(case)
    await course.tid(AFTER_GROUP)
    await course.treated(case)
    await course.built()
    await course.approved()


async def _no_earlier_minutes(course: Course) -> None:
    await course.meeting(EARLIER, "board", "2026-03-20 09:00")
    await course.built(EARLIER)
    await course.to_agenda(1)


async def _filed(course: Course) -> None:
    """Those from before, taken in as the PDF that the office sends next."""
    await course.office.press_raw("minutes.file", {"id": EARLIER})
    await course.office.send_file("referat.pdf", typeset(1, words="Referatets egne ord"))


async def _no_documents(course: Course) -> None:
    """The reason for what is missing is taken away with the final papers."""
    case = await course.accepted()
    await course.on_group(case)
    await course.tid(AFTER_GROUP)
    await course.treated(case)
    await course.minutes()
    form = await course.press(course.people.submitter, "case.edit", case)
    await course.people.submitter.press(form, "case.save", reason_incomplete="")
    assert (await course.world.case(case)).content.reason_incomplete == ""
    await course.built()
    await course.approved()


async def _documents(course: Course) -> None:
    for document in DOCUMENTS:
        url = f"https://dokumenter.example.org/{document}.pdf"
        await course.press(course.office, "case.attach", course.cases[0], document_type=document, url=url)


async def _too_late(course: Course) -> None:
    await course.to_agenda(1)
    await course.tid("2026-04-07 00:00")


SEND: dict[str, tuple[Callable[[Course], Awaitable[None]], tuple[str, ...]]] = {
    "agenda_approval": (_no_approval, ("Leder må godkjenne sakslisten før sakspapirene sendes.",)),
    "wg_minutes": (
        _no_minutes,
        ("Referatet fra arbeidsutvalget må være ferdig", "(mandatet § 5)", "fredag 27. mars 2026"),
    ),
    "previous_minutes": (
        _no_earlier_minutes,
        ("Referatet fra forrige styremøte må være med", "(mandatet § 7)", "fredag 20. mars 2026"),
    ),
    "documents": (_no_documents, ("Dokumenter mangler uten begrunnelse", title(0))),
    "ten_days": (
        _too_late,
        (
            "Siste dag for å sende sakspapirene var mandag 6. april 2026 (mandatet § 7)",
            "Bare leder kan gi dispensasjon",
        ),
    ),
}


@pytest.mark.parametrize("gate", SEND)
async def test_what_is_not_ready_is_not_sent(gate: str, course: Course) -> None:
    lacking, says = SEND[gate]
    await lacking(course)
    await course.world.quiet()
    before = await stored(course)
    told = messages(course)
    said = await course.ask(course.office, "send pakke")
    assert_says(said, says)
    assert "pack.send" not in verbs(said), "no button that would be refused"
    for chat in (course.office, course.lead):
        for data in ({"id": BOARD, "rev": 0}, {"id": BOARD, **FORGED}):
            answer = await chat.press_raw("pack.send", data)
            assert_says(answer, (*says, "Ingenting er sendt."))
    assert await refused_rights(course) == 0, "these two have the right"
    wrong = [course.chair, course.rep, course.members[0], course.people.owner, course.people.submitter, guest(course)]
    for tries, chat in enumerate(wrong, 1):
        said_no = words(await chat.press_raw("pack.send", {"id": BOARD, **FORGED}))
        assert "Det kan bare" in said_no
        assert "porteføljekontor" in said_no.casefold()
        assert await refused_rights(course) == tries
    assert "Ingenting er sendt" not in words(await course.ask(guest(course), "send pakke"))
    assert await stored(course) == before
    await course.world.quiet()
    assert not [m for m in messages(course)[len(told) :] if "er klare" in m], "nobody was told of papers"


@pytest.mark.parametrize(
    ("gate", "settle"),
    [
        ("previous_minutes", _filed),
        ("agenda_approval", lambda course: course.approved()),
        ("wg_minutes", lambda course: course.minutes()),
        ("documents", _documents),
    ],
)
async def test_when_it_is_settled_the_pack_goes(gate: str, settle: Any, course: Course) -> None:
    await SEND[gate][0](course)
    await settle(course)
    assert "pack.send" in verbs(await course.ask(course.office, "send pakke"))
    assert "Sendt." in words(await course.send())
    assert (await course.world.case(course.cases[0])).state == "dispatched"
    if gate == "previous_minutes":
        await course.out()
        card = await course.members[0].press_raw("pack.read", {"id": BOARD})
        assert "Referatets egne ord" in text_of(await fetched(course.world, card))


# -- before the agenda -----------------------------------------------------------------------------------------------


async def test_a_case_that_the_group_has_not_treated_comes_on_no_agenda(course: Course) -> None:
    case = await course.accepted()
    says = ("Saken må behandles i arbeidsutvalget", "(mandatet § 5)", "Bare leder kan gi dispensasjon")
    left_out = (f"{title(0)}: er ikke behandlet i arbeidsutvalget (mandatet § 5).", "Be leder om dispensasjon")
    assert_says(await course.built(), left_out)
    before = await stored(course)
    assert before[0][case].state == "ready_for_wg"
    assert_says(await course.ask(course.office, "lag saksliste"), left_out)
    for chat in (course.office, course.lead):
        assert_says(await chat.press_raw("agenda.build", {"id": BOARD, **FORGED, "case": case}), says)
    for tries, chat in enumerate((course.chair, course.members[0], course.rep, guest(course)), 1):
        answer = await chat.press_raw("agenda.build", {"id": BOARD, **FORGED, "case": case})
        assert "Det kan bare" in words(answer)
        assert await refused_rights(course) == tries
    assert await stored(course) == before


async def test_a_case_that_came_late_comes_on_no_agenda_before_both_have_said_yes(course: Course) -> None:
    await course.tid("2026-03-13 09:00")
    case = await course.with_office(reason_late="Tallene kom først nå.")
    await course.press(course.office, "case.accept", case)
    await course.on_group(case)
    await course.tid(AFTER_GROUP)
    await course.treated(case)
    await course.minutes()
    says = ("Saken kom etter fristen", "Porteføljeansvarlig og leder må godta den", "(mandatet § 7)")
    left_out = (f"{title(0)}: kom etter fristen, og venter på å bli godtatt (mandatet § 7).",)
    assert_says(await course.built(), left_out)
    before = await stored(course)
    assert_says(await course.ask(course.office, "lag saksliste"), left_out)
    for chat in (course.office, course.lead):
        assert_says(await chat.press_raw("agenda.build", {"id": BOARD, **FORGED, "case": case}), says)
    assert await stored(course) == before
    for early in (course.chair, course.office):
        await course.press(early, "case.late_accept", case)
        late = (await course.world.case(case)).late
        assert late is not None
        assert late.lead is None, "the portfolio lead is asked first"
    await course.press(course.lead, "case.late_accept", case)
    assert_says(await course.built(), left_out)
    await course.press(course.chair, "case.late_accept", case)
    assert "001-2026" in words(await course.built())
    shown = words(await course.ask(course.office, "saksliste"))
    assert "Ettersendt. Godtatt av Porteføljeansvarlig Demo og Leder Demo" in shown
    assert "Ettersendte saker som bekreftes her: 001-2026." in shown
    await course.approved()
    await course.send()
    await course.out()
    member = course.members[0]
    pdf = text_of(await fetched(course.world, await member.press_raw("pack.read", {"id": BOARD})))
    assert "Tallene kom først nå." in pdf


# -- the chair's dispensation ----------------------------------------------------------------------------------------


async def test_dispensation_from_the_ten_days(course: Course) -> None:
    await _too_late(course)
    card = await course.ask(course.office, "send pakke")
    data = {**button(card, "pack.ask_dispensation")["data"], "reason": ""}
    assert inputs(card)["reason"]["label"].startswith("Hvorfor trengs dispensasjon?")
    assert "begrunn" in words(await course.office.press_raw("pack.ask_dispensation", data)).casefold()
    for chat in (course.people.submitter, course.members[0], course.chair, guest(course)):
        await chat.press_raw("pack.ask_dispensation", {**data, "reason": "Fordi."})
    assert await dispensations(course) == []
    assert await refused_rights(course) == 4
    await course.office.press_raw("pack.ask_dispensation", {**data, "reason": "Trykkeriet stod stille."})
    again = await course.lead.press_raw("pack.ask_dispensation", {**data, "reason": "Trykkeriet stod stille igjen."})
    assert "spurt" in words(again)
    (asked,) = await dispensations(course)
    question = await course.chair.sees("Trykkeriet stod stille.")

    forged = {**button(question, "pack.grant")["data"], **FORGED, "rev": asked.rev, "reason": "Jeg gir den selv."}
    for chat in (course.office, course.lead, course.members[0], guest(course)):
        for verb in ("pack.grant", "pack.refuse"):
            await chat.press_raw(verb, forged)
    silent = await course.chair.press(question, "pack.grant", reason="  ")
    assert "begrunn" in words(silent).casefold()
    assert await dispensations(course) == [asked]
    await course.chair.press(question, "pack.refuse", reason="Det var nok tid.")
    assert_says(await course.send(), SEND["ten_days"][1])

    await course.office.press_raw("pack.ask_dispensation", {**data, "reason": "Én dag til."})
    granted = await course.chair.press(await course.chair.sees("Én dag til."), "pack.grant", reason="Saken haster.")
    assert "Registrert" in words(granted)
    await course.office.sees("Saken haster.")
    assert "Sendt." in words(await course.send())
    await course.out()
    printed = "dispensasjon fra fristen for å sende sakspapirene (mandatet § 7). Begrunnelse: Saken haster."
    for chat in (course.office, course.members[0]):
        assert printed in words(await course.ask(chat, "saksliste"))
    member = course.members[0]
    pdf = text_of(await fetched(course.world, await member.press_raw("pack.read", {"id": BOARD})))
    assert "Saken haster." in pdf
    assert "Det var nok tid." not in pdf
    log = [(e.what, e.reason) for e in await course.world.history(BOARD)]
    assert (Happened.DISPENSATION_GRANTED, "Saken haster.") in log, "kept for the minutes"
    assert (Happened.DISPENSATION_REFUSED, "Det var nok tid.") in log


async def test_dispensation_from_the_treatment_in_the_working_group(course: Course) -> None:
    case = await course.accepted()
    other = await course.accepted(1)
    card = await course.office.looks(await course.built())
    assert {choice["value"] for choice in inputs(card)["case"]["choices"]} == {case, other}
    await course.office.press(card, "pack.ask_dispensation", case=case, reason="Utvalget rakk den ikke.")
    question = await course.chair.sees("Utvalget rakk den ikke.")
    assert title(0) in words(question)
    await course.chair.press(question, "pack.grant", reason="Den må opp nå.")
    assert "001-2026" in words(await course.built())
    assert (await course.world.case(case)).state == "on_board_agenda"
    assert (await course.world.case(other)).state == "ready_for_wg", "it is for the one case"
    says = "Ikke behandlet i arbeidsutvalget: leder har gitt dispensasjon (mandatet § 5). Begrunnelse: Den må opp nå."
    assert says in words(await course.ask(course.office, "saksliste"))
    await course.approved()
    assert "Sendt." in words(await course.send())
    await course.out()
    member = course.members[0]
    pdf = text_of(await fetched(course.world, await member.press_raw("pack.read", {"id": BOARD})))
    assert "Den må opp nå." in pdf
    assert says in words(await course.ask(member, "saksliste"))
