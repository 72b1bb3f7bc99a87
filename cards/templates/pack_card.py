"""A meeting's papers as one reader sees them: how much there is to read, what is to be decided, what is new since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from board.agenda import ItemKind
from board.notices import NoticeKind
from board.pack import PackState
from board.people import Body
from cards import actions
from cards.formats import date_time
from cards.i18n import _, ngettext_, noop
from cards.message import About, Act, Banner, Block, Button, Facts, Json, LongText, Message, Open, Paragraph, Say
from cards.pack_views import OfficeView, PackView
from cards.safe import cut
from cards.templates.meeting_card import meeting_title
from cards.templates.pack_gates import NOTHING_TYPED, Typed, gates_card, lacking_blocks, send_button, settle_buttons
from cards.templates.pack_texts import meeting_day, news_blocks, papers_of, why

MOST_BUTTONS: Final = 6
_MOST_LINES: Final = 12
_LONGEST_TITLE: Final = (80, 160)
"""In a long list, and where there are few."""
_FEW: Final = 8
_LONGEST_NAME: Final = 40
_HEADINGS: Final = {
    ItemKind.DECISION: noop("Må besluttes"),
    ItemKind.DISCUSSION: noop("Til diskusjon"),
    ItemKind.ORIENTATION: noop("Til orientering"),
}


def pack_card(view: PackView, note: Banner | None = None, link: str = "", typed: Typed = NOTHING_TYPED) -> Message:
    """``link``: the reader's own address of the papers. ``typed``: reasons that were not taken in, by gate."""
    if view.pack is None and view.office is not None and _state(view) is not PackState.WAITING:
        return gates_card(view, note, typed)
    blocks: list[Block] = [note] if note else []
    if _state(view) is PackState.WAITING and view.office and not note:
        blocks.append(Banner(_("Sakspapirene lages nå. Mottakerne får dem når de er ferdige."), "accent"))
    if view.pack is None:
        return _not_out(view, blocks)
    if view.changes:
        blocks += news_blocks(_("Nytt siden du leste"), view.changes)
    blocks.append(Facts(tuple(_facts(view))))
    blocks += _cases(view)
    blocks += _office(view)
    return _message(view, blocks, _buttons(view, link, typed))


def sent_card(view: PackView) -> Message:
    """The news itself, as its reader gets it."""
    card = pack_card(view)
    meeting = meeting_day(view.meeting)
    words = _("Sakspapirene til {meeting} er klare: {size}.", meeting=meeting, size=size(view))
    if not view.pages:
        words = _("Sakspapirene til {meeting} er klare.", meeting=meeting)
    return _as_news(card, view, words)


def changed_card(view: PackView) -> Message:
    """«Nytt siden du leste», to somebody who opened an earlier version."""
    card = pack_card(view)
    words = _("Nytt i sakspapirene til {meeting} siden du leste dem.", meeting=meeting_day(view.meeting))
    return _as_news(card, view, words)


def failed_card(view: PackView, incident: str) -> Message:
    """To the office: the files could not be made. Nobody was told of the version."""
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev}
    return Message(
        title=_("Sakspapirene til {meeting} kunne ikke lages", meeting=meeting_day(view.meeting)),
        blocks=(
            Paragraph(_("Ingen har fått dem. Sakene er registrert som sendt ut, så du kan prøve på nytt.")),
            Paragraph(_("Skjer det igjen, oppgi feilkoden {incident} til den som drifter meg.", incident=incident)),
        ),
        buttons=(
            Act(actions.PACK_SEND, _("Prøv igjen"), data, "positive", with_inputs=False),
            Act(actions.PACK_OPEN, _("Vis sakspapirene"), data, with_inputs=False),
        ),
        why=why(view),
        about=About(f"pack:{view.meeting.id}", view.rev),
        tone="attention",
    )


def milestone_card(view: PackView) -> Message:
    """To a whole channel: no title, no name."""
    title = _("Sakspapirene til {meeting} er sendt", meeting=meeting_day(view.meeting))
    return Message(
        title=title,
        blocks=(Facts(((_("Når"), date_time(view.meeting.starts_at)),)),),
        why=_("Kanalen får milepæler fordi porteføljekontoret skrev «kanal» her. «kanal av» stopper dem."),
    )


def size(view: PackView) -> str:
    """«84 sider, om lag 55 minutter å lese»."""
    pages = ngettext_("{n} side", "{n} sider", view.pages)
    time = ngettext_("om lag {n} minutt å lese", "om lag {n} minutter å lese", view.reading_minutes)
    return f"{pages}, {time}"


# -- parts ---------------------------------------------------------------------------------------------------------


def _not_out(view: PackView, blocks: list[Block]) -> Message:
    if view.office is not None:
        data: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev}
        return _message(
            view, [*blocks, *_cases(view)], [Act(actions.PACK_OPEN, _("Oppdater"), data, with_inputs=False)]
        )
    return _message(
        view, [*blocks, Paragraph(_("Sakspapirene er ikke sendt ennå."))], [Say(_("Frister"), _("frister"))]
    )


def _state(view: PackView) -> PackState | None:
    return view.latest.state if view.latest else None


def _facts(view: PackView) -> Iterable[tuple[str, str]]:
    pack = view.pack
    if pack is None:
        return
    yield _("Møte"), meeting_title(view.meeting)
    if view.meeting.place:
        yield _("Sted"), view.meeting.place
    if view.pages:
        yield _("Omfang"), size(view)
    if pack.version > 1:
        sent = date_time(pack.sent_at)
        yield _("Versjon"), _("{n}, sendt {when}", n=pack.version, when=sent)
    if view.read:
        yield _("Du åpnet"), _("versjon {n}, {when}", n=view.read.version, when=date_time(view.read.at))


def _cases(view: PackView) -> list[Block]:
    """By what is to be done with them, each with its number."""
    found: list[Block] = []
    longest = _LONGEST_TITLE[len(view.lines) <= _FEW]
    for kind, heading in _HEADINGS.items():
        lines = [line for line in view.lines if line.kind is kind]
        if not lines:
            continue
        rows = [(line.number, cut(line.title, longest)) for line in lines[:_MOST_LINES]]
        found += [Paragraph(f"{_(heading)} ({len(lines)})", strong=True), Facts(tuple(rows))]
        if len(lines) > _MOST_LINES:
            found.append(Paragraph(_("… og {n} saker til. Alle står i sakslisten.", n=len(lines) - _MOST_LINES)))
    return found


def _office(view: PackView) -> list[Block]:
    """Who has opened which version, when; and what a new version would have."""
    office, pack = view.office, view.pack
    if office is None or pack is None:
        return []
    opened = [person for person in office.recipients if person in office.reads]
    words = _("{n} av {total} har åpnet sakspapirene", n=len(opened), total=len(office.recipients))
    found: list[Block] = [LongText(words, "\n".join(_read_lines(view, office)), folded=True)]
    if office.new:
        found += news_blocks(_("Endret siden de ble sendt"), office.new)
        found += lacking_blocks(view, office)
    return found


def _read_lines(view: PackView, office: OfficeView) -> Iterable[str]:
    for person in office.recipients:
        mark = office.reads.get(person)
        opened = _("versjon {n}, {when}", n=mark.version, when=date_time(mark.at)) if mark else _("ikke åpnet ennå")
        yield f"{cut(view.name(person), _LONGEST_NAME)}: {opened}"


def _buttons(view: PackView, link: str, typed: Typed) -> list[Button]:
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev}
    found: list[Button] = []
    if link and view.pages:
        pages = ngettext_("{n} side", "{n} sider", view.pages)
        found.append(Open(_("Åpne sakspapirene (PDF, {pages})", pages=pages), link))
    elif link:
        found.append(Open(_("Åpne sakspapirene (PDF)"), link))
    else:
        found.append(Act(actions.PACK_READ, _("Les sakspapirene"), data, "positive", with_inputs=False))
    if view.declares and view.meeting.body is Body.BOARD:
        found.append(Act(actions.CONFLICT_OPEN, _("Habilitet"), data, with_inputs=False))
    found.append(Act(actions.AGENDA_OPEN, _("Saksliste"), data, with_inputs=False))
    office = view.office
    if office is not None and view.pack is not None:
        if office.new and _state(view) is not PackState.WAITING:
            settled = [] if office.refusals else [send_button(view)]
            found = [*found[:1], *settled, *settle_buttons(view, office, typed)[:2], *found[1:]]
        told: dict[str, Json] = {"kind": NoticeKind.PACK_SENT.value, "id": view.meeting.id, "rev": 1, "part": ""}
        found.append(Act(actions.NOTICE_MISSED, _("Hvem har fått dem"), told, with_inputs=False))
        found.append(Act(actions.PACK_OPEN, _("Oppdater"), data, with_inputs=False))
    return found[:MOST_BUTTONS]


def _message(view: PackView, blocks: Iterable[Block], buttons: list[Button]) -> Message:
    title = papers_of(view.meeting)
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        why=why(view),
        summary=title,
        about=About(f"pack:{view.meeting.id}", view.rev),
    )


def _as_news(card: Message, view: PackView, words: str) -> Message:
    decide = sum(line.kind is ItemKind.DECISION for line in view.lines)
    more = ngettext_("{n} sak må besluttes.", "{n} saker må besluttes.", decide) if decide else ""
    return Message(
        title=words.removesuffix("."),
        blocks=card.blocks,
        buttons=card.buttons,
        why=card.why,
        summary=f"{words} {more}".strip(),
        about=card.about,
    )
