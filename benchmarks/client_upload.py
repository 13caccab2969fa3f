"""Uploading 500 MB, against httpx streaming the same file, to a server in a process of its own that reads and counts.

The peer is what one would write by hand: an async generator over the open file, no checks, no progress, no multipart.
Each upload runs in a fresh process, whose peak memory is compared with that before it.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

SIZE = 500_000_000
BLOCK = 256 * 1024
PAIRS = 5


def serve() -> None:
    """Reads what comes, and says how much it was."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def count(request: Request) -> JSONResponse:
        received = 0
        async for block in request.stream():
            received += len(block)
        return JSONResponse({"code": 0, "data": {"files": [{"filename": "a.mp4", "duration": received}]}})

    app = Starlette(routes=[Route("/{path:path}", count, methods=["POST"])])
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    asyncio.run(server.serve(sockets=[listening]))


def resident() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)


async def measured(kind: str, url: str, path: Path) -> dict[str, float]:
    upload = by_us if kind == "ours" else by_hand
    peak = before = resident()

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, resident())
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    began = time.perf_counter()
    received = await upload(url, path)
    seconds = time.perf_counter() - began
    watching.cancel()
    assert received >= SIZE, received
    return {"seconds": seconds, "grown_mb": (peak - before) / 1e6}


async def by_us(url: str, path: Path) -> float:
    from nemo_nb.client import Client, Secret, UserToken

    client = Client(url, credentials=UserToken(Secret("benchmark")))
    (asset,) = await client.upload("session", [path])
    await client.aclose()
    return asset.duration_ms / 1000


async def by_hand(url: str, path: Path) -> float:
    import httpx

    async def content() -> AsyncIterator[bytes]:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block

    async with httpx.AsyncClient(timeout=600) as client:
        answer = await client.post(f"{url}/upload", content=content())
        return float(answer.json()["data"]["files"][0]["duration"])


def run(kind: str, url: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, kind, url, str(path)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.mp4"
        with path.open("wb") as file:
            file.write(b"\0\0\0\x18ftypisom" + bytes(1000))
            file.truncate(SIZE)
        server = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            url = server.stdout.readline().strip()
            pairs = [(run("by hand", url, path), run("ours", url, path)) for _ in range(PAIRS)]
        finally:
            server.terminate()
            server.wait()
    ratios = sorted(theirs["seconds"] / own["seconds"] for theirs, own in pairs)
    print(
        f"{SIZE / 1e6:.0f} MB, by hand {SIZE / 1e6 / min(theirs['seconds'] for theirs, _ in pairs):.0f} MB/s; "
        f"ours {statistics.median(ratios):.0%} of it (median of {len(ratios)}, {ratios[0]:.0%}-{ratios[-1]:.0%}); "
        f"the process grew by {max(own['grown_mb'] for _, own in pairs):.0f} MB "
        f"(by hand {max(theirs['grown_mb'] for theirs, _ in pairs):.0f} MB)"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main()
        case ["serve"]:
            serve()
        case [kind, url, path]:
            print(json.dumps(asyncio.run(measured(kind, url, Path(path)))))
