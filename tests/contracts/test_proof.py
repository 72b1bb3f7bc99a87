"""``board.delivery.ProofOfDelivery``: what became of what was told, and what the office is to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from board.delivery import About, DeliveryQueue, Due, Missed, Proof
from board.ids import PersonId, channel_recipient
from board.notices import Notice, NoticeKind, digest
from board.people import Body, Holding, Role
from board.ports import Work
from tests.contracts.delivery_steps import claim, keep, tell
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, TODAY, case, copy, fill, later, notice

WORD = About("meeting.word", "m1", 3, "d10")
CHANNEL = channel_recipient("teams", "19:general")


def _word(to: PersonId, *, about: str = "m1", day: str = "", expires: float | None = 60) -> Notice:
    end = None if expires is None else later(expires)
    return Notice(NoticeKind.MEETING_WORD, about, 3, to, "d10", day, end)


async def _of(work: Work, about: About = WORD, limit: int = 50) -> Sequence[Proof]:
    async with work.read() as unit:
        return await unit.proof.of(about, limit)


async def _unreached(work: Work, since: datetime = NOW, limit: int = 50) -> list[tuple[str, int, int]]:
    async with work.read() as unit:
        return [_short(missed) for missed in await unit.proof.unreached(since, limit)]


async def _expired(work: Work, since: datetime = NOW, limit: int = 50) -> list[tuple[str, int, int]]:
    async with work.read() as unit:
        return [_short(missed) for missed in await unit.proof.expired(since, limit)]


def _short(missed: Missed) -> tuple[str, int, int]:
    return missed.about.object_id, missed.missed, missed.total


async def _unlisted(work: Work, before: datetime) -> bool:
    async with work.read() as unit:
        return await unit.proof.unlisted(before)


async def _claimed(queue: DeliveryQueue, now: datetime = NOW) -> dict[str, Due]:
    return {due.person: due for due in await claim(queue, now)}


async def test_each_person_has_a_state_a_way_and_a_time(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, reached=[KARI])
    people = [PersonId(f"p{n}") for n in range(3)]
    await tell(work, *(_word(to) for to in (KARI, OLA, LISE, ODD, *people)))
    due = await _claimed(queue)
    await queue.sent(due[KARI], copy(KARI), later(1))
    await queue.reroute(due[OLA], "email", "no address", NOW)
    (ola,) = await claim(queue)
    await queue.sent(ola, None, later(2))
    await queue.unreached(due[LISE], "no e-mail", later(3))
    await queue.failed(due[ODD], "413", later(4))
    await queue.later(due["p0"], later(9), spend_attempt=True, error="503")
    await queue.reroute(due["p2"], "email", "no address", later(9))
    proofs = await _of(work)
    assert [(p.person, p.state, p.way, p.at, p.error) for p in proofs] == [
        (LISE, "waiting", "chat", NOW, "no e-mail"),
        (ODD, "failed", "chat", later(4), "413"),
        ("p0", "queued", "chat", NOW, "503"),
        ("p1", "queued", "chat", NOW, ""),
        ("p2", "queued", "email", NOW, "no address"),
        (KARI, "delivered", "chat", later(1), ""),
        (OLA, "sent", "email", later(2), ""),
    ]
    assert [p.row for p in proofs if p.person == KARI] == [due[KARI].id]
    assert await _of(work, limit=2) == proofs[:2]
    for other in (replace(WORD, part="d9"), replace(WORD, rev=2), replace(WORD, object_id="m2")):
        assert await _of(work, other) == []


async def test_of_several_rows_to_one_person_the_newest_counts(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, _word(KARI, day="1"), _word(OLA, day="1"))
    for due in (await _claimed(queue)).values():
        await queue.failed(due, "413", NOW)
    await tell(work, _word(KARI, day="2"))
    (again,) = await claim(queue)
    await queue.sent(again, None, NOW)
    assert [(p.person, p.state) for p in await _of(work)] == [(OLA, "failed"), (KARI, "delivered")]
    assert await _unreached(work) == [("m1", 1, 2)]


async def test_redrawings_and_channels_are_nobodys_proof(work: Work, queue: DeliveryQueue) -> None:
    await fill(work, [case("c1")])
    await keep(work, copy(KARI))
    async with work.write() as unit:
        await unit.outbox.redraw("c1", 2, NOW)
        await unit.outbox.tell([notice(OLA, rev=2), notice(CHANNEL, rev=2)], NOW)
        await unit.commit()
    for due in await claim(queue):
        await queue.failed(due, "413", NOW)
    assert [p.person for p in await _of(work, About("case.review_requested", "c1", 2))] == [OLA]
    assert await _unreached(work) == [("c1", 1, 1)]


async def test_groups_that_did_not_reach_everybody_the_latest_first(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    for minute, about, people in ((0, "m0", [KARI, OLA, LISE]), (1, "m1", [KARI, OLA]), (2, "m2", [KARI, OLA, ODD])):
        await tell(work, *(_word(to, about=about) for to in people), now=later(minute))
    for _ in range(3):
        for due in await claim(queue, later(3)):
            if due.object_id == "m1":
                await queue.sent(due, None, later(3))
            elif due.person == KARI:
                await queue.unreached(due, "no way", later(3))
            elif due.person == OLA and due.object_id == "m2":
                await queue.failed(due, "413", later(3))
            else:
                await queue.sent(due, None, later(3))
    assert await _unreached(work) == [("m2", 2, 3), ("m0", 1, 3)]
    assert await _unreached(work, limit=1) == [("m2", 2, 3)]
    assert await _unreached(work, since=later(2)) == [("m2", 2, 3)]
    assert await _unreached(work, since=later(2.1)) == []
    assert await _expired(work) == []


async def test_what_has_expired_is_said_since_then(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, _word(KARI), _word(OLA), _word(LISE, about="m2", expires=30), _word(ODD, about="m3", expires=None))
    due = await _claimed(queue)
    await queue.sent(due[KARI], None, NOW)
    await queue.unreached(due[OLA], "no way", NOW)
    await queue.unreached(due[LISE], "no way", NOW)
    assert await queue.expire(later(30)) == 1
    assert await queue.expire(later(60)) == 1
    assert await _expired(work) == [("m1", 1, 2), ("m2", 1, 1)]
    assert await _expired(work, since=later(31)) == [("m1", 1, 2)]
    assert await _expired(work, since=later(61)) == []
    assert await _unreached(work) == []
    assert [(p.person, p.state, p.at) for p in await _of(work)] == [
        (OLA, "expired", later(60)),
        (KARI, "delivered", NOW),
    ]


async def test_what_failed_is_to_be_listed_once(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, _word(KARI))
    assert not await _unlisted(work, later(9))
    (due,) = await claim(queue)
    await queue.unreached(due, "no way", later(1))
    assert not await _unlisted(work, NOW)
    assert await _unlisted(work, later(1))
    async with work.write() as unit:
        await unit.proof.list_all(NOW, later(2))
        assert await unit.proof.unlisted(later(1))
        await unit.proof.list_all(later(1), later(2))
        await unit.commit()
    assert not await _unlisted(work, later(9))
    assert await queue.expire(later(60)) == 1
    assert not await _unlisted(work, later(99))
    assert await _unreached(work) == []


@pytest.mark.parametrize("how", ["waiting", "failed", "expired"])
async def test_all_that_did_not_arrive_is_to_be_listed(work: Work, queue: DeliveryQueue, how: str) -> None:
    await fill(work)
    await tell(work, _word(KARI))
    (due,) = await claim(queue)
    if how == "waiting":
        await queue.unreached(due, "no way", NOW)
    elif how == "failed":
        await queue.failed(due, "413", NOW)
    else:
        assert await queue.claim(later(61), 9, later(1) - NOW) == []
        assert await queue.expire(later(61)) == 1
    assert await _unlisted(work, later(61))


async def test_what_says_so_itself_and_what_comes_again_is_not_listed(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    async with work.write() as unit:
        await unit.people.hold(Holding(LISE, Role.DEPUTY, Body.BOARD, TODAY, None, KARI))
        await unit.commit()
    await tell(work, digest(ODD, TODAY, later(60)), notice(CHANNEL), _word(KARI))
    for _ in range(2):
        for due in await claim(queue):
            await queue.unreached(due, "no way", NOW)
    assert await _unreached(work) == [("m1", 1, 1)]
    async with work.write() as unit:
        (kari,) = await unit.proof.of(WORD, 9)
        assert await unit.proof.told(kari.row, LISE, later(5))
        await unit.commit()
    assert await _unreached(work) == []
    assert not await _unlisted(work, later(99))
    assert await queue.expire(later(99)) == 2
    assert await _expired(work) == []
    assert not await _unlisted(work, later(99))


async def test_told_by_mouth_closes_what_was_not_reached(work: Work, queue: DeliveryQueue) -> None:
    await fill(work)
    await tell(work, *(_word(to) for to in (KARI, OLA, LISE, ODD)))
    due = await _claimed(queue)
    await queue.unreached(due[KARI], "no way", NOW)
    await queue.failed(due[OLA], "413", NOW)
    await queue.sent(due[LISE], None, NOW)
    async with work.write() as unit:
        said = [await unit.proof.told(due[p].id, LISE, later(5)) for p in (KARI, OLA, LISE, ODD)]
        said += [await unit.proof.told(due[KARI].id, ODD, later(6)), await unit.proof.told(99999, LISE, later(5))]
        await unit.commit()
    assert said == [True, True, False, False, False, False]
    proofs = {p.person: (p.state, p.way, p.at) for p in await _of(work)}
    assert proofs[KARI] == ("told", "spoken", later(5))
    assert proofs[OLA] == ("told", "spoken", later(5))
    assert proofs[LISE] == ("delivered", "chat", NOW)
    assert proofs[ODD] == ("queued", "chat", NOW)
    async with work.write() as unit:
        await unit.addresses.remember(KARI, copy(KARI).address, later(7))
        await unit.commit()
    assert set(await _claimed(queue, later(8))) == {ODD}
