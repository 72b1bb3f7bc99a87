"""Joining accounts to people: the code and who may give it, guessing, e-mails, and all that follows the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.errors import RefusalCode
from board.events import Happened
from board.ids import CaseId
from board.joining import (
    ALPHABET,
    LENGTH,
    LIFETIME,
    MOST_WRONG,
    Unfit,
    digest_of,
    in_halves,
    make_code,
    may_give,
    read_code,
)
from board.notices import NoticeKind
from board.people import Account, Actor, Body, Holding, Role
from board.ports import Talk
from board.usecases.give_join_code import Given, give_join_code
from board.usecases.join_by_email import meet
from tests.board.joining_support import CHAT, IN_SLACK, Meeting, busy
from tests.board.support import COLLEAGUE, NOW, OFFICE, OWNER, SUBMITTER, TODAY, Desk, actor, desk, refused

# -- the code ----------------------------------------------------------------------------------------------------------


@given(st.text(min_size=1))
def test_a_code_is_easy_to_read_and_is_read_however_it_is_typed(secret: str) -> None:
    code = make_code(secret)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert all(one != other for one, other in pairwise(code))
    for typed in (code, in_halves(code), code.lower(), " ".join(code), f"«{in_halves(code)}».", f"  {code}\n"):
        assert read_code(typed) == code


def test_the_alphabet_has_no_sign_that_looks_like_another() -> None:
    assert not set("0O1IL2Z5S8BUV") & set(ALPHABET)
    assert not set("AEIOUYÆØÅ") & set(ALPHABET), "no word comes out of it"


@pytest.mark.parametrize(
    "typed", ["", "CDFGH-JKMN", "CDFGH-JKMNPQ", "CDFGH-JKMN0", "kari nordmann", "CDFGH JKMNÅ", "😀"]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""


def test_codes_of_different_secrets_differ() -> None:
    assert len({make_code(f"secret {n}") for n in range(2000)}) == 2000


# -- who may give it ---------------------------------------------------------------------------------------------------

EVERY = tuple(actor(f"holder-{role}", role) for role in Role)


@pytest.mark.parametrize("to", EVERY, ids=lambda one: one.id)
@pytest.mark.parametrize("giver", EVERY, ids=lambda one: one.id)
async def test_nobody_hands_out_more_than_they_may(giver: Actor, to: Actor) -> None:
    """Written from the rule's page, for every role that gives and every role that gets."""
    (gives,), (gets,) = giver.roles, to.roles
    may = gives in ("office", "portfolio_lead") and giver.id != to.id
    may = may and (gives == "portfolio_lead" or gets not in ("chair", "portfolio_lead", "admin"))
    place = await _desk(giver, to)
    async with place.memory.work.write() as work:
        found = await give_join_code(to.id, giver, work, place.rules)
        await work.commit()
    logged = [what for what, about, by in place.log if (about, by) == (to.id, giver.id)]
    if may:
        assert isinstance(found, Given)
        assert logged == [Happened.JOIN_CODE_GIVEN]
        assert (NoticeKind.CODE_GIVEN, to.id) in place.told
        assert found.code not in str(place.memory.state)
        assert digest_of(found.code) in place.memory.state.join_codes
    else:
        assert not isinstance(found, Given)
        assert place.memory.state.join_codes == {}
        right = found.code is RefusalCode.NOT_ALLOWED
        assert right or (found.code is RefusalCode.OWN_CODE and giver.id == to.id)
        assert logged == ([Happened.ACT_REFUSED] if right else [])
    assert (may_give(giver, to) is None) is may


async def test_a_guest_gives_no_code_and_gets_none() -> None:
    guest = actor("somebody")
    place = await _desk(guest)
    for giver, to, code in (
        (guest, OWNER, RefusalCode.NOT_ALLOWED),
        (OFFICE, guest, RefusalCode.NOT_REGISTERED),
        (OFFICE, actor("nowhere"), RefusalCode.NOT_REGISTERED),
    ):
        async with place.memory.work.write() as work:
            refused(await give_join_code(to.id, giver, work, place.rules), code)


async def _desk(*others: Actor) -> Desk:
    place = await desk()
    async with place.memory.work.write() as unit:
        for one in others:
            await unit.people.add(one.person)
            for role in one.roles:
                await unit.people.hold(Holding(one.id, role, Body.BOARD, TODAY))
        await unit.commit()
    return place


# -- by code -----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def guest() -> Meeting:
    place = await desk()
    async with place.memory.work.write() as work:
        met = await meet(IN_SLACK, "Kari", "", work, place.rules)
        await work.commit()
    return Meeting(place, met)


async def test_a_code_joins_the_account_to_its_person_once(guest: Meeting) -> None:
    code = await guest.code()
    found = await guest.types(in_halves(code).lower())
    assert isinstance(found, Actor)
    assert (found.id, found.roles) == (OWNER.id, OWNER.roles)
    assert await guest.now() == OWNER.id
    assert await guest.now(Account("teams", "tenant", f"aad-{OWNER.id}")) == OWNER.id
    logged = [row for row in guest.desk.log if row[1] == OWNER.id]
    assert logged == [
        (Happened.JOIN_CODE_GIVEN, OWNER.id, OFFICE.id),
        (Happened.JOIN_CODE_USED, OWNER.id, guest.guest.id),
        (Happened.PERSON_JOINED, OWNER.id, guest.guest.id),
    ]
    assert code not in str(guest.desk.memory.state)

    other = Account("slack", "T1", "U2")
    async with guest.desk.memory.work.write() as work:
        second = await meet(other, "Per", "", work, guest.desk.rules)
        await work.commit()
    refusal = refused(await guest.types(code, second), RefusalCode.CODE_UNFIT)
    assert (refusal.params["why"], refusal.params["left"]) == (Unfit.USED, MOST_WRONG - 1)
    assert await guest.now(other) == second.id


async def test_a_second_account_in_the_same_channel_works_beside_the_first(guest: Meeting) -> None:
    await guest.types(await guest.code())
    other = Account("slack", "T1", "U2")
    async with guest.desk.memory.work.write() as work:
        second = await meet(other, "Kari privat", "", work, guest.desk.rules)
        await work.commit()
    assert isinstance(await guest.types(await guest.code(), second), Actor)
    assert await guest.now() == await guest.now(other) == OWNER.id


async def test_after_a_few_wrong_codes_the_right_one_does_nothing_until_tomorrow(guest: Meeting) -> None:
    code = await guest.code()
    for n in range(MOST_WRONG):
        refusal = refused(await guest.types(make_code(f"guess {n}")), RefusalCode.CODE_UNFIT)
        assert (refusal.params["why"], refusal.params["left"]) == (Unfit.UNKNOWN, MOST_WRONG - n - 1)
    assert refused(await guest.types(code), RefusalCode.CODE_UNFIT).params["why"] is Unfit.LOCKED
    guest.desk.clock.move(hours=15)  # 23:00 the same day
    assert refused(await guest.types(code), RefusalCode.CODE_UNFIT).params["why"] is Unfit.LOCKED
    assert guest.refusals() == [Unfit.UNKNOWN] * MOST_WRONG + [Unfit.LOCKED] * 2
    assert await guest.now() == guest.guest.id
    guest.desk.clock.move(hours=2)
    assert isinstance(await guest.types(code), Actor)


async def test_what_can_be_no_code_costs_no_try(guest: Meeting) -> None:
    code = await guest.code()
    for _n in range(MOST_WRONG + 1):
        refused(await guest.types("Kari Nordmann"), RefusalCode.CODE_UNREAD)
    assert isinstance(await guest.types(code), Actor)


async def test_a_code_lives_for_a_while(guest: Meeting) -> None:
    early, late = await guest.code(OWNER), await guest.code(SUBMITTER)
    guest.desk.clock.set(NOW + LIFETIME - timedelta(seconds=1))
    assert isinstance(await guest.types(early), Actor)
    guest.desk.clock.set(NOW + LIFETIME)
    async with guest.desk.memory.work.write() as work:
        other = await meet(Account("slack", "T1", "U2"), "Per", "", work, guest.desk.rules)
        await work.commit()
    assert refused(await guest.types(late, other), RefusalCode.CODE_UNFIT).params["why"] is Unfit.EXPIRED


async def test_a_new_code_takes_the_place_of_the_one_before(guest: Meeting) -> None:
    first = await guest.code()
    second = await guest.code()
    assert first != second
    assert refused(await guest.types(first), RefusalCode.CODE_UNFIT).params["why"] is Unfit.UNKNOWN
    assert isinstance(await guest.types(second), Actor)


@pytest.mark.parametrize("change", ["promoted", "giver left", "person left"])
async def test_a_code_is_judged_when_it_is_used(change: str, guest: Meeting) -> None:
    code = await guest.code()
    ended = timedelta(days=1)
    async with guest.desk.memory.work.write() as work:
        if change == "promoted":
            await work.people.hold(Holding(OWNER.id, Role.CHAIR, Body.BOARD, TODAY))
        else:
            who = OFFICE if change == "giver left" else OWNER
            for held in [h for h in await work.people.holdings() if h.person == who.id]:
                await work.people.hold(replace(held, until=TODAY - ended))
        await work.commit()
    assert refused(await guest.types(code), RefusalCode.CODE_UNFIT).params["why"] is Unfit.WITHDRAWN
    assert await guest.now() == guest.guest.id


async def test_somebody_of_the_register_becomes_nobody_else(guest: Meeting) -> None:
    code = await guest.code()
    refused(await guest.types(code, COLLEAGUE), RefusalCode.JOINED_ALREADY)
    async with guest.desk.memory.work.write() as work:  # also one whose time is over: what was done stays that person's
        await work.people.hold(Holding(guest.guest.id, Role.OBSERVER, Body.BOARD, TODAY, TODAY - timedelta(days=1)))
        await work.commit()
    refused(await guest.types(code), RefusalCode.JOINED_ALREADY)


# -- what follows ------------------------------------------------------------------------------------------------------


async def test_what_the_guest_made_follows_to_the_person(guest: Meeting) -> None:
    await busy(guest)
    await guest.types(await guest.code())
    state, me = guest.desk.memory.state, guest.guest.id
    case = state.cases["case-1"]
    assert (case.submitter, case.rev, case.last.by, case.documents[0].by) == (OWNER.id, 2, OWNER.id, OWNER.id)
    assert state.talks == {OWNER.id: Talk(OWNER.id, "case", "title", {}, CaseId("case-1"), NOW)}
    assert state.duties["duty"].person == OWNER.id
    assert [(c.person, c.address) for c in state.copies.values()] == [(OWNER.id, CHAT)]
    assert {row.person for row in state.outbox.values()} == {OWNER.id}
    assert {row.lane for row in state.outbox.values()} == {f"p:{OWNER.id}"}
    assert state.calendars == {OWNER.id: "digest"}
    async with guest.desk.memory.work.read() as work:
        assert await work.addresses.of(OWNER.id) == CHAT
        assert await work.addresses.of(me) is None
        assert await work.people.accounts_of(me) == []
    logged = [row for row in guest.desk.log if row[0] == Happened.CASE_FOLLOWED]
    assert logged == [(Happened.CASE_FOLLOWED, "case-1", OWNER.id)]
    (event,) = [e for e in state.history if e.what is Happened.CASE_FOLLOWED]
    assert (event.rev, event.from_state, event.to_state, event.details) == (2, "draft", "draft", {"guest": me})


async def test_an_open_question_of_the_persons_own_stays(guest: Meeting) -> None:
    await busy(guest)
    own = Talk(OWNER.id, "start", "case_type", {}, None, NOW)
    async with guest.desk.memory.work.write() as work:
        await work.talks.put(own)
        await work.commit()
    await guest.types(await guest.code())
    assert guest.desk.memory.state.talks == {OWNER.id: own}
