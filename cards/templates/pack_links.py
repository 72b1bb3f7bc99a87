"""Addresses that open papers: one's own, for a while; and what is said where there is none."""

from __future__ import annotations

from cards import actions
from cards.i18n import _, ngettext_
from cards.message import Act, Button, Message, Open, Paragraph, Say


def paper_ready(title: str, link: str, hours: int, case: str, *, draft: bool) -> Message:
    """A case paper's address. ``draft``: the case is not sent; the paper is as it stands now."""
    words = _("Saksfremlegget, slik saken står nå. Det er merket som utkast.") if draft else _("Saksfremlegget.")
    buttons: list[Button] = [Open(_("Åpne saksfremlegget (PDF)"), link)]
    if case:
        buttons.append(Act(actions.CASE_OPEN, _("Vis saken"), {"id": case}, with_inputs=False))
    return Message(
        title=_("Saksfremlegg: {title}", title=title) if title else _("Saksfremlegg"),
        blocks=(Paragraph(words), Paragraph(link_words(hours), small=True)),
        buttons=tuple(buttons),
    )


def link_words(hours: int) -> str:
    """Whose the address is and for how long."""
    return ngettext_(
        "Lenken er din egen og virker i {n} time. Del den ikke.",
        "Lenken er din egen og virker i {n} timer. Del den ikke.",
        hours,
    )


def no_address() -> Message:
    """The bot does not know where it is reached."""
    return Message(
        title=_("Sakspapirene kan ikke åpnes her ennå"),
        blocks=(Paragraph(_("Jeg vet ikke min egen nettadresse. Den som drifter meg, må sette SAKSGANG_PUBLIC_URL.")),),
        buttons=(Say(_("Frister"), _("frister")), Say(_("Mine saker"), _("mine saker"))),
    )
