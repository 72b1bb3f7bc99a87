"""The intake as a window in two views, over HTTP: what is typed is checked, kept and sent."""

from __future__ import annotations

from typing import Any

from board.events import Happened
from board.states import CaseState
from tests.board.support import OWNER
from tests.bot.channels.slack.talking import Somebody, Talking

KIND = {"delivery_form": "project", "case_type": "bp2", "sub_portfolio": "clinical"}
ANSWERS: dict[str, Any] = {
    "title": "Ny brannmur",
    "project_ref": "P-17",
    "project_owner": str(OWNER.id),
    "proposed_decision": "Styret godkjenner.",
    "summary": "Den gamle er utdatert.",
    "background": "Kjøpt i 2009.",
    "assessment": "To alternativer er vurdert.",
    "cost_investment": "12,5 mill",
    "cost_operation": "800 000",
    "benefits": "Færre avbrudd.",
    "risks": "Forsinket leveranse.",
    "dependencies": "ingen",
    "reason_incomplete": "Dokumentene kommer fredag.",
}


async def at_page_two(here: Talking) -> Somebody:
    kari = here.somebody()
    await kari.commands("meld sak")
    ack = await kari.submits(KIND)
    assert ack.action == "update"
    return kari


async def test_two_views_and_it_is_sent(here: Talking) -> None:
    kari = await at_page_two(here)
    ack = await kari.submits(ANSWERS)
    assert ack.action == "clear"
    assert kari.persona.modal is None
    case = await here.only_case()
    assert (case.state, case.content.cost_investment) == (CaseState.AWAITING_OWNER, 12_500_000)
    assert len(kari.persona.messages) == 1
    assert "Ny brannmur" in kari.last.words
    kept = [event.what for event in await here.log(case.id)]
    assert kept == [Happened.CASE_STARTED, Happened.CASE_SAVED, Happened.CASE_SUBMITTED]


async def test_what_is_wrong_stands_at_its_field_and_can_be_mended(here: Talking) -> None:
    kari = await at_page_two(here)
    ack = await kari.submits(ANSWERS | {"cost_investment": "tolv og en halv", "minutes": "lenge"})
    assert ack.action == "errors"
    assert set(kari.errors()) == {"cost_investment", "minutes"}
    assert (await here.only_case()).state is CaseState.DRAFT
    assert kari.persona.modal is not None
    assert kari.persona.modal.values["title"]["title"]["value"] == "Ny brannmur"
    assert (await kari.submits({"cost_investment": "12 500 000", "minutes": "15"})).action == "clear"
    case = await here.only_case()
    assert (case.state, case.content.minutes) == (CaseState.AWAITING_OWNER, 15)


async def test_an_answer_taken_back_to_what_it_was_counts(here: Talking) -> None:
    kari = await at_page_two(here)
    await kari.presses_in("case.save", {"title": "Først"})
    await kari.submits(ANSWERS | {"title": "Så", "cost_investment": "?"})
    assert (await here.only_case()).content.title == "Så"
    assert (await kari.submits({"title": "Først", "cost_investment": "1"})).action == "clear"
    assert (await here.only_case()).content.title == "Først"


async def test_the_same_sent_again_after_it_was_refused_is_judged_anew(here: Talking) -> None:
    kari = await at_page_two(here)
    without = {name: value for name, value in ANSWERS.items() if name != "reason_incomplete"}
    assert (await kari.submits(without)).action == "errors"
    assert set(kari.errors()) == {"reason_incomplete"}
    assert (await kari.submits(without)).action == "errors"
    assert (await kari.submits(ANSWERS)).action == "clear"


async def test_saving_keeps_the_window_open_and_says_so(here: Talking) -> None:
    kari = await at_page_two(here)
    await kari.presses_in("case.save", {"title": "Halvferdig", "summary": "Mer kommer."})
    assert "Utkastet er lagret" in kari.words
    case = await here.only_case()
    assert (case.content.title, case.content.summary, case.state) == ("Halvferdig", "Mer kommer.", CaseState.DRAFT)
    assert "Halvferdig" in kari.last.words
    assert len(kari.persona.messages) == 1


async def test_the_kind_of_case_can_be_changed_and_nothing_is_lost(here: Talking) -> None:
    kari = await at_page_two(here)
    await kari.presses_in("case.edit", {"title": "Flyttes til BP3"})
    assert "Leveranseform" in kari.words
    assert (await kari.submits({"case_type": "bp3"})).action == "update"
    assert kari.persona.modal is not None
    assert kari.persona.modal.values["title"]["title"]["value"] == "Flyttes til BP3"
    assert (await here.only_case()).case_type == "bp3"


async def test_an_exclusion_ends_it_kindly(here: Talking) -> None:
    kari = here.somebody()
    await kari.commands("meld sak")
    assert (await kari.submits(KIND | {"scope_2": True})).action == "clear"
    assert "hører ikke til" in kari.last.words
    assert await here.cases() == []


async def test_it_is_opened_again_from_its_message(here: Talking) -> None:
    kari = await at_page_two(here)
    await kari.presses_in("case.save", {"title": "Til i morgen"})
    await kari.does(kari.persona.closes(kari.persona.modal))
    assert kari.words == ""
    await kari.presses("case.submit")
    assert kari.persona.modal is not None
    assert kari.persona.modal.values["title"]["title"]["value"] == "Til i morgen"


async def test_words_and_the_window_mix(here: Talking) -> None:
    kari = await at_page_two(here)
    await kari.says("Tittel skrevet i chatten")
    await kari.submits({name: value for name, value in ANSWERS.items() if name != "title"} | {"title": "x"})
    assert (await here.only_case()).content.title == "x"


async def test_an_open_window_overwrites_nothing_that_it_did_not_change(here: Talking) -> None:
    kari = await at_page_two(here)
    await kari.presses_in("case.save", {"title": "Som vinduet viser"})
    await kari.does(kari.persona.says("fortsett"))
    await kari.says("P-99")
    await kari.presses_in("case.save", {"summary": "Nytt"})
    after = (await here.only_case()).content
    assert (after.project_ref, after.summary, after.title) == ("P-99", "Nytt", "Som vinduet viser")


# -- trouble -----------------------------------------------------------------------------------------------------------


async def test_when_something_breaks_the_window_stays_with_its_text(here: Talking) -> None:
    kari = await at_page_two(here)
    here.receiver.broken = True
    ack = await kari.submits(ANSWERS)
    assert ack.action == "errors"
    assert "Noe gikk galt" in next(iter(kari.errors().values()))
    assert "feilkoden" in next(iter(kari.errors().values()))
    here.receiver.broken = False
    assert (await kari.submits()).action == "clear"
    assert (await here.only_case()).state is CaseState.AWAITING_OWNER


async def test_when_saving_breaks_the_window_stays_with_its_text(here: Talking) -> None:
    kari = await at_page_two(here)
    here.receiver.broken = True
    await kari.presses_in("case.save", {"title": "Mitt verk"})
    assert "Noe gikk galt" in kari.words
    assert kari.persona.modal is not None
    assert kari.persona.modal.values["title"]["title"]["value"] == "Mitt verk"
    here.receiver.broken = False
    await kari.presses_in("case.save")
    assert (await here.only_case()).content.title == "Mitt verk"


async def test_a_slow_answer_shows_a_moment_and_comes_in_its_place(here: Talking) -> None:
    kari = await at_page_two(here)
    ack = await slowly(here, kari, ANSWERS)
    assert (ack.action, "Et øyeblikk" in str(ack.json)) == ("update", True)
    assert "Svaret står i chatten" in kari.words
    assert (await here.only_case()).state is CaseState.AWAITING_OWNER


async def test_a_slow_refusal_brings_the_form_back_with_what_was_typed(here: Talking) -> None:
    kari = await at_page_two(here)
    await slowly(here, kari, ANSWERS | {"cost_investment": "mye"})
    assert kari.persona.modal is not None
    values = kari.persona.modal.values
    assert values["title"]["title"]["value"] == "Ny brannmur"
    assert values["cost_investment"]["cost_investment"]["value"] == "mye"
    assert "forsto jeg ikke" in kari.words
    assert (await kari.submits({"cost_investment": "1 mill"})).action == "clear"


async def test_a_slow_first_page_brings_the_second(here: Talking) -> None:
    kari = here.somebody()
    await kari.commands("meld sak")
    await slowly(here, kari, KIND)
    assert "Forslag til vedtak" in kari.words


async def slowly(here: Talking, kari: Somebody, values: dict[str, Any]) -> Any:
    """Sends the window while the conversation is held up for longer than the acknowledgement waits."""
    here.inbound.intake._answer_within = 0.05
    gate = here.receiver.hold()
    ack = await here.slack.deliver(here.session, here.url, kari.persona.submits(kari.persona.modal, values))
    gate.set()
    await here.idle()
    return ack


async def test_trouble_is_told_in_the_readers_language(here: Talking) -> None:
    kari = here.somebody()
    await kari.says("language english")
    await kari.commands("submit case")
    await kari.submits(KIND)
    here.receiver.broken = True
    await kari.submits(ANSWERS)
    assert "Something went wrong on my side" in next(iter(kari.errors().values()))
    here.receiver.broken = False
    assert "One moment" in str((await slowly(here, kari, {})).json)
