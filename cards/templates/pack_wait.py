"""The pages that are shown instead of a file: while it is being made, and where it cannot be."""

from __future__ import annotations

from html import escape

from cards.i18n import Language, _


def waiting_page(language: Language) -> str:
    """HTML without style or script. The answer's header makes the browser ask again."""
    words = _("Siden hentes på nytt om et øyeblikk. Skjer ingenting, last den på nytt selv.")
    return bare_page(language, _("Sakspapirene lages nå"), words)


def failed_page(language: Language, incident: str) -> str:
    """``incident`` is what operators find the log line by."""
    words = _(
        "Prøv igjen om litt. Skjer det igjen, oppgi feilkoden {incident} til porteføljekontoret.", incident=incident
    )
    return bare_page(language, _("Sakspapirene kunne ikke lages nå"), words)


def bare_page(language: Language, title: str, words: str) -> str:
    """A title and a sentence, and nothing that a browser would fetch or run."""
    title, words = escape(title), escape(words)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{words}</p></body></html>"
    )
