"""Where the engine keeps its things, and who may see them: only the owner."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from ..errors import HomeNotWritable
from .proof import discard

# Headers that both ends know: the owner's secret, the wish to be told where a file lies, and the place.
SECRET_HEADER = "x-nemo-nb-secret"  # noqa: S105 - a header's name
HANDOVER_HEADER = "x-nemo-nb-handover"
PLACE_HEADER = "x-nemo-nb-place"

# Tokens of other backends: no process of the engine's needs them, and decoders work on strangers' files.
NOT_FOR_US = ("NEMO_TOKEN", "NEMO_CLIENT_ID")


@dataclass(frozen=True)
class EngineHome:
    """The engine's folder inside the package's home. Every path in it is the owner's alone."""

    root: Path

    @classmethod
    def inside(cls, home: Path) -> EngineHome:
        root = Path(home).expanduser().resolve() / "engine"
        try:
            _make(root)
            root.chmod(0o700)
        except OSError as error:
            raise HomeNotWritable(f"{root} can't be used: {error.strerror}.") from None
        return cls(root)

    @property
    def database(self) -> Path:
        return self.root / "engine.sqlite3"

    @property
    def blobs(self) -> Path:
        return self._folder("blobs")

    @property
    def lost(self) -> Path:
        """Uploads that no session uses, for a while: see `Blobs.sweep`."""
        return self.root / "lost"

    @property
    def results(self) -> Path:
        return self._folder("results")

    @property
    def cache(self) -> Path:
        """Pieces of exports and whole ones, kept for the next: may be emptied at any time."""
        return self._folder("cache")

    @property
    def seals(self) -> Path:
        """Checksums of results."""
        return self._folder("seals")

    @property
    def work(self) -> Path:
        return self._folder("work")

    def empty_work(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        self._folder("work")

    @property
    def log(self) -> Path:
        return self._file("engine.log")

    @property
    def lock(self) -> Path:
        """Held for as long as an engine serves this home."""
        return self._file("engine.lock")

    @property
    def launch_lock(self) -> Path:
        """Held while somebody looks for the engine and starts it."""
        return self._file("launch.lock")

    @property
    def endpoint(self) -> Path:
        """Where the running engine listens, as JSON."""
        return self.root / "endpoint.json"

    @property
    def token_file(self) -> Path:
        """The token for a backend started by `nemo-nb serve`."""
        return self.root / "serve.token"

    def _file(self, name: str) -> Path:
        """Where a file of ours lies. What is none in its place, or leads to another's, is removed."""
        path = self.root / name
        if path.is_symlink() or (path.exists() and not path.is_file()):
            discard(path)
        return path

    def _folder(self, name: str) -> Path:
        """A folder of ours. A file in its place is put aside; HomeNotWritable for a link that leads to none, as to a
        disk that isn't there just now.
        """
        folder = self.root / name
        if not folder.is_dir():
            if folder.is_symlink():
                raise HomeNotWritable(
                    f"{folder} leads to no folder.",
                    next_step="Connect the disk that it is on, or remove the link: what lay there isn't found then.",
                )
            if folder.exists():
                folder.replace(folder.with_name(f"{name}.{time.time_ns()}"))
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def _make(folder: Path) -> None:
    """Make a folder and those above it that are missing, all for the owner alone, whatever the umask."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
