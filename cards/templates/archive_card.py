"""A meeting's archive: the address that gives it, and what is said where there is none."""

from __future__ import annotations

from cards.i18n import Language, _
from cards.message import Message, Open, Paragraph, Say
from cards.templates.pack_links import link_words
from cards.templates.pack_wait import bare_page


def archive_ready(meeting: str, link: str, hours: int) -> Message:
    """``meeting``: «styremøtet torsdag 16. april 2026»."""
    words = _(
        "En ZIP-fil med dokumentene, sjekksummer, metadata etter Noark 5 og en liste over det som mangler. "
        "Den inneholder også saker som er unntatt offentlighet."
    )
    return Message(
        title=_("Arkivet av {meeting}", meeting=meeting),
        blocks=(Paragraph(words), Paragraph(link_words(hours), small=True)),
        buttons=(Open(_("Hent arkivet (ZIP)"), link),),
    )


def archive_without_meeting() -> Message:
    return Message(
        title=_("Jeg finner ikke et slikt møte"),
        blocks=(Paragraph(_("Skriv for eksempel «arkiver møte», «arkiver møte au» eller «arkiver møte 16.04.2026».")),),
        buttons=(Say(_("Årshjul"), _("årshjul")), Say(_("Hjelp"), _("hjelp"))),
    )


def archive_waiting_page(language: Language) -> str:
    """The answer's header makes the browser ask again."""
    words = _("Siden hentes på nytt om et øyeblikk. Skjer ingenting, last den på nytt selv.")
    return bare_page(language, _("Arkivet lages nå"), words)


def archive_failed_page(language: Language, incident: str) -> str:
    """``incident`` is what operators find the log line by."""
    words = _(
        "Prøv igjen om litt. Skjer det igjen, oppgi feilkoden {incident} til porteføljekontoret.", incident=incident
    )
    return bare_page(language, _("Arkivet kunne ikke lages nå"), words)
