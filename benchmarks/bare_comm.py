"""The least that brings a file from browser to kernel: 4 MiB at a time, four on the way, counted and dropped."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

SCRIPT = """
const PIECE = 4 * 1024 * 1024, WINDOW = 4;

export default {
  render({ model, el }) {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", id: "bare" });
    el.append(input);
    let file, sent, going;
    async function pump() {
      while (sent < file.size && going < WINDOW) {
        const offset = sent;
        sent += PIECE;
        going += 1;
        const piece = await file.slice(offset, sent).arrayBuffer();
        model.send({ offset }, undefined, [piece]);
      }
    }
    input.addEventListener("change", () => {
      if (!input.files.length) return;
      [file, sent, going] = [input.files[0], 0, 0];
      input.value = ""; // so that choosing the same name again is a change
      delete input.dataset.state;
      pump();
    });
    model.on("msg:custom", ({ received }) => {
      going -= 1;
      if (received < file.size) pump();
      else input.dataset.state = "done";
    });
  },
};
"""


class BareUpload(anywidget.AnyWidget):
    """Acknowledges what it gets."""

    _esm = traitlets.Unicode(SCRIPT).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.received = 0
        self.on_msg(self._take)
        if hasattr(self.comm, "_reply_subshell_for"):
            self.comm._reply_subshell_for = None  # as nemo_nb's widgets do

    def _take(self, _: Any, content: dict[str, Any], buffers: list[memoryview]) -> None:
        self.received = len(buffers[0]) if content["offset"] == 0 else self.received + len(buffers[0])
        self.send({"received": self.received})
