"""What is asked of the decision register, as people write it behind «vedtak». Pure; no word is lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from board.register import Number, RegisterQuery, Status
from dialogs.answers import SPACES
from dialogs.register_periods import LONGEST, YEARS, Period, read_period

MAX_ASKED: Final = 200
"""Characters that are looked through."""
_GAP: Final = " ¦ "
_SEQ: Final = r"0*(?P<seq>\d{1,4})"
_OF_YEAR: Final = r"(?:\s?[-/]\s?(?P<year>\d{4}|\d{2}))"
_END: Final = r"(?![\w/-]|\.\d)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_LATEST: Final = _pattern(
    r"(?:\b(?:fra|frå|på|i|from|at|in)\s+)?(?:\b(?:det|the)\s+)?\b(?:siste|sist|forrige|førre|last|latest|previous)\s+"
    r"(?:styremøtet?|(?:board\s+)?meeting|møtet?|mote)\b"
)
_WHAT_WAS: Final = _pattern(
    r"\b(?:hva|kva|what)\s+(?:ble|blei|vart|er|var|was|were|is)\s+"
    r"(?:vedtatt|vedteke|vedtekne|besluttet|avgjort|decided)\b"
)
"""«Hva ble vedtatt om …» asks for what was rejected, too."""
_OF_GROUP: Final = _pattern(rf"\bau[-\s]*(?:sak|nr\.?|nummer)?[-\s]*{_SEQ}{_OF_YEAR}?{_END}")
_NUMBERED: Final = _pattern(
    r"\b(?:saksnummer|saksnr\.?|saken|saka|sak|vedtaksnummer|vedtak|nummer|nr\.?|case|decision|number|no\.)\s*"
    rf"(?:nr\.?|no\.|nummer|number)?\s*{_SEQ}{_OF_YEAR}?{_END}"
)
_FULL: Final = _pattern(rf"(?<![\w./-]){_SEQ}\s?[-/]\s?(?P<year>\d{{4}}){_END}")
_YEAR_FIRST: Final = _pattern(rf"(?<![\w./-])(?P<year>(?:19|20)\d\d)/{_SEQ}{_END}")
_SHORT_YEAR: Final = _pattern(rf"(?<![\w./-]){_SEQ}[-/](?P<year>\d{{2}}){_END}")
_BARE: Final = _pattern(rf"(?<![\w./-]){_SEQ}{_END}")
_PROJECT: Final = _pattern(
    r"\b(?:prosjektnummer|prosjektnr\.?|prosjektet|prosjekt|project)\s+(?:nr\.?\s*)?(?P<ref>[\w./-]*\d[\w./-]*)"
)
_SINCE: Final = frozenset({"siden", "sidan", "fra", "frå", "fom", "since", "from"})
_AFTER: Final = frozenset({"etter", "after"})
_UNTIL: Final = frozenset({"til", "tom", "innen", "innan", "until", "by", "to"})
_BEFORE: Final = frozenset({"før", "before"})
_PERIOD_WORDS: Final = _SINCE | _AFTER | _UNTIL | _BEFORE | {"mellom", "between", "den", "i", "in", "på", "on"}

_STATUSES: Final = {
    Status.ADOPTED: "vedtatt;vedtatte;vedtekne;vedteke;vedteken;godkjent;godkjente;godkjende;adopted;approved",
    Status.AMENDED: "vedtatt med endring;vedtatt med endringer;vedteke med endringar;vedteken med endring;"
    "med endring;med endringer;med endringar;endret forslag;amended;adopted with changes;with changes",
    Status.WITH_CONDITIONS: "vedtatt med vilkår;vedteke med vilkår;med vilkår;på vilkår;vilkår;"
    "adopted with conditions;with conditions",
    Status.REJECTED: "avslått;avslåtte;avvist;avviste;avslag;avslegne;avslege;ikke godkjent;ikkje godkjent;forkastet;"
    "forkasta;rejected;refused;turned down",
    Status.POSTPONED: "utsatt;utsatte;utsett;utsette;utsettelse;postponed;deferred",
    Status.SENT_BACK: "sendt tilbake;sendte tilbake;send tilbake;tilbakesendt;tilbakesendte;returnert;sent back;"
    "returned",
    Status.NOTED: "tatt til orientering;til orientering;tatt til etterretning;teke til orientering;teke til vitande;"
    "orientering;orienteringer;orienteringar;noted;taken note of;for information",
    Status.DISCUSSED: "drøftet;drøfta;drøftede;diskutert;diskuterte;discussed",
    Status.WITHDRAWN: "trukket;trukne;trekt;trekte;utgår;utgått;utgåtte;withdrawn",
    Status.PROVISIONAL: "foreløpig;foreløpige;førebels;ikke godkjent referat;referat ikke godkjent;"
    "referat ikkje godkjent;ikkje godkjent referat;provisional;preliminary;minutes not approved",
    Status.FINAL: "endelig;endelige;endeleg;endelege;godkjent referat;referat godkjent;final;minutes approved",
    Status.UNPUBLISHED: "upublisert;upubliserte;ikke publisert;ikkje publisert;unpublished;not published",
    Status.OPEN_FOLLOW_UP: "åpen oppfølging;åpne oppfølginger;åpne oppfølgninger;åpen oppfølgning;open oppfølging;"
    "opne oppfølgingar;til oppfølging;under oppfølging;ikke fulgt opp;ikkje følgt opp;open follow-up;open follow-ups;"
    "open follow up;open follow ups;to be followed up",
}
_FILLERS: Final = frozenset(
    {
        *("om", "saken", "saka", "sak", "saker", "sakar", "vedtak", "vedtaket", "vedtakene", "vedtaka", "alle", "vis"),
        *(
            "finn",
            "søk",
            "gjelder",
            "gjeld",
            "angående",
            "about",
            "decisions",
            "decision",
            "status",
            "som",
            "er",
            "ble",
        ),
        *(
            "vart",
            "blei",
            "the",
            "of",
            "og",
            "and",
            "med",
            "with",
            "for",
            "av",
            "all",
            "show",
            "find",
            "search",
            "case",
        ),
        *(
            "cases",
            "that",
            "were",
            "was",
            "møtet",
            "møte",
            "meeting",
            "beslutning",
            "beslutninger",
            "regarding",
            "etter",
        ),
        *("about", "gjort", "made", "styret", "styre", "board", "fattet", "fatta", "hva", "kva", "what"),
    }
)


@dataclass(frozen=True, slots=True)
class RegisterWish:
    """``latest_meeting``: only what the latest meeting decided that the person may see something of.

    ``year``: one that was written by itself. «Budsjett 2027» may be decided in 2026.
    """

    query: RegisterQuery
    latest_meeting: bool = False
    year: str = ""

    @property
    def with_year_as_word(self) -> RegisterQuery | None:
        if not (self.year and self.query.words):
            return None
        return replace(self.query, since=None, until=None, words=(*self.query.words, self.year))


def read_wish(text: str, today: date) -> RegisterWish:
    """All that was asked, each thing where it was understood; the remaining words are words to look for."""
    asked = _Reading(" ".join(SPACES.split(text[:MAX_ASKED])).strip(" ?!…«»“”‘’\"'"), today)
    latest = asked.take(_LATEST) is not None
    asked.take(_WHAT_WAS)
    asked.number(_OF_GROUP, of_group=True)
    asked.project()
    asked.number(_NUMBERED)
    asked.number(_YEAR_FIRST)
    asked.number(_FULL)
    asked.statuses()
    asked.periods()
    asked.number(_SHORT_YEAR)
    asked.number(_BARE)
    return RegisterWish(replace(asked.query, words=asked.words()), latest, asked.year)


class _Reading:
    """A text from which one thing after the other is taken."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._today = text, today
        self.query = RegisterQuery()
        self.year = ""

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self._text)
        if found:
            self._text = self._text[: found.start()] + _GAP + self._text[found.end() :]
        return found

    def number(self, pattern: re.Pattern[str], *, of_group: bool = False) -> None:
        if self.query.number is not None:
            return
        found = pattern.search(self._text)
        year = found.groupdict().get("year") if found else None
        if found and int(found["seq"]) > 0 and (year or int(found["seq"]) not in YEARS) and self.take(pattern):
            whole = int(year) + (2000 if year and len(year) == 2 else 0) if year else None
            self.query = replace(self.query, number=Number(int(found["seq"]), whole, of_group))

    def project(self) -> None:
        if found := self.take(_PROJECT):
            self.query = replace(self.query, project=found["ref"])

    def statuses(self) -> None:
        found = []
        for pattern, status in _status_patterns():
            if self.take(pattern):
                found.append(status)
        self.query = replace(self.query, statuses=tuple(dict.fromkeys(found)))

    def periods(self) -> None:
        """«Fra januar til mars» is two of them; what is asked lies in both."""
        for first in (True, False):
            words = self._text.split()
            place = _first_period(words, self._today, and_until=not first and self._since_is_open)
            if place is None:
                return
            begin, end, period = place
            self.year = words[begin] if first and end - begin == 1 and words[begin].isdecimal() else ""
            self._text = " ".join([*words[:begin], "¦", *words[end:]])
            since, until = period.since or self.query.since, period.until or self.query.until
            self.query = replace(self.query, since=_before(since, until), until=until)

    @property
    def _since_is_open(self) -> bool:
        return self.query.since is not None and self.query.until is None

    def words(self) -> tuple[str, ...]:
        kept = (word.strip(" ?!…,;:.()«»“”‘’\"'") for word in self._text.replace("¦", " ").split())
        return tuple(word for word in kept if word and word.casefold() not in _FILLERS)


@lru_cache(maxsize=1)
def _status_patterns() -> list[tuple[re.Pattern[str], Status]]:
    """The longest first: «vedtatt med vilkår» is not «vedtatt»."""
    phrases = [(phrase, status) for status, words in _STATUSES.items() for phrase in words.split(";")]
    ordered = sorted(phrases, key=lambda known: -len(known[0]))
    return [(_pattern(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])"), status) for phrase, status in ordered]


def _first_period(words: list[str], today: date, *, and_until: bool) -> tuple[int, int, Period] | None:
    """Where it begins and ends among the words, and what it means with the word before it.

    ``and_until``: what is joined by «og» is the end of a period that has begun: «mellom januar og mars».
    """
    plain = [word.lower().strip(",;:?!()«»\"'") for word in words]
    prefixes = _PERIOD_WORDS | {"og", "and"} if and_until else _PERIOD_WORDS
    for begin in range(len(words)):
        for length in range(min(LONGEST, len(words) - begin), 0, -1):
            period = read_period(" ".join(plain[begin : begin + length]).rstrip("."), today)
            if period is not None:
                before = begin - 1 if begin and plain[begin - 1] in prefixes else begin
                said = plain[before] if before < begin else ""
                return before, begin + length, _limited(said, period)
    return None


def _before(since: date | None, until: date | None) -> date | None:
    """«Fra november til mars 2026» begins in the year before."""
    while since is not None and until is not None and since > until and since.year > 1:
        since = date(since.year - 1, since.month, min(since.day, 28))
    return since


def _limited(said: str, period: Period) -> Period:
    if said in _SINCE or said in ("mellom", "between"):
        return Period(period.since, None)
    if said in _AFTER and period.until is not None and period.until < date.max:
        return Period(period.until + timedelta(days=1), None)
    if said in _UNTIL or said in ("og", "and"):
        return Period(None, period.until)
    if said in _BEFORE and period.since is not None and period.since > date.min:
        return Period(None, period.since - timedelta(days=1))
    return period
