"""Small media files for the tests, made when they are first asked for."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from nemo_nb.media.ffmpeg import binary


class Kit:
    """Small media files, made by ffmpeg when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clip(self, name: str = "clip.mp4", seconds: float = 4, size: str = "320x180", rate: int = 30) -> Path:
        """A moving test picture in H.264 with a 440 Hz tone."""
        return self._made(
            name, "-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}", "-f", "lavfi",
            "-i", f"sine=440:r=48000:d={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
            "-g", str(rate), "-c:a", "aac", "-shortest",
        )  # fmt: skip

    def counted(self, name: str = "counted.mp4", seconds: float = 20, rate: int = 30) -> Path:
        """A film whose frames tell their number, as bits from the left in fields of 20 pixels; a beep each second."""
        return self._made(
            name,
            "-f", "lavfi", "-i", f"color=black:size=320x180:rate={rate}:duration={seconds},format=gray,"
            "geq=lum='if(bitand(N,pow(2,floor(X/20))),235,16)'",
            "-f", "lavfi", "-i", f"aevalsrc='if(lt(mod(t,1),0.1),0.7*sin(2*PI*1000*t),0)':s=48000:d={seconds}",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-c:a", "aac", "-shortest",
        )  # fmt: skip

    def tune(self, name: str = "lofi.mp3", seconds: float = 6) -> Path:
        """A tone of 220 Hz as an MP3."""
        return self._made(name, "-f", "lavfi", "-i", f"sine=220:r=44100:d={seconds}", "-c:a", "libmp3lame")

    def image(self, name: str = "logo.png", color: str = "red", size: str = "320x180") -> Path:
        return self._made(name, "-f", "lavfi", "-i", f"color={color}:s={size}", "-frames:v", "1")

    def _made(self, name: str, *arguments: str) -> Path:
        # Of one name there may be several, each as somebody asked for it.
        path = self._folder / hashlib.sha256("\0".join(arguments).encode()).hexdigest()[:8] / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            subprocess.run([binary(), "-v", "error", *arguments, str(path)], check=True)
        return path
