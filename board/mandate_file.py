"""Reads a mandate file (TOML) and checks it; every problem is reported at once, with the line it stands on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import TypeVar, get_args

from board.after_toml import read_anchoring, read_benefits
from board.agenda import ItemKind
from board.case_content import FIELD_IDS
from board.deadlines import EndsBy, Offset
from board.dispensation import GateId
from board.evaluation_toml import read_evaluation
from board.mandate import Authority, CaseType, DocumentType, Exclusion, Mandate, Named, Reminders, Treatment
from board.mandate_toml import AT_LINE, LANGUAGES, MandateProblems, Reader, Row
from board.people import Body, Role

__all__ = ["LANGUAGES", "MandateProblems", "read_mandate"]

_T = TypeVar("_T")
BOARD = "board"
USUAL_MINUTES = {
    ItemKind.AGENDA: 5,
    ItemKind.MINUTES: 5,
    ItemKind.FOLLOW_UP: 5,
    ItemKind.DECISION: 15,
    ItemKind.DISCUSSION: 20,
    ItemKind.ORIENTATION: 10,
    ItemKind.OTHER: 5,
}
"""Minutes an item gets where neither the case nor the file says another number."""


def read_mandate(text: str) -> Mandate:
    """The mandate in a file's text. Raises :class:`MandateProblems` naming every line that is wrong."""
    try:
        reader = Reader(text)
    except tomllib.TOMLDecodeError as error:
        raise MandateProblems([_not_toml(error, text)]) from error
    mandate = _read(reader)
    if reader.problems:
        raise MandateProblems([words for _, words in sorted(reader.problems)])
    return mandate


def _not_toml(error: tomllib.TOMLDecodeError, text: str) -> str:
    found = AT_LINE.search(str(error))  # the parser tells it in its words only
    return f"line {found[1] if found else len(text.splitlines())}: not TOML: {error}"


def _read(reader: Reader) -> Mandate:
    board, intake, numbers = reader.one("board"), reader.one("intake"), reader.one("numbers")
    meeting, group, agenda = reader.perhaps("meeting"), reader.perhaps("working_group"), reader.perhaps("agenda")
    minutes = reader.perhaps("minutes")
    clear_days = meeting.flag("clear_days", default=False)
    forms = _each(reader, "delivery_form", lambda r: Named(r.text("id"), r.label()))
    subs = _each(reader, "sub_portfolio", lambda r: Named(r.text("id"), r.label(), r.text("paragraph", "")))
    documents = _each(
        reader,
        "document",
        lambda r: DocumentType(
            r.text("id"), r.label(), r.texts("aliases", []), r.flag("signed_by_owner", default=False)
        ),
    )
    everywhere = intake.choices("optional_everywhere", FIELD_IDS, intake.texts("optional_everywhere", []))
    names = {
        "delivery_forms": [f.id for f in forms],
        "sub_portfolios": [*(s.id for s in subs), "none"],
        "documents": [d.id for d in documents],
    }
    types = _each(reader, "case_type", lambda r: _case_type(r, names, everywhere))
    known_types = [t.id for t in types]
    mandate = Mandate(
        board=board.label("name"),
        office=board.label("office"),
        office_email=board.text("office_email"),
        anyone_may_submit=intake.flag("anyone_may_submit", default=True),
        board_number=_template(numbers, "board"),
        working_group_number=_template(numbers, "working_group"),
        delivery_forms=forms,
        sub_portfolios=subs,
        exclusions=_each(
            reader,
            "exclusion",
            lambda r: Exclusion(r.text("id"), r.label(), r.label("question"), r.text("paragraph")),
        ),
        document_types=documents,
        case_types=types,
        authorities=_each(reader, "authority", lambda r: _authority(r, known_types)),
        offsets=_each(reader, "deadline", lambda r: _offset(r, clear_days=clear_days)),
        reminders=_reminders(reader),
        language=_language(board),
        quorum=meeting.share("quorum", 0.5),
        approval_share=minutes.share("approval_share", 0.5),
        remarks_days=minutes.count("remarks_days", 7, 60),
        statement_days=group.count("statement_days", 4, 60),
        agenda_minutes={kind: agenda.count(kind, usual, 240) for kind, usual in USUAL_MINUTES.items()},
        gates=_gates(reader),
        evaluation=read_evaluation(reader),
        anchoring=read_anchoring(reader),
        benefits=read_benefits(reader, known_types),
    )
    for row in (board, intake, numbers, meeting, group, agenda, minutes):
        row.done()
    reader.done()
    return mandate


def _gates(reader: Reader) -> dict[GateId, str]:
    """Each gate that the board has, with its paragraph."""
    rows = ((_gate(row), row) for row in reader.rows("gate", needed=False))
    return {gate: row.text("paragraph", "") for gate, row in rows if gate}


def _language(row: Row) -> str:
    """The language of what the board prints."""
    language = row.text("language", "nb")
    row.choices("language", LANGUAGES, (language,))
    return language


def _gate(row: Row) -> GateId | None:
    gate = row.text("id")
    row.choices("id", list(GateId), (gate,))
    row.text("paragraph", "")
    row.done()
    return GateId(gate) if gate in list(GateId) else None


def _offset(row: Row, *, clear_days: bool) -> Offset:
    body, ends_by = row.text("body", Body.BOARD.value), row.text("ends_by", "hand")
    row.choices("body", list(Body), (body,))
    row.choices("ends_by", get_args(EndsBy), (ends_by,))
    days, asks = row.number("days"), row.optional_number("asks")
    hard = row.flag("hard", default=False)
    if hard and clear_days and days < 0:
        days -= 1  # neither the day of the sending nor the day of the meeting counts
    if asks is not None and asks > days:
        row.problem("asks", f"«asks» must not come after «days» ({days})")
    return Offset(
        id=row.text("id"),
        days=days,
        owed_by=_roles(row, "owed_by", None),
        hard=hard,
        paragraph=row.text("paragraph", ""),
        body=Body(body) if body in list(Body) else Body.BOARD,
        asks=asks,
        ends_by=next((known for known in get_args(EndsBy) if known == ends_by), "hand"),
        tells=_roles(row, "tells", []),
        posts=row.flag("posts", default=False),
    )


def _roles(row: Row, key: str, default: list[str] | None) -> tuple[Role, ...]:
    named = row.choices(key, list(Role), row.texts(key, default))
    return tuple(Role(name) for name in named if name in list(Role))


def _reminders(reader: Reader) -> Reminders:
    row = reader.one("reminders")
    opens, closes = row.clock("opens"), row.clock("closes")
    if opens >= closes:
        row.problem("closes", "«closes» must be later than «opens»")
    found = Reminders(
        opens=opens,
        closes=closes,
        confirm_days=row.number("confirm_days"),
        review_days=row.number("review_days"),
        complete_days=row.number("complete_days"),
    )
    row.done()
    return found


def _each(reader: Reader, table: str, read: Callable[[Row], _T]) -> tuple[_T, ...]:
    found = []
    for row in reader.rows(table):
        found.append(read(row))
        row.done()
    return tuple(found)


def _case_type(row: Row, names: Mapping[str, list[str]], everywhere: tuple[str, ...]) -> CaseType:
    treated = row.text("treated_as")
    if treated not in get_args(Treatment):
        row.problem("treated_as", f"«treated_as» must be one of {list(get_args(Treatment))}, not «{treated}»")
    required = row.choices("required", FIELD_IDS, row.texts("required"))
    optional = row.choices("optional", FIELD_IDS, row.texts("optional", []))
    if both := sorted(set(required) & set(optional)):
        row.problem("optional", f"«optional» names {both}, which «required» names too")
    for field_id in ("title", "project_owner"):
        if field_id not in required:
            row.problem("required", f"«required» must name «{field_id}»: a case has a title and an owner")
    return CaseType(
        id=row.text("id"),
        label=row.label(),
        treated_as=next((known for known in get_args(Treatment) if known == treated), "decision"),
        delivery_forms=row.choices("delivery_forms", names["delivery_forms"], row.texts("delivery_forms")),
        sub_portfolios=row.choices("sub_portfolios", names["sub_portfolios"], row.texts("sub_portfolios")),
        required=required,
        optional=optional + tuple(f for f in everywhere if f not in required and f not in optional),
        documents=row.choices("documents", names["documents"], row.texts("documents", [])),
        paragraph=row.text("paragraph"),
    )


def _authority(row: Row, known_types: list[str]) -> Authority:
    case_type = row.text("case_type")
    row.choices("case_type", known_types, (case_type,))
    decides = row.text("decides")
    named = "label" in row.data or decides != BOARD  # the board's own name stands in [board]
    words = row.label() if named else None
    return Authority(case_type, decides, row.day("since"), row.optional_number("above_nok"), words)


def _template(row: Row, key: str) -> str:
    template = row.text(key)
    try:
        if template and template.format(seq=1, year=2026) == template.format(seq=2, year=2026):
            row.problem(key, f"«{key}» must use {{seq}}, or every number would be the same")
    except (LookupError, ValueError, AttributeError, TypeError):
        row.problem(key, f"«{key}» may use {{seq}} and {{year}} only")
    return template
