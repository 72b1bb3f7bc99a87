"""The tables of cases and of their way to the board. The migrations build them, as those of ``storage.records``."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text

from storage.columns import RowId, a_flag, a_number, a_text, added_text, an_instant, metadata, partial_index
from storage.types import Day, Instant, Json

UNDERWAY: Final = "state IN ('ready_for_wg', 'on_wg_agenda', 'wg_treated', 'on_board_agenda')"
"""Those that wait for a meeting, as the index of them has it."""

cases = Table(
    "cases",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("id", unique=True),
    a_number("rev"),
    a_text("state"),
    a_flag("alive"),
    a_text("title"),
    a_text("case_type"),
    a_text("submitter"),
    Column("owner", Text),
    an_instant("updated_at"),
    Column("deadline", Day),
    Column("submitted_at", Instant),
    Column("received_at", Instant),
    an_instant("created_at"),
    a_text("delivery_form"),
    a_text("sub_portfolio"),
    a_text("last_what"),
    a_text("last_by"),
    an_instant("last_at"),
    a_text("exclusion"),
    a_text("search"),
    a_text("reason"),
    Column("wanted_meeting", Text),
    Column("owner_deputy", Text),
    Column("submitter_deputy", Text),
    Column("accepted_at", Instant),
    Column("agenda_at", Instant),
    Column("dispatched_at", Instant),
    Column("wg_meeting", Text),
    added_text("wg_number", ""),
    Column("board_meeting", Text),
    added_text("board_number", ""),
    Column("state_since", Instant),
    Column("for_chair", SmallInteger, nullable=False, server_default="0"),
    Column("board_outcome", Text),
    Column("decided_at", Instant),
    Column("published_at", Instant),
    Column("excluded", Json, nullable=False, server_default="[]"),
    Column("course", Json, nullable=False, server_default="{}"),
    # Long texts last: SQLite reads the columns before them without touching their overflow pages.
    Column("documents", Json, nullable=False),
    Column("content", Json, nullable=False),
    Index("cases_by_submitter", "submitter", "alive", "updated_at", "no"),
    partial_index("cases_by_owner", "owner", "alive", "updated_at", "no", where="submitted_at IS NOT NULL"),
    partial_index("cases_by_state", "state", "alive", "updated_at", "no", where="received_at IS NOT NULL"),
    partial_index("cases_received", "alive", "updated_at", "no", where="received_at IS NOT NULL"),
    partial_index("cases_wanting", "wanted_meeting", where="wanted_meeting IS NOT NULL AND alive = 1"),
    partial_index(
        "cases_of_owner_deputy", "owner_deputy", "alive", "updated_at", "no", where="owner_deputy IS NOT NULL"
    ),
    partial_index(
        "cases_of_submitter_deputy",
        "submitter_deputy",
        "alive",
        "updated_at",
        "no",
        where="submitter_deputy IS NOT NULL",
    ),
    partial_index("cases_drafts", "submitter", "updated_at", "no", where="state IN ('draft', 'incomplete')"),
    partial_index("cases_of_wg_meeting", "wg_meeting", where="wg_meeting IS NOT NULL"),
    partial_index("cases_of_board_meeting", "board_meeting", where="board_meeting IS NOT NULL"),
    partial_index("cases_underway", "state", "state_since", "no", where=UNDERWAY),
    partial_index("cases_accepted", "alive", "updated_at", "no", where="accepted_at IS NOT NULL"),
    partial_index("cases_for_chair", "alive", "updated_at", "no", where="for_chair = 1"),
    partial_index("cases_dispatched", "alive", "updated_at", "no", where="dispatched_at IS NOT NULL"),
)
"""``state_since`` is when it came into its state. ``for_chair``: it is late, or has been on a board agenda.

``course`` is what is only read with the whole case: treatment, statements, late.
"""

exclusions = Table(
    "exclusions",
    metadata,
    a_text("person_id", primary_key=True),
    Column("case_no", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""``cases.excluded`` the other way round: which cases are not there for a person. Written with the case."""

agendas = Table(
    "agendas",
    metadata,
    a_text("meeting_id", primary_key=True),
    a_number("rev"),
    a_text("state"),
    an_instant("built_at"),
    a_text("built_by"),
    Column("approved_at", Instant),
    Column("approved_by", Text),
    Column("changed_at", Instant),
    Column("changed_by", Text),
    a_text("last_what"),
    Column("items", Json, nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    a_text("series", primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    a_number("last"),
)
"""The last number of each series and year that was taken."""

treatments = Table(
    "treatments",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("case_id"),
    a_text("meeting_id"),
    a_text("number"),
    a_text("outcome"),
    a_text("remarks"),
    a_text("by"),
    an_instant("at"),
    Index("treatments_by_meeting", "meeting_id", "no"),
)

statements = Table(
    "statements",
    metadata,
    a_text("case_id", primary_key=True),
    a_text("person_id", primary_key=True),
    a_text("text"),
    an_instant("at"),
)

conflicts = Table(
    "conflicts",
    metadata,
    a_text("case_id", primary_key=True),
    a_text("person_id", primary_key=True),
    a_number("rev"),
    a_text("answer"),
    a_text("note"),
    an_instant("at"),
    Column("ruling", Text),
    Column("ruled_by", Text),
    Column("ruled_at", Instant),
    a_text("reason"),
)

dispensations = Table(
    "dispensations",
    metadata,
    Column("no", RowId, primary_key=True, autoincrement=True),
    a_text("id", unique=True),
    a_number("rev"),
    a_text("gate"),
    a_text("meeting_id"),
    Column("case_id", Text),
    a_text("reason"),
    a_text("by"),
    an_instant("at"),
    a_text("state"),
    a_text("ruling"),
    Column("ruled_by", Text),
    Column("ruled_at", Instant),
    Index("dispensations_by_meeting", "meeting_id", "no"),
)
