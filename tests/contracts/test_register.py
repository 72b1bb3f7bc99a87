"""The decision register on both databases and in the double: who finds what, by which words, in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.case import Case
from board.decision import Outcome
from board.follow_up import FollowUpState
from board.ids import ItemId
from board.minutes import Minutes, MinutesState
from board.people import Actor, Body, Role
from board.ports import Work
from board.register import Number, RegisterEntry, RegisterQuery, Sees, Status, sees
from tests.contracts.register_samples import DAY, decision, found, ids, meeting_of, now_says, on_board, stored
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, actor

OFFICE = actor(LISE, Role.OFFICE)
MEMBER = actor(ODD, Role.MEMBER)
GUEST = actor(ODD)
SECRET = "hemmelighet"


def _everything() -> list[tuple[Case, RegisterEntry]]:
    """Each state of a decision, on a case as it is and without each of the people."""
    states = [
        {"published": published, "minutes_approved": approved, "exempt": exempt}
        for published in (True, False)
        for approved in (True, False)
        for exempt in (True, False)
    ]
    excluded = {"": (), "lise": (LISE,), "odd": (ODD,), "kari": (KARI,), "all": (KARI, OLA, LISE, ODD)}
    made = []
    for number, state in enumerate(states):
        for name, people in excluded.items():
            for deputy in (None, ODD):
                case = on_board(f"c{number}-{name}-{deputy}", excluded=frozenset(people), owner_deputy=deputy)
                texts = {"title": f"Sak om {SECRET}", "public_title": "Offentlig sak", "text": "Styret vedtar"}
                made.append((case, decision(case.id, **texts, **state)))
    return made


def _actors() -> list[Actor]:
    roles = [(), *((role,) for role in Role), (Role.CHAIR, Role.WG_MEMBER), (Role.ARCHIVIST, Role.BENEFIT_OWNER)]
    return [actor(person, *held) for person in (KARI, OLA, LISE, ODD) for held in roles]


async def test_everybody_finds_what_is_theirs_to_see_and_nothing_else(work: Work) -> None:
    made = _everything()
    await stored(work, [entry for _, entry in made], [case for case, _ in made])
    for who in _actors():
        by_right = {entry.case: sees(who, entry, case) for case, entry in made}
        public = await found(work, who, RegisterQuery(("offentlige",)), 500)
        everything = await found(work, who, RegisterQuery(), 500)
        whole = await found(work, who, RegisterQuery((SECRET,)), 500)
        expected = {name: seen for name, seen in by_right.items() if seen}
        for page in (public, everything):
            assert {hit.entry.case: hit.sees for hit in page.hits} == expected, who
        assert {hit.entry.case for hit in whole.hits} == {n for n, seen in expected.items() if seen is Sees.ALL}, who
        for hit in everything.hits:
            assert (SECRET in f"{hit.title}{hit.entry}") == (hit.sees is Sees.ALL), who
        assert everything.more is None


async def test_who_becomes_inhabil_finds_nothing_any_more(work: Work) -> None:
    await stored(work, [decision("c1")])
    assert await ids(work, MEMBER) == ["c1"]
    async with work.write() as unit:
        case = await unit.cases.get(decision("c1").case)
        assert case is not None
        await unit.cases.save(replace(case, rev=case.rev + 1, excluded=frozenset({ODD})))
        await unit.commit()
    assert await ids(work, MEMBER) == await ids(work, GUEST) == []
    assert await ids(work, MEMBER, "offentlig") == []
    assert await ids(work, OFFICE) == ["c1"]


async def test_what_is_classified_is_found_by_the_public_no_more_and_what_is_opened_is(work: Work) -> None:
    await stored(work, [decision("c1")])
    for classification in ("exempt", "open", "exempt"):
        await now_says(work, "c1", classification=classification)
        assert await ids(work, GUEST, "offentlig") == (["c1"] if classification == "open" else [])
        assert await ids(work, MEMBER, "offentlig") == ["c1"]


async def test_a_decision_is_found_by_what_is_so_from_the_commit_on(work: Work) -> None:
    entry = decision("c1", title="Heliks", text="Rammen", published=False, minutes_approved=False, open_follow_ups=True)
    await stored(work, [entry])
    assert await ids(work, MEMBER) == []
    assert await ids(work, OFFICE, statuses=(Status.UNPUBLISHED,)) == ["c1"]
    await now_says(work, "c1", title="Kurve")
    assert (await ids(work, OFFICE, "heliks"), await ids(work, OFFICE, "kurve")) == ([], ["c1"])
    meeting = meeting_of(entry)
    async with work.write() as unit:
        recorded = await unit.decisions.get(meeting, ItemId("i0"))
        assert recorded is not None
        anew = replace(recorded, rev=2, text="Avslag", outcome=Outcome.REJECTED)
        await unit.decisions.put(anew)
        await unit.decisions.put(anew.published(LISE, NOW))
        assert await ids(work, MEMBER) == [], "not before the commit"
        await unit.commit()
    assert await ids(work, MEMBER, "rammen") == await ids(work, MEMBER, statuses=(Status.ADOPTED,)) == []
    assert await ids(work, MEMBER, "avslaget", statuses=(Status.PROVISIONAL, Status.OPEN_FOLLOW_UP)) == ["c1"]
    assert await ids(work, GUEST) == []
    async with work.write() as unit:
        await unit.minutes_book.add(Minutes(meeting, Body.BOARD, 1, MinutesState.CIRCULATED, 1, LISE, NOW), None)
        minutes = await unit.minutes_book.get(meeting)
        assert minutes is not None
        await unit.minutes_book.save(replace(minutes, rev=2, state=MinutesState.APPROVED))
        [follow_up] = (await unit.follow_ups.of_cases([entry.case]))[entry.case]
        await unit.follow_ups.save(replace(follow_up, rev=2, state=FollowUpState.DONE, done_at=NOW, done_by=OLA))
        await unit.commit()
    assert await ids(work, MEMBER, statuses=(Status.PROVISIONAL,)) == []
    assert await ids(work, MEMBER, statuses=(Status.OPEN_FOLLOW_UP,)) == []
    assert await ids(work, GUEST, statuses=(Status.FINAL, Status.REJECTED)) == ["c1"]


async def test_who_works_on_the_case_afterwards_changes_no_decision(work: Work) -> None:
    await stored(work, [decision("c1", title="Heliks", public_title="Ny helikssak", project_ref="P-1")])
    await now_says(work, "c1", title="Kurve", public_title="Kladd", project_ref="P-2")
    await now_says(work, "c1", classification="open")
    for who, title in ((MEMBER, "Heliks"), (GUEST, "Ny helikssak")):
        [hit] = (await found(work, who, RegisterQuery())).hits
        assert hit.title == title
        assert await ids(work, who, "kurve") == await ids(work, who, "kladd") == []
    assert (await ids(work, MEMBER, project="P-1"), await ids(work, MEMBER, project="P-2")) == (["c1"], [])


async def test_what_is_taken_back_is_not_found(work: Work) -> None:
    await stored(work, [decision("c1", title="Heliks")])
    async with work.write() as unit:
        case = await unit.cases.get(decision("c1").case)
        assert case is not None
        await unit.cases.save(replace(case, rev=2, content=replace(case.content, title="Kurve")))
    assert (await ids(work, MEMBER, "heliks"), await ids(work, MEMBER, "kurve")) == (["c1"], [])


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Ny løsning ved sykehusene", ("sykehusets",)),
        ("Ny løsning ved sykehusene", ("SJUKEHUS",)),
        ("Ny løsning ved sykehusene", ("løysinga", "sjukehusa")),
        ("Ny løysing ved sjukehuset", ("løsninger", "sykehus")),
        ("Årsmøtet i føretaket", ("aarsmoete", "foretak")),
        ("Pasientjournalsystemet", ("journal",)),
        ("Pasientjournalsystemet", ("pasient", "systemer")),
        ("Nytt journal system", ("journalsystemet",)),
        ("Nytt journalsystem", ("journal", "system")),
        ("Heliksprosjektet", ("heliks",)),
        ("Kvasar løftet", ("kvasarløft",)),
        ("Kvasarløftet", ("kvasar", "løft")),
        ("Innføring av e-resept", ("eresept",)),
        ("Innføring av e-resept", ("e-resepter",)),
        ("Prosjektet P-0123", ("p123",)),
        ("Planning of the cloud migration", ("planned", "migrations")),
        ("Résumé for Vestre Viken", ("resume", "viken")),
        ("Styret vedtok M365", ("m365",)),
    ],
)
async def test_words_are_found_in_the_forms_that_people_write(work: Work, written: str, asked: tuple[str, ...]) -> None:
    await stored(work, [decision("c1", title=written), decision("c2", title="Noe helt annet")])
    assert await ids(work, MEMBER, *asked) == ["c1"]
    assert await ids(work, MEMBER, *asked, "mangler") == []


async def test_an_open_case_without_a_public_title_is_called_by_its_own(work: Work) -> None:
    await stored(work, [decision("c1", title="Heliks", public_title="")])
    [hit] = (await found(work, GUEST, RegisterQuery(("heliks",)))).hits
    assert hit.title == "Heliks"


async def test_text_and_conditions_are_searched_too(work: Work) -> None:
    one = decision("c1", text="Styret godkjenner rammen.", conditions="Risikovurdering innen mai.")
    await stored(work, [one, decision("c2")])
    assert await ids(work, MEMBER, "rammene") == await ids(work, MEMBER, "risikovurderinger") == ["c1"]
    assert await ids(work, GUEST, "rammene") == ["c1"]


async def test_numbers_project_status_and_day(work: Work) -> None:
    old = decision("c1", number="065-2014", wg_number="AU 003-2014", decided_on=date(2014, 5, 8), project_ref="P-77")
    new = decision("c2", number="065-2026", outcome=Outcome.REJECTED)
    amended = decision("c3", number="2026/12", outcome=Outcome.ADOPTED_AMENDED, open_follow_ups=True)
    await stored(work, [old, new, amended])
    assert await ids(work, MEMBER, number=Number(65, 2014)) == ["c1"]
    assert await ids(work, MEMBER, number=Number(65)) == ["c2", "c1"]
    assert await ids(work, MEMBER, number=Number(12, 2026)) == ["c3"]
    assert await ids(work, MEMBER, number=Number(3, 2014, of_group=True)) == ["c1"]
    assert await ids(work, GUEST, number=Number(3, 2014, of_group=True)) == []
    assert await ids(work, MEMBER, project="p 077") == ["c1"]
    assert await ids(work, GUEST, project="P-77") == []
    assert await ids(work, MEMBER, statuses=(Status.REJECTED,)) == ["c2"]
    assert await ids(work, MEMBER, statuses=(Status.ADOPTED,)) == ["c3", "c1"]
    assert await ids(work, MEMBER, statuses=(Status.AMENDED, Status.OPEN_FOLLOW_UP)) == ["c3"]
    assert await ids(work, MEMBER, statuses=(Status.REJECTED, Status.OPEN_FOLLOW_UP)) == []
    assert await ids(work, MEMBER, statuses=(Status.REJECTED, Status.ADOPTED)) == ["c3", "c2", "c1"]
    assert await ids(work, MEMBER, statuses=(Status.REJECTED, Status.AMENDED), since=DAY) == ["c3", "c2"]
    assert await ids(work, MEMBER, since=date(2014, 1, 1), until=date(2014, 5, 8)) == ["c1"]
    assert await ids(work, MEMBER, since=date(2014, 5, 9)) == ["c3", "c2"]
    assert await ids(work, MEMBER, until=date(2014, 5, 7)) == []


@pytest.mark.parametrize("who", [MEMBER, GUEST, actor(KARI)])
async def test_pages_follow_each_other_newest_first(work: Work, who: Actor) -> None:
    """KARI submitted all of them, and sees her own before they are public."""
    entries = [
        decision(f"c{n}", decided_on=DAY + timedelta(days=n // 3), minutes_approved=n % 2 == 0, title="Kurve sak")
        for n in range(11)
    ]
    await stored(work, entries)
    for words in ((), ("sak",), ("offentlig", "sak")):
        query = RegisterQuery(words if who is not GUEST else words[:1] and ("offentlig",))
        whole = [hit.entry.case for hit in (await found(work, who, query)).hits]
        pages, before = [], None
        while True:
            page = await found(work, who, query, 3, before)
            pages += [hit.entry.case for hit in page.hits]
            if (before := page.more) is None:
                break
        assert pages == whole == [f"c{n}" for n in range(10, -1, -1) if who is not GUEST or n % 2 == 0]


async def test_what_was_misspelt_is_offered_to_those_who_find_something_by_it(work: Work) -> None:
    await stored(work, [decision("c1", title="Heliksprosjektet", public_title="Årsmøte"), decision("c2", exempt=True)])

    async def near(who: Actor, word: str) -> list[str]:
        async with work.read() as unit:
            return list(await unit.register.similar(who, word, 3))

    assert await near(MEMBER, "heliksprosjetket") == ["heliksprosjektet"]
    assert await near(MEMBER, "heliksp") == ["heliksprosjektet"]
    assert await near(GUEST, "heliksprosjetket") == []
    assert await near(GUEST, "arsmote") == ["årsmøte"]
    assert await near(MEMBER, "zzzzzz") == await near(MEMBER, "abc") == []


async def test_a_word_that_is_not_published_yet_is_offered_to_its_keepers_only(work: Work) -> None:
    await stored(work, [decision("c1", title="Heliksprosjektet", published=False)])
    async with work.read() as unit:
        near = [list(await unit.register.similar(who, "heliksprosjetket", 3)) for who in (MEMBER, GUEST, OFFICE)]
    assert near == [[], [], ["heliksprosjektet"]]
