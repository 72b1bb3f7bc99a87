"""What is said while a case is filled in with words: documents, the review, what is missing, that it was sent."""

from __future__ import annotations

from typing import Final

from board.case import Case, completeness
from board.errors import Refusal
from board.mandate import Mandate
from cards import actions
from cards.i18n import _
from cards.labels import label
from cards.message import About, Act, Banner, Block, Button, Json, Message, Meter, MeterItem, Option, Paragraph, Say
from cards.templates.questions import question
from cards.templates.refusals import field_name, refusal_banner

MORE_WORDS: Final = frozenset(
    ("mer", "meir", "more", "flere felt", "fleire felt", "fyll ut mer", "fyll ut meir", "more fields", "valgfrie felt")
)


def documents(case: Case, mandate: Mandate, note: Banner | None = None) -> Message:
    """Which documents the decision point asks for, and which of them are there."""
    complete = completeness(case, mandate)
    items = tuple(MeterItem(label(mandate.document_type[d].label), d not in complete.documents) for d in complete.asked)
    blocks: list[Block] = [note] if note else []
    blocks += [
        Meter(_("Dokumenter"), items),
        Paragraph(_("Send filer her i chatten, eller lim inn lenker, gjerne med navnet på dokumentet foran.")),
    ]
    return Message(
        title=_("Legg ved dokumentene"),
        blocks=tuple(blocks),
        buttons=(Say(_("Ferdig med dokumenter"), _("ferdig")), Say(_("Tilbake"), _("tilbake"))),
        summary=_("Legg ved dokumentene: {done} av {total} på plass", done=_there(items), total=len(items)),
    )


def _there(items: tuple[MeterItem, ...]) -> int:
    return sum(item.present for item in items)


def review(case: Case, mandate: Mandate, note: Banner | None = None) -> Message:
    """Everything required is asked: send it, or see what still lacks."""
    complete = completeness(case, mandate)
    blocks: list[Block] = [note] if note else []
    buttons: list[Button] = []
    if complete.may_be_sent:
        title = _("Skal jeg sende inn saken?")
        blocks.append(Paragraph(_("Alt som må fylles ut, er på plass.")))
        buttons.append(Say(_("Send inn"), _("send inn")))
    else:
        title = _("Saken er ikke klar til å sendes ennå")
        lacking = [field_name(f) for f in (*complete.fields, *complete.unread)]
        lacking += [label(mandate.document_type[d].label) for d in complete.documents if not complete.excused]
        items = tuple(MeterItem(name, present=False) for name in lacking)
        blocks.append(Meter(_("Mangler"), items))
        buttons.append(Say(_("Fyll ut det som mangler"), _("fortsett")))
    blocks.append(Paragraph(_("Vil du fylle ut flere felt, skriv «mer»."), small=True))
    key: dict[str, Json] = {"id": case.id, "rev": case.rev}
    buttons.append(Act(actions.CASE_EDIT, _("Se skjemaet"), key, with_inputs=False))
    return Message(title=title, blocks=tuple(blocks), buttons=tuple(buttons), about=About(case.id, case.rev))


def incomplete(refusal: Refusal, mandate: Mandate) -> Banner:
    return refusal_banner(refusal, {}, mandate)


def left_as_draft(case: Case) -> Message:
    return Message(
        title=_("Saken er lagret som utkast"),
        blocks=(Paragraph(_("Skriv «fortsett» når du vil ta den opp igjen.")),),
        buttons=(Say(_("Fortsett"), _("fortsett")), Say(_("Mine saker"), _("mine saker"))),
        about=About(case.id, case.rev),
    )


def stopped() -> Message:
    """``avbryt``."""
    return Message(
        title=_("Greit, vi stopper her"),
        blocks=(Paragraph(_("Alt du har skrevet, er tatt vare på. Skriv «fortsett» når du vil ta det opp igjen.")),),
        buttons=(Say(_("Fortsett"), _("fortsett")), Say(_("Mine saker"), _("mine saker"))),
    )


def nothing_to_stop() -> Message:
    return Message(
        title=_("Ingen spørsmål venter på svar nå"),
        buttons=(Say(_("Meld sak"), _("meld sak")), Say(_("Hjelp"), _("hjelp"))),
    )


def nothing_to_resume() -> Message:
    return Message(
        title=_("Du har ingen utkast"),
        buttons=(Say(_("Meld sak"), _("meld sak")), Say(_("Mine saker"), _("mine saker"))),
    )


def attached(case: Case, mandate: Mandate, names: tuple[str, ...]) -> Banner:
    """What was just added, and how far the documents have come."""
    complete = completeness(case, mandate)
    done, total = len(complete.asked) - len(complete.documents), len(complete.asked)
    what = ", ".join(names)
    if not total:
        return Banner(_("Lagt ved: {what}.", what=what), "good")
    return Banner(_("Lagt ved: {what}. {done} av {total} på plass.", what=what, done=done, total=total), "good")


def which_document(name: str, options: tuple[Option, ...]) -> Message:
    return question(_("Hvilket dokument er «{name}»?", name=name), options=options)


def no_case_for_file(name: str) -> Message:
    return Message(
        title=_("Jeg vet ikke hvilken sak «{name}» hører til", name=name),
        blocks=(Paragraph(_("Begynn med «meld sak», eller «fortsett» på et utkast, og send den så på nytt.")),),
        buttons=(Say(_("Meld sak"), _("meld sak")), Say(_("Fortsett"), _("fortsett"))),
    )


def file_refused(name: str, reason: str) -> Banner:
    """``reason`` is a code of the file store."""
    sentences = {
        "too_large": _("«{name}» er større enn 25 MB. Send en lenke i stedet.", name=name),
        "type": _("«{name}» er ikke en filtype jeg tar imot (PDF, Word, Excel, PowerPoint, bilde).", name=name),
        "host": _("«{name}» ligger et sted jeg ikke henter fra. Send en lenke i stedet.", name=name),
    }
    return Banner(
        sentences.get(reason, _("«{name}» kunne ikke hentes. Prøv igjen, eller send en lenke.", name=name)), "attention"
    )
