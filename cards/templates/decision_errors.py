"""What is wrong with a decision as it was written, field by field, in words that say what to do instead."""

from __future__ import annotations

from collections.abc import Mapping

from board.decision import MAX_CONDITIONS, Outcome
from board.errors import Refusal, RefusalCode
from cards.i18n import _
from cards.labels import decided_name
from cards.sitting_views import SittingLine
from cards.templates.sheet_fields import FORM


def decision_errors(refusal: Refusal, outcome: Outcome, line: SittingLine) -> dict[str, str]:
    """By field; none where it is not about the form."""
    fields = refusal.params.get("fields", ())
    named = [str(name) for name in fields] if isinstance(fields, tuple | Mapping) else []
    return {name: _words(name, refusal, outcome, line) for name in named if name in FORM}


def _words(name: str, refusal: Refusal, outcome: Outcome, line: SittingLine) -> str:
    if refusal.code is RefusalCode.TOO_LONG:
        return _("Det er for langt. Kort det ned; det du skrev, står her.")
    if refusal.code is RefusalCode.DEADLINE_PASSED:
        return _("Fristen for et vilkår er passert. Velg en dag fra og med i dag.")
    if name == "text":
        return _text(outcome)
    if name == "conditions":
        return _conditions(outcome, line, missing=refusal.code is RefusalCode.INCOMPLETE)
    if name == "outcome":
        return _outcome(outcome)
    return _("Velg blant dem som var til stede da saken ble behandlet, og ikke hadde gått ut.")


def _text(outcome: Outcome) -> str:
    if outcome is Outcome.POSTPONED:
        return _("Skriv hvorfor saken utsettes, eller hva som må til.")
    if outcome is Outcome.SENT_BACK:
        return _("Skriv hva som må rettes før saken kommer tilbake.")
    return _("Skriv hva som ble vedtatt.")


def _conditions(outcome: Outcome, line: SittingLine, *, missing: bool) -> str:
    if missing:
        return _("Skriv minst ett vilkår: tekst; eier; dato.")
    allowed = {Outcome.ADOPTED_WITH_CONDITIONS, Outcome.NOTED, Outcome.DISCUSSED}
    if line.case is None or outcome not in allowed:
        return _("Vilkår hører til «{outcome}».", outcome=decided_name(Outcome.ADOPTED_WITH_CONDITIONS))
    return _("Et vilkår er for langt, mangler tekst eller eier, eller det er flere enn {n}.", n=MAX_CONDITIONS)


def _outcome(outcome: Outcome) -> str:
    adopted, amended = decided_name(Outcome.ADOPTED), decided_name(Outcome.ADOPTED_AMENDED)
    if outcome is Outcome.ADOPTED:
        return _("Teksten er endret fra forslaget. Velg «{outcome}», eller sett forslaget tilbake.", outcome=amended)
    if outcome is Outcome.ADOPTED_AMENDED:
        return _("Teksten er som foreslått. Velg «{outcome}», eller skriv hva som ble endret.", outcome=adopted)
    return _("Velg ett av utfallene.")
