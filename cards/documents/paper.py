"""The case paper (saksfremlegg): the proposed decision, why, who has been heard, the enclosures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cards.documents.content import EnclosedPage, Enclosure, Paper
from cards.documents.enclosed import Named, enclosed
from cards.documents.markup import block, call, prose, words
from cards.documents.names import case_title, facts, heading, paper_kind, statements
from cards.i18n import _
from cards.safe import is_https
from cards.typst_source import literal


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a paper stands in its document. ``anchor``: its own label, which those of its enclosures begin with.

    ``in_pack``: its sections are left out of the bookmarks, which are one a case and one an enclosure there.
    """

    level: int
    anchor: str
    in_pack: bool = False


def paper(case: Paper, placed: Placed, pages: Mapping[str, Sequence[EnclosedPage]]) -> Iterator[str]:
    yield from _top(case, placed)
    if case.proposed_decision.strip():
        decision = [_section_heading(_("Forslag til vedtak"), placed), prose(case.proposed_decision)]
        yield call("apart", block(decision))
    yield facts(case.facts)
    for title, text in case.sections:
        if text.strip():
            yield _section_heading(title, placed)
            yield prose(text)
    yield from _heard(case, placed)
    yield from _enclosures(case, placed, pages)


def _section_heading(title: str, placed: Placed) -> str:
    return heading(placed.level + 1, title, bookmarked=not placed.in_pack)


def _top(case: Paper, placed: Placed) -> Iterator[str]:
    title = case_title(case.number, case.title)
    yield heading(placed.level, title, outlined=True, anchor=placed.anchor)
    meeting = (paper_kind(case.kind), case.head.body, case.head.meeting)
    yield call("lead", words(" · ".join(part for part in meeting if part)))
    yield from (call("stamp", call("par", call("strong", words(stamp)))) for stamp in case.stamps)
    if case.missing.strip():
        missing = [call("par", call("strong", words(_("Dokumenter som mangler")))), prose(case.missing)]
        yield call("stamp", block(missing))
    if case.before:
        yield call("par", words(_("Saken hadde nummer {number} da den ble utsatt.", number=case.before)))


def _heard(case: Paper, placed: Placed) -> Iterator[str]:
    if not (case.advice.strip() or case.statements):
        return
    yield _section_heading(_("Medvirkning"), placed)
    if case.advice.strip():
        yield heading(placed.level + 2, _("Råd fra arbeidsutvalget"), bookmarked=False)
        yield prose(case.advice)
    if case.statements:
        yield heading(placed.level + 2, _("Uttalelser fra konserntillitsvalgte"), bookmarked=False)
        yield from statements(case.statements)


# ---------------------------------------------------------------- enclosures


def _enclosures(case: Paper, placed: Placed, pages: Mapping[str, Sequence[EnclosedPage]]) -> Iterator[str]:
    if not case.enclosures:
        return
    yield _section_heading(_("Vedlegg"), placed)
    names = (_("Nr."), _("Vedlegg"), _("Type"), _("Offentlighet"), _("Side"))
    cells = [call("table.header", *(call("strong", words(name)) for name in names))]
    for number, enclosure in enumerate(case.enclosures, start=1):
        anchor = _anchor(placed, number) if pages.get(enclosure.sha256) else ""
        cells += _row(number, enclosure, anchor)
    yield call("sheet", "(auto, 1fr, 104pt, 104pt, auto)", *cells)
    for enclosure in case.enclosures:
        if _is_pdf(enclosure) and not pages.get(enclosure.sha256):
            lost = words(_("Vedlegget kunne ikke tas inn: {name}", name=enclosure.name))
            yield call("stamp", call("par", lost))
    for number, enclosure in enumerate(case.enclosures, start=1):
        if there := pages.get(enclosure.sha256):
            name = _enclosure_name(number, enclosure, case)
            yield from enclosed(Named(name, enclosure.name, placed.level + 1, _anchor(placed, number)), there)


def _is_pdf(enclosure: Enclosure) -> bool:
    return bool(enclosure.sha256) and enclosure.name.lower().endswith(".pdf")


def _row(number: int, enclosure: Enclosure, anchor: str) -> Iterator[str]:
    yield words(str(number))
    yield _name(enclosure, anchor)
    yield words(enclosure.kind)
    yield words(_("Unntatt: {why}", why=enclosure.exempt) if enclosure.exempt else _("Åpent"))
    yield call("table.cell", call("page-of", f"<{anchor}>") if anchor else words("–"), align="right")


def _name(enclosure: Enclosure, anchor: str) -> str:
    parts = [call("linked", f"<{anchor}>", words(enclosure.name)) if anchor else words(enclosure.name)]
    if enclosure.url:
        address = words(enclosure.url)
        shown = call("link", literal(enclosure.url), address) if is_https(enclosure.url) else address
        parts += ["linebreak()", shown]
    return block(parts)


def _enclosure_name(number: int, enclosure: Enclosure, case: Paper) -> str:
    if case.number:
        return _("Vedlegg {n} til sak {number}: {name}", n=number, number=case.number, name=enclosure.name)
    return _("Vedlegg {n}: {name}", n=number, name=enclosure.name)


def _anchor(placed: Placed, number: int) -> str:
    return f"{placed.anchor}-enclosure-{number}"
