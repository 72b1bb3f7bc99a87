"""The shipped mandate file says what ``process.md`` and the mandate say, type by type."""

from __future__ import annotations

from datetime import date

import pytest

from board.case_content import FIELD_IDS
from board.mandate import CaseType, DocumentType, Exclusion, Named
from board.people import Body
from tests.board.support import mandate

SUBS = ("clinical", "corporate", "research", "other")
ANY = {"concept", *SUBS, "improvement"}
CASE_TYPES = {  # process.md, «Case types and who decides»: (sub-portfolios, treated as, paragraphs it may cite)
    "bp1": ({"concept"}, "decision", {"§ 3", "§ 4"}),
    "bp2": (set(SUBS), "decision", {"§ 3", "§ 4"}),
    "bp3": (set(SUBS), "decision", {"§ 3", "§ 4"}),
    "bp4": (set(SUBS), "orientation", {"§ 3"}),
    "bp5": (set(SUBS), "orientation", {"§ 3"}),
    "escalation": (ANY, "decision", {"§ 4"}),
    "deviation": (ANY, "decision", {"§ 4"}),
    "dependency": (ANY, "decision", {"§ 4"}),
    "improvement_frame": ({"improvement"}, "decision", {"§ 4"}),
    "improvement_split": ({"improvement"}, "decision", {"§ 4"}),
    "strategy": ({"none"}, "decision", {"§ 4"}),
    "framework": ({"none"}, "decision", {"§ 4"}),
    "funding": ({"none"}, "decision", {"§ 4"}),
    "benefits": (ANY, "orientation", {"§ 4"}),
    "evaluation": ({"none"}, "decision", {"§ 8"}),
    "orientation": ({"none", *ANY}, "orientation", {"§ 4"}),
}
DOCUMENTS = {  # process.md, «Documents per decision point»: (bokmål name, signed by the owner)
    "bp1": [("Mandat for konseptfasen", False)],
    "bp2": [
        ("Prosjektforslag", True),
        ("Prosjektbegrunnelse", False),
        ("Faseplan", False),
        ("Konseptrapport", False),
        ("Gevinstdokumenter", False),
    ],
    "bp3": [
        ("Styringsdokument", True),
        ("Gevinstrealiseringsplan", False),
        ("Oppdatert prosjektbegrunnelse", False),
        ("Faseplan", False),
        ("Usikkerhetsanalyse", False),
        ("Personvern- og sikkerhetsvurdering", False),
    ],
    "bp4": [
        ("Avslutningsanbefaling", True),
        ("Gjennomgått gevinstrealiseringsplan", False),
        ("Forvaltningsavtaler", False),
    ],
    "bp5": [("Sluttrapport", False), ("Oppdatert gevinstrealiseringsplan", False), ("Erfaringslogg", False)],
}
EXCLUSIONS = {  # mandatet § 3, in the order of the intake: a word that its bokmål question holds
    "local_portfolio": "lokale porteføljen",
    "stim": "STIM",
    "sykehuspartner": "Sykehuspartner HF",
    "building": "byggeprosjekt",
    "innovation": "innovasjonsprosjekt",
    "medical_equipment": "MTU",
    "service_price": "tjenestepris",
}
OFFSETS = {  # process.md, «Deadlines»
    "call": -42,
    "intake_closes": -35,
    "completeness_answer": -33,
    "wg_papers": -24,
    "wg_meeting": -19,
    "wg_minutes": -15,
    "agenda_approval": -12,
    "pack": -10,
    "attendance": -5,
    "follow_ups": -5,
    "practical": -1,
    "draft_minutes": 3,
    "remarks_close": 10,
}


def test_the_case_types_are_those_of_the_process() -> None:
    assert [t.id for t in mandate().case_types] == list(CASE_TYPES)


@pytest.mark.parametrize("name", CASE_TYPES)
def test_a_case_type_is_as_the_process_has_it(name: str) -> None:
    subs, treated, paragraphs = CASE_TYPES[name]
    kind = mandate().case_type[name]
    assert (set(kind.sub_portfolios), kind.treated_as) == (subs, treated)
    assert kind.paragraph in paragraphs
    assert not set(kind.required) & set(kind.optional)
    assert {"title", "project_owner", "summary"} <= set(kind.required)
    asked = {*kind.required, *kind.optional}
    assert asked <= set(FIELD_IDS)
    assert {"classification", "public_title", "legal_basis", "reason_incomplete", "wanted_meeting"} <= asked
    assert ("proposed_decision" in kind.required) or kind.treated_as == "orientation"


@pytest.mark.parametrize("name", CASE_TYPES)
def test_the_documents_of_a_decision_point(name: str) -> None:
    kinds = [mandate().document_type[d] for d in mandate().case_type[name].documents]
    assert [(k.label["nb"], k.signed_by_owner) for k in kinds] == DOCUMENTS.get(name, [])


def test_no_document_is_there_that_nothing_asks_for() -> None:
    asked = {d for t in mandate().case_types for d in t.documents}
    assert asked == set(mandate().document_type)
    assert "konseptvalgnotat" in mandate().document_type["concept_report"].aliases


def test_the_seven_exclusions() -> None:
    assert [e.id for e in mandate().exclusions] == list(EXCLUSIONS)
    for exclusion in mandate().exclusions:
        assert EXCLUSIONS[exclusion.id] in exclusion.question["nb"]
        assert exclusion.paragraph == "§ 3"
        assert all(text.endswith("?") for text in exclusion.question.values())


def test_projects_and_improvements_have_their_own_case_types() -> None:
    by_form = {f.id: {t.id for t in mandate().case_types_for(f.id)} for f in mandate().delivery_forms}
    assert {"bp1", "bp2", "bp3", "bp4", "bp5"} <= by_form["project"]
    assert {"improvement_frame", "improvement_split"} <= by_form["improvement"]
    assert not {"bp1", "bp2", "bp3", "bp4", "bp5"} & by_form["improvement"]
    assert not {"improvement_frame", "improvement_split"} & by_form["project"]


def test_the_sub_portfolio_is_settled_where_there_is_but_one() -> None:
    settled = {t: mandate().settled_sub_portfolio(t) for t in CASE_TYPES}
    assert settled["bp1"] == "concept"
    assert {t for t, sub in settled.items() if sub is None} == {
        t for t, (subs, *_) in CASE_TYPES.items() if len(subs) > 1
    }


def test_the_back_plan_is_counted_as_the_process_counts() -> None:
    assert {o.id: o.days for o in mandate().offsets_of(Body.BOARD)} == OFFSETS
    assert [(o.id, o.paragraph) for o in mandate().offsets if o.hard] == [("pack", "§ 7")]


def test_the_board_decides_what_it_treats_as_decisions_and_no_amount_is_shipped() -> None:
    decided = {t.id for t in mandate().case_types if mandate().decided_by(t.id, date(2026, 3, 2))}
    assert decided == {name for name, (_, treated, _) in CASE_TYPES.items() if treated == "decision"}
    assert {a.decides for a in mandate().authorities} == {"board"}
    assert [a for a in mandate().authorities if a.above_nok is not None] == []


def test_everything_people_read_is_there_in_three_languages() -> None:
    m = mandate()
    labels = [m.board, m.office, *(e.question for e in m.exclusions)]
    named: tuple[Named | Exclusion | DocumentType | CaseType, ...] = (
        *m.delivery_forms,
        *m.sub_portfolios,
        *m.exclusions,
        *m.document_types,
        *m.case_types,
    )
    for words in (*labels, *(n.label for n in named)):
        assert set(words) == {"nb", "nn", "en"}
        assert all(text.strip() for text in words.values())
    assert (m.board_number.format(seq=12, year=2026), m.working_group_number.format(seq=3, year=2026)) == (
        "012-2026",
        "AU 003-2026",
    )
    assert m.anyone_may_submit
