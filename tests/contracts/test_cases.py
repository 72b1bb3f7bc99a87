"""``board.case_ports.CaseRepository``, kept by every implementation."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.case import Case
from board.case_content import WHOLE_NUMBERS, Content
from board.case_ports import WantingCase
from board.documents import Document
from board.ids import CaseId, DocumentId, MeetingId
from board.people import Actor, Role
from board.ports import Work
from board.states import CaseState
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, actor, case, changed, fill, later

S = CaseState


async def _save(work: Work, one: Case) -> None:
    async with work.write() as unit:
        await unit.cases.save(one)
        await unit.commit()


async def _lines(work: Work, who: Any, limit: int = 20) -> list[str]:
    async with work.read() as unit:
        return [line.id for line in await unit.cases.lines_for(who, limit)]


async def _found(work: Work, who: Any, words: str, limit: int = 20) -> list[str]:
    async with work.read() as unit:
        return [line.id for line in await unit.cases.find(who, words, limit)]


async def test_an_unknown_case_is_none(work: Work) -> None:
    async with work.read() as unit:
        assert await unit.cases.get(CaseId("nobody")) is None


async def test_a_case_comes_back_as_it_was(work: Work) -> None:
    document = Document(DocumentId("d1"), "mandate", "Mandat.pdf", KARI, later(3), sha256="ab" * 32, size=2**40)
    link = Document(DocumentId("d2"), "other", "Ærlig", OLA, later(4), url="https://example.org/å?b=c")
    whole = replace(
        case("c1", state=S.INCOMPLETE, minute=9),
        documents=(document, link),
        reason="Mangler «nytte»\n2. linje",
        deadline=date(2026, 12, 24),
        exclusion="e3",
        content=Content(title="x", minutes=0, cost_investment=10**15, unread={"minutes": "en stund"}),
    )
    await fill(work, [whole])
    async with work.read() as unit:
        assert await unit.cases.get(whole.id) == whole


async def test_a_saved_case_replaces_the_stored_one(work: Work) -> None:
    await fill(work, [case("c1")])
    async with work.write() as unit:
        stored = await unit.cases.get(CaseId("c1"))
        assert stored is not None
        after = changed(stored)
        await unit.cases.save(after)
        assert await unit.cases.get(CaseId("c1")) == after
        await unit.commit()
    async with work.read() as unit:
        assert await unit.cases.get(CaseId("c1")) == after


@pytest.mark.parametrize("rev", [1, 3])
async def test_any_other_revision_raises(work: Work, rev: int) -> None:
    await fill(work, [case("c1")])
    with pytest.raises(Exception, match="revision"):
        await _save(work, replace(case("c1"), rev=rev))
    async with work.read() as unit:
        assert await unit.cases.get(CaseId("c1")) == case("c1")


async def test_a_list_holds_what_concerns_a_person(work: Work) -> None:
    await fill(
        work,
        [
            case("own-draft", minute=1),
            case("others-draft", by=LISE, owner=OLA, minute=2),
            case("awaiting", state=S.AWAITING_OWNER, minute=3),
            case("received", state=S.SUBMITTED, minute=4),
            case("returned", state=S.INCOMPLETE, minute=5),
            case("ended", state=S.WITHDRAWN, minute=6),
            case("others", by=LISE, owner=None, state=S.SUBMITTED, minute=7),
            case("own-and-owned", by=OLA, owner=OLA, state=S.SUBMITTED, minute=8),
        ],
    )
    assert await _lines(work, actor(KARI)) == ["returned", "received", "awaiting", "own-draft", "ended"]
    assert await _lines(work, actor(OLA)) == ["own-and-owned", "returned", "received", "awaiting", "ended"]
    office = ["own-and-owned", "others", "received", "others-draft"]
    assert await _lines(work, actor(LISE, Role.OFFICE)) == office
    assert await _lines(work, actor(LISE)) == ["others", "others-draft"]
    assert await _lines(work, actor(ODD, Role.PORTFOLIO_LEAD)) == ["own-and-owned", "others", "received"]
    assert await _lines(work, actor(ODD, Role.CHAIR)) == []


async def test_a_list_is_the_latest_up_to_its_limit(work: Work) -> None:
    await fill(work, [case(f"c{n}", minute=n) for n in range(5)])
    assert await _lines(work, actor(KARI), limit=2) == ["c4", "c3"]


async def test_of_two_that_changed_at_once_the_newer_comes_first(work: Work) -> None:
    await fill(work, [case("b"), case("a"), case("c")])
    assert await _lines(work, actor(KARI)) == ["c", "a", "b"]


async def test_a_line_tells_what_a_list_shows(work: Work) -> None:
    one = replace(case("c1", state=S.INCOMPLETE, title="Tittel"), deadline=date(2026, 12, 1))
    await fill(work, [one])
    async with work.read() as unit:
        (line,) = await unit.cases.lines_for(actor(KARI), 5)
    assert (line.rev, line.title, line.state, line.case_type) == (1, "Tittel", "incomplete", "bp2")
    assert (line.submitter, line.owner, line.updated_at, line.deadline) == (KARI, OLA, NOW, date(2026, 12, 1))
    assert line.updated_at.tzinfo is UTC


async def test_deputies_see_what_they_stand_in_for(work: Work) -> None:
    await fill(
        work,
        [
            replace(case("draft", by=LISE, title="felles"), submitter_deputy=KARI),
            replace(case("owned", by=LISE, state=S.AWAITING_OWNER, minute=1, title="felles"), owner_deputy=KARI),
            replace(case("both", by=LISE, state=S.WITHDRAWN, minute=2, title="felles"), owner_deputy=KARI),
            replace(case("other", by=LISE, minute=3, title="felles"), submitter_deputy=ODD),
        ],
    )
    assert await _lines(work, actor(KARI)) == ["owned", "draft", "both"]
    assert await _lines(work, actor(KARI, Role.OFFICE)) == ["owned", "draft", "both"]
    assert await _found(work, actor(KARI), "felles") == ["owned", "draft", "both"]
    assert await _lines(work, actor(ODD)) == ["other"]
    async with work.read() as unit:
        for name in ("draft", "owned"):
            stored = await unit.cases.get(CaseId(name))
            assert stored is not None
            assert (stored.submitter_deputy, stored.owner_deputy) == ((KARI, None) if name == "draft" else (None, KARI))


async def test_old_cases_of_a_deputy_are_found_by_the_index(work: Work) -> None:
    """Beyond what is looked through of the latest."""
    old = replace(case("old", by=LISE, title="sjelden"), submitter_deputy=KARI)
    newer = [replace(case(f"n{n}", by=LISE, minute=n + 1), submitter_deputy=KARI) for n in range(210)]
    await fill(work, [old, *newer])
    assert await _found(work, actor(KARI), "sjelden") == ["old"]


async def test_cases_that_want_a_meeting(work: Work) -> None:
    m1, m2, m3 = (MeetingId(f"m{n}") for n in (1, 2, 3))

    def wants(name: str, meeting: MeetingId | None, state: CaseState) -> Case:
        plain = case(name, state=state)
        return replace(plain, content=replace(plain.content, wanted_meeting=meeting))

    await fill(
        work,
        [
            wants("c", m1, S.SUBMITTED),
            wants("b", m2, S.DRAFT),
            wants("a", m1, S.WITHDRAWN),
            wants("d", m3, S.SUBMITTED),
            wants("e", None, S.SUBMITTED),
        ],
    )
    async with work.read() as unit:
        assert await unit.cases.wanting([m2, m1]) == [
            WantingCase(CaseId("b"), m2, S.DRAFT, KARI, None),
            WantingCase(CaseId("c"), m1, S.SUBMITTED, KARI, OLA),
        ]
        assert list(await unit.cases.wanting([])) == []
    await _save(work, replace(wants("b", m3, S.SUBMITTED), rev=2))
    async with work.read() as unit:
        assert [found.id for found in await unit.cases.wanting([m3])] == ["b", "d"]


async def test_drafts_are_what_can_be_filled_in(work: Work) -> None:
    states = (S.DRAFT, S.INCOMPLETE, S.AWAITING_OWNER, S.SUBMITTED, S.WITHDRAWN)
    cases = [case(state.value, state=state, minute=n) for n, state in enumerate(states)]
    await fill(work, [*cases, case("hers", by=LISE)])
    async with work.read() as unit:
        assert [line.id for line in await unit.cases.drafts_of(KARI, 9)] == ["incomplete", "draft"]
        assert [line.id for line in await unit.cases.drafts_of(KARI, 1)] == ["incomplete"]


async def test_cases_are_found_by_parts_of_words(work: Work) -> None:
    journal = case("c1", state=S.SUBMITTED, title="Nytt pasientJOURNALsystem på Ørje", project_ref="P-20_41%")
    other = case("c2", state=S.SUBMITTED, title="Økt kapasitet", minute=1)
    await fill(work, [journal, other])
    office = actor(LISE, Role.OFFICE)
    for words in ("journal", "SYSTEM ørje", "p-20_41%", "på", "ø", '"', "a%b", "journal kapasitet"):
        folded = words.lower().split()
        expected = [
            c.id
            for c in (other, journal)
            if all(w in f"{c.content.title}\n{c.content.project_ref}".lower() for w in folded)
        ]
        assert await _found(work, office, words) == expected, words
        assert await _found(work, actor(KARI), words) == expected, words
    assert await _found(work, office, "  ") == []


async def test_a_new_title_is_found_and_the_old_one_is_not(work: Work) -> None:
    before = case("c1", state=S.SUBMITTED, title="Gammelt navn")
    await fill(work, [before])
    async with work.write() as unit:
        await unit.cases.save(changed(before, title="Noe annet"))
        await unit.commit()
    assert await _found(work, actor(LISE, Role.OFFICE), "annet") == ["c1"]
    assert await _found(work, actor(LISE, Role.OFFICE), "gammelt") == []


async def test_what_one_may_not_see_is_not_found(work: Work) -> None:
    await fill(
        work,
        [
            case("draft", title="hemmelig"),
            case("awaiting", state=S.AWAITING_OWNER, title="hemmelig", minute=1),
            case("received", state=S.SUBMITTED, title="hemmelig", minute=2),
        ],
    )
    assert await _found(work, actor(KARI), "hemmelig") == ["received", "awaiting", "draft"]
    assert await _found(work, actor(OLA), "hemmelig") == ["received", "awaiting"]
    assert await _found(work, actor(LISE, Role.OFFICE), "hemmelig") == ["received"]
    assert await _found(work, actor(LISE), "hemmelig") == []


_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
_contents = st.builds(
    Content,
    **{f.name: _words for f in fields(Content) if f.type == "str"},
    **{name: st.none() | st.integers(0, 10**15) for name in WHOLE_NUMBERS},
    project_owner=st.none() | _words,
    wanted_meeting=st.none() | _words,
    classification=st.sampled_from(["open", "exempt"]),
    unread=st.dictionaries(_words, _words, max_size=3),
)
_instants = st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is `timezones`
_documents = st.lists(
    st.builds(Document, _words, _words, _words, _words, _instants, url=_words, size=st.integers(0, 2**62)), max_size=3
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_contents, documents=_documents, at=_instants, rev=st.integers(1, 2**31 - 1), reason=_words)
async def test_anything_typed_comes_back(
    work: Work, content: Content, documents: list[Document], at: datetime, rev: int, reason: str
) -> None:
    async with work.write() as unit:
        whole: Case = replace(
            case("any"), content=content, documents=tuple(documents), updated_at=at, rev=rev, reason=reason
        )
        await unit.cases.add(whole)
        assert await unit.cases.get(whole.id) == whole


async def test_titles_are_of_the_cases_that_one_may_see(work: Work) -> None:
    handed_on = case("c3", state=CaseState.AWAITING_OWNER, title="Til eier")
    deputies = replace(handed_on, id=CaseId("c5"), owner_deputy=ODD, submitter_deputy=LISE)
    await fill(
        work,
        [
            case("c1", title="Utkast"),
            case("c2", state=CaseState.SUBMITTED, title="På kontoret"),
            handed_on,
            case("c4", state=CaseState.SUBMITTED, title="Ikke spurt om"),
            deputies,
        ],
    )
    asked = [CaseId(name) for name in ("c1", "c2", "c3", "c5", "finnes-ikke")]

    async def seen(who: Actor) -> dict[str, str]:
        async with work.read() as unit:
            return {str(name): title for name, title in (await unit.cases.titles(who, asked)).items()}

    of_owner = {"c2": "På kontoret", "c3": "Til eier", "c5": "Til eier"}
    assert await seen(actor(KARI)) == {"c1": "Utkast", **of_owner}
    assert await seen(actor(OLA)) == of_owner
    assert await seen(actor(LISE, Role.OFFICE)) == {"c2": "På kontoret", "c5": "Til eier"}
    assert await seen(actor(ODD)) == {"c5": "Til eier"}
    async with work.read() as unit:
        assert await unit.cases.titles(actor(KARI), []) == {}
