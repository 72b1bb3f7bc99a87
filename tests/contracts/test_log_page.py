"""Pages of the log and of what was sent (``board.ports.History``, ``board.delivery``), kept by every implementation."""

from __future__ import annotations

from dataclasses import replace

from board.delivery import NEWEST
from board.events import Happened
from board.log_page import LogPlace, merged
from board.people import Role
from board.ports import Work
from board.states import CaseState
from tests.contracts.samples import KARI, LISE, NOW, OLA, actor, case, event, notice


async def _log(work: Work) -> None:
    async with work.write() as unit:
        for n in range(1, 7):
            await unit.history.append([event("a" if n % 2 else "b", rev=n, minute=n)])
        await unit.history.append([replace(event("a", rev=7, minute=7), what=Happened.CASE_ACCEPTED), event("c")])
        await unit.commit()


async def test_the_newest_rows_of_some_objects_first_and_below_a_row(work: Work) -> None:
    await _log(work)
    async with work.read() as unit:
        rows = await unit.history.page(["a", "b"], 4)
        assert [(r.seq, r.event.object_id, r.event.rev) for r in rows] == [
            (7, "a", 7), (6, "b", 6), (5, "a", 5), (4, "b", 4),
        ]  # fmt: skip
        assert [r.seq for r in await unit.history.page(["a", "b"], 9, rows[-1].seq)] == [3, 2, 1]
        assert [r.seq for r in await unit.history.page(["a", "x", "a"], 9, 6)] == [5, 3, 1]
        assert [r.seq for r in await unit.history.page(["a"], 9, NEWEST, [Happened.CASE_ACCEPTED])] == [7]
        assert list(await unit.history.page([], 9)) == []


async def test_the_newest_notices_about_some_objects_and_what_became_of_them(work: Work) -> None:
    async with work.write() as unit:
        await unit.outbox.tell([notice(KARI), notice(OLA), notice(KARI, about="c2")], NOW)
        await unit.outbox.tell([replace(notice(LISE), part="p")], NOW)
        await unit.commit()
    async with work.read() as unit:
        rows = await unit.proof.page(["c1"], 2)
        assert [(r.proof.person, r.about.object_id, r.about.part, r.at) for r in rows] == [
            (LISE, "c1", "p", NOW), (OLA, "c1", "", NOW),
        ]  # fmt: skip
        assert [r.proof.person for r in await unit.proof.page(["c1"], 9, rows[-1].proof.row)] == [KARI]
        assert len(await unit.proof.page(["c1", "c2"], 9, NEWEST, [notice(KARI).kind])) == 4
        assert list(await unit.proof.page(["c1"], 9, NEWEST, ["other"])) == []
        assert list(await unit.proof.page([], 9)) == []


async def test_pages_of_both_together_lose_nothing_and_repeat_nothing(work: Work) -> None:
    await _log(work)
    async with work.write() as unit:
        await unit.outbox.tell([notice(KARI, about="a", rev=n) for n in range(5)], NOW)
        await unit.commit()
    place, seen = LogPlace(), []
    async with work.read() as unit:
        while True:
            events = await unit.history.page(["a", "b"], 4, place.seq)
            sent = await unit.proof.page(["a", "b"], 4, place.row)
            page = merged(events, sent, place, 3)
            seen += [
                (one.event.rev if one.event else None, one.sent.about.rev if one.sent else None) for one in page.entries
            ]
            if page.below is None:
                break
            place = page.below
    assert sorted(seen, key=str) == sorted([*((n, None) for n in range(1, 8)), *((None, n) for n in range(5))], key=str)


async def test_a_list_says_of_an_untold_decision_what_its_reader_may_know(work: Work) -> None:
    """``board.case_outcome.state_known_to``, in every list and search."""
    made = replace(
        case("c1"), state=CaseState.DECIDED, received_at=NOW, accepted_at=NOW, agenda_at=NOW, dispatched_at=NOW
    )
    async with work.write() as unit:
        await unit.cases.add(made)
        await unit.commit()
    async with work.read() as unit:
        for who, state in (
            (actor(made.submitter), CaseState.DISPATCHED),
            (actor(OLA, Role.WG_MEMBER), CaseState.DISPATCHED),
            (actor(OLA, Role.OFFICE), CaseState.DECIDED),
            (actor(OLA, Role.MEMBER), CaseState.DECIDED),
        ):
            (line,) = await unit.cases.find(who, made.content.title, 5)
            assert line.state == state, who
        (mine,) = await unit.cases.lines_for(actor(made.submitter), 5)
    assert mine.state == CaseState.DISPATCHED
