// The files of the desktop on their way to the kernel: one after the other, in pieces, a few of them on the way at a time.

const PIECE = 4 * 1024 * 1024;
const WINDOW = 4; // pieces on the way at a time: as many as the kernel has to hold
const HEAD = 400; // by the first bytes the kernel tells what it is

/** All views of a widget share one queue; `changed(row)` tells each of them what to draw anew. */
class UploadQueue {
  constructor(link) {
    this.link = link;
    this.files = new Map(); // row → {file, state: "waiting" | "going" | "ended" | "refused", why, sent, got, began}
    link.listen((message) => this.#hear(message));
  }

  /** `why` is what is wrong with it as far as a page can tell. */
  add(row, file, why) {
    this.files.set(row, { file, state: why ? "refused" : "waiting", why, sent: 0, got: 0, began: 0 });
    this.#next();
  }

  again(row) {
    Object.assign(this.files.get(row), { state: "waiting", sent: 0, got: 0 });
    this.#next();
  }

  /** Whether the kernel has to be told. */
  cancel(row) {
    const held = this.files.get(row);
    const known = held?.state !== "waiting" || Boolean(this.link.item("rows", row));
    if (held) held.state = "ended";
    if (!known) this.files.delete(row);
    this.#next();
    return known;
  }

  /** Forgets what is not on its way. */
  clear() {
    for (const [row, { state }] of this.files) if (state === "ended" || state === "refused") this.files.delete(row);
  }

  speed(row) {
    const { got, began } = this.files.get(row);
    return got / Math.max((performance.now() - began) / 1000, 0.001);
  }

  /** One file is sent at a time: they share one connection, and clips are placed in the order chosen. */
  async #next() {
    if ([...this.files.values()].some(({ state }) => state === "going")) return;
    const [row, held] = [...this.files].find(([, { state }]) => state === "waiting") ?? [];
    if (!row) return;
    Object.assign(held, { state: "going", sent: 0, got: 0, began: performance.now() });
    const { name, size } = held.file;
    try {
      const head = await held.file.slice(0, HEAD).arrayBuffer();
      this.link.send("begin", { row, name, size }, [head]);
    } catch {
      Object.assign(held, { state: "refused", why: { what: this.link.t("unreadable", { name }), next: this.link.t("rechoose") } });
      this.link.tell({ type: "refused", row });
      this.#next();
    }
  }

  async #pieces(row) {
    const held = this.files.get(row);
    if (!held || held.reading) return;
    held.reading = true;
    while (held.state === "going" && held.sent < held.file.size && held.sent - held.got < WINDOW * PIECE) {
      const offset = held.sent;
      held.sent = Math.min(offset + PIECE, held.file.size);
      try {
        const piece = await held.file.slice(offset, held.sent).arrayBuffer();
        if (held.state === "going") this.link.send("piece", { row, offset }, [piece]);
      } catch {
        this.link.send("cancel", { row });
        break;
      }
    }
    held.reading = false;
  }

  #hear(message) {
    const held = this.files.get(message.row);
    if (held && message.type === "got") held.got = message.received;
    if (held && ["go", "got"].includes(message.type)) this.#pieces(message.row);
    for (const item of message.put?.rows ?? []) {
      const sent = this.files.get(item.id);
      if (sent?.state !== "going" || (item.state === "uploading" && item.phase === "sending")) continue;
      sent.state = "ended";
      if (item.state === "done") this.files.delete(item.id);
      this.#next();
    }
  }
}
