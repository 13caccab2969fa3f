// The way between a page and its widget in the kernel.

const PATIENCE_MS = 2500; // so long may a kernel take to say that it has heard

/** One widget's model: its document as the kernel last told it, and commands to the kernel. */
class Link {
  constructor(model) {
    this.model = model;
    this.doc = structuredClone(model.get("doc"));
    this.listeners = new Set();
    this.unheard = new Map();
    this.next = 0;
    this.hear = (message, buffers) => this.#hear(message, buffers);
    model.on("msg:custom", this.hear);
    this.send("hello", { page: Math.random().toString(36).slice(2) });
  }

  close() {
    this.model.off("msg:custom", this.hear);
    for (const timer of this.unheard.values()) clearTimeout(timer);
  }

  /** Calls `listener(message, buffers)` after each message; the document is changed by then. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(name, fields = {}, buffers = undefined) {
    const id = ++this.next;
    this.unheard.set(id, setTimeout(() => this.tell({ type: "waiting", waiting: true }), PATIENCE_MS));
    this.model.send({ do: name, id, ...fields }, undefined, buffers);
  }

  /** What the page says, in the project's language. */
  t(key, values = {}) {
    return (this.doc.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  item(collection, id) {
    return this.doc[collection].find((item) => item.id === id);
  }

  #hear(message, buffers) {
    if (message.type === "ack") {
      clearTimeout(this.unheard.get(message.id));
      this.unheard.delete(message.id);
      if (this.unheard.size === 0) this.tell({ type: "waiting", waiting: false });
      return;
    }
    if (message.type === "patch") this.#patch(message);
    this.tell(message, buffers);
  }

  #patch({ set = {}, slide = {}, put = {}, drop = {} }) {
    Object.assign(this.doc, set);
    for (const [name, { from, to, by }] of Object.entries(slide)) {
      const moved = (item) => (item.start >= from && item.start < to ? { ...item, start: item.start + by, end: item.end + by } : item);
      this.doc[name] = this.doc[name].map(moved);
    }
    for (const [name, ids] of Object.entries(drop)) {
      const gone = new Set(ids);
      if (gone.size) this.doc[name] = this.doc[name].filter((item) => !gone.has(item.id));
    }
    for (const [name, items] of Object.entries(put)) {
      const places = new Map(this.doc[name].map((item, place) => [item.id, place]));
      for (const item of items) {
        if (places.has(item.id)) this.doc[name][places.get(item.id)] = item;
        else this.doc[name].push(item);
      }
    }
  }

  /** Calls the listeners, as for a message of the kernel. */
  tell(message, buffers) {
    for (const listener of [...this.listeners]) listener(message, buffers);
  }
}
