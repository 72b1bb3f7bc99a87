"""The mandate file's evaluation, anchoring and benefits: read, left out, and each mistake told with its line."""

from __future__ import annotations

import pytest

from board.after_plan import AnchoringPlan, BenefitsPlan
from board.mandate_file import read_mandate
from board.people import Role
from tests.board.support import mandate
from tests.board.test_mandate_file import SMALL, line_of, problems

QUESTION = '\n[[evaluation_question]]\nid = "a"\nlabel = { nb = "A", nn = "A", en = "A" }\n'
EVALUATION = SMALL + "\n[evaluation]\nmonth = 3\n" + QUESTION


def test_the_shipped_file_has_all_three() -> None:
    shipped = mandate()
    assert shipped.anchoring == AnchoringPlan(14, 7, (Role.MEMBER,))
    assert shipped.benefits == BenefitsPlan((6, 12, 24), 21, ("bp5",))
    plan = shipped.evaluation
    assert plan is not None
    assert len(plan.questions) == 5
    assert (plan.month, plan.fewest, plan.paragraph, plan.asks) == (11, 5, "§ 8", (Role.CHAIR, Role.MEMBER))


def test_a_board_that_leaves_them_out_has_none() -> None:
    small = read_mandate(SMALL)
    assert (small.anchoring, small.benefits, small.evaluation) == (None, None, None)


def test_what_is_not_said_has_its_default() -> None:
    plan = read_mandate(EVALUATION).evaluation
    assert plan is not None
    assert (plan.month, plan.days_before, plan.answer_days, plan.fewest) == (3, None, 21, 5)
    other = read_mandate(EVALUATION.replace("month = 3", "days_before_first_meeting = 30")).evaluation
    assert other is not None
    assert (other.month, other.days_before) == (None, 30)


CHANGED = {
    "both times": ("month = 3", "month = 3\ndays_before_first_meeting = 9", "[evaluation]", "not both"),
    "no time": ("month = 3", "answer_days = 3", "[evaluation]", "one of «month»"),
    "no such month": ("month = 3", "month = 13", "month = 13", "from 1 to 12"),
    "too few": ("month = 3", "month = 3\nfewest_answers = 2", "fewest_answers", "3 or more"),
    "no such role": ("month = 3", 'month = 3\nasks = ["boss"]', "asks", "boss"),
    "unknown key": ("month = 3", "month = 3\nmoth = 4", "moth = 4", "«moth» is not a key"),
    "no question": (QUESTION, "", "[evaluation]", "from 1 to 5 [[evaluation_question]]"),
    "six questions": (QUESTION, "".join(QUESTION.replace('"a"', f'"{n}"') for n in range(6)), "[evaluation]", "not 6"),
    "a question in one language": (', en = "A" }\n', " }\n", "A", "lacks en"),
    "months that go back": (
        "\n[evaluation]",
        "\n[benefits]\nmonths = [12, 6]\n[evaluation]",
        "months",
        "smallest first",
    ),
    "months that are words": (
        "\n[evaluation]",
        '\n[benefits]\nmonths = ["6"]\n[evaluation]',
        "months",
        "whole numbers",
    ),
    "no such type": ("\n[evaluation]", '\n[benefits]\ncase_types = ["bp9"]\n[evaluation]', "case_types", "bp9"),
    "days below none": ("\n[evaluation]", "\n[anchoring]\ndays = -1\n[evaluation]", "days = -1", "from 0 to 365"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_mistake_is_told_with_its_line(name: str) -> None:
    old, new, where, words = CHANGED[name]
    assert old in EVALUATION
    at = EVALUATION.rindex(old)
    text = EVALUATION[:at] + new + EVALUATION[at + len(old) :]
    told = problems(text)
    assert any(words in problem for problem in told), told
    if where not in ("A", "case_types"):
        assert any(problem.startswith(f"line {line_of(text, where)}:") for problem in told), told
