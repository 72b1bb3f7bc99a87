"""What was decided in one case, and a text that is not locked yet, as plain text for the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cards.i18n import _
from cards.safe import clean, one_line


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """In words that are ready: ``conditions`` one a line, people by name. ``inhabil``: who took no part in it."""

    number: str
    title: str
    meeting: str
    outcome: str
    text: str = ""
    proposal: str = ""
    conditions: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    inhabil: tuple[str, ...] = ()
    statement: str = ""
    statements: tuple[str, ...] = ()
    dispensations: tuple[str, ...] = ()
    published: str = ""
    unanimous: bool = False


def record_text(record: CaseRecord) -> str:
    """A heading, then each fact that there is under its own line."""
    parts = [
        (_("Saken ble behandlet i"), record.meeting),
        (_("Utfall"), record.outcome),
        (_("Forslag til vedtak"), record.proposal),
        (_("Vedtak"), record.text),
        (_("Vilkår"), _lines(record.conditions)),
        (_("Til stede"), _lines(record.present)),
        (_("Forlot møtet under saken"), _lines(record.left)),
        (_("Inhabile"), _lines(record.inhabil)),
        (_("Avstemning"), _("Enstemmig") if record.unanimous else ""),
        (_("Stemte imot"), _lines(record.dissent)),
        (_("Protokolltilførsel"), record.statement),
        (_("Uttalelser"), _lines(record.statements)),
        (_("Dispensasjoner"), _lines(record.dispensations)),
        (_("Kunngjort"), record.published),
    ]
    title = one_line(f"{record.number} {record.title}")
    return plain_text(title, [(heading, text) for heading, text in parts if text.strip()])


def plain_text(title: str, sections: Sequence[tuple[str, str]]) -> str:
    """Sections of (heading, text), with a blank line between them."""
    told = (f"{one_line(heading)}:\n{clean(text)}" if heading else clean(text) for heading, text in sections)
    return "\n\n".join((one_line(title), *told)) + "\n"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(f"- {one_line(text)}" for text in texts)
