"""Reading what people write as answers: yes and no, one of several choices, «hopp over», «ferdig».

Each reader gives the value, or None where it is not sure. Nothing is guessed: a doubtful answer is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process, utils

from cards.message import Option

SPACES: Final = re.compile(r"[\s\u00a0\u2009\u202f]+")
_REPEATED: Final = re.compile(r"([^\W\d_])\1{2,}")


def squeeze(text: str) -> str:
    """Lower case, one space between words, no punctuation at the ends, «jaaaa» as «jaa»."""
    words = SPACES.sub(" ", text).replace("’", "'").strip().strip("!?.,;:…«»“”‘’\"'").strip().lower()
    return _REPEATED.sub(r"\1\1", words)


_YES: Final = frozenset(
    [
        "sure",
        "ja",
        "jaa",
        "jau",
        "jepp",
        "jess",
        "j",
        "yes",
        "y",
        "yep",
        "yeah",
        "ok",
        "okei",
        "okay",
        "jo",
        "stemmer",
        "riktig",
        "selvsagt",
        "true",
        "klart",
        "jada",
        "japp",
        "korrekt",
        "correct",
        "absolutt",
        "selvfølgelig",
        "sjølvsagt",
        "👍",
    ]
)
_NO: Final = frozenset(
    ["nei", "neii", "neei", "neida", "n", "no", "nope", "nix", "niks", "ikke", "ikkje", "not", "aldri", "false", "👎"]
)
_DOUBT: Final = frozenset(
    [
        "men",
        "but",
        "kanskje",
        "maybe",
        "delvis",
        "partly",
        "usikker",
        "unsure",
        "sant",
        "tror",
        "trur",
        "litt",
        "eller",
        "or",
        "vet",
        "veit",
        "know",
    ]
)
_PHRASES: Final = {
    **dict.fromkeys(("det stemmer", "det er riktig", "det er rett", "of course", "med glede"), True),
    **dict.fromkeys(("det stemmer ikke", "det stemmer ikkje", "slett ikke", "overhodet ikke", "slettes ikke"), False),
    **dict.fromkeys(("det gjør det ikke", "det er det ikke", "det gjer det ikkje", "det er det ikkje"), False),
}


def read_yes_no(text: str) -> bool | None:
    """True, False, or None for anything that is not plainly one of them."""
    words = squeeze(text).replace(",", " ").split()
    said = set(words)
    if not words or len(words) > 7 or said & _DOUBT:
        return None
    if (phrase := _PHRASES.get(" ".join(words))) is not None:
        return phrase
    if words[0] in _YES and not _NO & said:
        return True
    if words[0] in _NO and not (_YES - {"stemmer"}) & said:
        return False
    return None


def is_no_to_all(text: str) -> bool:
    """«nei til alle», «ingen av dem»: the remaining exclusions answered in one go."""
    words = squeeze(text)
    return words in _NO_TO_ALL or words.startswith(_NO_TO_ALL_AND)


_NO_TO_ALL_AND: Final = ("nei til alle ", "nei til alt ", "nei på alle ", "nei på alt ", "no to all ")
_NO_TO_ALL: Final = frozenset(
    [
        "nei til alle",
        "nei til alt",
        "nei til alle sju",
        "nei til alle syv",
        "nei på alle",
        "nei på alt",
        "ingen",
        "ingen av dem",
        "ingen av delene",
        "nei til alt saman",
        "ingen av dei",
        "nei alle",
        "no to all",
        "none",
        "none of them",
        "none of these",
        "neither",
    ]
)


SURE: Final = 88.0
"""Likeness in percent from which a near miss is taken for the thing itself."""
POSSIBLE: Final = 68.0
"""From here it is offered with buttons; below, it is not understood."""


LONGEST_CHOICE: Final = 200
"""Longer is prose; likeness to sixty names would take 40 ms of everybody's time."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Several choices are near: the person is asked, with these as buttons."""

    options: tuple[Option, ...]


def read_choice(text: str, options: Sequence[Option]) -> Option | Unsure | None:
    """One of several choices: by its number in the list, its code, its name, the beginning of it, or nearly."""
    words = squeeze(text)
    if not words or len(words) > LONGEST_CHOICE:
        return None
    number = words.rstrip(".")
    if number.isdecimal() and len(number) < 4 and 1 <= int(number) <= len(options):
        return options[int(number) - 1]
    plain = {option: squeeze(option.label) for option in options}
    for option, name in plain.items():
        if words in (option.value.lower(), name):
            return option
    begins = [option for option, name in plain.items() if _begins(name, words)]
    if len(begins) == 1:
        return begins[0]
    if begins:
        return Unsure(tuple(begins[:5]))
    return _nearest(words, plain)


def _begins(name: str, words: str) -> bool:
    return name.startswith(words) or (len(words) >= 3 and any(part.startswith(words) for part in name.split()))


def _nearest(words: str, plain: dict[Option, str]) -> Option | Unsure | None:
    scored = process.extract(words, plain, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    near = [(option, score) for _, score, option in scored if score >= POSSIBLE]
    if not near:
        return None
    (best, top), *rest = near
    if top >= SURE and (not rest or top - rest[0][1] >= 5):
        return best
    return Unsure(tuple(option for option, _ in near))


_SKIP: Final = frozenset(
    [
        "hopp over",
        "hopp",
        "skip",
        "skip this",
        "don't know",
        "vet ikke",
        "veit ikkje",
        "-",
        "pass",
        "tomt",
        "ingen svar",
        "behold",
        "keep",
    ]
)
_DONE: Final = frozenset(
    [
        "ferdig",
        "ferdig med dokumenter",
        "ferdig med dokument",
        "klar",
        "det var alt",
        "det var det",
        "nei",
        "ingen flere",
        "ingen fleire",
        "done",
        "finished",
        "no more",
        "that is all",
        "that's all",
        "done with documents",
    ]
)


def is_skip(text: str) -> bool:
    return squeeze(text) in _SKIP or text.strip() == "-"


def is_done(text: str) -> bool:
    return squeeze(text) in _DONE or is_skip(text)
