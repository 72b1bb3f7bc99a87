"""The board's rules and the languages, read at the start: what is wrong with them is said before anything runs."""

from __future__ import annotations

from pathlib import Path

from board.clock import Clock
from board.mandate import Mandate
from board.mandate_file import MandateProblems, read_mandate
from board.ports import Rules
from bot.calendar import NorwegianCalendar
from bot.ids import RandomIds
from bot.settings import Problems, Settings
from cards.i18n import IncompleteCatalogues, install, load


def load_mandate(path: Path) -> Mandate:
    """Errors: :class:`Problems`, each naming the file and the line."""
    try:
        return read_mandate(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problems((f"SAKSGANG_MANDATE: {path} cannot be read ({error.strerror})",)) from error
    except MandateProblems as error:
        raise Problems(tuple(f"{path.name}, {problem}" for problem in error.problems)) from error


def load_languages() -> None:
    """Errors: :class:`Problems` where a language lacks a text or was not compiled."""
    try:
        install(load())
    except IncompleteCatalogues as error:
        raise Problems((f"the texts are not complete: {error}",)) from error


def rules_for(settings: Settings, clock: Clock) -> Rules:
    return Rules(load_mandate(settings.mandate), clock, RandomIds(), NorwegianCalendar())
