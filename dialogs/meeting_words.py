"""What words say about a meeting: which body, when, how long, where. Pure; what is not understood is handed back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from board.people import Body
from dialogs.answers import SPACES, squeeze
from dialogs.dates import DAY_WORDS, read_date
from dialogs.times import GAP, find_length, find_time

LONGEST: Final = 200
"""Characters that are looked through; a command is shorter."""
_MOST_WORDS_OF_A_DAY: Final = 6
_LIKE_A_BODY: Final = 80.0
_LIKE_A_DAY: Final = 84.0
_SHORTEST_MISSPELT: Final = 5

_NAMES: Final = {
    Body.BOARD: (
        "porteføljestyret;porteføljestyre;styremøtet;styremøte;styremøter;styret;styre;board meeting;board;"
        "portfolio board;rps"
    ),
    Body.WORKING_GROUP: (
        "arbeidsutvalget;arbeidsutvalet;arbeidsutvalg;arbeidsutval;arbeidsutvalgsmøte;arbeidsutvalsmøte;"
        "arbeidsgruppen;arbeidsgruppa;au-møtet;au-møte;au møte;au;working group;wg"
    ),
    Body.OFFICE: (
        "porteføljekontoret;porteføljekontor;kontormøtet;kontormøte;kontoret;kontor;sekretariatet;sekretariat;"
        "portfolio office;office meeting;office;rpk"
    ),
}
_ISO_TIME: Final = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})T(?=\d)", re.IGNORECASE)
_FILLERS: Final = frozenset(
    {
        *("møte", "møtet", "mote", "meeting", "for", "med", "den", "det", "the", "av", "of", "and", "og", "start"),
        *("starter", "starts", "fra", "frå", "from", "on", "til", "to", "kl", "dato", "dag", "date", "klokka", "blir"),
        *("ny", "nytt", "new", "i", "på", "in", "at", "ved", "hos"),
    }
)
_BEFORE_A_PLACE: Final = re.compile(r"^(?:i|på|in|at|ved|hos|@|sted:?|stad:?|place:?|lokale:?)\s+(?=\S)", re.IGNORECASE)
_TO: Final = re.compile(r"(?:^|\s)(?:over til|fram til|frem til|til|->|→)\s+", re.IGNORECASE)
_TO_EN: Final = re.compile(r"(?:^|(?<!\bom)(?<!\bkl)\s)to\s+", re.IGNORECASE)
_BECAUSE: Final = re.compile(
    r"(?:^|[\s,:;]+)(?:fordi|på grunn av|pga\.?|grunnet|siden|sidan|ettersom|grunn:?"
    r"|because of|because|due to|reason:?)"
    r"\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """``minutes`` is the length. ``rest``: words that were not understood, as they were written."""

    body: Body | None = None
    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    place: str = ""
    rest: str = ""


def read_wish(words: str, today: date) -> Wish:
    """«styret torsdag 24. september kl 9 på Grand, 3 timer»."""
    text = _ISO_TIME.sub(r"\1 ", SPACES.sub(" ", words)[:LONGEST]).strip()
    body, text = _find_body(text)
    length, text = find_length(text) or (None, text)
    early = find_time(text, day_known=False)
    day, text = _find_day(early.rest if early else text, today)
    late = None if early else find_time(text, day_known=day is not None)
    found = early or late
    text = late.rest if late else text
    wish = Wish(body, day, found.at if found else None, length or (found.minutes if found else None))
    return _with_place(wish, text)


def read_move(words: str, today: date) -> tuple[Wish, Wish]:
    """Which meeting, and where to: «styret 24. september til 1. oktober kl 10», «fra … til …», «til 1. oktober»."""
    text = SPACES.sub(" ", words)[: 2 * LONGEST].strip()
    parted = _TO.search(text) or _TO_EN.search(text)
    if parted is None:
        return read_wish(text, today), Wish()
    which, to = read_wish(text[: parted.start()], today), read_wish(text[parted.end() :], today)
    return (which if which.body else replace(which, body=to.body)), to


def read_cancelling(words: str, today: date) -> tuple[Wish, str]:
    """Which meeting, and the reason where one was given: «styret 24. september fordi leder er syk»."""
    parted = _BECAUSE.search(words)
    if parted is None:
        return read_wish(words, today), ""
    return read_wish(words[: parted.start()], today), words[parted.end() :].strip()


def read_body(text: str) -> Body | None:
    """A body by its code or by any of its names, nearly right is enough."""
    words = squeeze(text)
    return Body(words) if words in list(Body) else _find_body(words)[0]


def read_day(text: str, today: date) -> date | None:
    """The whole text as a day, with weekdays and months nearly right."""
    return read_date(_corrected(squeeze(text)), today)


# -- the body ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _bodies() -> dict[str, Body]:
    return {name: body for body, names in _NAMES.items() for name in names.split(";")}


@lru_cache(maxsize=1)
def _body_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_bodies(), key=len, reverse=True))
    before = r"(?:\b(?:i|for|med|av|of|in|the|til|to)\s+)*"
    return re.compile(rf"{before}(?<![\w-])(?P<name>{names})(?![\w-])", re.IGNORECASE)


def _find_body(text: str) -> tuple[Body | None, str]:
    if match := _body_pattern().search(text):
        return _bodies()[match["name"].lower()], text[: match.start()] + GAP + text[match.end() :]
    for words in (*re.findall(r"(?=(\b[^\W\d_]+ [^\W\d_]{4,}))", text), *re.findall(r"[\w-]{4,}", text)):
        if body := _near_body(words.lower()):
            return body, text.replace(words, GAP, 1)
    return None, text


def _near_body(words: str) -> Body | None:
    """A body whose name is nearly these words; two words are only taken for a name of two."""
    if words.isdecimal() or words in DAY_WORDS or words in _FILLERS:
        return None
    names = [name for name in _bodies() if (" " in name) == (" " in words)]
    near = process.extractOne(words, names, scorer=fuzz.ratio, score_cutoff=_LIKE_A_BODY)
    return _bodies()[near[0]] if near else None


# -- the day -------------------------------------------------------------------------------------------------------


def _find_day(text: str, today: date) -> tuple[date | None, str]:
    """The longest run of words that is a day."""
    words = text.split(" ")
    right = [_corrected(word.strip(",;").lower()) for word in words]
    for size in range(min(_MOST_WORDS_OF_A_DAY, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            run = right[first : first + size]
            if "¦" in run or "" in (run[0], run[-1]):
                continue
            day = read_date(" ".join(run), today) or read_date(" ".join(w for w in run if w != "i"), today)
            if day:
                return day, " ".join([*words[:first], "¦", *words[first + size :]])
    return None, text


def _corrected(text: str) -> str:
    """Misspelt weekdays and months put right; other words are left alone."""
    return " ".join(_day_word(word) for word in text.split(" "))


def _day_word(word: str) -> str:
    bare = word.strip(".")
    if len(bare) < _SHORTEST_MISSPELT or not bare.isalpha() or bare in DAY_WORDS:
        return word
    near = process.extractOne(bare, _long_day_words(), scorer=fuzz.ratio, score_cutoff=_LIKE_A_DAY)
    return near[0] if near else word


@lru_cache(maxsize=1)
def _long_day_words() -> Sequence[str]:
    return [word for word in sorted(DAY_WORDS) if len(word) >= _SHORTEST_MISSPELT]


# -- what is left --------------------------------------------------------------------------------------------------


def _with_place(wish: Wish, text: str) -> Wish:
    """The place is what follows «på» or «i», or stands behind a comma. Without a day, nothing is taken for a place."""
    left = [part for segment in text.split("¦") for part in _parts(segment)]
    if wish.day is None:
        return replace(wish, rest=" ".join(written for written, _ in left))
    places = [part for part, is_place in left if is_place]
    place = _BEFORE_A_PLACE.sub("", places[0]) if places else ""
    rest = [written for written, is_place in left if not is_place or written not in places[:1]]
    return replace(wish, place=place, rest=" ".join(rest))


def _parts(segment: str) -> list[tuple[str, bool]]:
    """Each run of words between commas, and whether it names a place."""
    found = []
    for number, part in enumerate(re.split(r"[,;]", segment)):
        words = part.strip(" .:–-").split()
        while words and words[-1].lower() in _FILLERS:
            words.pop()
        while words and words[0].lower() in _FILLERS and not _BEFORE_A_PLACE.match(" ".join(words)):
            words.pop(0)
        if written := " ".join(words):
            found.append((written, bool(number) or bool(_BEFORE_A_PLACE.match(written))))
    return found
