"""Signs and words that say what colour says, the same in every channel."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from cards.i18n import noop
from cards.message import Tone

StepState: TypeAlias = Literal["done", "current", "ahead", "stopped"]

TONE_SIGNS: Final[dict[Tone, str]] = {
    "default": "",
    "good": "✓",
    "warning": "⚠",
    "attention": "✕",
    "accent": "ℹ",
}
STEP_SIGNS: Final[dict[StepState, str]] = {"done": "✓", "current": "●", "ahead": "○", "stopped": "✕"}
STEP_WORDS: Final[dict[StepState, str]] = {
    "done": noop("ferdig"),
    "current": noop("nå"),
    "ahead": noop("senere"),
    "stopped": noop("stoppet"),
}
PRESENT: Final = "✓"
MISSING: Final = "○"
NOTHING: Final = "–"
"""Where a value is empty."""
