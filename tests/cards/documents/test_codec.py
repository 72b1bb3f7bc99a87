"""Documents as JSON: what comes back is what was stored, also by an older or a newer version."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.documents.codec import NotADocument, from_json, printed_from_json, printed_to_json, to_json
from cards.documents.content import AgendaSheet, Document, GroupMinutes, Head, Pack, Paper, Printed

HEAD = Head("Regionalt porteføljestyre", "Møte", datetime(2026, 9, 24, 9, 0, tzinfo=timezone(timedelta(hours=2))), 60)
PAPER = Paper("012-2026", "B", "Ny journal", HEAD, "Styret godkjenner.", sections=(("Hva", "En\n\nto"),))


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.from_type(Pack), st.from_type(Paper), st.from_type(AgendaSheet), st.from_type(GroupMinutes)))
def test_any_document_comes_back_as_it_was(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


@settings(max_examples=10, deadline=None)
@given(st.from_type(Printed))
def test_and_so_does_what_is_to_be_printed(printed: Printed) -> None:
    assert printed_from_json(json.loads(json.dumps(printed_to_json(printed)))) == printed


def test_a_time_keeps_its_zone() -> None:
    back = from_json(to_json(PAPER))
    assert isinstance(back, Paper)
    assert back.head.starts_at == datetime(2026, 9, 24, 7, 0, tzinfo=UTC)
    assert back.head.starts_at.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("later", ["facts", "sections", "enclosures", "stamps", "before"])
def test_a_field_that_was_not_there_yet_has_its_default(later: str) -> None:
    stored = to_json(PAPER)
    del stored[later]
    back = from_json(stored)
    assert getattr(back, later) == Paper.__dataclass_fields__[later].default


def test_a_field_of_a_newer_version_is_passed_over() -> None:
    stored = to_json(PAPER)
    stored["colour"] = {"any": ["thing"]}
    stored["head"]["floor"] = 3
    assert from_json(stored) == PAPER


def broken(**changes: Any) -> dict[str, Any]:
    return to_json(PAPER) | changes


@pytest.mark.parametrize(
    "data",
    [
        {},
        broken(type="Poem"),
        broken(title=3),
        broken(kind="X"),
        broken(head=None),
        broken(head={"body": "Styret"}),
        broken(sections=[["bare én"]]),
        broken(sections="tekst"),
        broken(head=to_json(PAPER)["head"] | {"starts_at": "i går"}),
        broken(head=to_json(PAPER)["head"] | {"minutes": True}),
        {key: value for key, value in to_json(PAPER).items() if key != "number"},
    ],
)
def test_what_is_no_document_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(NotADocument):
        from_json(data)


def test_every_kind_of_document_is_known() -> None:
    for kind in get_args(Document):
        with pytest.raises(NotADocument, match="not whole"):
            from_json({"type": kind.__name__})
