"""What is stamped on a case paper: only what was ruled for the meeting that the paper is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.ids import MeetingId
from board.late import Late
from board.people import Role
from cards.documents.content import Head
from cards.i18n import use
from dialogs.papers import Known, stamps_of
from tests.board.pack_support import CHAIR, board_case
from tests.board.support import BOARD_MEETING, LEAD, NOW, OFFICE, TODAY, mandate

HEAD = Head("Styret", "Styremøtet", NOW, 120)


@pytest.mark.parametrize(("meeting", "stamped"), [(BOARD_MEETING, True), (MeetingId("earlier"), False)])
def test_a_late_case_is_stamped_for_the_meeting_it_came_too_late_for(meeting: MeetingId, stamped: bool) -> None:
    late = Late(meeting, "Tilbudet kom i går.", OFFICE.id, NOW)
    accepted = late.accepted(Role.PORTFOLIO_LEAD, LEAD.id, NOW).accepted(Role.CHAIR, CHAIR.id, NOW)
    case = replace(board_case(), late=accepted)
    known = Known(mandate(), TODAY, {LEAD.id: LEAD.person, CHAIR.id: CHAIR.person})
    with use("nb"):
        said = stamps_of(case, HEAD, known)
    assert any("Ettersendt" in stamp for stamp in said) is stamped
