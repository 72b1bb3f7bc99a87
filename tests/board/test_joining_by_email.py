"""Joining accounts to people by a verified e-mail, at once or when the register gets it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.events import Happened
from board.ids import PersonId
from board.joining import (
    Claim,
    Unclear,
    whose,
)
from board.notices import NoticeKind
from board.people import Account, Actor, Person
from board.usecases.join_by_email import join_guests, meet, recognise
from tests.board.joining_support import IN_SLACK, Meeting, busy
from tests.board.support import COLLEAGUE, LEAD, OFFICE, OWNER, SUBMITTER, TODAY, Desk, desk

EMAIL = "kari@example.org"


# -- by e-mail ---------------------------------------------------------------------------------------------------------


def claim(name: str, account: Account | None = None, *, held: bool = True) -> Claim:
    return Claim(Person(PersonId(name), name, EMAIL), account, held, held)


OTHER = Account("slack", "T1", "U9")
IN_TEAMS = Account("teams", "tenant", "aad-kari")


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([], None),
        ([claim("kari")], "kari"),
        ([claim("kari", IN_TEAMS)], "kari"),
        ([claim("kari", IN_TEAMS), claim("kari", IN_SLACK)], "kari"),
        ([claim("kari", held=False)], None),
        ([claim("kari"), claim("kari-2")], Unclear.SHARED),
        ([claim("kari"), claim("gone", held=False)], "kari"),
        ([claim("kari", OTHER)], Unclear.TAKEN),
        ([claim("kari", IN_TEAMS), claim("guest", OTHER, held=False)], Unclear.TAKEN),
        ([claim("guest", OTHER, held=False)], None),
    ],
)
def test_whose_an_account_is(claims: list[Claim], found: str | None) -> None:
    assert whose(IN_SLACK, claims) == found


async def _with_email(*people: Actor, email: str = EMAIL) -> Desk:
    place = await desk()
    async with place.memory.work.write() as work:
        for one in people:
            await work.people.add(replace(one.person, email=email))
        await work.commit()
    return place


async def _met(place: Desk, account: Account = IN_SLACK, email: str = EMAIL) -> Actor:
    async with place.memory.work.write() as work:
        found = await meet(account, "Kari i Slack", email, work, place.rules)
        await work.commit()
    return found


async def test_a_verified_email_of_one_person_joins_at_once() -> None:
    place = await _with_email(OWNER, email="Kari@Example.org")
    found = await _met(place)
    assert (found.id, found.roles) == (OWNER.id, OWNER.roles)
    assert place.log == [(Happened.PERSON_JOINED, OWNER.id, OWNER.id)]
    assert (await _met(place)).id == OWNER.id, "the same account once more is the same person"


async def test_without_a_verified_email_one_is_a_guest() -> None:
    place = await _with_email(OWNER)
    found = await _met(place, email="")
    assert (found.roles, found.person.name) == (frozenset(), "Kari i Slack")
    assert place.log == [(Happened.PERSON_MET, found.id, found.id)]
    assert place.told == set()


async def test_where_several_have_the_email_nobody_is_joined_and_the_office_is_told() -> None:
    place = await _with_email(OWNER, SUBMITTER)
    found = await _met(place)
    assert found.id not in (OWNER.id, SUBMITTER.id)
    assert place.told == {(NoticeKind.ACCOUNT_UNCLEAR, one.id) for one in (OFFICE, COLLEAGUE)}
    assert place.log[-1] == (Happened.PERSON_UNCLEAR, found.id, found.id)


async def test_two_accounts_with_one_email_the_second_is_not_joined_by_itself() -> None:
    place = await _with_email(OWNER)
    first, second = await _met(place), await _met(place, OTHER)
    assert first.id == OWNER.id
    assert second.id != OWNER.id
    assert place.told == {(NoticeKind.ACCOUNT_UNCLEAR, one.id) for one in (OFFICE, COLLEAGUE)}


async def test_a_guest_is_joined_when_the_register_gets_the_email() -> None:
    place = await desk()
    guest = Meeting(place, await _met(place))
    await busy(guest)
    async with place.memory.work.write() as work:
        await work.people.add(replace(OWNER.person, email=EMAIL.upper()))
        assert await join_guests([EMAIL], work, place.rules) == 1
        assert await join_guests([EMAIL], work, place.rules) == 0, "a second time there is nobody left to join"
        await work.commit()
    assert place.case().submitter == OWNER.id
    assert await guest.now() == OWNER.id
    assert [row for row in place.log if row[0] == Happened.PERSON_JOINED] == [
        (Happened.PERSON_JOINED, OWNER.id, OWNER.id)
    ]


@pytest.mark.parametrize("doubt", ["two guests", "two people"])
async def test_guests_in_doubt_stay_guests(doubt: str) -> None:
    place = await desk()
    first = await _met(place)
    people = [OWNER] if doubt == "two guests" else [OWNER, SUBMITTER]
    if doubt == "two guests":
        await _met(place, OTHER)
    async with place.memory.work.write() as work:
        for one in people:
            await work.people.add(replace(one.person, email=EMAIL))
        assert await join_guests([EMAIL], work, place.rules) == 0
        found = await work.people.actor(IN_SLACK, TODAY)
    assert found is not None
    assert found.id == first.id


async def test_a_guest_whose_email_comes_later_is_recognised() -> None:
    place = await _with_email(OWNER)
    met = await _met(place, email="")
    async with place.memory.work.write() as work:
        found = await recognise(met, IN_SLACK, EMAIL, work, place.rules)
        assert found.id == OWNER.id
        assert await recognise(LEAD, IN_TEAMS, EMAIL, work, place.rules) == LEAD
        await work.commit()
    assert place.memory.state.accounts[IN_SLACK] == OWNER.id
