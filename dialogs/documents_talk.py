"""Documents for a draft: files sent in chat and links, put where they belong by their name, or asked about."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz, utils

from board.case import Case, completeness
from board.commands import AttachDocument
from board.documents import OTHER_DOCUMENT
from board.errors import Refusal
from board.mandate import DocumentType, Mandate
from board.ports import Talk
from board.states import EDITABLE
from board.usecases.attach_document import attach_document
from cards.i18n import _
from cards.labels import label
from cards.message import Banner, Option
from cards.safe import clean, cut, one_line
from cards.templates import talk_texts
from dialogs.answers import Unsure, read_choice
from dialogs.case_talk import DOCUMENTS, ask, go_on, keep, next_question
from dialogs.present import card_of, refusal_note, refused
from dialogs.room import Reply, Room, say

PENDING = "pending"
"""In the talk's answers: documents that wait to be told what they are, as JSON."""
WHICH = "which_document"
_LINK = re.compile(r"https?://\S+")
_NAMED_SURELY = 90.0
SHORT_NAME = 4
MAX_NAME = 200
MAX_HINT = 60
"""Characters beside each link: more is prose, and the whole an answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link, or a file that the store holds already; ``refused`` is the store's reason where it does not."""

    name: str
    url: str = ""
    sha256: str = ""
    size: int = 0
    refused: str = ""
    hint: str = ""
    """What was written before a link, or behind the last."""


def links_in(text: str) -> tuple[Found, ...]:
    """The links of a message that is nothing but links and the names of documents; prose with a link is an answer."""
    found = [url.rstrip(".,;)") for url in _LINK.findall(text)]
    *before, after = [one_line(part).strip(" :-–,.;()") for part in _LINK.split(text)]
    if not found or sum(map(len, (*before, after))) > MAX_HINT * len(found):
        return ()
    hints = [*before[:-1], before[-1] or after]
    return tuple(Found(name_of(url), url=url, hint=hint) for url, hint in zip(found, hints, strict=True))


def name_of(url: str) -> str:
    """The last part of the address that says anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return cut(url, MAX_NAME)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return cut(one_line(clean(last)) or parts.netloc, MAX_NAME)


def guess(found: Found, case: Case, mandate: Mandate) -> str | None:
    """The type of document by its name, where one of those asked for fits surely better than the others."""
    complete = completeness(case, mandate)
    words = utils.default_process(f"{found.hint} {found.name}".replace("_", " ").replace("-", " "))
    names = {d: _names(mandate.document_type[d]) for d in complete.asked}
    for fits in (_holds, _nearly_holds):
        fitting = {d: [n for n in known if fits(words, n)] for d, known in names.items()}
        named = {d: max(fit, key=len) for d, fit in fitting.items() if fit}
        # «oppdatert gevinstrealiseringsplan» holds «gevinstrealiseringsplan»: the longer name is meant
        likely = [d for d, n in named.items() if not any(n != other and n in other for other in named.values())]
        if likely:
            return likely[0] if len(likely) == 1 else None
    return None


def _names(kind: DocumentType) -> list[str]:
    return [utils.default_process(name) for name in (*kind.label.values(), *kind.aliases)]


def _holds(words: str, name: str) -> bool:
    """A short name («pid») must stand alone."""
    return name in words.split() if len(name) <= SHORT_NAME else name in words


def _nearly_holds(words: str, name: str) -> bool:
    return SHORT_NAME < len(name) <= len(words) and fuzz.partial_ratio(name, words) >= _NAMED_SURELY


def options(case: Case, mandate: Mandate) -> tuple[Option, ...]:
    """What a document can be: those missing first."""
    complete = completeness(case, mandate)
    ordered = [*complete.documents, *(d for d in complete.asked if d not in complete.documents)]
    known = mandate.document_type
    return (*(Option(d, label(known[d].label)) for d in ordered), Option(OTHER_DOCUMENT, _("Annet vedlegg")))


async def take(room: Room, case: Case, talk: Talk | None, found: Sequence[Found]) -> Reply:
    """Attaches what is plain, says what was refused, and asks about the rest one by one."""
    notes = [talk_texts.file_refused(f.name, f.refused) for f in found if f.refused]
    added: list[str] = []
    unclear = _waiting(talk, case)
    for one in (f for f in found if not f.refused):
        kind = guess(one, case, room.mandate)
        if kind is None and completeness(case, room.mandate).asked:
            unclear.append(one)
            continue
        result = await _attach(room, case, one, kind or OTHER_DOCUMENT)
        if isinstance(result, Refusal):
            notes.append(await refusal_note(room, result))
            continue
        case = result
        added.append(_called(kind or OTHER_DOCUMENT, one, room.mandate))
    if added:
        notes.append(talk_texts.attached(case, room.mandate, tuple(added)))
    if unclear:
        return await _ask_which(room, case, talk, unclear, notes)
    return await _next(room, case, talk, notes)


def _waiting(talk: Talk | None, case: Case) -> list[Found]:
    """The documents that were asked about and not told of yet: files come one message each."""
    if talk is None or talk.question != WHICH or talk.case != case.id:
        return []
    return [Found(**one) for one in json.loads(talk.answers.get(PENDING, "[]"))]


async def answer_which(room: Room, talk: Talk, case: Case, text: str) -> Reply:
    """Words as the answer to «hvilket dokument er …»."""
    waiting = _waiting(talk, case)
    if not waiting:
        return await go_on(room, replace(talk, question=DOCUMENTS), case)
    choices = options(case, room.mandate)
    match read_choice(text, choices):
        case Option(value=kind):
            pass
        case Unsure(options=near):
            return say(talk_texts.which_document(waiting[0].name, near))
        case _:
            return say(talk_texts.which_document(waiting[0].name, choices))
    result = await _attach(room, case, waiting[0], kind)
    if isinstance(result, Refusal):
        return say(await refused(room, result, case.id))
    note = talk_texts.attached(result, room.mandate, (_called(kind, waiting[0], room.mandate),))
    if waiting[1:]:
        return await _ask_which(room, result, talk, waiting[1:], [note])
    return await _next(room, result, talk, [note])


async def _attach(room: Room, case: Case, one: Found, kind: str) -> Case | Refusal:
    name = cut(one_line(clean(one.name)), MAX_NAME)
    command = AttachDocument(case.id, kind, name, one.url, one.sha256, one.size)
    result = await attach_document(command, room.actor, room.work, room.rules)
    return result if isinstance(result, Refusal) else result.case


def _called(kind: str, one: Found, mandate: Mandate) -> str:
    return one.name if kind == OTHER_DOCUMENT else label(mandate.document_type[kind].label)


async def _ask_which(
    room: Room, case: Case, talk: Talk | None, waiting: Sequence[Found], notes: Sequence[Banner]
) -> Reply:
    kept = json.dumps([{k: getattr(f, k) for k in Found.__slots__} for f in waiting])
    await room.work.talks.put(Talk(room.actor.id, "case", WHICH, {PENDING: kept}, case.id, room.now))
    message = talk_texts.which_document(waiting[0].name, options(case, room.mandate))
    return say(replace(message, blocks=(*notes, *message.blocks)))


async def _next(room: Room, case: Case, talk: Talk | None, notes: Sequence[Banner]) -> Reply:
    """Back to the question that stood open; when the documents are all there, on to what comes next."""
    if case.state not in EDITABLE:  # on its way to the board: nothing more is asked
        await room.work.talks.drop(room.actor.id)
    if talk is None or talk.case != case.id or case.state not in EDITABLE:
        card = await card_of(room, case)
        return say(replace(card, blocks=(*notes, *card.blocks)))
    asked = talk.question
    if asked in (DOCUMENTS, WHICH, "reason_incomplete"):
        asked = next_question(case, room.mandate)
    await keep(room, case, asked, talk)
    message = await ask(room, case, asked)
    return say(replace(message, blocks=(*notes, *message.blocks)))
