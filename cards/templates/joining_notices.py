"""What is told of joining: a code was made for you; an account came in that may be somebody of the register."""

from __future__ import annotations

from typing import Final

from board.joining import Unclear
from board.mandate import Mandate
from cards.i18n import _, noop
from cards.labels import label
from cards.message import Banner, Facts, Message, Paragraph, Say
from cards.templates.joining_card import channel_name

_UNCLEAR: Final = {
    Unclear.SHARED: noop("Flere i registeret har den e-postadressen, så kontoen er ikke koblet til noen."),
    Unclear.TAKEN: noop("En annen konto der har den e-postadressen, så kontoen er ikke koblet til noen."),
}


def code_made(who: str, mandate: Mandate) -> Message:
    """To the one the code is for, where he or she is reached already: a code nobody asked for is noticed."""
    office = label(mandate.office)
    made = _("{who} ({office}) har laget den. Den som skriver den til meg, er deg her.", who=who, office=office)
    unasked = _("Har du ikke bedt om den? Si fra til {email} med en gang.", email=mandate.office_email)
    return Message(
        title=_("Det er laget en kode som kobler en konto til deg"),
        blocks=(Paragraph(made), Banner(unasked, "warning")),
        why=_("Du får denne fordi koden gjelder deg."),
    )


def account_unclear(name: str, email: str, channel: str, why: Unclear, mandate: Mandate) -> Message:
    """To the office: who it is, what is doubtful, and how the account is joined all the same."""
    return Message(
        title=_("Hvem er {name} i {channel}?", name=name or _("den nye"), channel=channel_name(channel)),
        blocks=(
            Banner(_(_UNCLEAR[why]), "warning"),
            Facts(((_("Navn"), name), (_("E-post"), email), (_("Konto i"), channel_name(channel)))),
            Paragraph(
                _(
                    "Vedkommende er gjest til det er avklart. Finn ut hvem det er, skriv «kode» og navnet til meg, og "
                    "gi koden til vedkommende selv."
                )
            ),
        ),
        buttons=(Say(_("Lag kode"), _("kode")),),
        why=_("Du får denne fordi du er med i {office}.", office=label(mandate.office)),
    )
