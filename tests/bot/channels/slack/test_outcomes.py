"""What each answer of the Web API means, row by row."""

from __future__ import annotations

import pytest

from bot.channels.base import Halted, Retry, Sent
from bot.channels.slack.outcomes import AGAIN, SET_UP, Ok, as_sent, read_answer, read_retry_after


def refused(word: object) -> dict[str, object]:
    return {"ok": False, "error": word}


@pytest.mark.parametrize(
    "word",
    [
        "user_not_found",
        "cannot_dm_bot",
        "user_disabled",
        "not_in_channel",
        "is_archived",
        "channel_not_found",
    ],
)
def test_somebody_who_cannot_be_written_to(word: str) -> None:
    assert read_answer("chat.postMessage", 200, refused(word)) == Halted("forbidden", word)
    assert read_answer("conversations.open", 200, refused(word)) == Halted("forbidden", word)


@pytest.mark.parametrize(
    "word", ["message_not_found", "channel_not_found", "cant_update_message", "edit_window_closed"]
)
def test_a_message_that_cannot_be_redrawn(word: str) -> None:
    assert read_answer("chat.update", 200, refused(word)) == Halted("gone", word)


@pytest.mark.parametrize(
    "word", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long", "no_text", "expired_trigger_id", "hash_conflict"]
)
def test_what_slack_does_not_take(word: str) -> None:
    assert read_answer("chat.postMessage", 200, refused(word)) == Halted("refused", word)


@pytest.mark.parametrize("word", ["invalid_auth", "token_revoked", "account_inactive", "missing_scope", "not_authed"])
def test_the_operators_matters_wait(word: str) -> None:
    assert word in SET_UP
    assert read_answer("chat.postMessage", 200, refused(word)) == Retry(None, throttled=False, detail=word)


@pytest.mark.parametrize("word", ["internal_error", "fatal_error", "service_unavailable", "request_timeout"])
def test_slacks_own_trouble_passes(word: str) -> None:
    assert word in AGAIN
    assert read_answer("chat.update", 200, refused(word)) == Retry(None, throttled=False, detail=word)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 500, 502, 503, 504])
def test_a_status_that_slack_itself_does_not_use_is_something_in_between(status: int) -> None:
    assert read_answer("chat.postMessage", status, {}) == Retry(None, throttled=False, detail=f"http {status}")
    assert read_answer("chat.postMessage", status, {"ok": True}) == Retry(None, False, f"http {status}")


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("-3", 0.0),
        ("1.5", 1.5),
        ("999999", 3_600.0),
        (None, None),
        ("", None),
        ("nan", None),
        ("soon", None),
        ("9" * 400, None),
    ],
)
def test_too_many_calls(retry_after: str | None, seconds: float | None) -> None:
    throttled = Retry(seconds, throttled=True, detail="ratelimited")
    assert read_retry_after(retry_after) == seconds
    assert read_answer("chat.postMessage", 429, {}, retry_after) == throttled
    for word in ("ratelimited", "rate_limited"):
        assert read_answer("chat.postMessage", 200, refused(word), retry_after) == throttled


@pytest.mark.parametrize("data", [None, [], "ok", b"", {}, {"ok": "yes"}, {"ok": None}, 3])
def test_an_answer_that_is_none_of_slacks(data: object) -> None:
    assert read_answer("chat.postMessage", 200, data) == Retry(None, throttled=False, detail="unreadable_answer")


@pytest.mark.parametrize("word", [None, 3, "", "Kari Nordmann wrote", "x" * 200, {"a": 1}])
def test_no_other_word_than_slacks_reaches_a_log(word: object) -> None:
    assert read_answer("chat.postMessage", 200, refused(word)) == Halted("refused", "unknown_error")


def test_a_message_is_known_by_its_time() -> None:
    assert as_sent(Ok({"ok": True, "ts": "1.2"})) == Sent("1.2")
    assert as_sent(Ok({"ok": True, "ts": 3})) == Sent("")
    assert as_sent(Halted("gone")) == Halted("gone")
