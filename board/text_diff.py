"""What differs between two versions of a text, word by word, as a person would mark it with a pen.

Exact: the longest common sequence of words, with one bit for every pair of words (Hyyrö, «Bit-parallel LCS-length
computation revisited», 2004). So the time is bounded for any text, where ``difflib`` can take the cube of the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal, TypeAlias

from board.editable import EditableDocument

PieceKind: TypeAlias = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. Pieces that are ``same`` or ``added`` make up the text after, the others the one before."""

    kind: PieceKind
    text: str


_JOINED: Final = "\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
"""Accents, joiners and skin tones: parts of the letter or picture before them."""
_WORD: Final = re.compile(
    rf"\w[\w{_JOINED}]*(?:[-.,:'’][\w][\w{_JOINED}]*)*"  # also 12,5 and e-post and 16.04.2026
    rf"|[^\w\s](?:\u200d[^\w\s]|[{_JOINED}])*"
)
_ISLAND: Final = 3
"""Letters of a word that says so little that it is no help to find it again in the middle of a rewritten sentence."""
_PAIRS: Final = 25_000_000
"""Pairs of words, a bit each: about 3 MB and 50 ms. A text of 4,000 characters has fewer, whatever is in it."""


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order; where words were replaced, those removed come first. No piece is empty."""
    if before == after:
        return (Piece("same", before),) if before else ()
    old, new = _spans(before, _WORD), _spans(after, _WORD)
    found = _readable(_matches(old.words, new.words), old.words, new.words)
    return _joined(_parts(before, after, [(old.at[i], new.at[j], old.words[i]) for i, j in found]))


@dataclass(frozen=True, slots=True)
class _Spans:
    words: Sequence[str]
    at: Sequence[int]


def _spans(text: str, pattern: re.Pattern[str]) -> _Spans:
    found = [(one.group(), one.start()) for one in pattern.finditer(text)]
    return _Spans([word for word, _at in found], [at for _word, at in found])


Pair: TypeAlias = tuple[int, int]
"""The places of a word in the two lists of words."""


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The words that stand in both, in order. Beyond :data:`_PAIRS`, only those at the beginning and the end."""
    head = _same_start(old, new)
    tail = _same_start(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [(place, place) for place in range(head)]
    if len(inner_old) * len(inner_new) <= _PAIRS:
        found += [(head + i, head + j) for i, j in _longest(inner_old, inner_new)]
    found += [(len(old) - place, len(new) - place) for place in range(tail, 0, -1)]
    return found


def _same_start(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _longest(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """A longest common sequence. Bit ``i`` of ``rows[j]`` is 0 where ``old[i]`` makes it longer for ``new[:j + 1]``."""
    places: dict[str, int] = {}
    for place, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << place
    full = (1 << len(old)) - 1
    row, rows = full, []
    for word in new:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    return _traced(rows, len(old))


def _traced(rows: Sequence[int], length: int) -> list[Pair]:
    """From the end: a word that lengthens nothing is passed over, one that also did so a row before belongs there."""
    found: list[Pair] = []
    i, j = length - 1, len(rows) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            found.append((i, j))
            i, j = i - 1, j - 1
    return found[::-1]


def _readable(found: Sequence[Pair], old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Without the lonely commas and small words that a rewritten sentence has in common with what it was."""
    runs = [[pair for _place, pair in run] for _key, run in groupby(enumerate(found), key=_run)]
    ends = [(-1, -1), *(run[-1] for run in runs)], [*(run[0] for run in runs[1:]), (len(old), len(new))]
    kept = (run for run, end, start in zip(runs, *ends, strict=False) if not _is_island(run, end, start, old))
    return [pair for run in kept for pair in run]


def _run(numbered: tuple[int, Pair]) -> tuple[int, int]:
    """The same for words that follow each other in both texts."""
    place, (i, j) = numbered
    return i - place, j - place


def _is_island(run: Sequence[Pair], end: Pair, start: Pair, words: Sequence[str]) -> bool:
    """Whether a run says little, stands at neither end of the text, and words were both removed and added around it."""
    (first, first_new), (last, last_new) = run[0], run[-1]
    if sum(len(words[i]) for i, _j in run if words[i][0].isalnum()) > _ISLAND:
        return False
    before, after = (first - end[0] - 1, first_new - end[1] - 1), (start[0] - last - 1, start[1] - last_new - 1)
    return any(before) and any(after) and all(map(sum, zip(before, after, strict=True)))


_Part: TypeAlias = tuple[PieceKind, str]


def _parts(before: str, after: str, found: Sequence[tuple[int, int, str]]) -> Iterator[_Part]:
    """``found``: where the words that are in both stand, as (character before, character after, word)."""
    old_end = new_end = 0
    for old_at, new_at, word in found:
        removed, added = before[old_end:old_at], after[new_end:new_at]
        if removed == added:
            yield "same", removed + word
        else:
            yield from _changed(removed, added)
            yield "same", word
        old_end, new_end = old_at + len(word), new_at + len(word)
    yield from _changed(before[old_end:], after[new_end:])


def _changed(removed: str, added: str) -> Iterator[_Part]:
    """What stands between two words that are in both: spaces at either end that are the same stay out of the change."""
    head = _same_start(_leading(removed), _leading(added))
    yield "same", removed[:head]
    removed, added = removed[head:], added[head:]
    tail = _same_start(_leading(removed[::-1]), _leading(added[::-1]))
    yield "removed", removed[: len(removed) - tail]
    yield "added", added[: len(added) - tail]
    yield "same", removed[len(removed) - tail :]


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _joined(parts: Iterable[_Part]) -> tuple[Piece, ...]:
    runs = groupby((part for part in parts if part[1]), key=itemgetter(0))
    return tuple(Piece(kind, "".join(text for _kind, text in run)) for kind, run in runs)


ChangeKind: TypeAlias = Literal["changed", "locked", "missing", "unknown"]
"""``changed``: to be taken in. The others change nothing: ``locked`` is a new wording of what nobody words anew,
``missing`` a section that did not come back, ``unknown`` one that this text does not have."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """``after`` is what came back; of a missing section it is the text as it was."""

    id: str
    before: str
    after: str
    kind: ChangeKind = "changed"


def changed_sections(before: EditableDocument, sections: Mapping[str, str]) -> tuple[SectionChange, ...]:
    """What ``sections``, by id, would change in ``before``: in its order, then those that it does not know."""
    return (*_known(before, sections), *_unknown(before, sections))


def _known(before: EditableDocument, sections: Mapping[str, str]) -> Iterator[SectionChange]:
    for section in before.sections:
        after = sections.get(section.id)
        if after is None:
            yield SectionChange(section.id, section.text, section.text, "missing")
        elif after != section.text:
            yield SectionChange(section.id, section.text, after, "changed" if section.editable else "locked")


def _unknown(before: EditableDocument, sections: Mapping[str, str]) -> Iterator[SectionChange]:
    known = {section.id for section in before.sections}
    return (SectionChange(id_, "", text, "unknown") for id_, text in sections.items() if id_ not in known)
