"""The verbs that buttons carry. They stay in old chats for years: add to them, never reuse one for something else."""

from __future__ import annotations

from typing import Final

CASE_START: Final = "case.start"
CASE_SAVE: Final = "case.save"
CASE_SUBMIT: Final = "case.submit"
CASE_ATTACH: Final = "case.attach"
CASE_WITHDRAW: Final = "case.withdraw"
CASE_CONFIRM: Final = "case.confirm"
CASE_DECLINE: Final = "case.decline"
CASE_ACCEPT: Final = "case.accept"
CASE_RETURN: Final = "case.return"
CASE_OUT_OF_SCOPE: Final = "case.out_of_scope"

CASE_NEW: Final = "case.new"
"""Begin a new case although a draft is waiting."""
CASE_OPEN: Final = "case.open"
"""Show a case as it is now."""
CASE_EDIT: Final = "case.edit"
"""Open the form of a draft; with ``field``, that one long answer; with ``page`` 1, what kind of case it is."""
CASE_TEXT: Final = "case.text"
"""Show the whole of the long texts, which the card had to cut."""

MEETING_CREATE: Final = "meeting.create"
MEETING_MOVE: Final = "meeting.move"
MEETING_CANCEL: Final = "meeting.cancel"
MEETING_ATTEND: Final = "meeting.attend"
"""``answer``, ``deputy``; with ``person``, the office answers for somebody."""
MEETING_OPEN: Final = "meeting.open"
"""Show a meeting as it is now."""

TASK_LIST: Final = "task.list"
TASK_OPEN: Final = "task.open"
"""*Gjør nå*: show what the duty is about."""
TASK_DONE: Final = "task.done"
TASK_SNOOZE: Final = "task.snooze"
TASK_DELEGATE: Final = "task.delegate"
TASK_WHY: Final = "task.why"

NOTICE_MISSED: Final = "notice.missed"
"""Who was told and how, those first whom nothing reached."""
NOTICE_TOLD: Final = "notice.told"
