"""One's own page with the bot, through the receiver: what it shows to whom, in which language, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from board.delivery import Address
from board.duty import DutyKind
from board.people import Actor
from board.states import CaseState
from bot.channels.base import Answer, IncomingFile, Sender, Turn
from bot.known import KnownAddresses
from bot.receiver import Conversations
from cards import actions
from cards.message import Act
from dialogs.documents_talk import Found
from storage.sqlite_tx import SqliteTx
from tests.board.support import LEAD, OFFICE, OWNER, SUBMITTER, actor, case_in
from tests.dialogs.support import House, button, words, writes
from tests.dialogs.task_support import APRIL, duty, keep, labels

STRANGER = actor("stranger")


async def _file(_file: IncomingFile) -> Found:
    raise AssertionError("a home has no files")


def turn(who: Actor) -> Turn:
    sender = Sender("tenant", f"aad-{who.id}", "", "Somebody", "nb-NO")
    return Turn("Ev1", sender, Address("teams", "tenant", "", "D1", "personal", "bot", "tenant"))


async def opened(house: House, who: Actor) -> Answer:
    return await Conversations(house.work, house.rules, KnownAddresses(house.clock), _file).home(turn(who))


async def test_it_shows_what_waits_ones_cases_and_the_next_meeting(house: House) -> None:
    await keep(
        house,
        duty(DutyKind.CONFIRM, "case-1", OWNER, 2),
        duty(DutyKind.TASK, APRIL, OWNER, -1, "pack"),
        cases=(case_in(CaseState.AWAITING_OWNER),),
    )
    waits, cases, meeting = (await opened(house, OWNER)).messages
    title = (await house.case("case-1")).content.title
    assert waits.title == "2 ting venter på deg"
    said = words(waits)
    assert said.index("Sakspapirene") < said.index(f"Bekreft {title}")
    assert labels(waits)[0].startswith("Gjør nå: ")
    assert writes(waits) == ["oppgaver"]
    assert cases.title == "Dine saker"
    assert writes(cases) == ["meld sak"]
    assert "16. april" in words(meeting)
    assert button(meeting, actions.MEETING_OPEN).data["id"] == APRIL


async def test_each_message_has_at_most_six_buttons_however_much_waits(house: House) -> None:
    many = [duty(DutyKind.TASK, APRIL, OFFICE, n, f"part-{n}") for n in range(20)]
    await keep(house, *many, cases=tuple(replace(case_in(CaseState.SUBMITTED), id=f"case-{n}") for n in range(1, 9)))  # type: ignore[arg-type]  # an id is a str
    for message in (await opened(house, OFFICE)).messages:
        assert 1 <= len(message.buttons) <= 6
    assert "… og 14 til" in words((await opened(house, OFFICE)).messages[0])


async def test_its_buttons_do_what_they_say(house: House) -> None:
    await keep(house, duty(DutyKind.CONFIRM, "case-1", OWNER, 2), cases=(case_in(CaseState.AWAITING_OWNER),))
    for message in (await opened(house, OWNER)).messages:
        for one in message.buttons:
            if isinstance(one, Act):
                assert (await house.chat(OWNER).press(one.verb, one.data)).tone != "attention", one


async def test_nothing_waits_and_nothing_was_sent_in(house: House) -> None:
    waits, cases, _meeting = (await opened(house, SUBMITTER)).messages
    assert (waits.title, writes(waits)) == ("Ingenting venter på deg", ["hjelp"])
    assert cases.title == "Du har ingen saker ennå"


async def test_without_a_meeting_ahead_it_says_so(house: House) -> None:
    house.clock.set(house.clock.now().replace(year=2028))
    meeting = (await opened(house, SUBMITTER)).messages[-1]
    assert "ikke satt opp noen styremøter" in words(meeting)


async def test_it_is_in_the_readers_language(house: House) -> None:
    await house.chat(OWNER).say("språk engelsk")
    messages = (await opened(house, OWNER)).messages
    assert {message.language for message in messages} == {"en"}
    assert messages[0].title == "Nothing waits for you"


async def test_a_stranger_sees_what_the_bot_is_and_is_not_written_down(house: House) -> None:
    answer = await opened(house, STRANGER)
    assert answer.messages[0].title == "Hei! Jeg er Saksgang."
    assert await house.log(STRANGER.id) == []


async def test_of_others_it_shows_nothing(house: House) -> None:
    exempt = case_in(CaseState.SUBMITTED)
    hidden = replace(exempt, content=replace(exempt.content, title="Hemmelig innkjøp", classification="exempt"))
    await keep(house, duty(DutyKind.REVIEW, "case-1", OFFICE, 2), cases=(hidden,))
    other = actor("mads")
    assert "Hemmelig" not in "".join(words(one) for one in (await opened(house, other)).messages)
    assert "Hemmelig" in "".join(words(one) for one in (await opened(house, OFFICE)).messages)


@pytest.mark.parametrize("who", [SUBMITTER, OWNER, OFFICE, LEAD])
async def test_it_takes_few_queries_however_much_there_is(
    house: House, monkeypatch: pytest.MonkeyPatch, who: Actor
) -> None:
    await keep(
        house,
        *(duty(DutyKind.TASK, APRIL, who, n, f"part-{n}") for n in range(20)),
        cases=tuple(replace(case_in(CaseState.SUBMITTED), id=f"case-{n}") for n in range(1, 9)),  # type: ignore[arg-type]  # an id is a str
    )
    with _counted(monkeypatch) as run:
        await opened(house, who)
    assert len(run) <= 8, run


@contextmanager
def _counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    run: list[str] = []

    def counting(original: Any) -> Any:
        def counted(self: Any, statement: Any, *rest: Any) -> Any:
            run.append(str(statement).split("\n")[0])
            return original(self, statement, *rest)

        return counted

    with monkeypatch.context() as patch:
        for name in ("all", "run"):
            patch.setattr(SqliteTx, name, counting(getattr(SqliteTx, name)))
        yield run
