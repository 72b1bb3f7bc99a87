"""Sent back, returned, out of scope, withdrawn: every step is told, logged exactly, and shown on every copy."""

from __future__ import annotations

import pytest

from tests.scenarios.steps import case_of, confirmed, data_of, joined, opened, submitted, with_documents
from tests.scenarios.world import FIELDS, World, button, inputs, shown, verbs, words

TITLE = FIELDS["title"]


async def test_declined_fixed_and_sent_again(world: World) -> None:
    people = await joined(world)
    case = case_of(await submitted(people.submitter))
    asked = await people.owner.sees("Bekreft at du står bak")
    old = data_of(asked, "case.confirm")
    refused = await people.owner.press(asked, "case.decline", reason="")
    assert "Skriv en begrunnelse" in words(refused)
    answer = await people.owner.press(refused, "case.decline", reason="Gevinstene mangler tall.")
    assert "Saken er sendt tilbake" in words(answer)
    back = await people.submitter.sees("Rett saken og send den inn igjen")
    assert "Gevinstene mangler tall." in words(back)
    form = await people.submitter.press(back, "case.edit")
    assert inputs(form)["benefits"]["value"] == FIELDS["benefits"]
    await people.submitter.press(form, "case.submit", benefits="20 mill i året.")
    late = await people.owner.press_raw("case.confirm", old)
    assert "Prosjektleder Demo sendte inn saken" in words(late)
    assert (await world.case(case)).state == "awaiting_owner"
    await people.owner.press(await people.owner.sees("Bekreft at du står bak"), "case.confirm")
    await people.submitter.sees("er bekreftet av prosjekteier")
    assert await world.way(case) == [
        ("case.started", "1", "", "draft"),
        ("case.submitted", "1", "draft", "awaiting_owner"),
        ("case.declined", "2", "awaiting_owner", "draft"),
        ("case.submitted", "1", "draft", "awaiting_owner"),
        ("case.confirmed", "2", "awaiting_owner", "submitted"),
    ]
    assert [e.reason for e in await world.history(case) if e.reason] == ["Gevinstene mangler tall."]


async def test_returned_with_reason_and_deadline_fixed_accepted(world: World) -> None:
    people = await joined(world)
    case = await confirmed(people)
    asked = await people.office.sees("Vurder saken")
    no_reason = await people.office.press(asked, "case.return", reason=" ", deadline="16. april")
    assert "Skriv en begrunnelse" in words(no_reason)
    assert "16. april" in words(no_reason), "what was typed stands there still"
    no_day = await people.office.press(asked, "case.return", reason="Faseplanen er gammel.", deadline="snart")
    assert "Skriv en ny frist" in words(no_day)
    assert "Faseplanen er gammel." in words(no_day)
    passed = await people.office.press(asked, "case.return", reason="Faseplanen er gammel.", deadline="2026-02-27")
    assert "allerede passert" in words(passed)
    answer = await people.office.press(asked, "case.return", reason="Faseplanen er gammel.", deadline="neste torsdag")
    assert "Saken er returnert" in words(answer)
    assert (await world.case(case)).deadline is not None
    back = await people.submitter.sees("Faseplanen er gammel.")
    assert "Faseplanen er gammel." in words(back)
    assert "torsdag 5. mars 2026" in words(back)
    assert "torsdag 5. mars 2026" in words(await people.submitter.say("frister"))
    assert "er returnert" in words(await people.owner.sees("er returnert"))
    form = await people.submitter.press(back, "case.edit")
    form = await people.submitter.press(
        form, "case.attach", document_type="other", url="https://dokumenter.example.org/faseplan-2.pdf"
    )
    sent = await people.submitter.press(form, "case.submit")
    assert "Sendt til porteføljekontoret" in words(sent)
    await people.office.press(await people.office.sees("Vurder saken"), "case.accept")
    await people.submitter.sees("klar for arbeidsutvalget")
    assert (await world.way(case))[3:] == [
        ("case.returned", "3", "submitted", "incomplete"),
        ("case.submitted", "1", "incomplete", "submitted"),
        ("case.accepted", "3", "submitted", "ready_for_wg"),
    ]


async def test_out_of_scope_by_the_office(world: World) -> None:
    people = await joined(world)
    case = await confirmed(people)
    asked = await people.office.sees("Vurder saken")
    none = await people.office.press(asked, "case.out_of_scope", exclusion="nonsense")
    assert "Velg hvilket unntak" in words(none)
    await people.office.press(asked, "case.out_of_scope", exclusion="innovation")
    for chat in (people.submitter, people.owner):
        told = await chat.sees("faller utenfor mandatet")
        assert "Innovasjonsprosjekter (mandatet § 3)" in words(told)
    assert await world.way(case) == [
        ("case.started", "1", "", "draft"),
        ("case.submitted", "1", "draft", "awaiting_owner"),
        ("case.confirmed", "2", "awaiting_owner", "submitted"),
        ("case.ruled_out_of_scope", "3", "submitted", "out_of_scope"),
    ]
    assert (await world.history(case))[-1].details == {"exclusion": "innovation"}


@pytest.mark.parametrize("state", ["draft", "awaiting_owner", "submitted", "incomplete", "ready_for_wg"])
async def test_withdrawn_from(state: str, lite: World) -> None:
    people = await joined(lite)
    submitter, office = people.submitter, people.office
    if state == "draft":
        card = await submitter.press(await opened(submitter), "case.save", title=TITLE)
        case = case_of(card)
    elif state == "awaiting_owner":
        case = case_of(await submitted(submitter))
    else:
        case = await confirmed(people)
        if state == "incomplete":
            await office.press(await office.sees("Vurder saken"), "case.return", reason="Tynn.", deadline="i morgen")
        if state == "ready_for_wg":
            await office.press(await office.sees("Vurder saken"), "case.accept")
    card = await submitter.press_raw("case.open", {"id": case, "rev": 0})
    if state != "draft":
        refused = await submitter.press(card, "case.withdraw", reason="")
        assert "Skriv en begrunnelse" in words(refused)
    answer = await submitter.press(card, "case.withdraw", reason="Prosjektet er stanset.")
    assert "Saken er trukket." in words(answer)
    assert "case.withdraw" not in verbs(answer)
    assert (await lite.way(case))[-1] == ("case.withdrawn", "1", state, "withdrawn")
    await lite.quiet()
    told = {chat.id for chat in (people.owner, office) if "er trukket av den som meldte den" in shown(chat)}
    assert told == {"draft": set(), "awaiting_owner": {people.owner.id}}.get(state, {people.owner.id, office.id})


async def test_an_old_button_answers_what_has_happened_and_by_whom(world: World) -> None:
    people = await joined(world)
    await submitted(people.submitter)
    asked = await people.owner.sees("Bekreft at du står bak")
    confirm, decline = data_of(asked, "case.confirm"), data_of(asked, "case.decline")
    await people.owner.press(asked, "case.confirm")
    reviewed = await people.office.sees("Vurder saken")
    accept = data_of(reviewed, "case.accept")
    rows = len(await world.history(confirm["id"]))
    for verb, data in (("case.confirm", confirm), ("case.decline", decline | {"reason": "Nei."})):
        late = await people.owner.press_raw(verb, data)
        assert "Prosjekteier Demo bekreftet saken mandag 2. mars 2026" in words(late)
        assert "Ingenting er gjort nå." in words(late)
        assert "case.confirm" not in verbs(late)
    await people.office.press(reviewed, "case.accept")
    late = await people.lead.press_raw("case.accept", accept)
    assert "Porteføljekontor Demo tok imot saken" in words(late)
    assert len(await world.history(confirm["id"])) == rows + 1


async def test_every_copy_shows_the_case_as_it_is_now(world: World) -> None:
    """Also the copies that were asked for: «hvor er saken», opened from the list, two windows of the same."""
    people = await joined(world)
    case = await confirmed(people)
    for chat in people.all:
        await chat.say(f"hvor er saken {TITLE.split()[1]}")
    listed = await people.owner.say("mine saker")
    await people.owner.press(listed, "case.open")
    await people.office.press(await people.office.sees("Vurder saken"), "case.return", reason="Tynn.", deadline="16.4.")
    await world.quiet()
    for chat in people.all:
        copies = [card for card in chat.cards.values() if TITLE in words(card) and "Meldt inn" in words(card)]
        assert copies, chat.persona.name
        for card in copies:
            assert "Porteføljekontor Demo returnerte saken" in words(card), chat.persona.name
    assert (await world.case(case)).state == "incomplete"


async def test_the_form_stays_a_form_while_its_case_is_a_draft(lite: World) -> None:
    people = await joined(lite)
    form = await with_documents(people.submitter, await opened(people.submitter))
    await people.submitter.press(form, "case.submit", **FIELDS)
    await people.owner.press(await people.owner.sees("Bekreft at du står bak"), "case.decline", reason="Rett tittelen.")
    back = await people.submitter.sees("Rett saken og send den inn igjen")
    assert button(back, "case.edit")
    assert "Rett tittelen." in words(back)
    await lite.quiet()
    first = next(card for card in people.submitter.cards.values() if "case.submit" in verbs(card))
    first = await people.submitter.looks(first)
    assert inputs(first)["title"]["value"] == TITLE
