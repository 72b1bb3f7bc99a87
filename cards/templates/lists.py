"""Lists: my cases, deadlines, one's drafts. Short lines, the nearest first, at most three next steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from board.case_ports import CaseLine
from board.states import CaseState
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import state_name
from cards.message import Act, Banner, Block, Facts, Message, Paragraph, Say
from cards.safe import cut
from cards.views import DeadlineLine

SHOWN = 12
DEADLINES_SHOWN = 6
"""Of one's own, and of each meeting: the nearest are what one asks for, and a phone shows no more at a glance."""
BUTTON_TITLE = 26
"""Characters of a title on a button, so that it is not cut off on a phone."""


def my_cases(lines: Sequence[CaseLine], waiting: frozenset[str] = frozenset()) -> Message:
    """``waiting`` are the ids of the cases that wait for the reader; they come first and are marked in words."""
    if not lines:
        return Message(
            title=_("Du har ingen saker ennå"),
            blocks=(Paragraph(_("Saker du melder, eier eller skal ta stilling til, kommer her.")),),
            buttons=(Say(_("Meld sak"), _("meld sak")), Say(_("Frister"), _("frister"))),
        )
    ordered = sorted(lines, key=lambda line: line.id not in waiting)[:SHOWN]
    blocks: list[Block] = []
    if waiting:
        blocks.append(Banner(_("Venter på deg: {n}", n=len(waiting)), "warning"))
    blocks += _under_each_other((name(line), _state(line, waiting)) for line in ordered)
    if len(lines) > SHOWN:
        blocks.append(Paragraph(_("Her er de {n} siste. Søk med «hvor er saken» og tittelen.", n=SHOWN), small=True))
    return Message(
        title=_("Dine saker"),
        blocks=tuple(blocks),
        buttons=tuple(open_button(line) for line in ordered[:3]),
    )


def found_cases(lines: Sequence[CaseLine], words: str) -> Message:
    """Several cases fit the words: which one was meant?"""
    return Message(
        title=_("Hvilken sak mener du?"),
        blocks=_under_each_other(
            (f"{line.number} {name(line)}".strip(), state_name(CaseState(line.state))) for line in lines[:SHOWN]
        ),
        buttons=tuple(open_button(line) for line in lines[:6]),
        summary=_("Flere saker passer med «{words}»", words=cut(words, 60)),
    )


def no_case(words: str) -> Message:
    return Message(
        title=_("Jeg finner ingen sak du kan se med «{words}»", words=cut(words, 60)),
        blocks=(Paragraph(_("Prøv et ord fra tittelen eller prosjektnummeret.")),),
        buttons=(Say(_("Mine saker"), _("mine saker")), Say(_("Meld sak"), _("meld sak"))),
    )


def which_case() -> Message:
    return Message(
        title=_("Hvilken sak?"),
        blocks=(Paragraph(_("Skriv for eksempel «hvor er saken» og et ord fra tittelen.")),),
        buttons=(Say(_("Mine saker"), _("mine saker")),),
    )


def drafts_waiting(lines: Sequence[CaseLine]) -> Message:
    """``meld sak`` while a draft is waiting: it is offered again, never thrown away."""
    rows = tuple((name(line), _("sist endret {day}", day=weekday_date(line.updated_at))) for line in lines)
    return Message(
        title=_("Du har et utkast som venter") if len(lines) == 1 else _("Du har utkast som venter"),
        blocks=_under_each_other(rows),
        buttons=(
            *(
                Act(
                    actions.CASE_EDIT,
                    _("Fortsett: {title}", title=cut(name(line), BUTTON_TITLE)),
                    {"id": line.id, "rev": line.rev},
                )
                for line in lines[:2]
            ),
            Act(actions.CASE_NEW, _("Start ny sak"), {"id": "", "rev": 0}),
        ),
        summary=_("Du har et utkast. Skriv «fortsett» eller «start ny»."),
    )


def deadlines(mine: Sequence[DeadlineLine] | None, meetings: Sequence[tuple[str, Sequence[DeadlineLine]]]) -> Message:
    """My deadlines first, then the next meetings'. ``mine`` None: others read it too, so nobody's own are shown."""
    blocks: list[Block] = [] if mine is None else [Paragraph(_("Dine frister"), strong=True)]
    if mine:
        blocks += _nearest(mine)
    elif mine is not None:
        blocks.append(Paragraph(_("Ingenting venter på deg.")))
    for heading, lines in meetings:
        blocks.append(Paragraph(heading, strong=True))
        blocks += _nearest(lines)
    if not meetings:
        blocks.append(Paragraph(_("Det er ikke satt opp noen styremøter ennå.")))
    return Message(
        title=_("Frister"),
        blocks=tuple(blocks),
        buttons=(Say(_("Mine saker"), _("mine saker")), Say(_("Meld sak"), _("meld sak"))),
    )


def _nearest(lines: Sequence[DeadlineLine]) -> list[Block]:
    shown: list[Block] = [Facts(tuple((weekday_date(line.day), line.name) for line in lines[:DEADLINES_SHOWN]))]
    later = len(lines) - DEADLINES_SHOWN
    if later > 0:
        shown.append(Paragraph(_("… og {n} senere", n=later), small=True))
    return shown


def _under_each_other(rows: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    """A title in full width over what is said of it: in two columns a long word breaks on a phone."""
    return tuple(
        block for title, said in rows for block in (Paragraph(title, strong=True), Paragraph(said, small=True))
    )


def open_button(line: CaseLine) -> Act:
    return Act(
        actions.CASE_OPEN, _("Vis {title}", title=cut(name(line), BUTTON_TITLE)), {"id": line.id, "rev": line.rev}
    )


def name(line: CaseLine) -> str:
    return line.title or _("Sak uten tittel")


def _state(line: CaseLine, waiting: frozenset[str]) -> str:
    words = state_name(CaseState(line.state))
    if line.deadline:
        words += ", " + _("frist {day}", day=weekday_date(line.deadline))
    return _("{state} – venter på deg", state=words) if line.id in waiting else words
