"""A document for a draft: a link, or a file that storage holds already."""

from __future__ import annotations

from urllib.parse import urlsplit

from board import case_intake
from board.case import Case, Changed, Result
from board.commands import AttachDocument
from board.documents import Document
from board.errors import Refusal, RefusalCode
from board.ids import DocumentId
from board.people import Actor
from board.ports import Rules, UnitOfWork
from board.usecases._case import on_case

MAX_ADDRESS = 2000


async def attach_document(command: AttachDocument, actor: Actor, work: UnitOfWork, rules: Rules) -> Result:
    now = rules.clock.now()
    document = Document(
        DocumentId(rules.ids.new()),
        command.document_type,
        command.name,
        actor.id,
        now,
        command.url,
        command.sha256,
        command.size,
    )
    wrong_address = not is_web_address(command.url) if command.url else not command.sha256

    def attach(case: Case) -> Result:
        result = case_intake.attach(case, actor, document, rules.mandate, now)
        if wrong_address and isinstance(result, Changed):
            return Refusal(RefusalCode.ADDRESS_REFUSED, {"url": command.url})
        return result

    return await on_case(command.case, None, actor, work, rules, attach)


def is_web_address(text: str) -> bool:
    """An https address of a host with a dot in its name; nothing is fetched from it."""
    if len(text) > MAX_ADDRESS or any(c.isspace() for c in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
