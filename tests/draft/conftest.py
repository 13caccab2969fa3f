from __future__ import annotations

import pytest


@pytest.fixture
def city_draft() -> dict:
    """The example of the draft's own documentation."""
    return {
        "v": 1,
        "d": 10000,
        "m": {"title": "project", "width": 1920, "height": 1080, "fps": 30, "background": "#000000"},
        "t": [
            {
                "id": "trk-1",
                "tt": 0,
                "m": {"name": "Video", "muted": False},
                "sg": [
                    {
                        "id": "seg-1",
                        "s": 0,
                        "d": 10000,
                        "m": {
                            "name": "city timelapse",
                            "kind": "video",
                            "asset": f"sha256:{'0' * 64}",
                            "file": "city.mp4",
                            "source_start_ms": 0,
                            "speed": 1.0,
                            "volume": 1.0,
                        },
                    }
                ],
            },
            {
                "id": "trk-2",
                "tt": 1,
                "m": {"name": "BGM"},
                "sg": [
                    {
                        "id": "seg-2",
                        "s": 0,
                        "d": 10000,
                        "m": {
                            "name": "Lo-fi",
                            "kind": "audio",
                            "asset": f"sha256:{'1' * 64}",
                            "file": "lofi.mp3",
                            "source_start_ms": 0,
                            "volume": 0.35,
                            "fade_out_ms": 3000,
                            "loop": True,
                        },
                    }
                ],
            },
            {
                "id": "trk-3",
                "tt": 7,
                "m": {"name": "Title"},
                "sg": [
                    {
                        "id": "seg-3",
                        "s": 0,
                        "d": 3000,
                        "m": {
                            "kind": "text",
                            "text": "Urban Dreams",
                            "style": {"font_size": 0.08, "color": "#ffffff", "bold": True},
                            "position": "center",
                        },
                    }
                ],
            },
        ],
    }
