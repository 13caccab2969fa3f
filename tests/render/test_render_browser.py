"""The strictest decoder that people have: Chromium's, given the track's `avcC` and its packets, nothing else."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator

import av
import pytest

_DECODE = """async ({codec, description, packets}) => {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const config = {codec, description: bytes(description)};
  if (!(await VideoDecoder.isConfigSupported(config)).supported) return "unsupported";
  const times = [];
  let failure = null;
  const decoder = new VideoDecoder({
    output: (frame) => { times.push(frame.timestamp); frame.close(); },
    error: (error) => { failure = String(error); },
  });
  decoder.configure(config);
  for (const [key, timestamp, data] of packets) {
    if (failure) break;
    decoder.decode(new EncodedVideoChunk({type: key ? "key" : "delta", timestamp, data: bytes(data)}));
  }
  try { await decoder.flush(); } catch (error) { failure ??= String(error); }
  return failure ?? times;
}"""


@pytest.fixture
def film(studio):
    title = [{"text": "Hi", "s": 1100, "d": 300}]
    return studio.film(studio.draft([{"file": "count.mp4", "d": 2900, "video_fade_out_ms": 300}], title))


@pytest.fixture
def page(film) -> Iterator[object]:
    """After the film was made: the browser's driver has an event loop of its own in this thread."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("NEMO_NB_REQUIRE_BROWSER"):
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        # Decoders are for secure pages only, which one of this machine is.
        page.route("http://localhost/", lambda route: route.fulfill(body="<html></html>"))
        page.goto("http://localhost/")
        yield page
        browser.close()


def test_chromium_decodes_every_frame_of_copied_and_encoded_pieces(film, page):
    assert [item.work for item in film.plan.stretches] == ["copy", "encode", "copy", "encode"]
    with av.open(str(film.path)) as container:
        stream = container.streams.video[0]
        box = bytes(stream.codec_context.extradata)
        packets = [
            [packet.is_keyframe, round(packet.pts * packet.time_base * 1_000_000), text(bytes(packet))]
            for packet in container.demux(stream)
            if packet.size
        ]
    answer = page.evaluate(
        _DECODE, {"codec": f"avc1.{box[1:4].hex()}", "description": text(box), "packets": packets}
    )
    if answer == "unsupported":
        pytest.skip("this Chromium was built without H.264")
    assert answer == [round(n * 1_000_000 / 30) for n in range(film.plan.frames)]


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()
