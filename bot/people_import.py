"""``import-people FILE.csv``: the register of people and roles, from what a portfolio office keeps in a spreadsheet.

Columns: ``name, email, aad_object_id, organisation, role, body, since, until, deputy_for`` (an e-mail). One row a role;
several rows for the same person are one person. Separators ``;`` and ``,`` are both read.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from board.ids import OrganisationId, PersonId
from board.people import BODY_OF, Body, Holding, Organisation, Person, Role
from board.ports import Account, UnitOfWork, Work
from bot.settings import Problems

REQUIRED = ("name", "aad_object_id", "role")


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    name: str
    email: str
    aad_object_id: str
    organisation: str
    role: Role
    body: Body
    since: date
    until: date | None
    deputy_for: str


def read_people(path: Path, today: date) -> tuple[Row, ...]:
    """Every row. Errors: :class:`Problems` naming every line that is wrong; nothing is imported then."""
    text = path.read_text(encoding="utf-8-sig")
    separator = ";" if text.splitlines()[:1] and ";" in text.splitlines()[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=separator)
    lacking = [c for c in REQUIRED if c not in (reader.fieldnames or ())]
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
    try:
        role = Role(record["role"])
    except ValueError:
        raise ValueError(f"the role «{record['role']}» is none of {', '.join(Role)}") from None
    return Row(
        line,
        record["name"],
        record.get("email", ""),
        record["aad_object_id"].lower(),
        record.get("organisation", ""),
        role,
        Body(record["body"]) if record.get("body") else BODY_OF[role],
        date.fromisoformat(record["since"]) if record.get("since") else today,
        date.fromisoformat(record["until"]) if record.get("until") else None,
        record.get("deputy_for", "").lower(),
    )


async def import_people(work: Work, rows: tuple[Row, ...], tenant: str) -> int:
    """Adds people who are not there yet, and the roles of all; the number of people added. All or nothing."""
    by_email = {row.email.lower(): PersonId(row.aad_object_id) for row in rows if row.email}
    async with work.write() as unit:
        known = set(await unit.people.get([PersonId(row.aad_object_id) for row in rows]))
        added = 0
        for name in sorted({row.organisation for row in rows if row.organisation}):
            await unit.people.add_organisation(Organisation(_organisation(name), name))
        for row in rows:
            person = PersonId(row.aad_object_id)
            if person not in known:
                await _add(unit, row, person, tenant)
                known.add(person)
                added += 1
            deputy_for = by_email.get(row.deputy_for)
            await unit.people.hold(Holding(person, row.role, row.body, row.since, row.until, deputy_for))
        await unit.commit()
    return added


async def _add(unit: UnitOfWork, row: Row, person: PersonId, tenant: str) -> None:
    organisation = _organisation(row.organisation) if row.organisation else None
    await unit.people.add(
        Person(person, row.name, row.email, organisation), Account("teams", tenant, row.aad_object_id)
    )


def _organisation(name: str) -> OrganisationId:
    return OrganisationId("-".join(name.lower().split())[:60])
