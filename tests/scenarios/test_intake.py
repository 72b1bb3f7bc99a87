"""The intake: every exclusion stops it with its paragraph, every case type asks its own, nothing typed is lost."""

from __future__ import annotations

import pytest

from board.events import Happened
from bot.demo import demo_id
from bot.rules import load_mandate
from bot.settings import SHIPPED_MANDATE
from tests.scenarios.steps import case_of, data_of, joined, opened
from tests.scenarios.world import BP2, FIELDS, NO_SCOPE, OWNER, World, inputs, verbs, words

MANDATE = load_mandate(SHIPPED_MANDATE)
EXCLUSIONS = list(enumerate(MANDATE.exclusions, 1))
IDS = [exclusion.id for _, exclusion in EXCLUSIONS]
ANSWERS = {
    **FIELDS,
    "public_title": "Radiologi",
    "presenter": "Kari",
    "minutes": "et kvarter",
    "legal_basis": "offentleglova § 23",
    "reason_incomplete": "Dokumentene kommer.",
}


async def refusals(world: World) -> list[dict[str, str]]:
    log = await world.history(demo_id(1))
    return [dict(e.details) for e in log if e.what is Happened.INTAKE_REFUSED]


@pytest.mark.parametrize("number", range(1, 8))
async def test_an_exclusion_stops_the_card(number: int, lite: World) -> None:
    exclusion = MANDATE.exclusions[number - 1]
    submitter = (await joined(lite)).submitter
    card = await submitter.say("meld sak")
    end = await submitter.press(card, "case.start", **{**BP2, f"scope_{number}": "true"})
    assert exclusion.label["nb"] in words(end)
    assert f"(mandatet {exclusion.paragraph})" in words(end)
    assert MANDATE.office_email in words(end)
    assert await refusals(lite) == [{"exclusion": exclusion.id}]
    assert "Du har ingen saker ennå" in words(await submitter.say("mine saker"))
    again = await submitter.press(end, "case.start")
    shown = inputs(again)
    assert shown[f"scope_{number}"]["value"] == "false"
    assert shown["case_type"]["value"] == "bp2"
    form = await submitter.press(again, "case.start", **BP2)
    assert "case.submit" in verbs(form)


@pytest.mark.parametrize("number", range(1, 8))
async def test_an_exclusion_stops_the_words(number: int, lite: World) -> None:
    exclusion = MANDATE.exclusions[number - 1]
    submitter = (await joined(lite)).submitter
    asked = await submitter.say_all("meld sak", "prosjekt", "bp2", "kliniske", *["nei"] * (number - 1))
    assert exclusion.question["nb"] in words(asked)
    end = await submitter.say("ja")
    assert exclusion.label["nb"] in words(end)
    assert f"(mandatet {exclusion.paragraph})" in words(end)
    assert await refusals(lite) == [{"exclusion": exclusion.id}]
    corrected = await submitter.say("nei")
    for _ in range(7 - number):
        corrected = await submitter.say("nei")
    assert "case.submit" in verbs(corrected), "the answer can be corrected, and the intake goes on"


async def test_an_exclusion_found_later_takes_nothing_that_was_typed(lite: World) -> None:
    """The first page answered anew for a draft: a slip must not cost an hour's writing."""
    submitter = (await joined(lite)).submitter
    form = await opened(submitter)
    form = await submitter.press(form, "case.save", **FIELDS)
    case = case_of(form)
    first = await submitter.press_raw("case.edit", {"id": case, "rev": 2, "page": 1})
    end = await submitter.press(first, "case.start", **{**BP2, "scope_3": "true"})
    assert "(mandatet § 3)" in words(end)
    assert "Alt du har skrevet, er tatt vare på." in words(end)
    assert (await lite.case(case)).state == "draft"
    again = await submitter.press(end, "case.start")
    form = await submitter.press(again, "case.start", **BP2)
    assert case_of(form) == case
    assert inputs(form)["summary"]["value"] == FIELDS["summary"]


def kinds() -> list[tuple[str, str, str]]:
    return [(t.id, t.delivery_forms[0], t.sub_portfolios[0]) for t in MANDATE.case_types]


@pytest.mark.parametrize(("case_type", "form", "sub"), kinds(), ids=str)
async def test_a_case_type_asks_its_own_fields_and_names_each_that_is_missing(
    case_type: str, form: str, sub: str, lite: World
) -> None:
    """Page two by card: exactly the type's fields; sent empty, every required one is marked, all at once."""
    people = await joined(lite)
    kind = MANDATE.case_type[case_type]
    page = await opened(people.submitter, delivery_form=form, case_type=case_type, sub_portfolio=sub)
    own = {name for name in inputs(page) if name not in ("document_type", "url", "field") and name != "reason"}
    assert own == {*kind.required, *kind.optional}
    empty = await people.submitter.press(page, "case.submit")
    marked = {name for name, field in inputs(empty).items() if field.get("label", "").startswith("✕")}
    assert marked - {"reason_incomplete"} == set(kind.required)
    assert ("reason_incomplete" in marked) == bool(kind.documents)
    for document in kind.documents:
        assert MANDATE.document_type[document].label["nb"] in words(empty)
    answers = {name: value for name, value in ANSWERS.items() if name in own}
    sent = await people.submitter.press(empty, "case.submit", **answers)
    assert "Sendt til prosjekteier" in words(sent)
    stored = (await lite.case(case_of(sent))).content
    assert all(stored.value(name) is not None for name in kind.required)


@pytest.mark.parametrize(("case_type", "form", "sub"), kinds(), ids=str)
async def test_a_case_type_asks_its_own_questions_in_words(case_type: str, form: str, sub: str, lite: World) -> None:
    """As many questions as the type requires, in the form's order; the sub-portfolio only where there is a choice."""
    submitter = (await joined(lite)).submitter
    kind = MANDATE.case_type[case_type]
    label = next(f.label["nb"] for f in MANDATE.delivery_forms if f.id == form)
    await submitter.say("meld sak")
    await submitter.say(label)
    asked = await submitter.say(kind.label["nb"])
    if MANDATE.settled_sub_portfolio(case_type) is None:
        name = MANDATE.sub_portfolio[sub].label["nb"] if sub != "none" else "Ingen delportefølje"
        assert "delportefølje" in words(asked)
        await submitter.say(name)
    page = await submitter.say("nei til alle")
    required = [name for name in inputs(page) if name in kind.required]
    for number, name in enumerate(required, 1):
        asked = await submitter.say(ANSWERS[name])
        if number < len(required):
            assert f"Spørsmål {number + 1} av {len(required)}" in words(asked)
    if kind.documents:
        assert f"0 av {len(kind.documents)} på plass" in words(asked)
        await submitter.say("ferdig")
        asked = await submitter.say("De kommer i neste uke.")
    assert "Skal jeg sende inn saken?" in words(asked)
    assert "Sendt til prosjekteier" in words(await submitter.say("ja"))


async def test_what_is_not_understood_is_marked_and_kept(lite: World) -> None:
    people = await joined(lite)
    form = await opened(people.submitter)
    wrong = {
        **FIELDS,
        "cost_investment": "en god del",
        "cost_operation": "12,500",
        "project_owner": "Ukjent Person",
        "minutes": "lenge",
        "reason_incomplete": "Kommer.",
    }
    answer = await people.submitter.press(form, "case.submit", **wrong)
    shown = inputs(answer)
    for name in ("cost_investment", "cost_operation", "minutes"):
        assert shown[name]["value"] == wrong[name], name
        assert shown[name]["label"].startswith("✕"), name
    assert shown["project_owner"]["label"].startswith("✕")
    assert "Jeg finner ikke Ukjent Person i registeret" in words(answer)
    assert "Ukjent Person" in (await lite.case(case_of(answer))).content.unread["project_owner"]
    for name in ("title", "summary", "benefits"):
        assert shown[name]["value"] == FIELDS[name]
    right = {"cost_investment": "1 mrd", "cost_operation": "0", "project_owner": "prosjekteier demo", "minutes": "15"}
    sent = await people.submitter.press(answer, "case.submit", **right)
    content = (await lite.case(case_of(sent))).content
    assert (content.cost_investment, content.cost_operation, content.minutes) == (10**9, 0, 15)
    assert content.project_owner == demo_id(OWNER)


async def test_a_wrong_answer_in_words_is_asked_again_and_kept(lite: World) -> None:
    people = await joined(lite)
    await people.submitter.say_all("meld sak", "prosjekt", "bp1", "nei til alle", "Tittelen", "prosjekteier")
    asked = await people.submitter.say_all("Styret vedtar rammen.", "Kort.", "Bakgrunn.")
    assert "investeringskostnaden" in words(asked)
    again = await people.submitter.say("ganske dyrt")
    assert "Dette forsto jeg ikke" in words(again)
    assert "ganske dyrt" in words(again)
    assert "investeringskostnaden" in words(again)
    await people.submitter.say("4,5 mill")
    await people.submitter.say("tilbake")
    back = await people.submitter.say("tilbake")
    assert "4,5 mill" in words(back) or "Nå står det" in words(back)


async def test_a_text_that_is_too_long_stands_in_the_card_and_the_rest_is_kept(lite: World) -> None:
    people = await joined(lite)
    form = await opened(people.submitter)
    answer = await people.submitter.press(form, "case.submit", **{**FIELDS, "title": "x" * 201})
    assert "for langt" in words(answer)
    assert inputs(answer)["title"]["value"] == "x" * 201
    content = (await lite.case(case_of(answer))).content
    assert content.title == ""
    assert content.summary == FIELDS["summary"]


async def test_an_exempt_case_needs_its_legal_basis_and_public_title(lite: World) -> None:
    people = await joined(lite)
    form = await opened(people.submitter)
    full = {**FIELDS, "reason_incomplete": "Kommer.", "classification": "exempt"}
    answer = await people.submitter.press(form, "case.submit", **full)
    marked = {name for name, field in inputs(answer).items() if field.get("label", "").startswith("✕")}
    assert marked == {"public_title", "legal_basis"}
    extra = {"public_title": "Regional sak", "legal_basis": "offl. § 23"}
    assert "Sendt til prosjekteier" in words(await people.submitter.press(answer, "case.submit", **extra))


async def test_the_first_page_names_each_missing_answer_and_keeps_the_others(lite: World) -> None:
    submitter = (await joined(lite)).submitter
    card = await submitter.say("meld sak")
    answer = await submitter.press(card, "case.start", delivery_form="project", **NO_SCOPE)
    marked = {name for name, field in inputs(answer).items() if field.get("label", "").startswith("✕")}
    assert marked == {"case_type"}
    assert inputs(answer)["delivery_form"]["value"] == "project"
    form = await submitter.press(answer, "case.start", delivery_form="project", case_type="bp1", **NO_SCOPE)
    assert (await lite.case(case_of(form))).sub_portfolio == "concept"


async def test_an_old_form_overwrites_only_what_was_changed_in_it(lite: World) -> None:
    """Words changed the title after the card was drawn; the card is sent with its old title untouched."""
    people = await joined(lite)
    form = await opened(people.submitter)
    form = await people.submitter.press(form, "case.save", title="Gammel tittel")
    data = data_of(form, "case.save")
    await people.submitter.press(form, "case.save", title="Ny tittel")
    await people.submitter.press_raw("case.save", {**data, "title": "Gammel tittel", "summary": "Sammendrag."})
    content = (await lite.case(case_of(form))).content
    assert (content.title, content.summary) == ("Ny tittel", "Sammendrag.")
