"""No token, name, address or message text in the logs: markers are sent through everything, and the logs are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp

from bot.demo import demo_id
from tests.fakes.entra import SERVICE_URL
from tests.fakes.faults import Fault
from tests.fakes.teams import Persona
from tests.scenarios.world import BP2, FIELDS
from tests.security.process import Server
from tests.security.public import SECRET, microsoft

MARK = "kanarifugl"
NAMES = {1: f"{MARK}navn-en", 2: f"{MARK}navn-to", 3: f"{MARK}navn-tre"}


async def test_the_logs_hold_nothing_of_anybody(installed: Path) -> None:
    async with (
        microsoft(installed) as public,
        aiohttp.ClientSession() as session,
        Server(installed, (), public.settings) as server,
    ):
        people = {digits: Persona(digits, name, SERVICE_URL) for digits, name in NAMES.items()}
        tokens: list[str] = []

        async def post(payload: dict[str, Any], **changes: Any) -> Any:
            tokens.append(public.entra.mint(**changes))
            headers = {"Authorization": f"Bearer {tokens[-1]}"}
            async with session.post(f"{server.url}/api/messages", json=payload, headers=headers) as answer:
                return await answer.json() if answer.content_type == "application/json" else None

        for persona in people.values():
            await post(persona.installs())
        submitter = people[1]
        public.platform.faults.add(Fault(status=403), conversation=people[2].chat)
        public.platform.faults.add(Fault(status=500), Fault(reset="before"), conversation=submitter.chat)
        await post(submitter.says(f"{MARK} sier noe"))
        answer = await post(submitter.presses("case.start", {"id": "", "rev": 0, **BP2}))
        case = next(a["data"]["id"] for a in answer["value"]["actions"] if a.get("verb") == "case.submit")
        texts = {k: f"{MARK} {k}" for k in FIELDS if not k.startswith(("cost", "project_owner"))}
        answers = {**FIELDS, **texts, "project_owner": demo_id(2), "reason_incomplete": f"{MARK} grunn"}
        link = {"document_type": "other", "url": f"https://{MARK}.example.org/{MARK}.pdf"}
        await post(submitter.presses("case.attach", {"id": case, "rev": 1, **link}))
        await post(submitter.presses("case.submit", {"id": case, "rev": 2, **answers}))
        await post(people[2].presses("case.decline", {"id": case, "rev": 4, "reason": f"{MARK} nei"}))
        await post(people[3].presses("case.accept", {"id": case, "rev": 5}))
        await post(people[3].presses(f"{MARK}.verb", {"id": f"{MARK}-id", MARK: MARK}))
        await post(submitter.sends_file(f"{MARK}.pdf", f"https://{MARK}.sharepoint.com/x?token={MARK}"))
        await post(submitter.says(f"{MARK} " * 900))
        await post(submitter.says(f"{MARK}"), aud=f"{MARK}-app")
        await post(submitter.says(f"{MARK}"), serviceurl=f"https://{MARK}.example/")
        await post(submitter.says(MARK, channelData={"tenant": {"id": f"{MARK}-tenant"}}))
        server.ask_to_end()
        assert await server.ended(25) == 0
        log = server.words
        assert "activity_refused" in log, "the log is there, and says what operators need"
        assert MARK not in log.lower()
        assert SECRET not in log
        assert "token-1" not in log
        assert not any(token in log or token.split(".")[1] in log for token in tokens)
        assert "@example.org" not in log
        assert "Traceback" not in log
        assert server.query("SELECT count(*) FROM cases WHERE title LIKE 'kanari%'") == [(1,)], "it did get in"
