"""What goes into a meeting's archive in words: what it is, and what is missing in it, in the board's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from cards.i18n import _, noop
from cards.safe import one_line

_WORDS: Final = {
    "no_summons": noop("Innkallingen finnes ikke."),
    "no_agenda": noop("Sakslisten finnes ikke."),
    "no_public_agenda": noop("Den offentlige sakslisten finnes ikke."),
    "no_case_paper": noop("Saksframlegget finnes ikke."),
    "no_case_record": noop("Saken har ingen registrert behandling."),
    "no_minutes": noop("Referatet finnes ikke."),
    "minutes_not_locked": noop("Referatet er ikke godkjent og låst."),
    "wg_minutes_not_approved": noop("Arbeidsutvalgets referat er ikke godkjent."),
    "meeting_not_closed": noop("Møtet er ikke lukket."),
    "case_without_number": noop("Saken har ikke fått nummer."),
    "no_document": noop("Registreringen er uten dokument."),
    "link_only": noop("Dokumentet er bare en lenke; innholdet er ikke med."),
    "file_not_stored": noop("Filen finnes ikke i lageret."),
    "file_changed": noop("Filen er ikke den samme som i loggen, og er ikke med."),
    "no_archive_format": noop("Dokumentet finnes bare i produksjonsformat, ikke i arkivformat."),
}


class Lacking(Protocol):
    """One thing that is missing: ``bot.archive.missing.Missing``."""

    @property
    def code(self) -> str: ...
    @property
    def meeting(self) -> str: ...
    @property
    def case(self) -> str: ...
    @property
    def what(self) -> str: ...


def missing_words(code: str) -> str:
    """Errors: ``KeyError`` for a code that has no words."""
    return _(_WORDS[code])


def missing_list(meetings: Sequence[str], missing: Sequence[Lacking]) -> str:
    """``mangler.txt``: a heading, then one line for each thing."""
    heading = _("Arkiv av {meetings}", meetings=", ".join(one_line(number) for number in meetings))
    if not missing:
        return "\n\n".join((heading, _("Ingenting mangler."))) + "\n"
    lines = "\n".join(f"- {missing_line(one)}" for one in missing)
    return "\n\n".join((heading, _("Dette mangler:"), lines)) + "\n"


def missing_line(one: Lacking) -> str:
    """«Møte 2026-04-16, sak 012-2026: Saksframlegget finnes ikke. (SF, styringsdokument)»."""
    where = [_("Møte {number}", number=one_line(one.meeting))] if one.meeting else []
    where += [_("sak {number}", number=one_line(one.case))] if one.case else []
    what = f" ({one_line(one.what)})" if one.what else ""
    line = f"{', '.join(where)}: {missing_words(one.code)}{what}" if where else f"{missing_words(one.code)}{what}"
    return line[:1].upper() + line[1:]


def read_me(title: str, creator: str) -> str:
    """``LESMEG.txt``: what each file in the ZIP is, and how it is checked."""
    rows = (
        (
            "arkivstruktur.xml",
            _("metadata etter Noark 5 versjon 5: møtemapper, saksmapper, registreringer, dokumenter"),
        ),
        ("dokumenter/", _("filene, én mappe for hvert møte; navnet begynner med registreringstypen")),
        ("mangler.txt", _("hva som mangler i arkivet")),
        ("mangler.json", _("det samme for et annet program")),
        ("checksums.txt", _("SHA-256 for hver fil; sjekk dem med «sha256sum -c checksums.txt»")),
    )
    table = "\n".join(f"{name:<20}{words}" for name, words in rows)
    types = "\n".join(f"{code:<20}{_(words)}" for code, words in _TYPES)
    outcomes = "\n".join(f"{code:<20}{_(words)}" for code, words in _OUTCOMES)
    return "\n\n".join(
        (
            f"{one_line(title)}\n{one_line(creator)}",
            table,
            "\n".join((_("Registreringstyper (M085):"), types)),
            "\n".join((_("Utfall av behandlingen (M055):"), outcomes)),
            _("Tider i metadata er i UTC. Arkivet er laget av Saksgang og er likt hver gang, så lenge møtet er likt."),
            "",
        )
    )


_TYPES: Final = (
    ("MI", noop("møteinnkalling")),
    ("SL", noop("saksliste")),
    ("OL", noop("offentlig saksliste")),
    ("SF", noop("saksframlegg")),
    ("VL", noop("vedlegg til møtesak")),
    ("SP", noop("saksprotokoll")),
    ("MP", noop("møteprotokoll (referat)")),
)
_OUTCOMES: Final = (
    ("BE", noop("ferdig behandlet av utvalget")),
    ("UT", noop("utsatt til nytt møte i samme utvalg")),
    ("TB", noop("sendt tilbake til foregående utvalg")),
    ("UTGÅR", noop("trukket eller tatt av sakslisten")),
)


def exempt_case() -> str:
    """A case on the open agenda that has no public title."""
    return _("En sak som er unntatt offentlighet")


def former_user() -> str:
    """Somebody who is in the register no more."""
    return _("en tidligere bruker")


def deputy_for(member: str) -> str:
    """As what somebody takes part: «vara for Kari Nordmann»."""
    return _("vara for {member}", member=member)


def submitter_word() -> str:
    """The part that the one who brought a case has in it."""
    return _("melder")


def conditional(text: str, owner: str, due: str) -> str:
    """A condition of a decision, with who answers for it and by when."""
    return _("{text} (ansvarlig: {owner}, frist: {due})", text=text, owner=owner, due=due)


def said_by(who: str, text: str) -> str:
    """A statement, with whose it is."""
    return _("{who}: {text}", who=who, text=text)
