// The rows: the same segments as text, in the order of tracks and time.

const HEADS = ["track", "kind", "name", "start", "end", "length", "volume"];
const WIDE = ["kind", "length"]; // of which a narrow page has none

class Table {
  constructor(view) {
    this.view = view;
    this.drawn = new Map(); // segment id → {item, track, element}
    const { link } = view;
    const heads = HEADS.map((head) => h("th", { scope: "col", text: link.t(head), class: WIDE.includes(head) && "nemo-wide" }));
    this.body = h("tbody");
    this.element = h("div", { class: "nemo-table", tabindex: "0", role: "region", "aria-label": link.t("table") },
      h("table", {}, h("thead", {}, h("tr", {}, ...heads)), this.body));
  }

  row(id) {
    return this.drawn.get(id)?.element;
  }

  draw() {
    const { doc } = this.view.link;
    const names = new Map(doc.tracks.map((track) => [track.index, track.name]));
    const order = [...doc.rows].sort((a, b) => a.track - b.track || a.start - b.start);
    const kept = new Set(order.map((item) => item.id));
    for (const [id, { element }] of this.drawn) {
      if (kept.has(id)) continue;
      element.remove();
      this.drawn.delete(id);
    }
    let before = null;
    for (const item of order) {
      const track = names.get(item.track) ?? "";
      let held = this.drawn.get(item.id);
      if (held?.item !== item || held.track !== track) {
        held ??= { element: h("tr", { "data-nemo": "timeline-row", "data-id": item.id, onclick: () => this.view.select(item.id, { reveal: true }) }) };
        Object.assign(held, { item, track });
        held.element.replaceChildren(...this.#cells(item, track));
        this.drawn.set(item.id, held);
      }
      const expected = before ? before.nextSibling : this.body.firstChild;
      if (held.element !== expected) this.body.insertBefore(held.element, expected);
      before = held.element;
    }
  }

  #cells(item, track) {
    const name = item.text ?? item.name;
    const words = {
      kind: this.view.link.t(item.kind), start: timecode(item.start), end: timecode(item.end),
      length: timecode(item.end - item.start), volume: this.view.sound(item),
    };
    return HEADS.map((head) => {
      if (head === "track") return h("td", {}, h("span", { class: "nemo-dot", "data-kind": item.kind }), track);
      if (head === "name") return h("td", { class: "nemo-called", text: name, title: name });
      return h("td", { text: words[head], class: WIDE.includes(head) && "nemo-wide" });
    });
  }
}
