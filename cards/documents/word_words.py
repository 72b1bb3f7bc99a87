"""What is told to the person who sent a Word file: why it is not taken in, or what in it was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cards.documents.word_package import MAX_FILE, Unfit
from cards.documents.word_zones import Problem, ProblemKind
from cards.i18n import _, noop
from cards.safe import cut, one_line

_LONGEST: Final = 300

_UNFIT: Final[Mapping[Unfit, str]] = {
    Unfit.TOO_LARGE: noop("Filen er for stor. Jeg tar imot Word-filer på inntil {megabytes} MB."),
    Unfit.ENCRYPTED: noop("Filen er beskyttet med passord. Fjern passordet i Word, og last den opp på nytt."),
    Unfit.OLD_FORMAT: noop(
        "Filen er lagret i et gammelt Word-format (.doc). Lagre den som .docx, og last den opp på nytt."
    ),
    Unfit.MACROS: noop(
        "Filen inneholder makroer, og tas ikke inn. Lagre den som et vanlig Word-dokument (.docx), "
        "og last den opp på nytt."
    ),
    Unfit.NOT_WORD: noop("Dette er ikke en Word-fil (.docx)."),
    Unfit.DAMAGED: noop(
        "Filen er skadet og kan ikke leses. Åpne den i Word, lagre den på nytt, og last den opp igjen."
    ),
    Unfit.HARMFUL: noop(
        "Filen er bygd på en måte som ikke er trygg, og er ikke lest. Last ned utkastet på nytt, og skriv endringene "
        "inn i den filen."
    ),
    Unfit.NOT_OURS: noop(
        "Filen sier ikke hvilket utkast den er. Last ned utkastet på nytt, og skriv endringene inn i den filen."
    ),
}

_PROBLEMS: Final[Mapping[ProblemKind, str]] = {
    "outside": noop("Tekst utenfor feltene, etter «{section}», er ikke med: {text}"),
    "duplicate": noop("«{section}» står flere ganger med ulik tekst, og er ikke endret. Ett av stedene sier: {text}"),
    "table": noop("En tabell i «{section}» er tatt inn som linjer med tekst."),
    "picture": noop("Et bilde i «{section}» er ikke med."),
    "object": noop("En formel eller et innsatt objekt i «{section}» er ikke med."),
    "footnote": noop("En fotnote i «{section}» er ikke med: {text}"),
    "textbox": noop("En tekstboks i «{section}» er ikke med: {text}"),
    "symbol": noop("Et tegn i «{section}» er ukjent, og vises som �."),
    "tracked": noop("«{section}» har sporede endringer. De er tatt inn som om de var godtatt."),
    "more": noop("Det er {text} merknader til om filen."),
}


def unfit_words(reason: Unfit) -> str:
    """Why the file is not taken in, and what to do now."""
    return _(_UNFIT[reason], megabytes=MAX_FILE // 2**20)


def problem_words(problem: Problem, headings: Mapping[str, str]) -> str:
    """One sentence. ``headings``: of the sections, by id."""
    text = cut(one_line(problem.text), _LONGEST)
    if problem.kind == "outside" and not problem.section:
        return _("Tekst øverst i filen, utenfor feltene, er ikke med: {text}", text=text)
    section = one_line(headings.get(problem.section, "")) or _("øverst i filen")
    return _(_PROBLEMS[problem.kind], section=section, text=text)
