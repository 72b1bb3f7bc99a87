"""«Oppgaver», the morning's digest and what its buttons do, against the real store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.duty import Duty, DutyKind
from board.events import Happened
from board.notices import tasks_of
from board.people import Actor
from board.states import CaseState
from cards import actions
from cards.plain import to_summary
from tests.board.support import OFFICE, OWNER, SUBMITTER, case_in
from tests.dialogs.support import DEPUTY, MEMBER, House, button, words, writes
from tests.dialogs.task_support import APRIL, TODAY, digest, duty, keep, labels, person, stored, the_digest


@pytest.fixture
async def confirming(house: House) -> Duty:
    """The owner is asked to confirm a case, and to do two things before the meeting in April."""
    confirm = duty(DutyKind.CONFIRM, "case-1", OWNER, 2)
    await keep(
        house,
        confirm,
        duty(DutyKind.TASK, APRIL, OWNER, 5, "pack"),
        duty(DutyKind.TASK, APRIL, OWNER, 0, "agenda_approval"),
        cases=(case_in(CaseState.AWAITING_OWNER),),
    )
    return confirm


# -- the list ----------------------------------------------------------------------------------------------------------


async def test_who_owes_nothing_gets_a_friendly_card_and_no_digest(house: House) -> None:
    card = await house.chat().say("oppgaver")
    assert card.title == "Ingenting venter på deg"
    assert "kommer det her" in words(card)
    assert writes(card) == ["frister", "mine saker"]
    assert await digest(house, SUBMITTER) is None


@pytest.mark.usefixtures("confirming")
async def test_the_digest_lists_what_is_open_earliest_first(house: House) -> None:
    card = await the_digest(house, OWNER)
    title = (await house.case("case-1")).content.title
    assert card.title == "God morgen. 3 ting venter på deg"
    assert to_summary(card).startswith(f"{card.title}. Først: Leder godkjenner sakslisten, til styremøtet torsdag 16.")
    said = words(card)
    order = [said.index(what) for what in ("Leder godkjenner", f"Bekreft {title}", "Sakspapirene sendes")]
    assert order == sorted(order)
    assert "innen i dag, mandag 2. mars 2026" in said
    assert "Du får denne fordi" in said
    assert len(card.buttons) == 6
    assert card.about is not None
    assert card.about.object_id == tasks_of(OWNER.id)
    assert words(await house.chat(OWNER).say("oppgaver")).replace("God morgen. ", "").startswith("3 ting venter")


@pytest.mark.usefixtures("confirming")
async def test_later_in_the_day_it_does_not_say_good_morning(house: House) -> None:
    house.clock.move(hours=3)
    assert (await the_digest(house, OWNER)).title == "3 ting venter på deg"


@pytest.mark.usefixtures("confirming")
async def test_do_now_shows_the_case_beside_the_list(house: House) -> None:
    chat = house.chat(OWNER)
    card = await chat.click(await the_digest(house, OWNER), actions.TASK_OPEN, "Gjør nå: Svar om")
    assert card.title == "3 ting venter på deg"
    (shown,) = chat.all
    assert button(shown, actions.CASE_CONFIRM).label == "Bekreft saken"


@pytest.mark.usefixtures("confirming")
async def test_when_it_is_done_the_card_says_who_and_when(house: House) -> None:
    chat = house.chat(OWNER)
    await chat.press(actions.CASE_CONFIRM, {"id": "case-1", "rev": (await house.case("case-1")).rev})
    card = await digest(house, OWNER, copy=True)
    assert card is not None
    assert card.title == "2 ting venter på deg"
    assert "tatt hånd om av Ola mandag 2. mars 2026 kl. 08.00" in words(card)
    assert "Bekreft" not in " ".join(labels(card))


async def test_when_all_is_done_it_says_so(house: House) -> None:
    await keep(house, duty(DutyKind.TASK, APRIL, OWNER, 5, "pack"))
    chat = house.chat(OWNER)
    await chat.press(actions.TASK_OPEN, {"id": f"meeting.task:{APRIL}:pack:1:{OWNER.id}", "rev": 1})
    card = await chat.click(chat.all[0], actions.TASK_DONE)
    assert "Takk." in words(card)
    assert "tatt hånd om av Ola" in words(card)
    assert labels(card) == ["Oppgaver"]
    redrawn = await digest(house, OWNER, copy=True)
    assert redrawn is not None
    assert redrawn.title == "Alt er gjort"
    assert "tatt hånd om av Ola mandag 2. mars 2026 kl. 08.00" in words(redrawn)
    assert await digest(house, OWNER) is None


# -- tomorrow ----------------------------------------------------------------------------------------------------------


async def test_tomorrow_puts_off_all_that_can_wait_and_names_what_cannot(house: House, confirming: Duty) -> None:
    card = await house.chat(OWNER).click(await the_digest(house, OWNER), actions.TASK_SNOOZE)
    said = words(card)
    assert "Jeg minner deg på det igjen tirsdag 3. mars 2026." in said
    assert "Dette kan ikke vente, for det er siste dag: Leder godkjenner sakslisten" in said
    tuesday = house.rules.hours.opening(TODAY + timedelta(days=1))
    assert (await stored(house, confirming.id)).next_at == tuesday
    assert (await stored(house, f"meeting.task:{APRIL}:pack:1:{OWNER.id}")).next_at == tuesday


async def test_a_day_can_be_written_and_is_at_most_the_last_one(house: House, confirming: Duty) -> None:
    chat = house.chat(OWNER)
    card = await chat.press(actions.TASK_SNOOZE, {"id": confirming.id, "rev": 0, "until": "om to uker"})
    assert "igjen onsdag 4. mars 2026" in words(card)
    card = await chat.press(actions.TASK_SNOOZE, {"id": confirming.id, "rev": 0, "until": "når det passer"})
    assert "Jeg forsto ikke dagen" in words(card)


async def test_what_is_due_today_cannot_wait(house: House) -> None:
    await keep(house, duty(DutyKind.TASK, APRIL, OWNER, 0, "pack"))
    card = await the_digest(house, OWNER)
    assert "I morgen" not in labels(card)
    pressed = await house.chat(OWNER).press(actions.TASK_SNOOZE, {"id": tasks_of(OWNER.id), "rev": 1})
    assert "Det er siste dag" in words(pressed)


async def test_a_list_that_has_changed_since_puts_nothing_off(house: House, confirming: Duty) -> None:
    old = await the_digest(house, OWNER)
    await keep(house, duty(DutyKind.TASK, APRIL, OWNER, 9, "wg_papers"))
    before = await stored(house, confirming.id)
    card = await house.chat(OWNER).click(old, actions.TASK_SNOOZE)
    assert "Listen er endret siden du så den" in words(card)
    assert await stored(house, confirming.id) == before


# -- a deputy ----------------------------------------------------------------------------------------------------------


async def test_a_deputy_is_offered_first_and_asked(house: House) -> None:
    asked = duty(DutyKind.ATTEND, APRIL, MEMBER, 5, "attendance")
    await keep(house, asked)
    card = await the_digest(house, MEMBER)
    send = button(card, actions.TASK_DELEGATE)
    (who, name) = send.fields
    assert (who.options[0].value, len(who.options)) == (DEPUTY.id, 10)
    assert MEMBER.id not in [option.value for option in who.options]
    assert name.id == "deputy_name"
    after = await house.chat(MEMBER).click(card, actions.TASK_DELEGATE, deputy=DEPUTY.id)
    assert "Vigdis er spurt i stedet for deg" in words(after)
    assert "hos vara Vigdis, innen lørdag 7. mars 2026" in words(after)
    assert (await stored(house, asked.id)).deputy == DEPUTY.id
    hers = await the_digest(house, DEPUTY)
    assert "for Mads" in words(hers)
    assert "Send vara" not in labels(hers)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("anne@example.org", "Anne Ødegård er spurt i stedet for deg"),
        ("anne ødegård", "Anne Ødegård er spurt"),
        ("ola", "Ola er spurt"),
        ("kim berg", "Flere passer: Kim Berg (kim1@example.org) og Kim Berg (kim2@example.org)"),
        ("ingen slik", "Jeg finner ikke «ingen slik»"),
        ("", "Velg hvem"),
        ("kim1@example.org", "stå i styrets register"),
        ("mads", "Vara må være en annen"),
    ],
)
async def test_a_deputy_can_be_written(house: House, written: str, answer: str) -> None:
    await keep(house, duty(DutyKind.TASK, APRIL, MEMBER, 5, "pack"))
    card = await house.chat(MEMBER).click(await the_digest(house, MEMBER), actions.TASK_DELEGATE, deputy_name=written)
    assert answer in words(card)


# -- why ---------------------------------------------------------------------------------------------------------------


async def test_why_says_who_asked_what_ends_it_and_when_reminders_come(house: House, confirming: Duty) -> None:
    chat = house.chat(OWNER)
    await chat.click(await the_digest(house, OWNER), actions.TASK_WHY, duty=confirming.id)
    said = words(chat.all[0])
    assert "Spurt av: Kari" in said
    assert "Spurt: mandag 2. mars 2026 kl. 08.00" in said
    assert "Slutter: Når saken er bekreftet" in said
    assert "Prosjektveiviseren" in said
    for day in ("Siste virkedag onsdag 4. mars 2026", "får vara og kontoret vite det torsdag 5. mars 2026"):
        assert day in said, day
    assert "mellom 08.00 og 16.00" in said


async def test_why_cites_the_mandate_where_a_rule_of_it_asks(house: House) -> None:
    await keep(house, duty(DutyKind.TASK, APRIL, OWNER, 5, "pack"))
    chat = house.chat(OWNER)
    await chat.click(await the_digest(house, OWNER), actions.TASK_WHY)
    assert "Regel: Sakspapirene sendes ut (mandatet § 7)" in words(chat.all[0])
    assert "fristplanen for styremøtet torsdag 16. april 2026" in words(chat.all[0])


# -- old and forged buttons --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("confirming")
async def test_an_old_button_answers_what_happened(house: House) -> None:
    name = f"meeting.task:{APRIL}:pack:1:{OWNER.id}"
    chat = house.chat(OWNER)
    await chat.press(actions.TASK_DONE, {"id": name, "rev": 0})
    for verb in (actions.TASK_DONE, actions.TASK_SNOOZE, actions.TASK_DELEGATE):
        card = await chat.press(verb, {"id": name, "rev": 0, "deputy": "anne"})
        assert "Ola tok hånd om det mandag 2. mars 2026 kl. 08.00" in words(card), verb
    await chat.press(actions.TASK_OPEN, {"id": name, "rev": 0})
    assert "Ola tok hånd om det" in words(chat.all[0])


VERBS = [verb for verb in vars(actions).values() if isinstance(verb, str) and verb.startswith("task.")]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", [SUBMITTER, DEPUTY], ids=lambda who: str(who.id))
async def test_another_persons_duty_is_not_there(house: House, verb: str, who: Actor, confirming: Duty) -> None:
    before = await stored(house, confirming.id)
    for name in (confirming.id, tasks_of(OWNER.id), "finnes-ikke", "x" * 5_000, ""):
        card = await house.chat(who).press(verb, {"id": name, "rev": 1, "deputy": who.id, "until": "i morgen"})
        assert card.title == "Ingenting venter på deg"
        assert "Svar om title" not in words(card)
        if verb != actions.TASK_LIST:
            assert "Jeg finner ikke oppgaven" in words(card), name
    assert await stored(house, confirming.id) == before
    log = [*await house.log(confirming.id), *await house.log(who.id)]
    assert any(event.what is Happened.ACT_REFUSED for event in log) == (verb != actions.TASK_LIST)


# -- beside it ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("confirming")
async def test_deadlines_begin_with_ones_own_duties(house: House) -> None:
    said = words(await house.chat(OWNER).say("frister"))
    title = (await house.case("case-1")).content.title
    assert f"onsdag 4. mars 2026: Bekreft {title}" in said
    assert said.index("Bekreft") < said.index("Styremøte torsdag")


async def test_what_was_asked_and_answered_is_no_deadline_any_more(house: House) -> None:
    house.clock.move(days=37)  # 8 April: the question of attendance went out on 6 April at the latest
    asked = duty(DutyKind.ATTEND, APRIL, MEMBER, 39, "attendance")
    await keep(house, asked)
    chat = house.chat(MEMBER)
    assert "Svar om du kommer" in words(await chat.say("frister"))
    await chat.press(actions.MEETING_ATTEND, {"id": APRIL, "rev": 1, "answer": "yes"})
    said = words(await chat.say("frister"))
    assert "Svar om du kommer" not in said
    assert "Svar om oppmøte og habilitet, til styremøtet 16.04.2026" not in said


@pytest.mark.usefixtures("confirming")
async def test_help_says_what_this_person_can_do(house: House) -> None:
    owner = words(await house.chat(OWNER).say("hjelp"))
    assert "Du har 3 oppgaver som venter." in owner
    assert owner.index("oppgaver: ") < owner.index("meld sak: ")
    assert "nytt møte" not in owner
    office = words(await house.chat(OFFICE).say("hjelp"))
    for word in ("oppgaver", "nytt møte …", "flytt møte …", "kanal", "årshjul"):
        assert f"{word}: " in office
    for who in (SUBMITTER, OWNER, OFFICE):
        card = await house.chat(who).say("hjelp")
        assert len([line for line in words(card).splitlines() if ": " in line]) <= 9


async def test_a_submitters_deputy_fills_in_the_draft(house: House) -> None:
    submit = duty(DutyKind.SUBMIT, "case-1", SUBMITTER, 5, "intake_closes")
    await keep(house, submit, cases=(case_in(CaseState.DRAFT),))
    chat = house.chat(SUBMITTER)
    await chat.click(await the_digest(house, SUBMITTER), actions.TASK_DELEGATE, deputy_name="anne@example.org")
    anne = house.chat(Actor(await person(house, "anne")))
    await anne.click(await the_digest(house, anne.who), actions.TASK_OPEN)
    form = await anne.click(anne.all[0], actions.CASE_EDIT)
    assert button(form, actions.CASE_SUBMIT).verb == actions.CASE_SUBMIT
    await anne.click(form, actions.CASE_SAVE, title="Skrevet av vara")
    assert (await house.case("case-1")).content.title == "Skrevet av vara"
