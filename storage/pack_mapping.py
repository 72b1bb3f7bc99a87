"""Rows of packs and their files to the values of ``board`` and back, by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from board.ids import CaseId, DocumentId, MeetingId, PackId, PersonId
from board.pack import Pack, PackFile, PackItem, PackRead, PackState
from storage import pack_records as r
from storage.transaction import Row

PACK_COLUMNS = tuple(column for column in r.packs.columns if column.name not in ("leased_until", "frozen"))


def pack_from(row: Row) -> Pack:
    id_, meeting, version, sent_at, by, agenda, state, pages, reading_minutes, ready_at, minutes, items = row
    return Pack(
        PackId(id_),
        MeetingId(meeting),
        version,
        sent_at,
        PersonId(by),
        tuple(_item_from(item) for item in items),
        agenda,
        tuple(minutes),
        PackState(state),
        pages,
        reading_minutes,
        ready_at,
    )


def pack_values(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "meeting_id": pack.meeting,
        "version": pack.version,
        "sent_at": pack.sent_at,
        "by": pack.by,
        "agenda": pack.agenda,
        "state": pack.state.value,
        "pages": pack.pages,
        "reading_minutes": pack.reading_minutes,
        "ready_at": pack.ready_at,
        "minutes": list(pack.minutes),
        "items": [_item_values(item) for item in pack.items],
    }


def file_from(row: Row) -> PackFile:
    pack, case, sha256, pages, size, left_out = row
    without = tuple(CaseId(one) for one in left_out)
    return PackFile(PackId(pack), CaseId(case) if case else None, without, sha256, pages, size)


def file_values(file: PackFile) -> dict[str, Any]:
    return {
        "pack_id": file.pack,
        "case_id": file.case or "",
        "variant": variant(file.left_out),
        "sha256": file.sha256,
        "pages": file.pages,
        "size": file.size,
        "left_out": sorted(set(file.left_out)),
    }


def read_from(row: Row) -> PackRead:
    meeting, person, version, first_at, at = row
    return PackRead(MeetingId(meeting), PersonId(person), version, first_at, at)


def variant(left_out: Iterable[CaseId]) -> str:
    """A short key for what is left out, in whatever order: an index of PostgreSQL takes 2,700 bytes at most."""
    cases = sorted(set(left_out))
    return hashlib.sha256("\n".join(cases).encode()).hexdigest() if cases else ""


def _item_from(values: Mapping[str, Any]) -> PackItem:
    documents = tuple(DocumentId(document) for document in values["documents"])
    return PackItem(CaseId(values["case"]), values["number"], values["wg_number"], values["digest"], documents)


def _item_values(item: PackItem) -> dict[str, Any]:
    return {
        "case": item.case,
        "number": item.number,
        "wg_number": item.wg_number,
        "digest": item.digest,
        "documents": list(item.documents),
    }
