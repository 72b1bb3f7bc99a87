"""``board.joining_ports``, and what the people's repository knows of accounts and e-mails."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from board.agenda_ports import Link
from board.delivery import Copy, DeliveryQueue
from board.ids import MeetingId, PersonId
from board.joining import Claim, JoinCode
from board.notices import tasks_of
from board.people import Person
from board.ports import Account, Work
from board.states import CaseState
from tests.contracts.delivery_steps import LEASE, change, claim, keep, remember, tell
from tests.contracts.samples import (
    KARI,
    LISE,
    NOW,
    ODD,
    OLA,
    PEOPLE,
    TODAY,
    account,
    case,
    chat,
    copy,
    fill,
    later,
    notice,
)

GUEST = PersonId("guest")
IN_SLACK, ALSO = Account("slack", "T1", "U1"), Account("slack", "T1", "U2")
SLACK = chat(GUEST, channel="slack")


async def met(work: Work, email: str = "") -> None:
    async with work.write() as unit:
        await unit.people.add(Person(GUEST, "Gjest", email), IN_SLACK)
        await unit.commit()


async def hand_over(work: Work, to: PersonId = KARI, minutes: float = 5) -> None:
    async with work.write() as unit:
        await unit.belongings.hand_over(GUEST, to, later(minutes))
        await unit.commit()


# -- codes -------------------------------------------------------------------------------------------------------------


async def give(work: Work, digest: str, code: JoinCode) -> None:
    async with work.write() as unit:
        await unit.join_codes.give(digest, code)
        await unit.commit()


async def found(work: Work, digest: str) -> JoinCode | None:
    async with work.read() as unit:
        return await unit.join_codes.get(digest)


async def test_a_code_is_found_by_its_digest_and_known_when_it_was_used(work: Work) -> None:
    code = JoinCode(KARI, LISE, NOW, NOW + timedelta(hours=72))
    await give(work, "one", code)
    assert await found(work, "one") == code
    assert await found(work, "other") is None
    async with work.write() as unit:
        await unit.join_codes.use("one", later(3))
        assert await unit.join_codes.get("one") == replace(code, used_at=later(3))
        await unit.commit()
    assert await found(work, "one") == replace(code, used_at=later(3))


async def test_a_new_code_takes_the_place_of_the_persons_unused_ones_only(work: Work) -> None:
    kari, ola = JoinCode(KARI, LISE, NOW, later(60)), JoinCode(OLA, LISE, NOW, later(60))
    await give(work, "kari", kari)
    await give(work, "ola", ola)
    await give(work, "kari again", replace(kari, at=later(1)))
    assert await found(work, "kari") is None
    assert await found(work, "ola") == ola
    async with work.write() as unit:
        await unit.join_codes.use("kari again", later(2))
        await unit.join_codes.give("kari more", replace(kari, at=later(3)))
        await unit.commit()
    assert await found(work, "kari again") is not None


async def test_of_two_who_type_a_code_at_the_same_instant_the_second_sees_that_it_was_used(work: Work) -> None:
    await give(work, "one", JoinCode(KARI, LISE, NOW, later(60)))
    used: list[bool] = []

    async def types() -> None:
        async with work.write() as unit:
            code = await unit.join_codes.get("one")
            assert code is not None
            used.append(code.used_at is not None)
            await unit.join_codes.use("one", later(1))
            await unit.commit()

    await asyncio.gather(*(types() for _ in range(5)))
    assert sorted(used) == [False, True, True, True, True]


# -- accounts and e-mails ----------------------------------------------------------------------------------------------


async def test_who_has_an_email_in_whichever_case_with_every_account(work: Work) -> None:
    await fill(work)
    await met(work, "KARI.OSTBY@example.org")
    async with work.write() as unit:
        await unit.people.join(ALSO, OLA)
        await unit.commit()
    async with work.read() as unit:
        kari, guest = PEOPLE[0], Person(GUEST, "Gjest", "KARI.OSTBY@example.org")
        assert await unit.people.by_email(["kari.ostby@EXAMPLE.org"], TODAY) == [
            Claim(guest, IN_SLACK, held=False, registered=False),
            Claim(kari, account(KARI), held=False, registered=False),
        ]
        assert [(c.person.id, c.account, c.held) for c in await unit.people.by_email(["ola@example.org"], TODAY)] == [
            (OLA, ALSO, True),
            (OLA, account(OLA), True),
        ]
        odd = {day: await unit.people.by_email(["odd@example.org"], day) for day in (TODAY, TODAY + timedelta(days=1))}
        assert [(c.held, c.registered) for cs in odd.values() for c in cs] == [(True, True), (False, True)]
        several = await unit.people.by_email(["lise@example.org", "OLA@example.org", "x@example.org"], TODAY)
        assert [c.person.id for c in several] == [LISE, OLA, OLA]
        assert await unit.people.by_email(["", "nobody@example.org"], TODAY) == []
        assert not await unit.people.by_email([""], TODAY)
        assert not await unit.people.by_email([], TODAY)


async def test_an_account_goes_from_one_person_to_another(work: Work) -> None:
    await fill(work)
    await met(work)
    async with work.write() as unit:
        await unit.people.lock([GUEST, OLA, GUEST])
        assert await unit.people.accounts_of(GUEST) == [IN_SLACK]
        await unit.people.join(IN_SLACK, OLA)
        assert await unit.people.accounts_of(GUEST) == []
        assert await unit.people.accounts_of(OLA) == [IN_SLACK, account(OLA)]
        await unit.commit()
    async with work.read() as unit:
        actor = await unit.people.actor(IN_SLACK, TODAY)
        assert actor is not None
        assert actor.person == PEOPLE[1]
        assert await unit.people.owners_of([IN_SLACK, account(KARI), ALSO]) == {IN_SLACK: OLA, account(KARI): KARI}
        assert await unit.people.owners_of([replace(IN_SLACK, tenant="other")]) == {}
        assert await unit.people.owners_of([]) == {}
        known = [await unit.people.is_registered(one) for one in (OLA, ODD, KARI, GUEST, PersonId("nobody"))]
        assert known == [True, True, False, False, False]


async def test_all_that_somebody_submitted(work: Work) -> None:
    states = {"c2": CaseState.DRAFT, "c1": CaseState.WITHDRAWN, "c3": CaseState.SUBMITTED}
    await fill(work, [*(case(name, state=state) for name, state in states.items()), case("c4", by=OLA)])
    async with work.write() as unit:
        assert [one.id for one in await unit.cases.submitted_by(KARI)] == ["c1", "c2", "c3"]
        assert [one.id for one in await unit.cases.submitted_by(GUEST)] == []


# -- what is handed over -----------------------------------------------------------------------------------------------


async def test_the_guests_chat_becomes_the_persons_latest_and_the_other_stays(work: Work) -> None:
    await fill(work, reached=[KARI])
    await met(work)
    await remember(work, GUEST, SLACK, later(1))
    await hand_over(work)
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) == SLACK
        assert await unit.addresses.of(GUEST) is None
    assert not await remember(work, KARI, SLACK, later(6)), "nothing of it is new"
    assert await remember(work, KARI, chat(KARI), later(7))
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) == chat(KARI)


async def test_a_guest_who_is_reached_nowhere_leaves_the_persons_chat_as_it_is(work: Work) -> None:
    await fill(work, reached=[KARI])
    await met(work)
    await hand_over(work)
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) == chat(KARI)


async def test_copies_are_redrawn_for_the_person_where_they_are(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")])
    await met(work)
    await remember(work, GUEST, SLACK)
    await keep(work, copy(GUEST, where=SLACK))
    await hand_over(work)
    await change(work)
    (due,) = await claim(queue, later(6))
    assert (due.person, due.copy) == (KARI, Copy(SLACK, "m1", KARI, "case.review_requested", "c1", 1))


@pytest.mark.parametrize("state", ["queued", "leased", "waiting"])
async def test_what_is_in_line_for_the_guest_reaches_the_person(state: str, work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await met(work)
    if state != "waiting":
        await remember(work, GUEST, SLACK)
    await tell(work, notice(GUEST))
    if state != "queued":
        (out,) = await claim(queue)
        if state == "waiting":
            await queue.unreached(out, "no address", NOW)
    if state == "waiting":
        async with work.write() as unit:  # heard of as somebody else, in the same unit as the code
            await unit.addresses.remember(GUEST, SLACK, later(4))
            await unit.belongings.hand_over(GUEST, KARI, later(5))
            await unit.commit()
    else:
        await hand_over(work)
    found = await claim(queue, NOW + LEASE + timedelta(minutes=5))
    assert [(d.person, d.address) for d in found] == [(KARI, SLACK)]


async def test_what_waited_for_the_person_is_due_in_the_new_chat_at_once(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await met(work)
    await remember(work, GUEST, SLACK)
    await tell(work, notice(KARI, "a"), notice(KARI, "b"))
    (first,) = await claim(queue)
    await queue.unreached(first, "no way", NOW)
    (second,) = await claim(queue)
    await queue.reroute(second, "email", "no address", NOW)
    await hand_over(work)
    (due,) = await claim(queue, later(5))
    assert (due.object_id, due.address, due.way) == ("a", SLACK, "chat")
    await queue.sent(due, None, later(5))
    (due,) = await claim(queue, later(5))
    assert (due.object_id, due.address, due.way) == ("b", SLACK, "chat")


async def test_both_may_have_a_message_out_at_the_same_instant(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await met(work)
    await remember(work, GUEST, SLACK)
    await tell(work, notice(KARI, "a"), notice(GUEST, "b"), notice(GUEST, "c"))
    out = await claim(queue)
    assert len(out) == 2
    await hand_over(work)
    for due in out:
        await queue.sent(due, None, later(5))
    assert [(d.person, d.object_id) for d in await claim(queue, later(6))] == [(KARI, "c")]


async def test_a_card_of_the_guests_tasks_is_let_go(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await met(work)
    await remember(work, GUEST, SLACK)
    await keep(work, replace(copy(GUEST, where=SLACK), object_id=tasks_of(GUEST), rev=0))
    async with work.write() as unit:
        await unit.outbox.redraw(tasks_of(GUEST), 1, NOW)
        await unit.commit()
    await hand_over(work)
    assert await claim(queue, later(6)) == []


async def test_calendar_and_links_follow_and_the_persons_own_calendar_stays(work: Work) -> None:
    await fill(work)
    await met(work)
    link = Link(GUEST, MeetingId("m1"), None, later(60))
    async with work.write() as unit:
        await unit.calendars.replace(GUEST, "guest's", NOW)
        await unit.links.add("link", link)
        await unit.commit()
    await hand_over(work, OLA)
    async with work.read() as unit:
        assert await unit.calendars.whose("guest's") == OLA
        assert await unit.links.whose("link", NOW) == replace(link, person=OLA)
    async with work.write() as unit:
        await unit.calendars.replace(GUEST, "another", NOW)
        await unit.commit()
    await hand_over(work, OLA)
    async with work.read() as unit:
        assert await unit.calendars.whose("guest's") == OLA
        assert await unit.calendars.whose("another") is None


async def test_a_second_time_changes_nothing(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    await met(work)
    await remember(work, GUEST, SLACK)
    await tell(work, notice(GUEST))
    await hand_over(work)
    await remember(work, KARI, chat(KARI), later(6))
    await hand_over(work, minutes=7)
    async with work.read() as unit:
        assert await unit.addresses.of(KARI) == chat(KARI)
    assert [(d.person, d.object_id) for d in await claim(queue, later(8))] == [(KARI, "c1")]
