"""A channel that gets milestones, and a calendar of one's own."""

from __future__ import annotations

from board.mandate import Mandate
from cards.i18n import _
from cards.labels import label
from cards.message import Button, Field, Inputs, Message, Open, Paragraph, Say


def channel_opened(mandate: Mandate, *, new: bool, group: bool = False) -> Message:
    """Everybody in the channel reads it. ``group``: it gets the working group's cases."""
    if group:
        return _group_opened(new=new)
    title = _("Milepæler kommer i denne kanalen fra nå av") if new else _("Milepæler kommer allerede i denne kanalen")
    return Message(
        title=title,
        blocks=(
            Paragraph(
                _(
                    "Hit kommer: når det kan meldes saker til {board}, når fristen går ut, og når et møte flyttes "
                    "eller avlyses.",
                    board=label(mandate.board),
                )
            ),
            Paragraph(_("Hit kommer aldri hvem som er sein, hvem som har svart, eller innholdet i en sak.")),
        ),
        buttons=(Say(_("Slutt med milepæler"), _("kanal av")),),
    )


def _group_opened(*, new: bool) -> Message:
    title = _("Saker til arbeidsutvalget kommer i denne kanalen fra nå av")
    if not new:
        title = _("Saker til arbeidsutvalget kommer allerede i denne kanalen")
    return Message(
        title=title,
        blocks=(
            Paragraph(_("Hit kommer hver sak som er klar for arbeidsutvalget, og hvor den er siden.")),
            Paragraph(
                _(
                    "En sak som er unntatt offentlighet, kommer uten tittel, og det samme gjelder en sak der noen er "
                    "inhabil. Knappene får hver enkelt i sin egen samtale med meg."
                )
            ),
        ),
        buttons=(Say(_("Slutt med saker"), _("kanal av")),),
    )


def channel_closed(*, was_open: bool) -> Message:
    title = _("Det kommer ikke flere milepæler her") if was_open else _("Denne kanalen fikk ikke milepæler")
    return Message(title=title, buttons=(Say(_("Start milepæler"), _("kanal")),))


def channel_elsewhere() -> Message:
    """Asked for in a personal chat."""
    return Message(
        title=_("Skriv det i kanalen som skal få milepælene"),
        blocks=(
            Paragraph(_("Legg meg til i kanalen, nevn meg der, og skriv «kanal». Da kommer milepælene dit.")),
            Paragraph(_("Arbeidsutvalgets kanal får sakene som skal dit: skriv «kanal au» i den.")),
            Paragraph(_("«kanal av» samme sted stopper dem."), small=True),
        ),
    )


def calendar_offer() -> Message:
    return Message(
        title=_("Din egen kalender med møter og frister"),
        blocks=(
            Paragraph(
                _(
                    "Jeg kan lage en adresse som Outlook abonnerer på. Møtene og fristene dine står der, og følger med "
                    "når noe flyttes."
                )
            ),
            Paragraph(_("Adressen er hemmelig og din. Lager du en ny, slutter den forrige å virke."), small=True),
        ),
        buttons=(Say(_("Lag ny adresse"), _("kalender ny")), Say(_("Slå av"), _("kalender av"))),
    )


def calendar_made(url: str) -> Message:
    """The only time the address is shown. In a field, as text would be made harmless and could not be copied."""
    buttons: list[Button] = [Open(_("Åpne adressen"), url)] if url.startswith("https://") else []
    return Message(
        title=_("Her er adressen til kalenderen din"),
        blocks=(
            Inputs((Field("address", "url", _("Adressen, til å kopiere"), url),)),
            Paragraph(
                _(
                    "I Outlook: Kalender → Legg til kalender → Abonner fra nettet. Lim inn adressen, gi den navnet "
                    "Saksgang, og velg Importer."
                )
            ),
            Paragraph(_("Outlook henter nytt noen ganger i døgnet, så en endring kan vente litt der."), small=True),
            Paragraph(
                _("Adressen vises bare nå. Den som har den, ser møtene dine: del den ikke. Den forrige virker ikke."),
                small=True,
            ),
        ),
        buttons=(*buttons, Say(_("Slå av"), _("kalender av"))),
        summary=_("Kalenderen din er klar"),
    )


def calendar_closed(*, was_open: bool) -> Message:
    title = _("Kalenderadressen virker ikke lenger") if was_open else _("Du hadde ingen kalenderadresse")
    return Message(title=title, buttons=(Say(_("Lag ny adresse"), _("kalender ny")),))


def no_public_address() -> Message:
    return Message(
        title=_("Kalenderen kan ikke lages her ennå"),
        blocks=(Paragraph(_("Jeg vet ikke min egen nettadresse. Den som drifter meg, må sette SAKSGANG_PUBLIC_URL.")),),
        buttons=(Say(_("Frister"), _("frister")), Say(_("Årshjul"), _("årshjul"))),
    )
