"""One effect and one answer in Slack, however often the same thing comes: events, presses, windows, commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.fakes.slack.ledger import Posted
from tests.scenarios.slack_chat import SlackChat
from tests.scenarios.slack_steps import TIMES, again_and_again, each_at_once, sent, told
from tests.scenarios.slack_town import SlackTown, a_slack_world
from tests.scenarios.steps import People, case_of, joined, opened, submitted
from tests.scenarios.world import FIELDS

POSTGRES = pytest.mark.postgres
SENT = {**FIELDS, "reason_incomplete": "De kommer."}


@pytest.fixture(params=["sqlite", pytest.param("two", marks=POSTGRES)])
def place(request: pytest.FixtureRequest) -> tuple[str, int]:
    """One bot on SQLite; two replicas on PostgreSQL."""
    kind = "postgres" if request.param == "two" else "sqlite"
    return request.getfixturevalue(f"{kind}_url"), 2 if request.param == "two" else 1


@pytest.fixture
async def doors(place: tuple[str, int], tmp_path: Path) -> AsyncIterator[list[SlackTown]]:
    url, count = place
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(a_slack_world(url, tmp_path))
        others = [await stack.enter_async_context(first.second()) for _ in range(count - 1)]
        yield [first, *others]  # type: ignore[list-item]  # a replica is of the same kind


async def happened(door: SlackTown, case: str) -> list[str]:
    return [event.what.value for event in await door.history(case)]


def slack(people: People) -> tuple[SlackChat, SlackChat]:
    """Who submits, and who owns."""
    return people.submitter, people.owner  # type: ignore[return-value]  # everybody here sits in Slack


async def asked(people: People) -> tuple[str, SlackChat, Posted]:
    """A case whose owner is asked; the message, as it stands in the owner's chat."""
    case = case_of(await submitted(people.submitter))
    owner = slack(people)[1]
    await owner.sees("Bekreft at du står bak")
    found = [m for m in owner.persona.persona.messages if told([m], "Bekreft at du står bak")]
    return case, owner, found[-1]


async def test_an_event_ten_times_at_once_is_one_answer_and_one_effect(doors: list[SlackTown]) -> None:
    people = await joined(doors[0])
    last = await people.submitter.say_all("meld sak", "prosjekt", "bp1", "nei til alle")
    submitter = slack(people)[0].persona.persona
    before = len(submitter.messages)
    request = submitter.says("En sak")
    await again_and_again(doors, request)
    case = case_of(last)
    assert (await happened(doors[0], case)).count("case.saved") == 1
    assert (await doors[0].case(case)).content.title == "En sak"
    assert len(submitter.messages) == before + 1
    await doors[0].restart()
    await again_and_again(doors, request, 3)
    assert len(submitter.messages) == before + 1, "also when it comes again after a restart"


async def test_a_press_that_is_delivered_again_and_a_double_click(doors: list[SlackTown]) -> None:
    people = await joined(doors[0])
    case, owner, message = await asked(people)
    hands = owner.persona.persona
    before = len(hands.messages)
    await again_and_again(doors, hands.presses(message, "case.confirm"))
    clicks = [hands.presses(message, "case.confirm") for _ in range(TIMES)]
    await each_at_once(doors, clicks)
    assert (await happened(doors[0], case)).count("case.confirmed") == 1
    assert (await doors[0].case(case)).state == "submitted"
    assert len(hands.messages) == before, "the message that was pressed is drawn anew, and no other is sent"
    office = people.office.persona.persona.messages  # type: ignore[attr-defined]  # as above
    assert told(office, "Vurder saken") == 1


async def test_two_clicks_at_once_on_a_fresh_button(doors: list[SlackTown]) -> None:
    people = await joined(doors[0])
    case, owner, message = await asked(people)
    hands = owner.persona.persona
    before = len(hands.messages)
    await each_at_once(doors, [hands.presses(message, "case.confirm") for _ in range(2)])
    assert (await happened(doors[0], case)).count("case.confirmed") == 1
    assert len(hands.messages) == before
    now = next(m for m in hands.messages if m.ts == message.ts)
    assert "case.confirm" not in str(now.blocks)


async def test_a_window_sent_in_ten_times_at_once(doors: list[SlackTown]) -> None:
    people = await joined(doors[0])
    submitter = slack(people)[0]
    form = await opened(people.submitter)
    case = case_of(await submitter.press(form, "case.save", title="Den ene saken"))
    window = submitter.persona.persona.modal
    if window is None:
        await submitter.press_raw("case.edit", {"id": case, "rev": 2})
        window = submitter.persona.persona.modal
    assert window is not None
    request = submitter.persona.persona.submits(window, {k: v for k, v in SENT.items() if k in _asks(window.blocks)})
    bodies = await again_and_again(doors, request)
    assert len(set(bodies)) == 1, "the same answer each time"
    await sent(doors[-1], request, 1)
    steps = await happened(doors[0], case)
    assert steps.count("case.submitted") == 1
    assert (await doors[0].case(case)).state == "awaiting_owner"
    await people.owner.sees("Bekreft at du står bak")
    owners = slack(people)[1].persona.persona.messages
    assert told(owners, "Bekreft at du står bak") == 1


def _asks(blocks: list[dict[str, object]]) -> set[object]:
    return {block["block_id"] for block in blocks if block["type"] == "input"}


async def test_a_command_that_is_delivered_again(doors: list[SlackTown]) -> None:
    people = await joined(doors[0])
    submitter = slack(people)[0].persona.persona
    before = len(submitter.messages)
    await again_and_again(doors, submitter.command("frister"))
    assert len(submitter.messages) == before + 1


async def test_owner_and_submitter_at_the_same_instant(doors: list[SlackTown]) -> None:
    """One wins; the other is told by whom; log and state say the same."""
    people = await joined(doors[0])
    submitter, owner = slack(people)
    for number in range(6):
        case = case_of(await submitted(people.submitter, title=f"Sak nummer {number}"))
        rev = (await doors[0].case(case)).rev
        pair = [
            owner.persona.presses("case.confirm", {"id": case, "rev": rev}),
            submitter.persona.presses("case.withdraw", {"id": case, "rev": rev, "reason": "Stanset."}),
        ]
        before = {chat.id: len(chat.persona.persona.messages) for chat in (submitter, owner)}
        await each_at_once(doors, pair if number % 2 else pair[::-1])
        way = await doors[0].way(case)
        assert len(way) == 3, way
        loser = submitter if way[-1][0] == "case.confirmed" else owner
        assert told(loser.persona.persona.messages[before[loser.id] :], "Ingenting er gjort nå.") == 1
