"""Which part of the conversation answers a command or a button, and which commands are of what sort: tables only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from board.ports import Talk
from cards import actions
from cards.message import Json, Message
from dialogs import (
    agenda_acts,
    agenda_talk,
    anchor_acts,
    archive_talk,
    benefit_acts,
    case_acts,
    conflict_acts,
    decision_acts,
    decision_talk,
    evaluation_acts,
    follow_up_acts,
    group_acts,
    group_files,
    group_minutes,
    joining_talk,
    late_talk,
    locked_minutes,
    log_talk,
    meeting_acts,
    meeting_talk,
    minutes_acts,
    minutes_approval_acts,
    minutes_edit_acts,
    minutes_talk,
    pack_acts,
    pack_talk,
    publish_acts,
    reads,
    register_talk,
    sitting_acts,
    sitting_talk,
    task_acts,
    tasks,
    year,
)
from dialogs.commands import Command
from dialogs.room import Reply, Room

READS: Final = frozenset(
    {
        *(Command.HELP, Command.MY_CASES, Command.WHERE_IS, Command.DEADLINES, Command.GREETING),
        *(Command.TASKS, Command.YEAR_WHEEL, Command.EVALUATION, Command.ANCHORING, Command.AGENDA, Command.DECISIONS),
    }
)
PERSONAL: Final = frozenset(
    {
        *(Command.SUBMIT_CASE, Command.MY_CASES, Command.WHERE_IS, Command.RESUME, Command.NEW, Command.TASKS),
        *(Command.NEW_MEETING, Command.MOVE_MEETING, Command.CANCEL_MEETING, Command.CALENDAR),
        *(Command.BUILD_AGENDA, Command.PACK, Command.SEND_PACK, Command.EVALUATION, Command.ANCHORING, Command.LATE),
        *(Command.START_MEETING, Command.NEXT_ITEM, Command.CLOSE_MEETING, Command.FOLLOW_UPS, Command.LOG),
        *(Command.DRAFT_MINUTES, Command.SEND_MINUTES, Command.MINUTES, Command.ARCHIVE, Command.DECISIONS),
        *(Command.JOIN_CODE, Command.JOIN),
    }
)
"""Answers that only the one who asked should see: not given in a channel."""

LISTS: Final[Mapping[Command, Callable[[Room], Awaitable[Message]]]] = {
    Command.MY_CASES: reads.my_cases,
    Command.TASKS: tasks.tasks,
}
"""What is one's own, as a list."""

WITH_WORDS: Final[Mapping[Command, Callable[[Room, str], Awaitable[Reply]]]] = {
    Command.YEAR_WHEEL: year.year_wheel,
    Command.DECISIONS: register_talk.decisions,
}
"""What is read by what follows the command."""

ARRANGING: Final[Mapping[Command, Callable[[Room, str], Awaitable[Reply]]]] = {
    Command.NEW_MEETING: meeting_talk.new_meeting,
    Command.MOVE_MEETING: meeting_talk.move_meeting,
    Command.CANCEL_MEETING: meeting_talk.cancel_meeting,
    Command.CALENDAR: meeting_talk.calendar,
    Command.BUILD_AGENDA: agenda_talk.build,
    Command.PACK: pack_talk.pack,
    Command.SEND_PACK: pack_talk.send,
    Command.LATE: late_talk.late,
    Command.START_MEETING: sitting_talk.start,
    Command.NEXT_ITEM: sitting_talk.next_item,
    Command.CLOSE_MEETING: sitting_talk.close,
    Command.DRAFT_MINUTES: minutes_talk.draft,
    Command.SEND_MINUTES: minutes_talk.send,
    Command.MINUTES: minutes_talk.minutes,
    Command.ARCHIVE: archive_talk.archive,
    Command.FOLLOW_UPS: follow_up_acts.follow_ups,
    Command.LOG: log_talk.log,
    Command.JOIN_CODE: joining_talk.code,
    Command.JOIN: joining_talk.join,
}
"""The commands whose words say what is wanted."""

PRESSED: Final[Sequence[Mapping[str, Callable[[Room, Mapping[str, Json]], Awaitable[Reply]]]]] = (
    case_acts.HANDLERS,
    meeting_acts.HANDLERS,
    task_acts.HANDLERS,
    group_acts.HANDLERS,
    agenda_acts.HANDLERS,
    pack_acts.HANDLERS,
    conflict_acts.HANDLERS,
    evaluation_acts.HANDLERS,
    anchor_acts.HANDLERS,
    benefit_acts.HANDLERS,
    sitting_acts.HANDLERS,
    decision_acts.HANDLERS,
    publish_acts.HANDLERS,
    follow_up_acts.HANDLERS,
    minutes_acts.HANDLERS,
    minutes_edit_acts.HANDLERS,
    minutes_approval_acts.HANDLERS,
    locked_minutes.HANDLERS,
    register_talk.HANDLERS,
    log_talk.HANDLERS,
    joining_talk.HANDLERS,
)

AGAIN: Final = frozenset({actions.REGISTER_FIND, actions.LOG_OPEN})
"""Verbs that change nothing: pressed again, they are answered again."""

SHOWS: Final = {
    "meeting": actions.MEETING_OPEN,
    "agenda": actions.AGENDA_OPEN,
    "pack": actions.PACK_OPEN,
    "evaluation": actions.EVALUATION_SHOW,
    "anchor": actions.ANCHOR_OPEN,
    actions.BENEFIT_REPORT: actions.TASK_LIST,
    **dict.fromkeys(("sitting", "decision"), actions.SITTING_OPEN),
    "join": actions.JOIN_SHOW,
    "followup": actions.FOLLOW_UP_OPEN,
    "minutes": actions.MINUTES_OPEN,
    **dict.fromkeys((actions.WG_MINUTES, actions.MINUTES_FILE), actions.MEETING_OPEN),
    **dict.fromkeys((actions.PACK_GRANT, actions.PACK_REFUSE), actions.TASK_LIST),
    **dict.fromkeys(("task", "notice", "conflict"), actions.TASK_LIST),
}
"""What shows the object of a verb, or of all verbs that begin so, as it is now; the others are about a case."""

OF_FILES: Final[Mapping[str, Callable[[Room, Talk, str], Awaitable[Reply]]]] = {
    group_minutes.FORM: group_minutes.answer,
    group_files.FORM: group_files.answer,
}
"""Where a file, or what it belongs to, is waited for."""

ANSWERS: Final[Mapping[str, Callable[[Room, Talk, str], Awaitable[Reply]]]] = {
    decision_talk.FORM: decision_talk.answer,
}
"""What takes an answer in words, by the form whose question stands open; the intake's forms are ``conversation``'s."""

ASKING: Final[Mapping[str, Callable[[Room, Talk], Awaitable[Message]]]] = {
    decision_talk.FORM: decision_talk.ask_again,
}
"""What asks the open question of a form once more."""
