"""One example of every kind of notice, drawn from a board that is where that notice goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.notices import NoticeKind
from board.states import CaseState
from tests.board.support import OFFICE, OWNER, SUBMITTER
from tests.cards import notices_of_cases as cases
from tests.cards import notices_of_duties as duties
from tests.cards import notices_of_meetings as meetings
from tests.cards import notices_of_minutes as minutes
from tests.cards.notice_stages import Stage
from tests.dialogs.support import REP

K, S = NoticeKind, CaseState
EXAMPLES: Final[Mapping[NoticeKind, Stage]] = {
    K.CONFIRM_REQUESTED: cases.of_case(S.AWAITING_OWNER, OWNER),
    K.REVIEW_REQUESTED: cases.of_case(S.SUBMITTED, OFFICE),
    K.CASE_SUBMITTED: cases.of_case(S.SUBMITTED, OWNER),
    K.CASE_CONFIRMED: cases.of_case(S.SUBMITTED, SUBMITTER),
    K.CASE_DECLINED: cases.of_case(S.DRAFT, SUBMITTER),
    K.CASE_ACCEPTED: cases.of_case(S.READY_FOR_WG, SUBMITTER),
    K.CASE_RETURNED: cases.of_case(S.INCOMPLETE, SUBMITTER),
    K.CASE_OUT_OF_SCOPE: cases.of_case(S.OUT_OF_SCOPE, SUBMITTER),
    K.CASE_WITHDRAWN: cases.withdrawn,
    K.WG_TRIAGE: cases.of_case(S.READY_FOR_WG, REP),
    K.CASE_SCHEDULED_WG: cases.of_case(S.ON_WG_AGENDA, SUBMITTER),
    K.STATEMENT_REQUESTED: cases.of_case(S.ON_WG_AGENDA, REP),
    K.CASE_TREATED: cases.of_case(S.WG_TREATED, SUBMITTER),
    K.CASE_SCHEDULED: cases.of_case(S.ON_BOARD_AGENDA, SUBMITTER),
    K.CASE_MOVED: cases.of_case(S.ON_BOARD_AGENDA, OWNER),
    K.CASE_DISPATCHED: cases.of_case(S.DISPATCHED, SUBMITTER),
    K.CASE_RELEASED: cases.of_case(S.READY_FOR_WG, OWNER),
    K.LATE_REQUESTED: cases.late_requested,
    K.LATE_RULED: cases.late_ruled,
    K.CONFLICT_DECLARED: cases.conflict_declared,
    K.CONFLICT_RULED: cases.conflict_ruled,
    K.AGENDA_READY: meetings.agenda_ready,
    K.AGENDA_APPROVED: meetings.agenda_approved,
    K.DISPENSATION_ASKED: meetings.dispensation_asked,
    K.DISPENSATION_RULED: meetings.dispensation_ruled,
    K.WG_MINUTES: meetings.wg_minutes,
    K.PACK_SENT: meetings.pack_sent,
    K.PACK_CHANGED: meetings.pack_changed,
    K.PACK_FAILED: meetings.pack_failed,
    K.PACK_MILESTONE: meetings.pack_milestone,
    K.MEETING_STARTED: meetings.meeting_started,
    K.DECISION_PUBLISHED: meetings.decision_published,
    K.DECISION_MILESTONE: meetings.decision_milestone,
    K.FOLLOW_UP_OPENED: meetings.follow_up_opened,
    K.FOLLOW_UP_REQUESTED: meetings.follow_up_opened,
    K.FOLLOW_UP_REPORTED: meetings.follow_up_reported,
    K.MINUTES_CIRCULATED: minutes.minutes_circulated,
    K.REMARK_GIVEN: minutes.remark_given,
    K.REMARK_RULED: minutes.remark_ruled,
    K.ROUND_CLOSED: minutes.round_closed,
    K.MINUTES_CALLED: minutes.minutes_called,
    K.MINUTES_LOCKED: minutes.minutes_locked,
    K.MINUTES_CORRECTED: minutes.minutes_corrected,
    K.MEETING_MOVED: duties.meeting_moved,
    K.MEETING_CANCELLED: duties.meeting_cancelled,
    K.MEETING_WORD: duties.meeting_word,
    K.DUTY_ASKED: duties.duty_asked,
    K.DUTY_DELEGATED: duties.duty_delegated,
    K.DUTY_ANSWERED: duties.duty_answered,
    K.DUTY_HANDED_ON: duties.duty_handed_on,
    K.ANCHOR_ASKED: duties.anchor_asked,
    K.BENEFIT_ASKED: duties.benefit_asked,
    K.EVALUATION_ASKED: duties.evaluation_asked,
    K.EVALUATION_RESULT: duties.evaluation_result,
    K.EVALUATION_CHART: duties.evaluation_result,
    K.DIGEST: duties.digest,
    K.CODE_GIVEN: duties.code_given,
    K.ACCOUNT_UNCLEAR: duties.account_unclear,
    K.STANDS_IN: duties.stands_in,
}
