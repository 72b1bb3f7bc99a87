"""One effect, however often and however near to each other: clicks that come ten times, people who act at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.steps import Card, People, case_of, confirmed, data_of, joined, opened, submitted
from tests.scenarios.world import BP2, FIELDS, Chat, World, a_world, verbs, words

pytestmark = pytest.mark.teams  # one activity, delivered ten times; Slack: test_slack_once

TIMES = 10
RACES = 20
GENTLE = {"reason": "Den må rettes.", "deadline": "neste torsdag", "exclusion": "innovation"}


POSTGRES = pytest.mark.postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=POSTGRES), pytest.param("two", marks=POSTGRES)])
def place(request: pytest.FixtureRequest) -> tuple[str, int]:
    """A database and how many bots work on it."""
    kind = "sqlite" if request.param == "sqlite" else "postgres"
    return request.getfixturevalue(f"{kind}_url"), 2 if request.param == "two" else 1


@pytest.fixture
async def doors(place: tuple[str, int], tmp_path: Path) -> AsyncIterator[list[World]]:
    """The bots that people's acts come in at, replicas of each other; people's chats are with the first."""
    url, count = place
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(a_world(url, tmp_path))
        others = [await stack.enter_async_context(first.second()) for _ in range(count - 1)]
        yield [first, *others]


async def all_at_once(doors: list[World], payloads: list[dict[str, Any]]) -> list[Card]:
    """Each payload to the next door, none waiting for another; the cards that answer."""
    answers = await asyncio.gather(*(doors[n % len(doors)].post(p) for n, p in enumerate(payloads)))
    assert {status for status, _ in answers} == {200}
    assert all(body["statusCode"] == 200 for _, body in answers), answers
    return [body["value"] for _, body in answers]


def clicks(chat: Chat, verb: str, data: dict[str, Any], *, same: bool) -> list[dict[str, Any]]:
    """Ten deliveries of one activity, or ten activities of somebody's nervous finger."""
    first = chat.persona.presses(verb, data)
    return [first] * TIMES if same else [first, *(chat.persona.presses(verb, data) for _ in range(TIMES - 1))]


async def told(doors: list[World], people: People) -> Counter[tuple[str, str]]:
    """How many new messages about the case each person got, by what the card says of it now."""
    await doors[0].quiet()
    names = {chat.persona.chat: chat.persona.name.split()[0] for chat in people.all}
    sent = [call for call in doors[0].platform.ledger.messages if call.card and FIELDS["title"] in words(call.card)]
    return Counter((names[call.conversation], str(call.payload["summary"])) for call in sent)


@pytest.mark.parametrize("same", [True, False], ids=["same activity", "other activities"])
@pytest.mark.parametrize("verb", ["case.submit", "case.confirm", "case.accept", "case.return", "case.out_of_scope"])
async def test_ten_clicks_at_once_have_one_effect(verb: str, same: bool, doors: list[World]) -> None:
    people = await joined(doors[0])
    chat, data = await before(verb, people)
    await doors[0].quiet()
    rows = [e.what for e in await doors[0].history(data["id"])]
    answers = await all_at_once(doors, clicks(chat, verb, data, same=same))
    after = [e.what.value for e in await doors[0].history(data["id"])][len(rows) :]
    expected = {
        "case.submit": ["case.saved", "case.submitted"],
        "case.confirm": ["case.confirmed"],
        "case.accept": ["case.accepted"],
        "case.return": ["case.returned"],
        "case.out_of_scope": ["case.ruled_out_of_scope"],
    }
    assert after == expected[verb]
    assert all(case_of(answer) == data["id"] for answer in answers if verbs(answer))
    assert all(verb not in verbs(answer) for answer in answers)
    messages = await told(doors, people)
    assert messages
    assert set(messages.values()) == {1}, messages


async def before(verb: str, people: People) -> tuple[Chat, dict[str, Any]]:
    """Who presses, and the data of the button as the card has it."""
    if verb == "case.submit":
        form = await opened(people.submitter)
        extra = {**FIELDS, "reason_incomplete": "De kommer."}
        return people.submitter, {**data_of(form, verb), **extra}
    if verb == "case.confirm":
        await submitted(people.submitter)
        return people.owner, data_of(await people.owner.sees("Bekreft at du står bak"), verb)
    await confirmed(people)
    return people.office, {**data_of(await people.office.sees("Vurder saken"), verb), **GENTLE}


@pytest.mark.parametrize("same", [True, False], ids=["same activity", "other activities"])
async def test_ten_clicks_on_next_make_one_draft(same: bool, doors: list[World]) -> None:
    people = await joined(doors[0])
    card = await people.submitter.say("meld sak")
    data = {**data_of(card, "case.start"), **BP2}
    answers = await all_at_once(doors, clicks(people.submitter, "case.start", data, same=same))
    assert len({case_of(answer) for answer in answers}) == 1
    assert "Sak uten tittel" in words(await people.submitter.say("mine saker"))
    assert await doors[0].way(case_of(answers[0])) == [("case.started", "1", "", "draft")]


async def test_a_message_that_comes_ten_times_is_one_answer(doors: list[World]) -> None:
    people = await joined(doors[0])
    last = await people.submitter.say_all("meld sak", "prosjekt", "bp1", "nei til alle")
    said = people.submitter.persona.says("En sak")
    await asyncio.gather(*(doors[n % len(doors)].post(said) for n in range(TIMES)))
    for door in doors:
        await door.settled()
    saved = [e for e in await doors[0].history(case_of(last)) if e.what.value == "case.saved"]
    assert len(saved) == 1
    assert (await doors[0].case(case_of(last))).content.title == "En sak"


async def test_owner_and_submitter_at_the_same_instant(doors: list[World]) -> None:
    """Twenty times over: one wins, the other is told by whom; the log and the state say the same."""
    people = await joined(doors[0])
    won: Counter[str] = Counter()
    for number in range(RACES):
        case = case_of(await submitted(people.submitter, title=f"Sak nummer {number}"))
        rev = (await doors[0].case(case)).rev
        pair = [
            people.owner.persona.presses("case.confirm", {"id": case, "rev": rev}),
            people.submitter.persona.presses("case.withdraw", {"id": case, "rev": rev, "reason": "Stanset."}),
        ]
        if number % 2:
            pair.reverse()
        answers = await all_at_once(doors, pair)
        owners, submitters = answers if not number % 2 else reversed(answers)
        what, by, _, state = (await doors[0].way(case))[-1]
        assert len(await doors[0].way(case)) == 3
        won[what] += 1
        if what == "case.confirmed":
            assert (by, state) == ("2", "submitted")
            assert "Takk." in words(owners)
            assert "Prosjekteier Demo bekreftet saken" in words(submitters)
        else:
            assert (what, by, state) == ("case.withdrawn", "1", "withdrawn")
            assert "Saken er trukket." in words(submitters)
            assert "Prosjektleder Demo trakk saken" in words(owners)
        assert "Ingenting er gjort nå." in words(owners) + words(submitters)
    assert sum(won.values()) == RACES
    await doors[0].quiet()
    assert [body for body in doors[0].platform.ledger.doubled() if "case.start" not in body] == []


async def test_two_of_the_office_at_the_same_instant(doors: list[World]) -> None:
    people = await joined(doors[0])
    for number in range(5):
        case = await confirmed(people, title=f"Sak {number}")
        rev = (await doors[0].case(case)).rev
        pair = [
            people.office.persona.presses("case.accept", {"id": case, "rev": rev}),
            people.lead.persona.presses("case.return", {"id": case, "rev": rev, **GENTLE}),
        ]
        answers = await all_at_once(doors, pair)
        assert len(await doors[0].way(case)) == 4
        assert sum("Ingenting er gjort nå." in words(answer) for answer in answers) == 1


async def test_many_people_at_once_are_all_heard(doors: list[World]) -> None:
    """Twenty guests each start and save their own case at the same instant."""
    chats = [doors[0].person(500 + n, f"Gjest {n}") for n in range(20)]
    await asyncio.gather(*(chat.join() for chat in chats))
    cards = await asyncio.gather(*(chat.say("meld sak") for chat in chats))
    presses = [
        chat.persona.presses("case.start", {**data_of(card, "case.start"), **BP2})
        for chat, card in zip(chats, cards, strict=True)
    ]
    forms = await all_at_once(doors, presses)
    saves = [
        chat.persona.presses("case.save", {**data_of(form, "case.save"), "title": f"Sak fra {chat.persona.name}"})
        for chat, form in zip(chats, forms, strict=True)
    ]
    await all_at_once(doors, saves)
    for chat, form in zip(chats, forms, strict=True):
        assert (await doors[0].case(case_of(form))).content.title == f"Sak fra {chat.persona.name}"
    assert doors[0].bot is not None
    assert (await doors[0].bot.store.verify_history()).seq is None


async def test_the_submitter_of_the_demo_is_one_person(doors: list[World]) -> None:
    """The directory id in another spelling is the same person, not a second one."""
    people = await joined(doors[0])
    case = case_of(await opened(people.submitter))
    shouting = people.submitter.persona.presses("case.open", {"id": case, "rev": 1})
    shouting["from"]["aadObjectId"] = shouting["from"]["aadObjectId"].upper()
    (answer,) = await all_at_once(doors, [shouting])
    assert case_of(answer) == case
