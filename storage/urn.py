"""The urn of an evaluation: all answers of a round, sealed as one with a key that is not in the database.

A copy of the database, or any number of them, cannot be read without the key. It lies in a folder of its own, which is
to be left out of backups, and is destroyed when the round closes: then no old copy can be read either.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson

from board.evaluation import Ballot
from board.evaluation_ports import UrnLost

_KEY_BYTES: Final = 32
_NONCE: Final = 12
_STEP: Final = 64 * 1024
"""The urn is filled up to a multiple of this, so that its size does not tell how much somebody wrote."""


class UrnKeys:
    """One file a round, made when the first answer is put in. Several processes may share the folder.

    Errors: ``OSError`` where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, round_id: str) -> bytes:
        """Errors: :class:`UrnLost`."""
        try:
            key = self._path(round_id).read_bytes()
        except FileNotFoundError as error:
            raise UrnLost(f"no key for {round_id} in {self._folder}") from error
        if len(key) != _KEY_BYTES:
            raise UrnLost(f"the key for {round_id} in {self._folder} is not whole")
        return key

    def find_or_make(self, round_id: str) -> bytes:
        """Two who make it at once get the same one."""
        with suppress(UrnLost):
            return self.find(round_id)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._folder / f".{secrets.token_hex(8)}"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(secrets.token_bytes(_KEY_BYTES))
                out.flush()
                os.fsync(out.fileno())
            with suppress(FileExistsError):
                os.link(part, self._path(round_id))
        finally:
            part.unlink(missing_ok=True)
        return self.find(round_id)

    def destroy(self, round_id: str) -> None:
        self._path(round_id).unlink(missing_ok=True)

    def _path(self, round_id: str) -> Path:
        return self._folder / f"{round_id.replace(':', '-')}.key"


def seal(round_id: str, urn: Sequence[Ballot], key: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # start-up, for once a year

    plain = orjson.dumps([[*ballot.answers, ballot.comment] for ballot in urn])
    padded = plain.ljust(-(-len(plain) // _STEP) * _STEP, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, padded, round_id.encode())).decode()


def unseal(round_id: str, sealed: str, key: bytes) -> tuple[Ballot, ...]:
    """Errors: :class:`UrnLost` where the key is another one, or the row was changed."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # as above

    raw = base64.b64decode(sealed)
    try:
        padded = AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], round_id.encode())
    except InvalidTag as error:
        raise UrnLost(f"the urn of {round_id} does not open with the key that is here") from error
    return tuple(Ballot(tuple(row[:-1]), row[-1]) for row in orjson.loads(padded.rstrip(b"\0")))
