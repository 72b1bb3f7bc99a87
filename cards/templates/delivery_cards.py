"""Who was told and how, for the office: those first whom nothing reached, and what to do about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from board.delivery import About, Missed, Proof, ProofState
from cards import actions
from cards.formats import date_time
from cards.i18n import _, noop
from cards.message import Act, Banner, Block, Facts, Field, Json, Message, Option, Paragraph, Say
from cards.safe import cut
from cards.task_views import Names, Told
from cards.templates.duty_texts import told_of

SHOWN: Final = 40
UNREACHED: Final[frozenset[ProofState]] = frozenset({"waiting", "failed"})
"""Those who can be registered as told by mouth."""
_NAME: Final = 80

_STATES: Final[dict[ProofState, str]] = {
    "queued": noop("står for tur"),
    "sent": noop("sendt"),
    "delivered": noop("levert"),
    "failed": noop("ikke nådd"),
    "waiting": noop("ikke nådd ennå"),
    "expired": noop("gikk ikke ut i tide"),
    "told": noop("sagt muntlig"),
    "dropped": noop("ikke lenger aktuelt"),
}
_WAYS: Final = {"chat": noop("i chat"), "email": noop("på e-post"), "spoken": ""}


def group_key(about: About) -> str:
    """The group as the value of a choice; :func:`group_of` reads it back."""
    return f"{about.kind}|{about.rev}|{about.object_id}|{about.part}"


def group_of(key: str) -> About | None:
    """None for what is no group: a press may hold anything."""
    kind, _bar, rest = key.partition("|")
    rev, _bar, rest = rest.partition("|")
    object_id, bar, part = rest.partition("|")
    if not bar or not rev.isascii() or not rev.isdigit() or len(rev) > 9:
        return None
    return About(kind, object_id, int(rev), part)


def data_of(about: About) -> dict[str, Json]:
    return {"id": about.object_id, "rev": about.rev, "kind": about.kind, "part": about.part}


def missed_button(groups: Sequence[Missed], names: Names, data: dict[str, Json]) -> Act | None:
    """One group is named by the button; of several one is chosen."""
    if not groups:
        return None
    if len(groups) == 1:
        count = {"missed": groups[0].missed, "total": groups[0].total}
        only = data_of(groups[0].about)
        return Act(actions.NOTICE_MISSED, _("Ikke nådd: {missed} av {total}", **count), only, with_inputs=False)
    options = tuple(Option(group_key(g.about), cut(told_of(g.about, names), _NAME)) for g in groups)
    which = Field("group", "choice", _("Hvilken beskjed?"), options[0].value, options=options)
    return Act(actions.NOTICE_MISSED, _("Hvem ble ikke nådd?"), data, fields=(which,))


def missed_card(view: Told, note: Banner | None = None) -> Message:
    """The proof of one group: name, how, when."""
    missed = [proof for proof in view.proofs if proof.state in UNREACHED]
    count = _("Ikke nådd: {missed} av {total}", missed=len(missed), total=len(view.proofs))
    said = told_of(view.about, view.names)
    blocks: list[Block] = [note] if note else []
    blocks.append(Paragraph(said, strong=True))
    blocks.append(Facts(tuple((view.names.person(p.person), became(p)) for p in view.proofs[:SHOWN])))
    if len(view.proofs) > SHOWN:
        blocks.append(Paragraph(_("… og {n} til", n=len(view.proofs) - SHOWN), small=True))
    if missed:
        blocks.append(
            Paragraph(_("Det går ut av seg selv når de skriver til meg. Har du sagt det, registrer det her."))
        )
    return Message(
        title=count if missed else _("Alle er nådd"),
        blocks=tuple(blocks),
        buttons=(*_told_button(view, missed), Say(_("Oppgaver"), _("oppgaver"))),
        summary=f"{count}: {said}",
    )


def became(proof: Proof) -> str:
    """«levert i chat, torsdag …»; the platform's own words say why not."""
    way = _(_WAYS[proof.way]) if _WAYS[proof.way] else ""
    words = " ".join(filter(None, (_(_STATES[proof.state]), way)))
    return f"{words}, {date_time(proof.at)}"


def _told_button(view: Told, missed: Sequence[Proof]) -> tuple[Act, ...]:
    if not missed:
        return ()
    data, told = data_of(view.about), _("Registrer muntlig varsel")
    if len(missed) == 1:
        return (Act(actions.NOTICE_TOLD, told, {**data, "row": str(missed[0].row)}, with_inputs=False),)
    options = tuple(Option(str(p.row), view.names.person(p.person)) for p in missed[:SHOWN])
    who = Field("row", "choice", _("Hvem har du sagt det til?"), options=options)
    return (Act(actions.NOTICE_TOLD, told, data, fields=(who,)),)
