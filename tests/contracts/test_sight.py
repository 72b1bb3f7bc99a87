"""Lists, titles and searches give what ``Case.may_be_seen_by`` lets one see and nothing else, everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.case import Case
from board.ids import CaseId
from board.people import Actor, Role
from board.ports import Work
from board.states import AFTER_BOARD, CaseState
from tests.contracts.agenda_samples import WAY, decided, dispatched, late
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, actor, case, fill, later

S = CaseState
PERSONS = (KARI, OLA, LISE, ODD)
TITLE = "Felles journal"


def _stages() -> list[Case]:
    """One case of each stage, submitted by KARI and owned by OLA; LISE and ODD are nothing to them."""
    received = case("late", state=S.SUBMITTED, title=TITLE)
    accepted = [replace(case(state.value, state=state, title=TITLE), accepted_at=NOW) for state in WAY]
    return [
        *(case(state.value, state=state, title=TITLE) for state in (S.DRAFT, S.AWAITING_OWNER, S.SUBMITTED)),
        replace(received, late=late()),
        replace(case("late-unreceived", state=S.AWAITING_OWNER, title=TITLE), late=late()),
        replace(case("returned", state=S.INCOMPLETE, title=TITLE), accepted_at=NOW),
        *(replace(one, agenda_at=NOW) if one.state is S.ON_BOARD_AGENDA else one for one in accepted),
        dispatched("dispatched", title=TITLE),
        *(replace(decided(state.value, state), content=received.content) for state in AFTER_BOARD),
        replace(case("withdrawn", state=S.WITHDRAWN, title=TITLE), accepted_at=NOW, dispatched_at=NOW),
    ]


def _cases() -> list[Case]:
    """Each stage as it is, with a deputy, and without LISE, without KARI, without anybody."""
    found = []
    for one in _stages():
        variants = {
            "": one,
            "deputy": replace(one, owner_deputy=LISE, submitter_deputy=ODD),
            "without-lise": replace(one, excluded=frozenset({LISE})),
            "without-kari": replace(one, excluded=frozenset({KARI}), submitter_deputy=LISE),
            "without-all": replace(one, excluded=frozenset(PERSONS)),
        }
        found += [replace(variant, id=CaseId(f"{one.id}:{name}")) for name, variant in variants.items()]
    return [replace(one, updated_at=later(n)) for n, one in enumerate(found)]


def _actors() -> list[Actor]:
    roles = [(), *((role,) for role in Role), (Role.CHAIR, Role.WG_MEMBER), tuple(Role)]
    return [actor(person, *held) for person in PERSONS for held in roles]


async def test_everybody_finds_what_they_may_see_and_nothing_else(work: Work) -> None:
    cases = _cases()
    await fill(work, cases)
    for who in _actors():
        expected = {one.id for one in cases if one.may_be_seen_by(who)}
        async with work.read() as unit:
            found = [{line.id for line in await unit.cases.find(who, words, 500)} for words in ("felles", "fe")]
            titles = await unit.cases.titles(who, [one.id for one in cases])
            lists = await unit.cases.lines_for(who, 500), await unit.cases.drafts_of(who.id, 500)
        assert [*found, set(titles)] == [expected] * 3, who
        assert {line.id for lines in lists for line in lines} <= expected, who


async def test_an_indexed_search_beyond_the_latest_finds_the_same(work: Work) -> None:
    """Of 210 newer ones that everybody may see, so that the others are found by the index alone."""
    cases = [replace(one, updated_at=NOW) for one in _cases()]
    newer = [replace(dispatched(f"newer-{n}", minute=n + 1, title="Annet"), accepted_at=NOW) for n in range(210)]
    await fill(work, [*cases, *newer])
    for who in (
        actor(LISE, Role.WG_MEMBER),
        actor(LISE, Role.CHAIR),
        actor(ODD, Role.MEMBER),
        actor(KARI, Role.OFFICE),
    ):
        async with work.read() as unit:
            found = {line.id for line in await unit.cases.find(who, "felles", 500)}
        assert found == {one.id for one in cases if one.may_be_seen_by(who)}, who


@pytest.mark.parametrize("person", [KARI, OLA])
async def test_who_becomes_inhabil_loses_the_case_and_gets_it_back(work: Work, person: str) -> None:
    await fill(work, [dispatched("c1", title=TITLE)])
    who = actor(next(p for p in PERSONS if p == person), Role.MEMBER)

    async def listed(excluded: frozenset[str], rev: int) -> list[int]:
        async with work.write() as unit:
            stored = await unit.cases.get(CaseId("c1"))
            assert stored is not None
            await unit.cases.save(replace(stored, rev=rev, excluded=excluded))  # type: ignore[arg-type]  # ids of people
            await unit.commit()
        async with work.read() as unit:
            lines = [await unit.cases.lines_for(who, 9), await unit.cases.find(who, "felles", 9)]
            titles = await unit.cases.titles(who, [CaseId("c1")])
            kept = await unit.cases.get(CaseId("c1"))
        assert kept is not None
        assert kept.excluded == excluded
        return [*map(len, lines), len(titles)]

    assert await listed(frozenset(), 2) == [1, 1, 1]
    assert await listed(frozenset({person, LISE}), 3) == [0, 0, 0]
    assert await listed(frozenset({ODD}), 4) == [1, 1, 1]


async def test_what_is_planned_for_a_meeting_does_not_depend_on_who_is_inhabil(work: Work) -> None:
    one = replace(dispatched("c1"), excluded=frozenset(PERSONS))
    await fill(work, [one])
    async with work.read() as unit:
        assert one.board_meeting is not None
        assert list(await unit.cases.on_agenda(one.board_meeting)) == [one]
        assert list(await unit.cases.in_state(S.DISPATCHED, 9)) == [one]
