"""``board.after_ports``, kept by every implementation; and the names of organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from board.anchoring import Anchor, Anchored
from board.benefits import BenefitReport, BenefitStatus
from board.ids import CaseId, ItemId, MeetingId, OrganisationId
from board.later import LaterKind, LaterStep
from board.people import Organisation
from board.ports import Work
from tests.contracts.samples import KARI, NOW, OLA

FIRST = LaterStep(LaterKind.BENEFIT, "case-1", NOW, date(2026, 9, 1), "6")
SECOND = replace(FIRST, at=NOW + timedelta(days=180), part="12")
ANCHOR = LaterStep(LaterKind.ANCHOR, "meeting-1", NOW - timedelta(hours=1), date(2026, 9, 1))
SAID = Anchor(MeetingId("m"), ItemId("i1"), "ahus", KARI, Anchored.PARTLY, NOW, "Åtte «ni»")
REPORT = BenefitReport(
    CaseId("case-1"), 6, KARI, NOW, BenefitStatus.NOT, "Nei.\nIkke ennå.", 10**15, None, CaseId("case-9")
)


async def test_what_is_due_comes_by_time_until_it_is_done(work: Work) -> None:
    async with work.write() as unit:
        await unit.later.put([FIRST, SECOND, ANCHOR])
        await unit.later.put([replace(FIRST, at=NOW + timedelta(days=900))])
        assert list(await unit.later.due(NOW, 10)) == [ANCHOR, FIRST]
        await unit.commit()
    async with work.write() as unit:
        assert list(await unit.later.due(NOW, 1)) == [ANCHOR]
        await unit.later.done([ANCHOR], NOW)
        assert list(await unit.later.due(NOW, 10)) == [FIRST]
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.later.due(NOW, 10)) == [FIRST]
        assert list(await unit.later.due(NOW - timedelta(seconds=1), 10)) == []
        assert list(await unit.later.of_object("case-1")) == [FIRST, SECOND]
        assert list(await unit.later.of_object("meeting-1")) == [replace(ANCHOR, done_at=NOW)]


async def test_an_organisations_latest_word_stands(work: Work) -> None:
    later = replace(SAID, person=OLA, answer=Anchored.YES, note="", at=NOW + timedelta(days=1))
    other = replace(SAID, unit="vv")
    elsewhere = replace(SAID, meeting=MeetingId("n"))
    async with work.write() as unit:
        for anchor in (other, SAID, elsewhere, later):
            await unit.anchors.put(anchor)
        assert list(await unit.anchors.of_meeting(MeetingId("m"))) == [later, other]
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.anchors.of_meeting(MeetingId("m"))) == [later, other]
        assert list(await unit.anchors.of_meeting(MeetingId("none"))) == []


async def test_a_checkpoint_is_reported_once(work: Work) -> None:
    second = replace(REPORT, months=12, status=BenefitStatus.ON_TRACK, expected=None, realised=0, made=None)
    async with work.write() as unit:
        assert await unit.benefits.add(second)
        assert await unit.benefits.add(REPORT)
        assert not await unit.benefits.add(replace(REPORT, text="Anders", person=OLA))
        await unit.commit()
    async with work.read() as unit:
        assert list(await unit.benefits.of_case(REPORT.case)) == [REPORT, second]
        assert await unit.benefits.of_cases([CaseId("none"), REPORT.case]) == {REPORT.case: [REPORT, second]}
        assert list(await unit.benefits.of_case(CaseId("none"))) == []
        assert await unit.benefits.of_cases([]) == {}


async def test_organisations_have_names(work: Work) -> None:
    here = Organisation(OrganisationId("vv"), "Vestre Viken")
    async with work.write() as unit:
        await unit.people.add_organisation(here)
        assert await unit.people.organisations(["vv", "none"]) == {"vv": here}
        assert await unit.people.organisations([]) == {}
        await unit.commit()
