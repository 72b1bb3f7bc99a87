"""Joining an account to the person it belongs to: the office gives a code, somebody types it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from board.errors import Refusal
from board.joining import Unfit
from board.mandate import Mandate
from board.people import Person, Role
from cards import actions
from cards.formats import date_time, join_words
from cards.i18n import _, noop
from cards.labels import label, role_name
from cards.message import Act, Banner, Facts, Field, Inputs, Message, Paragraph, Say

MAX_TYPED: Final = 40
_CHANNELS: Final = {"teams": "Teams", "slack": "Slack"}
_UNFIT: Final = {
    Unfit.UNKNOWN: noop("Koden stemmer ikke. Se over den, og prøv igjen. Forsøk igjen i dag: {left}."),
    Unfit.USED: noop("Koden er brukt. Be porteføljekontoret om en ny."),
    Unfit.EXPIRED: noop("Koden er for gammel. Be porteføljekontoret om en ny."),
    Unfit.WITHDRAWN: noop("Koden gjelder ikke lenger. Be porteføljekontoret om en ny."),
    Unfit.LOCKED: noop("Det er prøvd for mange koder herfra i dag. Vent til i morgen, eller kontakt kontoret."),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of the register, with what tells people of the same name apart."""

    person: Person
    organisation: str
    roles: frozenset[Role]

    @property
    def about(self) -> str:
        roles = join_words([role_name(role) for role in Role if role in self.roles])
        return ", ".join(part for part in (roles, self.organisation, self.person.email) if part)


def channel_name(channel: str) -> str:
    """«Slack»: the same in every language."""
    return _CHANNELS.get(channel, channel)


# -- the office --------------------------------------------------------------------------------------------------------


def who_gets_it(note: Banner | None = None) -> Message:
    """«kode» without a name, or with one that nobody has."""
    return Message(
        title=_("Hvem skal ha koden?"),
        blocks=(
            *((note,) if note else ()),
            Paragraph(_("Skriv «kode» og navnet, eller e-postadressen som står i registeret.")),
            Paragraph(
                _("En kode kobler en konto, for eksempel i Slack, til en som står i styrets register."), small=True
            ),
        ),
        buttons=(Say(_("Hjelp"), _("hjelp")),),
    )


def nobody_called(words: str) -> Message:
    return who_gets_it(Banner(_("Jeg finner ingen i registeret som heter «{name}».", name=words), "warning"))


def offer_code(people: Sequence[Listed], note: Banner | None = None) -> Message:
    """One press from a code: who it is for is seen first."""
    return Message(
        title=_("Lag en kode til å koble en konto"),
        blocks=(
            *((note,) if note else ()),
            Facts(tuple((one.person.name, one.about) for one in people)),
            Paragraph(_("Den som skriver koden til meg, er vedkommende her fra da av. Gi den bare til rett person.")),
        ),
        buttons=tuple(
            Act(actions.JOIN_GIVE, _("Lag kode til {name}", name=one.person.name), {"id": one.person.id})
            for one in people
        ),
    )


def code_given(name: str, code: str, expires_at: datetime) -> Message:
    """The only time the code is shown."""
    return Message(
        title=_("Kode til {name}", name=name),
        blocks=(
            Facts(((_("Kode"), code), (_("Virker til"), date_time(expires_at)))),
            Paragraph(_("Gi den selv, i et møte eller på telefon, så du vet hvem som får den.")),
            Paragraph(_("{name} skriver «koble» og koden til meg fra kontoen som skal kobles.", name=name)),
            Paragraph(
                _(
                    "Koden virker én gang og vises bare nå. {name} får beskjed om at den er laget. En kode som ble "
                    "laget før og ikke er brukt, virker ikke lenger.",
                    name=name,
                ),
                small=True,
            ),
        ),
        summary=_("Koden er laget"),
    )


# -- the one who is to be joined ---------------------------------------------------------------------------------------


def enter_code(mandate: Mandate, typed: str = "", note: Banner | None = None) -> Message:
    """The code typed as part of the message, or in its field."""
    office = label(mandate.office)
    without = _("Det du har meldt herfra, følger med. Ingen kode? Skriv til {email}.", email=mandate.office_email)
    return Message(
        title=_("Koble kontoen din"),
        blocks=(
            *((note,) if note else ()),
            Paragraph(_("Har du fått en kode fra {office}? Skriv den her, eller «koble» og koden.", office=office)),
            Inputs((Field("code", "text", _("Koden"), typed, required=True, max_length=MAX_TYPED),)),
            Paragraph(without, small=True),
        ),
        buttons=(Act(actions.JOIN_USE, _("Koble"), style="positive"), Say(_("Hjelp"), _("hjelp"))),
    )


def unfit_note(refusal: Refusal) -> Banner:
    """Why the code did nothing, and how many tries are left."""
    why = Unfit(str(refusal.params["why"]))
    left = refusal.params.get("left", 0)
    return Banner(_(_UNFIT[why], left=left), "attention")


def unread_note() -> Banner:
    return Banner(
        _("En kode har ti tegn, bare bokstaver og tall, slik: CDFGH-JKMNP. Det teller ikke som et forsøk."), "warning"
    )


def joined_card(name: str) -> Message:
    return Message(
        title=_("Kontoen er koblet til deg, {name}", name=name),
        blocks=(Paragraph(_("Fra nå av er dette dine oppgaver og saker. Det du har meldt herfra, fulgte med.")),),
        buttons=(Say(_("Oppgaver"), _("oppgaver")), Say(_("Mine saker"), _("mine saker")), Say(_("Hjelp"), _("hjelp"))),
    )


def known_card(name: str, channels: Sequence[str]) -> Message:
    """Somebody who is in the register already asks to be joined."""
    where = join_words([channel_name(one) for one in channels])
    return Message(
        title=_("Jeg vet hvem du er, {name}", name=name),
        blocks=(
            Paragraph(_("Kontoene dine: {where}. Varsler går til den du brukte sist.", where=where)),
            Paragraph(_("Skal en konto til kobles, skriv «koble» og koden fra den kontoen."), small=True),
        ),
        buttons=(Say(_("Oppgaver"), _("oppgaver")), Say(_("Mine saker"), _("mine saker"))),
    )
