"""What is shown when something was answered, and when a link does not work: kind words, and nothing for a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import TypeAlias

from board.answer_link import Why
from cards.formats import date_time
from cards.i18n import _
from cards.message import Message
from cards.page.blocks import Rank, drawn, links, signed
from cards.page.document import Reader, line, page
from cards.safe import may_be_opened

Kept: TypeAlias = Sequence[tuple[str, str]]


def receipt_page(card: Message, reader: Reader, next_url: str = "") -> str:
    """What came of the answer. ``next_url``: the link for what is left of the question."""
    spent = _("Takk. Lenken er brukt, og virker ikke mer. Du kan lukke siden.")
    body = [
        f'<p class="note good"><strong>✓ {line(spent)}</strong></p>',
        *_card(card),
        *_following(next_url),
    ]
    return page(_("Svaret er registrert"), _("Svaret er registrert"), body, reader)


def look_page(card: Message, reader: Reader) -> str:
    """What was asked to be shown; nothing was answered."""
    back = f'<form method="get"><button type="submit">{line(_("Tilbake til spørsmålet"))}</button></form>'
    return page(_("Vis"), card.title, [*_inside(card, Rank(2)), back], reader)


def _card(card: Message) -> Sequence[str]:
    return [Rank(2).heading(signed(card.title, card)), *_inside(card, Rank(3))]


def _inside(card: Message, rank: Rank) -> list[str]:
    return [*(drawn(block, rank) for block in card.blocks), *links(card)]


def _following(url: str) -> Sequence[str]:
    if not may_be_opened(url):
        return ()
    words = _("Har du mer å svare her, får du en ny lenke, som også kan brukes én gang.")
    return (f"<p>{line(words)}</p>", f'<p><a href="{line(url)}">{line(_("Svar på mer"))}</a></p>')


def refused_page(why: Why, used_at: datetime | None = None) -> str:
    """Says what happened and what to do; nothing of what it was about, as anybody may hold the link."""
    title, parts = _refusal(why, used_at)
    return page(title, title, [f"<p>{line(part)}</p>" for part in parts], Reader())


def _refusal(why: Why, used_at: datetime | None) -> tuple[str, Sequence[str]]:
    ask = _("Vil du endre svaret, eller svare på noe mer, kontakt porteføljekontoret.")
    nothing = _("Ingenting er endret.")
    match why:
        case Why.USED:
            when = (
                _("Den ble brukt {when}, og svaret som ble gitt da, gjelder.", when=date_time(used_at))
                if used_at
                else ""
            )
            other = _("Var det ikke du som svarte, si fra til porteføljekontoret med en gang.")
            return _("Lenken er brukt"), (_("Hver lenke kan brukes én gang."), when, ask, other)
        case Why.EXPIRED:
            owed = _("Skal du fortsatt svare, kontakt porteføljekontoret.")
            return _("Lenken gjelder ikke lenger"), (_("Tiden for å svare med den er ute."), nothing, owed)
        case Why.OVER:
            words = _("Det er svart på alt, trukket tilbake, eller ikke lenger ditt å svare på.")
            return _("Det er ikke noe å svare på her nå"), (words, nothing, ask)
        case Why.ALTERED | Why.UNKNOWN:
            whole = _(
                "Åpne den på nytt fra e-posten, eller kopier hele adressen. Hjelper ikke det, kontakt "
                "porteføljekontoret."
            )
            return _("Lenken virker ikke"), (_("Adressen er ikke hel, eller den er endret underveis."), nothing, whole)


def wait_page(kept: Kept = ()) -> str:
    """``kept``: what was posted, to be posted once more."""
    title = _("Vent et øyeblikk")
    words = _("Det kom for mange forsøk på en gang. Ingenting er endret. Prøv igjen om et minutt.")
    return page(title, title, [f"<p>{line(words)}</p>", *_again(kept)], Reader())


def unread_page() -> str:
    """The form did not come as the page sends it."""
    title = _("Skjemaet kunne ikke leses")
    words = _(
        "Ingenting er endret. Gå tilbake i nettleseren, og prøv en gang til. Var teksten svært lang, kort den ned."
    )
    return page(title, title, [f"<p>{line(words)}</p>"], Reader())


def failed_page(incident: str, kept: Kept = ()) -> str:
    """``incident`` is what operators find the log line by; ``kept`` what was posted, which is lost nowhere."""
    title = _("Noe gikk galt hos oss")
    words = _(
        "Prøv igjen om litt. Står spørsmålet der fortsatt når du åpner lenken fra e-posten, er ikke svaret registrert. "
        "Skjer det igjen, oppgi feilkoden {incident} til porteføljekontoret.",
        incident=incident,
    )
    return page(title, title, [f"<p>{line(words)}</p>", *_again(kept)], Reader())


def _again(kept: Kept) -> Sequence[str]:
    if not kept:
        return ()
    saved = line(_("Det du skrev, er tatt vare på her, og sendes på nytt med knappen."))
    hidden = "\n".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in kept)
    button = f'<button type="submit">{line(_("Prøv igjen"))}</button>'
    return (f"<p>{saved}</p>", f'<form method="post">{hidden}\n{button}</form>')
