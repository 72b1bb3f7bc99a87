"""The people of the demo board as the Playground shows them. Ids are those of ``conversation.md``, «The demo board».

The Playground is one person at a time, so every persona is an instance of its own. Conversation ids carry the
persona's name: two instances never share one, and one persona keeps its conversation through a restart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | None | list[Json] | dict[str, Json]"

AAD_PREFIX = "00000000-0000-4000-8000-"
TENANT = "00000000-0000-4000-8000-00000000aaaa"
BOT_ID = "28:00000000-0000-4000-8000-00000000b070"
OTHERS_IN_CHATS = 5
"""The Playground's schema wants exactly five people besides the current one."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One person of the demo board. ``key`` is what ``make playground PERSONA=…`` takes."""

    key: str
    number: int
    given: str
    surname: str = "Demo"

    @property
    def aad_object_id(self) -> str:
        return f"{AAD_PREFIX}{self.number:012d}"

    @property
    def account(self) -> str:
        """The channel's own id of the account, the same in every instance."""
        return f"29:{self.aad_object_id}"

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"

    @property
    def mail(self) -> str:
        return f"{self.key}@demo.invalid"


PERSONAS: tuple[Persona, ...] = (
    Persona("prosjektleder", 1, "Prosjektleder"),
    Persona("eier", 2, "Prosjekteier"),
    Persona("kontor", 3, "Porteføljekontor"),
    Persona("ansvarlig", 4, "Porteføljeansvarlig"),
    Persona("leder", 5, "Leder"),
    Persona("tillitsvalgt", 6, "Tillitsvalgt"),
    Persona("au", 7, "AU-medlem"),
    Persona("ahus", 11, "Direktør", "Akershus universitetssykehus"),
    Persona("ous", 12, "Direktør", "Oslo universitetssykehus"),
    Persona("sunnaas", 13, "Direktør", "Sunnaas sykehus"),
    Persona("apotekene", 14, "Direktør", "Sykehusapotekene"),
    Persona("vestfold", 15, "Direktør", "Sykehuset i Vestfold"),
    Persona("innlandet", 16, "Direktør", "Sykehuset Innlandet"),
    Persona("telemark", 17, "Direktør", "Sykehuset Telemark"),
    Persona("ostfold", 18, "Direktør", "Sykehuset Østfold"),
    Persona("sorlandet", 19, "Direktør", "Sørlandet sykehus"),
    Persona("vestre-viken", 20, "Direktør", "Vestre Viken"),
    Persona("sykehuspartner", 21, "Direktør", "Sykehuspartner"),
    Persona("vara-ahus", 31, "Vara", "Akershus universitetssykehus"),
    Persona("arkiv", 41, "Arkiv"),
    Persona("gjest", 99, "Gjest"),
)
"""``gjest`` is in no table of the demo board: a person of the tenant without a role."""

DEFAULT = PERSONAS[0]


def persona(key: str) -> Persona:
    """The persona called ``key``; :class:`KeyError` names those there are."""
    for one in PERSONAS:
        if one.key == key:
            return one
    raise KeyError(f"no persona {key!r}: choose one of {', '.join(p.key for p in PERSONAS)}")


def config(current: Persona) -> str:
    """The Playground's configuration file for this persona: JSON, which is YAML too."""
    others = [one for one in PERSONAS if one != current][:OTHERS_IN_CHATS]
    content: dict[str, Json] = {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT_ID, "name": "Saksgang"},
        "currentUser": _user(current),
        "users": [_user(one) for one in others],
        "personalChat": {"id": f"a:personal-{current.key}"},
        "groupChat": {"id": f"19:group-{current.key}@thread.v2", "name": "Prosjektgruppen"},
        "team": {
            "id": f"19:team-{current.key}@thread.tacv2",
            "name": "Porteføljestyret",
            "aadGroupId": f"{AAD_PREFIX}{900 + current.number:012d}",
            "channels": [{"id": f"19:channel-{current.key}@thread.tacv2", "name": "Saker"}],
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _user(one: Persona) -> Json:
    return {
        "id": one.account,
        "name": one.name,
        "userPrincipleName": one.mail,
        "aadObjectId": one.aad_object_id,
        "givenName": one.given,
        "surname": one.surname,
        "email": one.mail,
    }
