"""What a search of the decision register found: a list that a phone shows, or one decision as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from board.register import Place, RegisterEntry, RegisterHit, RegisterPage, Sees
from cards import actions
from cards.formats import join_words, weekday_date
from cards.i18n import _
from cards.labels import decided_name
from cards.message import Act, Banner, Block, Button, Facts, Json, LongText, Message, Paragraph, Say
from cards.safe import cut

_IN_A_LINE: Final = 160
"""Characters of a decision text that stand in the list; a longer one is folded."""
_IN_A_LIST: Final = 700
_ASKED: Final = 60
_ON_A_BUTTON: Final = 26
MOST_ASKED: Final = 200


def found_decisions(page: RegisterPage, asked: str, *, further: bool) -> Message:
    """Newest first. ``asked``: what was written; ``further``: this is not the first page."""
    hits = page.hits
    blocks: list[Block] = [block for hit in hits for block in _line(hit)]
    blocks += _looked_back(page)
    numbers = [hit.entry.number for hit in hits if hit.entry.number]
    if len(hits) > 1 and numbers:
        blocks.append(Paragraph(_("Skriv «vedtak {number}» for hele teksten.", number=numbers[0]), small=True))
    buttons = [*_more(page, asked), *(_one(number) for number in numbers)]
    if further:
        buttons = [*buttons[:2], find_button(_("Til de nyeste"), asked)]
    named = cut(asked, _ASKED)
    return Message(
        title=_("Vedtak: {asked}", asked=named) if asked else _("De siste vedtakene"),
        blocks=tuple(blocks),
        buttons=tuple(buttons[:3]),
        summary=_("{n} vedtak passer med «{asked}»", n=len(hits), asked=named) if asked and not page.more else "",
    )


def one_decision(hit: RegisterHit) -> Message:
    """The whole of it, and the way to its case for who may see that."""
    entry = hit.entry
    rows = [(_("Dato"), weekday_date(entry.decided_on)), (_("Status"), _status(entry))]
    if entry.wg_number:
        rows.append((_("I arbeidsutvalget"), entry.wg_number))
    if entry.project_ref:
        rows.append((_("Prosjekt"), entry.project_ref))
    texts: list[Block] = [LongText(_("Vedtak"), entry.text)] if entry.text else []
    texts += [LongText(_("Vilkår"), entry.conditions)] if entry.conditions else []
    buttons: list[Button] = [Say(_("Siste vedtak"), _("vedtak"))]
    if hit.sees is Sees.ALL and entry.number:
        buttons.insert(0, Say(_("Hvor er saken"), _("hvor er saken {number}", number=entry.number)))
    return Message(
        title=_titled(hit),
        blocks=(Facts(tuple(rows)), *texts),
        buttons=tuple(buttons),
        summary=_("{title}: {status}", title=cut(_titled(hit), 80), status=_status(entry)),
    )


def no_decision(asked: str, page: RegisterPage, corrected: Sequence[str], shorter: str) -> Message:
    """``corrected``: the same with a word spelt otherwise, by which something is found; ``shorter``: its words.

    Where the search has not seen everything yet, it is not told that there is nothing.
    """
    if page.more is not None:
        return Message(
            _("Ingen treff så langt"), tuple(_looked_back(page)), tuple(_more(page, asked)), summary=cut(asked, _ASKED)
        )
    blocks: list[Block] = []
    if corrected:
        blocks.append(Paragraph(_("Mente du {words}?", words=join_words([f"«{words}»" for words in corrected]))))
    blocks.append(Paragraph(_("Du kan søke på saksnummer, ord, dato, prosjekt og status.")))
    blocks.append(
        Paragraph(_("For eksempel «vedtak 065-2026», «vedtak avslått i fjor», «vedtak siste møte»."), small=True)
    )
    others = [words for words in (*corrected, shorter) if words]
    found = [Say(cut(words, _ON_A_BUTTON), _("vis vedtak {what}", what=words)) for words in others]
    return Message(
        title=_("Ingen vedtak du kan se, passer med «{asked}»", asked=cut(asked, _ASKED)),
        blocks=tuple(blocks),
        buttons=(*found[:2], Say(_("Siste vedtak"), _("vedtak"))),
    )


def no_decisions_yet() -> Message:
    return Message(
        title=_("Ingen vedtak å vise ennå"),
        blocks=(Paragraph(_("Vedtak står her når de er kunngjort.")),),
        buttons=(Say(_("Mine saker"), _("mine saker")), Say(_("Frister"), _("frister"))),
    )


def find_button(label: str, asked: str, before: Place | None = None) -> Act:
    place = f"{before.day.isoformat()}.{before.no}" if before else ""
    data: dict[str, Json] = {"id": "register", "rev": 0, "asked": asked[:MOST_ASKED], "before": place}
    return Act(actions.REGISTER_FIND, label, data, with_inputs=False)


def place_from(text: str) -> Place | None:
    """The place that a button carries; None where it is none."""
    day, _dot, number = text.partition(".")
    try:
        return Place(date.fromisoformat(day), int(number)) if len(number) < 19 else None
    except ValueError:
        return None


def _more(page: RegisterPage, asked: str) -> list[Button]:
    if page.more is None:
        return []
    label = _("Søk lenger tilbake") if page.looked_back_to else _("Vis flere")
    return [find_button(label, asked, page.more)]


def _looked_back(page: RegisterPage) -> list[Block]:
    if page.looked_back_to is None:
        return []
    back = weekday_date(page.looked_back_to)
    return [Banner(_("Jeg har sett gjennom vedtakene tilbake til {day}.", day=back), "default")]


def _line(hit: RegisterHit) -> list[Block]:
    """Under each other, in full width: in columns a long word breaks on a phone."""
    entry = hit.entry
    said = f"{weekday_date(entry.decided_on)} · {_status(entry)}"
    return [
        Paragraph(_titled(hit), strong=True),
        Paragraph(said, small=True),
        *_text(_("Vedtak"), entry.text),
        *_text(_("Vilkår"), entry.conditions),
    ]


def _text(label: str, text: str) -> list[Block]:
    if not text:
        return []
    if len(text) <= _IN_A_LINE:
        return [Paragraph(f"{label}: {text}")]
    return [LongText(label, cut(text, _IN_A_LIST), folded=True)]


def _titled(hit: RegisterHit) -> str:
    return f"{hit.entry.number} {hit.title or _('Sak uten tittel')}".strip()


def _status(entry: RegisterEntry) -> str:
    """Colour and signs tell nothing here: each state is a word."""
    words = [decided_name(entry.outcome)]
    if not entry.published:
        words.append(_("ikke kunngjort"))
    elif not entry.minutes_approved:
        words.append(_("foreløpig, referat ikke godkjent"))
    if entry.open_follow_ups:
        words.append(_("åpen oppfølging"))
    if entry.exempt:
        words.append(_("unntatt offentlighet"))
    return ", ".join(words)


def _one(number: str) -> Say:
    return Say(number, _("vis vedtak {what}", what=number))
