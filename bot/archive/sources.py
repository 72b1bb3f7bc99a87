"""What the parts of one meeting's archive are put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from board.ids import CaseId
from bot.archive.codes import REGISTRATION_WORDS, OutcomeCode, RegistrationType
from bot.archive.facts import Facts
from bot.archive.files import Filed
from bot.archive.record import Extra, Registration, Stamp

Made = Mapping[tuple[RegistrationType, CaseId | None], Filed]
"""The papers that were printed, by what they are and of which case."""


@dataclass(frozen=True, slots=True)
class Sources:
    """``archived``: when, and by whom it was taken into the archive. ``path`` finds a kept file by its hash."""

    facts: Facts
    made: Made
    path: Callable[[str], Path]
    unit: str
    archived: Stamp

    @property
    def handler(self) -> str:
        return self.unit

    def word(self, kind: RegistrationType) -> str:
        return REGISTRATION_WORDS[kind]

    def treated(self, record: Registration, outcome: OutcomeCode, ours: str) -> Registration:
        """With its outcome, in the standard's code and in ours, and the paper that was treated."""
        paper = (RegistrationType.CASE_PAPER, CaseId(record.case)) in self.made
        refers = (f"{self.facts.meeting.id}:{RegistrationType.CASE_PAPER.value}:{record.case}",) if paper else ()
        return replace(record, outcome=outcome, refers_to=refers, extras=(Extra("utfall", ours),))
