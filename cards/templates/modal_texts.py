"""What is said in a window over the chat, and beside it: what happened, what is kept, what to do now."""

from __future__ import annotations

from collections.abc import Iterable

from cards.i18n import _
from cards.message import Banner, Block, LongText, Message, Paragraph


def one_moment() -> Message:
    """While an answer takes longer than the platform waits."""
    return Message(
        title=_("Et øyeblikk"),
        blocks=(Paragraph(_("Jeg holder på med det du sendte. Lukker du vinduet, kommer svaret i chatten likevel.")),),
    )


def done(card: Message | None) -> Message:
    """It was taken in; the card itself stands in the chat."""
    banners = tuple(block for block in card.blocks if isinstance(block, Banner)) if card else ()
    return Message(
        title=card.title if card else _("Det er gjort"),
        blocks=(*banners, Paragraph(_("Svaret står i chatten. Du kan lukke vinduet."))),
        language=card.language if card else "nb",
    )


def moved_on(card: Message, reason: Banner | None, typed: Iterable[tuple[str, str]]) -> Message:
    """The form is of no use any more, as things have changed elsewhere; what was typed in it can still be copied."""
    return Message(
        title=card.title, blocks=(*((reason,) if reason else ()), *_typed(list(typed))), language=card.language
    )


def forgotten(typed: Iterable[str]) -> Message:
    """The form was opened so long ago, or by somebody else, that it leads nowhere."""
    answers = [(_("Svar {n}", n=number), text) for number, text in enumerate(typed, 1)]
    words = _("Dette skjemaet er for gammelt, og ingenting er sendt. Åpne det på nytt fra chatten.")
    return Message(title=_("Skjemaet er for gammelt"), blocks=(Banner(words, "attention"), *_typed(answers)))


def failed(incident: str) -> str:
    """At the first field of a form, which stays open. ``incident`` is what operators find the log line by."""
    return _(
        "Noe gikk galt hos meg, og dette er ikke sendt ennå. Det du skrev, står her fremdeles. Prøv igjen om litt. "
        "Skjer det igjen, oppgi feilkoden {incident} til den som drifter meg.",
        incident=incident,
    )


def unsaved() -> Paragraph:
    """Above a form that can be saved: the platform tells nothing of what stands in a window that is closed."""
    return Paragraph(_("Lukker du vinduet uten å lagre, er det du har skrevet her, borte."), small=True)


def too_fast() -> str:
    """At the first field of a form, which stays open."""
    return _("Det kom mange trykk på kort tid, og dette er ikke sendt ennå. Vent litt og prøv igjen.")


def not_opened() -> Banner:
    """The window did not come in time; the message has its button still."""
    return Banner(_("Skjemaet rakk ikke å åpne seg. Trykk på knappen én gang til."), "warning")


def answered_in_chat() -> str:
    """For the one who wrote a command somewhere else."""
    return _("Jeg har svart deg i chatten vår.")


def cannot_answer() -> str:
    return _("Jeg får ikke skrevet til deg her. Åpne chatten med meg, og skriv det samme der.")


def not_in_channel() -> str:
    """What was written is of this channel, where the bot is not."""
    return _("Jeg er ikke med i denne kanalen. Inviter meg, og skriv det på nytt.")


def _typed(typed: list[tuple[str, str]]) -> tuple[Block, ...]:
    if not typed:
        return ()
    kept = Paragraph(_("Det du skrev, er ikke sendt. Det står her, så du kan kopiere det."))
    return (kept, *(LongText(label, text) for label, text in typed))
