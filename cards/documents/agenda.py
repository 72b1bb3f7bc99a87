"""The agenda (saksliste): one table, with the time that is asked for against the time there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cards.documents.content import AgendaLine, AgendaSheet, FollowUpLine
from cards.documents.markup import block, bullets, call, words
from cards.documents.names import facts, heading, item_kind, meeting_facts, minutes
from cards.i18n import _

_COLUMNS = "(auto, 1fr, auto, 92pt, auto)"
_COLUMNS_IN_A_PACK = "(auto, 1fr, auto, 92pt, auto, auto)"


def agenda_name(sheet: AgendaSheet) -> str:
    return _("Offentlig saksliste") if sheet.public else _("Saksliste")


def agenda(sheet: AgendaSheet, level: int, anchors: Mapping[str, str]) -> Iterator[str]:
    """``anchors``: by case number, the label of the paper in the same document."""
    yield heading(level, agenda_name(sheet), outlined=True)
    yield call("lead", words(sheet.approved or _("Utkast: lederen har ikke godkjent sakslisten ennå.")))
    yield facts(meeting_facts(sheet.head))
    yield _table(sheet, anchors)
    time = words(_time(sheet))
    yield call("stamp", call("par", call("strong", time))) if _too_long(sheet) else call("par", time)
    if sheet.follow_ups:
        yield heading(level + 1, _("Oppfølging av vedtak"), bookmarked=False)
        yield bullets(_followed(one) for one in sheet.follow_ups)
    if sheet.notes:
        yield heading(level + 1, _("Merknader til sakslisten"), bookmarked=False)
        yield bullets(sheet.notes)


def _followed(one: FollowUpLine) -> str:
    about = f"{one.number} {one.title}".strip()
    words_ = {"case": about, "text": _ended(one.text), "who": one.who, "due": one.due}
    if one.latest:
        return _("{case}: {text} Ansvarlig: {who}. Frist: {due}. Status: {latest}", latest=one.latest, **words_)
    return _("{case}: {text} Ansvarlig: {who}. Frist: {due}. Status er ikke meldt.", **words_)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _table(sheet: AgendaSheet, anchors: Mapping[str, str]) -> str:
    names = [_("Nr."), _("Sak"), _("Type"), _("Legges fram av"), _("Minutter"), *([_("Side")] if anchors else [])]
    cells = [call("table.header", *(call("strong", words(name)) for name in names))]
    for position, (title, lines) in enumerate(sheet.groups):
        if title and (position or [line.title for line in lines] != [title]):  # a first item may speak for itself
            cells.append(call("group", str(len(names)), words(title)))
        cells += (cell for line in lines for cell in _cells(line, anchors))
    cells.append(_sum(sheet, len(names)))
    return call("sheet", _COLUMNS_IN_A_PACK if anchors else _COLUMNS, *cells)


def _cells(line: AgendaLine, anchors: Mapping[str, str]) -> Iterator[str]:
    anchor = anchors.get(line.number, "")
    yield words(str(line.position))
    yield _title(line, anchor)
    yield words(item_kind(line.kind))
    yield words(line.presenter)
    yield _right(words(str(line.minutes) if line.minutes else "–"))
    if anchors:
        yield _right(call("page-of", f"<{anchor}>") if anchor else words("–"))


def _title(line: AgendaLine, anchor: str) -> str:
    title = call("linked", f"<{anchor}>", words(line.title)) if anchor else words(line.title)
    number = [call("quiet", words(line.number)), "linebreak()"] if line.number else []
    stamps = (part for stamp in line.stamps for part in ("linebreak()", call("strong", words(stamp))))
    return block([*number, title, *stamps])


def _right(cell: str) -> str:
    return call("table.cell", cell, align="right")


def _total(sheet: AgendaSheet) -> int:
    return sum(line.minutes for _title, lines in sheet.groups for line in lines)


def _sum(sheet: AgendaSheet, columns: int) -> str:
    words_of_it = call("table.cell", call("strong", words(_("Til sammen"))), colspan="4")
    rest = ['""'] * (columns - 5)
    return call(
        "table.footer", words_of_it, _right(call("strong", words(str(_total(sheet))))), *rest, repeat="false"
    )  # fmt: skip


def _too_long(sheet: AgendaSheet) -> bool:
    return 0 < sheet.head.minutes < _total(sheet)


def _time(sheet: AgendaSheet) -> str:
    total, there = _total(sheet), sheet.head.minutes
    if not there:
        return _("Sakene tar {total} til sammen.", total=minutes(total))
    if _too_long(sheet):
        over = minutes(total - there)
        return _(
            "For lang saksliste: sakene tar {total}, og møtet er satt til {there}. Det er {over} for mye.",
            total=minutes(total), there=minutes(there), over=over,
        )  # fmt: skip
    return _("Sakene tar {total} av møtets {there}.", total=minutes(total), there=minutes(there))
