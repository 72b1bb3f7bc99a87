"""A request's body, read without trusting its length, its speed or how it is packed."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.channels.payload import MAX_BYTES

READ_SECONDS = 10.0


async def read_bytes(request: web.Request) -> bytes | web.Response:
    """The body, or the answer to the one who sent what is none: 413, 408 or 400."""
    if (request.content_length or 0) > MAX_BYTES:
        return _too_large()
    try:
        body = await _read(request)
    except TimeoutError:
        return web.Response(status=408, text="the body did not arrive in time")
    except (web.HTTPException, ConnectionError):
        raise
    except Exception:  # a broken content encoding or chunking raises half a dozen kinds
        return web.Response(status=400, text="the body cannot be read")
    return _too_large() if body is None else body


async def _read(request: web.Request) -> bytes | None:
    """Up to the limit, however it is chunked or compressed; None beyond it."""
    content = bytearray()
    async with asyncio.timeout(READ_SECONDS):
        async for chunk in request.content.iter_any():
            content += chunk
            if len(content) > MAX_BYTES:
                return None
    return bytes(content)


def _too_large() -> web.Response:
    return web.Response(status=413, text=f"at most {MAX_BYTES} bytes")
