"""A case goes from a chat message to the portfolio office: by cards, by words, half and half."""

from __future__ import annotations

import pytest

from bot.demo import demo_id
from tests.scenarios.steps import DOCUMENTS, People, case_of, joined, opened, with_documents
from tests.scenarios.world import BP2, FIELDS, OWNER, World, inputs, verbs, words

ACCEPTED = [
    ("case.started", "1", "", "draft"),
    ("case.submitted", "1", "draft", "awaiting_owner"),
    ("case.confirmed", "2", "awaiting_owner", "submitted"),
    ("case.accepted", "3", "submitted", "ready_for_wg"),
]


async def hand_on(people: People) -> None:
    """The owner confirms and the office accepts, each by a button."""
    owner, office = people.owner, people.office
    answer = await owner.press(await owner.sees("Bekreft at du står bak"), "case.confirm")
    assert "Takk. Porteføljekontoret har fått saken." in words(answer)
    answer = await office.press(await office.sees("Vurder saken"), "case.accept")
    assert "Saken er klar for arbeidsutvalget." in words(answer)


async def test_by_cards(world: World) -> None:
    people = await joined(world)
    submitter = people.submitter
    card = await submitter.say("meld sak")
    assert verbs(card) == ["case.start"]
    form = await submitter.press(card, "case.start", **BP2)
    assert set(FIELDS) <= set(inputs(form))
    form = await with_documents(submitter, form)
    assert "5 av 5 på plass" in words(form)
    sent = await submitter.press(form, "case.submit", **FIELDS)
    assert "Sendt til prosjekteier" in words(sent)
    await hand_on(people)
    await submitter.sees("er tatt imot og er klar for arbeidsutvalget")
    case = case_of(sent)
    assert await world.way(case) == ACCEPTED
    log = await world.history(case)
    assert [e.what.value for e in log] == [
        "case.started",
        *["case.document_attached"] * 5,
        "case.saved",
        "case.submitted",
        "case.confirmed",
        "case.accepted",
    ]
    assert [e.rev for e in log] == list(range(1, 11))
    assert log[6].details == {"fields": ",".join(sorted(FIELDS))}
    content = (await world.case(case)).content
    assert (content.cost_investment, content.cost_operation) == (12_500_000, 800_000)
    await world.quiet()
    for chat in people.all:
        about = [card for card in chat.cards.values() if FIELDS["title"] in words(card)]
        assert about, chat.persona.name
        for card in about:
            assert "Porteføljekontor Demo tok imot saken" in words(card), chat.persona.name
            assert not {"case.confirm", "case.decline", "case.accept", "case.return"} & set(verbs(card))
    assert world.doubled() == []


WORDS = {
    "nb": [
        *("meld sak", "prosjekt", "BP2", "kliniske", "nei til alle"),
        *("Regional radiologiløsning", "P-1042", "Prosjekteier Demo", "Styret godkjenner overgang."),
        *("Ny radiologiløsning.", "Dagens løsning er utdatert.", "Tre alternativer.", "12,5 mill", "800.000,-"),
        *("Raskere svar.", "Leveransekapasitet.", "ingen"),
    ],
    "nn": [
        *("meld sak", "prosjekt", "BP2", "kliniske", "nei til alle"),
        *("Regional radiologiløysing", "P-1042", "Prosjekteier Demo", "Styret godkjenner overgang."),
        *("Ny radiologiløysing.", "Løysinga i dag er utdatert.", "Tre alternativ.", "12,5 mill", "0,8 mill"),
        *("Raskare svar.", "Leveransekapasitet.", "ingen"),
    ],
    "en": [
        *("submit case", "project", "BP2", "clinical", "no to all"),
        *("Regional radiology", "P-1042", "Prosjekteier Demo", "The board approves the transition."),
        *("New radiology.", "What we have is outdated.", "Three alternatives.", "12.5 million", "800 000"),
        *("Faster answers.", "Capacity to deliver.", "none"),
    ],
}
LINKS = [f"https://dokumenter.example.org/{name}.pdf" for name in (
    "prosjektforslag", "prosjektbegrunnelse", "faseplan", "konseptvalgnotat", "gevinstdokumenter"
)]  # fmt: skip
SAYS = {
    "nb": ("klar for arbeidsutvalget", "Skal jeg sende inn saken?", "ja"),
    "nn": ("klar for arbeidsutvalet", "Skal eg sende inn saka?", "ja"),
    "en": ("ready for the working group", "Shall I submit the case?", "yes"),
}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_by_words_alone_with_a_restart_after_every_answer(world: World, language: str) -> None:
    people = await joined(world)
    submitter = people.submitter
    ready, asks_to_send, yes = SAYS[language]
    name = {"nb": "bokmål", "nn": "nynorsk", "en": "english"}[language]
    await submitter.say(f"språk {name}")
    for number, answer in enumerate(WORDS[language]):
        if number in (3, 9):
            await world.restart()
        await submitter.say(answer)
    last = await submitter.say_all(*LINKS)
    assert asks_to_send in words(last)
    assert "case.started" in [step[0] for step in await world.way(case_of(last))]
    await world.restart()
    sent = await submitter.say(yes)
    case = case_of(sent)
    await hand_on(people)
    assert ready in words(await submitter.sees(ready))
    assert await world.way(case) == ACCEPTED
    stored = await world.case(case)
    assert stored.content.title == WORDS[language][5]
    assert (stored.content.cost_investment, stored.content.cost_operation) == (12_500_000, 800_000)
    assert {d.type for d in stored.documents} == set(DOCUMENTS)
    assert stored.content.project_owner == demo_id(OWNER)


async def test_half_and_half(lite: World) -> None:
    """Two answers on the card, the next ones in words, the rest on the card that was there all along."""
    people = await joined(lite)
    submitter = people.submitter
    start = await submitter.say("meld sak")
    await submitter.say("prosjekt")
    await submitter.say("BP2")
    form = await submitter.press(
        start, "case.start", sub_portfolio="clinical", **{f"scope_{n}": "false" for n in range(1, 8)}
    )
    saved = await submitter.press(form, "case.save", title="Fra kortet", background="Også fra kortet")
    assert inputs(saved)["title"]["value"] == "Fra kortet"
    asked = await submitter.say("fortsett")
    assert "Eller svar i chatten: Hvilket prosjekt" in words(asked)
    await submitter.say("P-77")
    await submitter.say("prosjekteier")
    rest = {k: v for k, v in FIELDS.items() if k not in ("title", "background", "project_ref", "project_owner")}
    answer = await submitter.press(form, "case.submit", **rest, reason_incomplete="De kommer i morgen.")
    content = (await lite.case(case_of(answer))).content
    assert "Sendt til prosjekteier" in words(answer)
    assert (content.title, content.background, content.project_ref) == ("Fra kortet", "Også fra kortet", "P-77")
    assert content.project_owner == demo_id(OWNER)
    await hand_on(people)


async def test_a_draft_is_offered_again_after_a_restart(lite: World) -> None:
    people = await joined(lite)
    form = await opened(people.submitter)
    await people.submitter.press(form, "case.save", title="Halvferdig", cost_investment="mange penger")
    await lite.restart()
    offered = await people.submitter.say("meld sak")
    assert "Du har et utkast som venter" in words(offered)
    assert "Halvferdig" in words(offered)
    again = await people.submitter.press(offered, "case.edit")
    assert inputs(again)["title"]["value"] == "Halvferdig"
    assert inputs(again)["cost_investment"]["value"] == "mange penger"


async def test_the_submitter_who_is_the_owner_skips_the_step(world: World) -> None:
    people = await joined(world)
    owner = people.owner
    form = await with_documents(owner, await opened(owner))
    sent = await owner.press(form, "case.submit", **FIELDS)
    assert "Sendt til porteføljekontoret." in words(sent)
    answer = await people.office.press(await people.office.sees("Vurder saken"), "case.accept")
    assert "Saken er klar for arbeidsutvalget." in words(answer)
    assert await world.way(case_of(sent)) == [
        ("case.started", "2", "", "draft"),
        ("case.submitted", "2", "draft", "submitted"),
        ("case.accepted", "3", "submitted", "ready_for_wg"),
    ]
    assert "klar for arbeidsutvalget" in words(await owner.sees("klar for arbeidsutvalget"))
