"""Another board's file loads, and whatever is wrong with a file is told with the line it stands on, all at once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.mandate_file import MandateProblems, read_mandate
from tests.board.support import SHIPPED

SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def problems(text: str) -> list[str]:
    with pytest.raises(MandateProblems) as caught:
        read_mandate(text)
    return caught.value.problems


def test_another_boards_small_file_loads() -> None:
    small = read_mandate(SMALL)
    assert small.board["en"] == "The digital council"
    assert not small.anyone_may_submit
    assert small.board_number.format(seq=7, year=2026) == "R7/2026"
    kind = small.case_type["start"]
    assert (kind.required, kind.optional, kind.documents) == (("title", "project_owner"), (), ("note",))
    assert small.settled_sub_portfolio("start") == "all"
    assert [(o.id, o.days, o.hard, o.paragraph) for o in small.offsets] == [("pack", -7, True, "§ 5")]


def test_fields_for_all_are_optional_where_they_are_not_required() -> None:
    text = SMALL.replace("anyone_may_submit = false", 'optional_everywhere = ["title", "minutes"]')
    assert read_mandate(text).case_type["start"].optional == ("minutes",)
    assert read_mandate(text).anyone_may_submit, "the default"


NOTE = 'label = { nb = "Notat", nn = "Notat", en = "Note" }'
REQUIRED = 'required = ["title", "project_owner"]'
MAIL = 'office_email = "kontor@example.org"'
CHANGED = {  # what is changed, to what, the line told (where it is not that of the change), and words of the problem
    "unknown key": (MAIL, 'office_emial = "x"\noffice_email = "x"', "", "office_emial"),
    "missing key": ('office_email = "kontor@example.org"\n', "", "[board]", "«office_email» is missing"),
    "missing key of a list": ('paragraph = "§ 1"\n', "", "[[case_type]]", "«paragraph» is missing"),
    "empty text": (MAIL, 'office_email = ""', "", "«office_email» is empty"),
    "wrong type": ("days = -7", 'days = "-7"', "", "«days» must be int, not str"),
    "a truth is no number": ("days = -7", "days = true", "", "«days» must be int"),
    "wrong flag": ("hard = true", 'hard = "yes"', "", "«hard» must be bool"),
    "a moment is no day": ("since = 2024-01-01", "since = 2024-01-01T08:00:00", "", "must be a date"),
    "no day": ("since = 2024-01-01\n", "", "[[authority]]", "«since» must be a date"),
    "text for a list": ('documents = ["note"]', 'documents = "note"', "", "«documents» must be list"),
    "number in a list": ('documents = ["note"]', "documents = [1]", "", "must hold texts only"),
    "unknown field": (REQUIRED, 'required = ["title", "project_owner", "tittl"]', "", "tittl"),
    "no owner asked": (REQUIRED, 'required = ["title"]', "", "must name «project_owner»"),
    "asked twice": ('documents = ["note"]', 'optional = ["title"]', "", "which «required» names too"),
    "same twice": ('documents = ["note"]', 'documents = ["note", "note"]', "", "twice"),
    "unknown document": ('documents = ["note"]', 'documents = ["novel"]', "", "novel"),
    "unknown form": ('delivery_forms = ["project"]', 'delivery_forms = ["play"]', "", "play"),
    "unknown sub-portfolio": ('sub_portfolios = ["all"]', 'sub_portfolios = ["some"]', "", "some"),
    "no sub-portfolio": ('sub_portfolios = ["all"]', "sub_portfolios = []", "", "«sub_portfolios» is empty"),
    "unknown case type": ('case_type = "start"', 'case_type = "stop"', "", "stop"),
    "unknown treatment": ('treated_as = "decision"', 'treated_as = "gossip"', "", "gossip"),
    "missing language": (NOTE, 'label = { nb = "Notat" }', "", "lacks nn, en"),
    "empty label": (NOTE, "label = {}", "", "«label» is empty"),
    "blank language": ('nn = "Er det ei småsak?"', 'nn = " "', "", "lacks nn"),
    "label is text": (NOTE, 'label = "Notat"', "", "«label» must be dict"),
    "template without a number": ('board = "R{seq}/{year}"', 'board = "R/{year}"', "", "must use {seq}"),
    "template asks more": ('board = "R{seq}/{year}"', 'board = "R{seq}/{month}"', "", "{seq} and {year} only"),
    "template reaches in": ('board = "R{seq}/{year}"', 'board = "R{seq.x}"', "", "{seq} and {year} only"),
    "template by place": ('working_group = "F{seq}/{year}"', 'working_group = "F{seq}{}"', "", "{seq} and {year} only"),
    "template broken": ('board = "R{seq}/{year}"', 'board = "R{seq"', "", "{seq} and {year} only"),
    "unknown table": ("[numbers]", "[numberz]\n[numbers]", "[numberz]", "[numberz]"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_a_problem_is_told_with_its_line(name: str) -> None:
    before, after, where, words = CHANGED[name]
    assert SMALL.count(before) == 1, "the change is of one place"
    text = SMALL.replace(before, after)
    line = line_of(text, where) if where else line_of(text, after.splitlines()[0])
    found = problems(text)
    assert [p for p in found if words in p and p.startswith(f"line {line}: ")], found


def test_the_second_of_the_same_id_is_the_one_told() -> None:
    text = SMALL + '\n[[deadline]]\ndays = -3\nowed_by = ["office"]\nid = "pack"\n'
    assert problems(text) == [f"line {len(text.splitlines())}: [deadline] «pack» is there twice"]


@pytest.mark.parametrize("table", ["board", "intake", "numbers"])
def test_a_missing_table_is_told(table: str) -> None:
    start = SMALL.index(f"[{table}]")
    text = SMALL[:start] + SMALL[SMALL.index("\n[", start) + 1 :]
    assert any(p.startswith("line ") and f"[{table}]" in p for p in problems(text))


@pytest.mark.parametrize("table", ["delivery_form", "exclusion", "document", "case_type", "deadline"])
def test_a_list_that_is_none_is_told(table: str) -> None:
    parts = SMALL.split("\n[[")
    without = "\n[[".join(p for p in parts if not p.startswith(f"{table}]]"))
    assert any(f"at least one [[{table}]] is needed" in p for p in problems(without))
    assert any(f"[[{table}]]" in p for p in problems(f'{table} = ["x"]\n{without}'))


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace('office_email = "kontor@example.org"\n', "").replace("days = -7", "days = 'x'")
    text = text.replace('documents = ["note"]', 'documents = ["novel"]')
    lines = [int(p.split(":")[0].removeprefix("line ")) for p in problems(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_what_is_not_toml_is_told_with_its_line() -> None:
    (problem,) = problems(SMALL.replace("days = -7", "days = = 7"))
    assert "not TOML" in problem
    assert problem.startswith(f"line {line_of(SMALL, 'days = -7')}: ")


LINES = SHIPPED.read_text(encoding="utf-8").splitlines()


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(["drop", "twice", 'x = "y"', "[x]", "= 1", "id = 3"]))
def test_a_file_with_one_line_wrong_loads_or_is_explained(number: int, change: str) -> None:
    """Whatever one slip makes of the shipped file: a mandate, or problems that name a line; never another exception."""
    kept = {"drop": [], "twice": [LINES[number]] * 2}.get(change, [change])
    text = "\n".join([*LINES[:number], *kept, *LINES[number + 1 :]])
    told = _told(text)
    assert all(re.match(r"line \d+: ", problem) for problem in told), told


def _told(text: str) -> list[str]:
    try:
        return [] if read_mandate(text).exclusions else ["no exclusions"]
    except MandateProblems as error:
        return error.problems or ["no reason"]


def test_another_decider_is_named_in_words_and_the_board_by_its_own_name() -> None:
    row = '\n[[authority]]\ncase_type = "bp3"\ndecides = "rhf_board"\nsince = 2026-01-01\nabove_nok = 100000000\n'
    text = SHIPPED.read_text(encoding="utf-8")
    with pytest.raises(MandateProblems, match="«label» is missing"):
        read_mandate(text + row)
    found = read_mandate(text + row + 'label = { nb = "RHF-styret", nn = "RHF-styret", en = "The RHF board" }\n')
    decider = found.decided_by("bp3", date(2026, 3, 2), 100_000_000)
    assert decider is not None
    assert (decider.decides, (decider.label or {})["en"]) == ("rhf_board", "The RHF board")
    usual = found.decided_by("bp3", date(2026, 3, 2), 99_999_999)
    assert usual is not None
    assert (usual.decides, usual.label) == ("board", None)
