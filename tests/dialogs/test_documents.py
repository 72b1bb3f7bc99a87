"""Files and links: put where their name says, asked about where it does not, and none forgotten."""

from __future__ import annotations

import pytest

from board.case import Case
from dialogs.documents_talk import Found, guess, links_in
from tests.board.support import complete, draft, mandate
from tests.dialogs.support import Chat, House, words, writes

BP2 = ("meld sak", "prosjekt", "bp2", "kliniske løsninger", "nei til alle")
NAMED = {
    "Prosjektforslag v2 signert.pdf": ("bp2", "project_proposal"),
    "prosjektforslag_endelig.docx": ("bp2", "project_proposal"),
    "Konseptvalgnotat-heliks.pdf": ("bp2", "concept_report"),
    "KONSEPTRAPPORT.PDF": ("bp2", "concept_report"),
    "Project proposal.pdf": ("bp2", "project_proposal"),
    "Business case 2026.xlsx": ("bp2", "business_case"),
    "faseplan.xlsx": ("bp2", "stage_plan"),
    "Gevinstoversikt.xlsx": ("bp2", "benefit_documents"),
    "gevinstrealiseringsplan.pdf": ("bp3", "benefit_plan"),
    "ROS-analyse kurve.pdf": ("bp3", "privacy_security"),
    "DPIA.docx": ("bp3", "privacy_security"),
    "PID kurve.pdf": ("bp3", "project_directive"),
    "Oppdatert prosjektbegrunnelse.pdf": ("bp3", "business_case_updated"),
    "Uvisseanalyse.pdf": ("bp3", "risk_analysis"),
    "Gjennomgått gevinstrealiseringsplan.pdf": ("bp4", "benefit_plan_reviewed"),
    "Oppdatert gevinstrealiseringsplan.pdf": ("bp5", "benefit_plan_updated"),
    "Erfaringslog.pdf": ("bp5", "lessons_log"),
    "mandat konseptfase.pdf": ("bp1", "concept_mandate"),
}
UNCLEAR = ["x.pdf", "Notat til styret.pdf", "plan.pdf", "IMG_2041.png", "Konseptrapport og faseplan.pdf", "a", ""]


@pytest.mark.parametrize("name", NAMED)
def test_a_file_goes_where_its_name_says(name: str) -> None:
    case_type, kind = NAMED[name]
    assert guess(Found(name), draft(case_type), mandate()) == kind


@pytest.mark.parametrize("name", UNCLEAR)
def test_an_unclear_name_is_not_guessed(name: str) -> None:
    assert guess(Found(name), draft("bp2"), mandate()) is None


def test_a_short_name_must_stand_alone() -> None:
    assert guess(Found("rapid-kurve.pdf"), draft("bp3"), mandate()) is None


@pytest.mark.parametrize("kind", [d.id for d in mandate().document_types])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_document_is_known_by_its_own_name(kind: str, language: str) -> None:
    for case_type in (t for t in mandate().case_types if kind in t.documents):
        name = mandate().document_type[kind].label[language]
        assert guess(Found(f"{name}.pdf"), draft(case_type.id), mandate()) == kind, name


def test_each_link_has_the_words_before_it() -> None:
    text = "Prosjektforslag: https://example.org/a.pdf\nFaseplan – https://example.org/b.pdf."
    assert [(f.hint, f.url, f.name) for f in links_in(text)] == [
        ("Prosjektforslag", "https://example.org/a.pdf", "a.pdf"),
        ("Faseplan", "https://example.org/b.pdf", "b.pdf"),
    ]
    assert links_in("https://example.org/a.pdf (faseplan)")[0].hint == "faseplan"
    assert links_in("Bakgrunnen er beskrevet i utredningen fra 2024, se https://example.org/a.pdf for mer om den") == ()
    assert links_in("ingen lenke") == ()


async def _documents(house: House) -> list[tuple[str, str]]:
    case: Case = await house.only_case()
    return [(d.type, d.name) for d in case.documents]


async def test_two_named_links_are_two_documents(house: House, chat: Chat) -> None:
    await chat.answer(*BP2)
    said = await chat.say("Prosjektforslag: https://example.org/a.pdf\nFaseplan: https://example.org/b.pdf")
    assert "2 av 5 på plass" in words(said)
    assert await _documents(house) == [("project_proposal", "a.pdf"), ("stage_plan", "b.pdf")]


async def test_an_unclear_file_is_asked_about_with_the_missing_ones_first(house: House, chat: Chat) -> None:
    await chat.answer(*BP2, "Prosjektforslag https://example.org/a.pdf")
    asked = await chat.say("", Found("x.pdf", sha256="ab" * 32, size=3))
    assert "Hvilket dokument er «x.pdf»?" in words(asked)
    assert writes(asked)[0] == "Prosjektbegrunnelse"
    assert writes(asked)[-1] == "Annet vedlegg"
    assert "«x.pdf»" in words(await chat.say("vet da ikke jeg"))
    assert "2 av 5 på plass" in words(await chat.say("Faseplan"))
    assert (await _documents(house))[1:] == [("stage_plan", "x.pdf")]


async def test_files_that_come_one_by_one_are_all_asked_about(house: House, chat: Chat) -> None:
    """Teams sends each file as a message of its own: the second must not make the first forgotten."""
    await chat.answer(*BP2)
    for number in (1, 2, 3):
        await chat.say("", Found(f"scan{number}.pdf", sha256=f"{number}" * 64, size=number))
    await chat.say("", Found("Konseptrapport.pdf", sha256="a" * 64, size=9))
    for kind in ("Prosjektforslag", "Faseplan", "Annet vedlegg"):
        assert "Hvilket dokument er" in words(chat.last)
        await chat.say(kind)
    assert sorted(await _documents(house)) == [
        ("concept_report", "Konseptrapport.pdf"),
        ("other", "scan3.pdf"),
        ("project_proposal", "scan1.pdf"),
        ("stage_plan", "scan2.pdf"),
    ]
    talk = await house.talk()
    assert talk is not None
    assert talk.question == "title", "back to the question that stood open"


async def test_the_same_file_again_is_one_document(house: House, chat: Chat) -> None:
    await chat.answer(*BP2)
    for _ in range(3):
        await chat.say("", Found("Faseplan.pdf", sha256="a" * 64, size=9))
    assert await _documents(house) == [("stage_plan", "Faseplan.pdf")]


@pytest.mark.parametrize("link", ["http://example.org/faseplan.pdf", "https://intranett/faseplan.pdf"])
async def test_a_link_that_is_no_whole_address_is_told(link: str, house: House, chat: Chat) -> None:
    await chat.answer(*BP2)
    assert "https://" in words(await chat.say(link))
    assert await _documents(house) == []


async def test_what_the_store_refused_is_told_and_the_rest_is_kept(house: House, chat: Chat) -> None:
    await chat.answer(*BP2)
    said = await chat.say("", Found("film.exe", refused="type"), Found("Faseplan.pdf", sha256="a" * 64, size=9))
    assert "film.exe" in words(said)
    assert "1 av 5 på plass" in words(said)


async def test_the_eleventh_is_told(house: House, chat: Chat) -> None:
    await chat.answer("meld sak", "prosjekt", "orientering", "ingen delportefølje", "nei til alle")
    for number in range(10):
        await chat.say("", Found(f"{number}.pdf", sha256=f"{number:064}", size=1))
    assert "10 dokumenter" in words(await chat.say("", Found("11.pdf", sha256="b" * 64, size=1)))
    assert len((await house.only_case()).documents) == 10


async def test_a_file_without_a_draft_is_answered(chat: Chat) -> None:
    assert "Faseplan.pdf" in words(await chat.say("", Found("Faseplan.pdf", sha256="a" * 64, size=9)))


def test_a_complete_case_lacks_none_of_them() -> None:
    assert complete("bp3").completeness(mandate()).documents == ()
