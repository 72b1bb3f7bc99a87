"""What the bot says about itself: help, near misses, trouble. Each says what happened, what is kept, what to do now."""

from __future__ import annotations

from collections.abc import Sequence

from board.mandate import Mandate
from cards.formats import number
from cards.i18n import _
from cards.labels import label
from cards.message import Banner, Button, Facts, Message, Paragraph, Say


def help_card(lines: Sequence[tuple[str, str]], duties: int, buttons: Sequence[Button], mandate: Mandate) -> Message:
    """What this person can do now: (what to write, what happens)."""
    head = _("Du har {n} oppgaver som venter.", n=duties) if duties > 1 else _("Du har én oppgave som venter.")
    return Message(
        title=_("Dette kan jeg hjelpe deg med"),
        blocks=(
            Paragraph(_("Jeg følger sakene til {board} fra innmelding til referat.", board=label(mandate.board))),
            *((Banner(head, "warning"),) if duties else ()),
            Facts(tuple(lines)),
            Paragraph(_("Spørsmål? Skriv til {email}.", email=mandate.office_email), small=True),
        ),
        buttons=tuple(buttons),
    )


def question_help(ask: str, help_text: str) -> Message:
    """``hjelp`` inside a question."""
    return Message(
        title=ask,
        blocks=(
            *((Paragraph(help_text),) if help_text else ()),
            Facts(
                (
                    (_("tilbake"), _("går til forrige spørsmål")),
                    (_("hopp over"), _("går videre uten å svare, der det kan stå åpent")),
                    (_("send inn"), _("sender saken, eller sier hva som mangler")),
                    (_("avbryt"), _("stopper her; alt du har skrevet, blir tatt vare på")),
                )
            ),
        ),
        buttons=(Say(_("Tilbake"), _("tilbake")), Say(_("Avbryt"), _("avbryt"))),
    )


def perhaps(commands: Sequence[tuple[str, str]]) -> Message:
    """``commands`` are (name on the button, what it writes), the likeliest first."""
    return Message(
        title=_("Mente du dette?"),
        blocks=(Paragraph(_("Jeg er ikke sikker på hva du mener. Velg, eller skriv det på en annen måte.")),),
        buttons=tuple(Say(name, words) for name, words in commands[:3]),
    )


def not_understood() -> Message:
    return Message(
        title=_("Det forsto jeg ikke"),
        blocks=(Paragraph(_("Jeg kan blant annet ta imot saker og vise deg hvor de er. Skriv «hjelp» for mer.")),),
        buttons=(
            Say(_("Hjelp"), _("hjelp")),
            Say(_("Meld sak"), _("meld sak")),
            Say(_("Mine saker"), _("mine saker")),
        ),
    )


def welcome(mandate: Mandate) -> Message:
    """When the bot is installed, or somebody says hello."""
    return Message(
        title=_("Hei! Jeg er Saksgang."),
        blocks=(
            Paragraph(_("Jeg tar imot saker til {board} og passer på frister og svar.", board=label(mandate.board))),
            Paragraph(_("Skriv det du vil, for eksempel «meld sak». Vil du ha nynorsk, skriv «språk nynorsk».")),
        ),
        buttons=(
            Say(_("Meld sak"), _("meld sak")),
            Say(_("Mine saker"), _("mine saker")),
            Say(_("Hjelp"), _("hjelp")),
        ),
    )


def in_private() -> Message:
    """A personal command in a channel: the answer would be seen by everybody there."""
    return Message(
        title=_("Det tar vi i en privat chat"),
        blocks=(Paragraph(_("Svaret gjelder bare deg. Skriv det samme til meg i en privat chat.")),),
    )


def language_changed() -> Message:
    return Message(
        title=_("Fra nå av skriver jeg bokmål til deg."),
        buttons=(Say(_("Hjelp"), _("hjelp")), Say(_("Mine saker"), _("mine saker"))),
    )


def language_question() -> Message:
    return Message(
        title=_("Hvilket språk vil du ha?"),
        buttons=(
            Say("Bokmål", "språk bokmål"),
            Say("Nynorsk", "språk nynorsk"),
            Say("English", "language english"),
        ),
    )


def too_long(length: int, limit: int) -> Message:
    return Message(
        title=_("Teksten er for lang"),
        blocks=(
            Paragraph(
                _(
                    "Den er på {length} tegn, og grensen er {limit}. Ingenting av den er lagret, men den står "
                    "i chatten: kort den ned eller del den, og send den på nytt.",
                    length=number(length),
                    limit=number(limit),
                )
            ),
        ),
    )


def slow_down() -> Message:
    return Message(
        title=_("Et øyeblikk"),
        blocks=(Paragraph(_("Det kom mange trykk på kort tid. Det siste ble ikke utført. Vent litt og prøv igjen.")),),
    )


def failure(incident: str) -> Message:
    """Something broke. ``incident`` is what operators find the log line by."""
    return Message(
        title=_("Noe gikk galt hos meg"),
        blocks=(
            Paragraph(_("Det siste du gjorde, ble ikke lagret. Alt fra før er tatt vare på. Prøv igjen om litt.")),
            Paragraph(_("Skjer det igjen, oppgi feilkoden {incident} til den som drifter meg.", incident=incident)),
        ),
        tone="attention",
    )


def clock_moved(now: str) -> Message:
    """Local mode only."""
    return Message(title=_("Klokka er nå {now}", now=now))


def clock_unclear() -> Message:
    return Message(
        title=_("Klokka ble ikke flyttet"),
        blocks=(Paragraph(_("Skriv for eksempel «tid 2026-04-01 08:00». Den går bare framover.")),),
    )
