"""How the words of the decision register are compared: «sykehusets», «SJUKEHUSA» and «sykehus» are one word.

The same for what is kept and for what is asked, on both databases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from storage.register_synonyms import EMPTY_WORDS, PARTS, SPELLINGS, STEMS

MAX_WORD: Final = 60
"""Characters; what is longer is cut. Databases limit the length of a key."""
SHORTEST_PART: Final = 3
SHORTEST_REST: Final = 5
"""What follows a known first part and is not known itself: a shorter one is an ending rather than a word."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-/&.][^\W_]+)*")
_INSIDE: Final = re.compile(r"[-/&.]")
_ACCENTED: Final = re.compile(r"[^\x00-\x7fæøå]")
_LETTERS: Final = str.maketrans({"ä": "æ", "ö": "ø", "ı": "i", "þ": "th", "ð": "d"})
_ONE: Final = {"ae": "æ", "oe": "ø", "aa": "å"}
_IN_TWO: Final = re.compile("|".join(_ONE))
_ENGLISH: Final = ("ing", "ings", "ed", "ies", "ied", "ation", "ations", "ment", "ments")


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """Lower case, no accents but those of æ, ø, å, which may be written ae, oe, aa."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    kept = _ACCENTED.sub(_bare, plain)
    return _IN_TWO.sub(lambda found: _ONE[found[0]], kept)[:MAX_WORD]


def _bare(letter: re.Match[str]) -> str:
    """The letter without its accent; å is a letter of its own."""
    parts = unicodedata.normalize("NFD", letter[0])
    return "".join(part for part in parts if not unicodedata.combining(part))


def tokens(text: str) -> Iterator[str]:
    """The words of a text, folded; «e-resept» and «P-123» are one each."""
    return (fold_word(found) for found in _TOKEN.findall(text))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What all inflected forms of a folded word have in common, in bokmål's spelling."""
    for written, common in SPELLINGS:
        if written in word:
            word = word.replace(written, common)
    if word.isdecimal():
        return word.lstrip("0") or "0"
    found = _stemmer("norwegian")(word)
    return STEMS.get(found, found)


def stems(word: str) -> tuple[str, ...]:
    """The ways a folded word is kept: by the rules of Norwegian and, where it looks English, by those of English."""
    own = stem(word)
    if not (word.isascii() and word.endswith(_ENGLISH)):
        return (own,)
    english = _stemmer("english")(word)
    return (own, f"en.{english}") if english != own else (own,)


def _together(pieces: list[str]) -> str:
    """«P-0123» as p123, as a project may be called with or without."""
    return "".join(stem(piece) if piece.isdecimal() and len(pieces) > 1 else piece for piece in pieces)[:MAX_WORD]


def is_empty(word: str) -> bool:
    return word in EMPTY_WORDS or (len(word) == 1 and not word.isdecimal())


def terms_of(text: str, *, joins: bool) -> set[str]:
    """All that a text is found by. ``joins``: also any two words of it written together, as for a short title."""
    found: set[str] = set()
    previous = ""
    for token in tokens(text):
        pieces = _INSIDE.split(token)
        whole = _together(pieces)
        for piece in {whole, *pieces}:
            if not is_empty(piece):
                found |= {*stems(piece), *parts(piece)}
        if previous and (joins or (_is_part(previous) and _is_part(whole))):
            found.add(stem((previous + whole)[:MAX_WORD]))
        previous = "" if is_empty(whole) else whole
    return found


def words_asked(words: Iterable[str]) -> list[str]:
    """The folded words that are to be looked for, in the order they were written, each once."""
    asked = (_together(_INSIDE.split(token)) for word in words for token in tokens(word))
    return list(dict.fromkeys(word for word in asked if not is_empty(word)))


def joined(words: list[str]) -> list[list[str]]:
    """The same with two neighbours written together: «journal system» may stand there as one word."""
    return [[*words[:n], one + other, *words[n + 2 :]] for n, (one, other) in enumerate(pairwise(words))]


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """The stems of what a compound is made of: «pasientjournalene» → pasient, journal. None for a simple word.

    One part at least is of this field. Where a linking s may belong to either side, both readings are given.
    """
    whole = stem(word)
    if _is_part(whole):
        return ()
    for at in range(SHORTEST_PART, len(whole) - SHORTEST_PART + 1):
        if _is_part(whole[at:]):
            return tuple(dict.fromkeys((*_before(whole[:at]), stem(whole[at:]))))
    for at in range(len(whole) - SHORTEST_REST, SHORTEST_PART - 1, -1):
        if _is_part(whole[:at]):
            return tuple(dict.fromkeys((stem(whole[:at]), *_behind(whole[at:]))))
    return ()


def _before(head: str) -> tuple[str, ...]:
    """What stands before a known last part: itself a compound, perhaps, or a word with a linking letter."""
    if _is_part(head):
        return (stem(head),)
    bare = head[:-1] if head[-1] in "se" and len(head) > SHORTEST_PART else head
    return parts(bare) or tuple(stem(one) for one in dict.fromkeys((head, bare)))


def _behind(tail: str) -> tuple[str, ...]:
    linked = (tail, tail[1:]) if tail[0] == "s" else (tail,)
    return tuple(stem(one) for one in linked)


@lru_cache(maxsize=1)
def _part_stems() -> frozenset[str]:
    return frozenset({*PARTS, *(stem(part) for part in PARTS)})


def _is_part(word: str) -> bool:
    return word in _part_stems() or stem(word) in _part_stems()


def spellings(word: str) -> tuple[str, ...]:
    """The keys that words one slip apart share: the word without æ, ø, å, and that with any one letter left out."""
    plain = word.replace("æ", "a").replace("ø", "o").replace("å", "a")
    return tuple(dict.fromkeys((plain, *(plain[:n] + plain[n + 1 :] for n in range(len(plain))))))


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415  # 30 ms for all its languages: not before the first search

    stemmer = snowballstemmer.stemmer(language)

    def stemmed(word: str) -> str:
        return str(stemmer.stemWord(word))

    return stemmed
