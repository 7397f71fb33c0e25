"""Fetches pages, many at once in each worker."""

import asyncio
import time
from urllib.request import urlopen

META = {"concurrency": 20, "takes": "url"}


async def task(url, ctx, timeout: float = 10):
    """Status, type and size of what a URL answers."""
    started = time.monotonic()
    status, kind, size = await asyncio.get_running_loop().run_in_executor(None, fetch, url, timeout)
    ctx.log(f"{url} took {time.monotonic() - started:.2f} s")
    return {"status": status, "type": kind, "bytes": size}


def fetch(url, timeout):
    with urlopen(url, timeout=timeout) as response:
        return response.status, response.headers.get_content_type(), len(response.read())
