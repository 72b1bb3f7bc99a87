"""``import-people FILE.csv``: the register of people and roles, from what a portfolio office keeps in a spreadsheet.

Columns: ``name, email, aad_object_id, slack_user_id, organisation, role, body, since, until, deputy_for`` (an e-mail).
One row a role; several rows for the same person are one person. Each row says who it is by at least one of directory
id, Slack id and e-mail. Separators ``;`` and ``,`` are both read.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from board.ids import OrganisationId, PersonId
from board.people import BODY_OF, Body, Holding, Organisation, Role
from board.ports import Rules, Work
from board.usecases.join_by_email import join_guests
from bot.people_known import Places, Register, TwoPeople
from bot.settings import Problems

REQUIRED: Final = ("name", "role")
WHO: Final = ("aad_object_id", "slack_user_id", "email")
"""At least one of these says who a row is about."""


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    name: str
    email: str
    aad_object_id: str
    slack_user_id: str
    organisation: str
    role: Role
    body: Body
    since: date
    until: date | None
    deputy_for: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many people are new, and how many guests turned out to be somebody of the register."""

    added: int
    joined: int


def read_people(path: Path, today: date) -> tuple[Row, ...]:
    """Every row. Errors: :class:`Problems` naming every line that is wrong; nothing is imported then."""
    text = path.read_text(encoding="utf-8-sig")
    separator = ";" if text.splitlines()[:1] and ";" in text.splitlines()[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=separator)
    named = reader.fieldnames or ()
    lacking = [c for c in REQUIRED if c not in named]
    if not set(WHO) & set(named):
        lacking.append(f"one of {' / '.join(WHO)}")
    if lacking:
        raise Problems((f"{path.name}: the columns {', '.join(lacking)} are missing",))
    rows, problems = [], []
    for line, record in enumerate(reader, 2):
        try:
            rows.append(_row(line, {k: (v or "").strip() for k, v in record.items() if isinstance(k, str)}, today))
        except ValueError as error:
            problems.append(f"{path.name}, line {line}: {error}")
    if problems:
        raise Problems(tuple(problems))
    return tuple(rows)


def _row(line: int, record: Mapping[str, str], today: date) -> Row:
    for column in REQUIRED:
        if not record.get(column):
            raise ValueError(f"«{column}» is empty")
    if not any(record.get(column) for column in WHO):
        raise ValueError(f"nothing says who it is: fill in one of {', '.join(WHO)}")
    try:
        role = Role(record["role"])
    except ValueError:
        raise ValueError(f"the role «{record['role']}» is none of {', '.join(Role)}") from None
    return Row(
        line,
        record["name"],
        record.get("email", ""),
        record.get("aad_object_id", "").lower(),
        record.get("slack_user_id", "").upper(),
        record.get("organisation", ""),
        role,
        Body(record["body"]) if record.get("body") else BODY_OF[role],
        date.fromisoformat(record["since"]) if record.get("since") else today,
        date.fromisoformat(record["until"]) if record.get("until") else None,
        record.get("deputy_for", "").lower(),
    )


async def import_people(work: Work, rows: tuple[Row, ...], places: Places, rules: Rules) -> Imported:
    """Adds people who are not there yet, accounts that are new, and the roles of all. All or nothing.

    Guests of before follow: those whose account a row names, and those whose verified e-mail is now in the register.
    Errors: :class:`Problems` naming each row that says two different people.
    """
    async with work.write() as unit:
        register = await Register.of(unit, rules, places, rows)
        for name in sorted({row.organisation for row in rows if row.organisation}):
            await unit.people.add_organisation(Organisation(_organisation(name), name))
        people = await _people(register, rows)
        by_email = {row.email.lower(): person for row, person in zip(rows, people, strict=True) if row.email}
        for row, person in zip(rows, people, strict=True):
            deputy_for = by_email.get(row.deputy_for)
            await unit.people.hold(Holding(person, row.role, row.body, row.since, row.until, deputy_for))
        joined = await join_guests([row.email for row in rows], unit, rules)
        await unit.commit()
    return Imported(register.added, joined + register.joined)


async def _people(register: Register, rows: tuple[Row, ...]) -> list[PersonId]:
    found, problems = [], []
    for row in rows:
        try:
            found.append(await register.person(row, _organisation(row.organisation) if row.organisation else None))
        except TwoPeople as error:
            problems.append(f"line {row.line}: {error}")
    if problems:
        raise Problems(tuple(problems))
    return found


def _organisation(name: str) -> OrganisationId:
    return OrganisationId("-".join(name.lower().split())[:60])
