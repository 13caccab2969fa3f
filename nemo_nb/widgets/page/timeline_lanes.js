// The lanes, drawn to scale under a ruler. They know where a time is on the page, and change nothing.

const STEPS_MS = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000];
const TICK_PX = 64;
const END_PX = 14; // room after the end, to take hold of it
const SNAP_PX = 7;
const GRID_MS = 100; // what is dragged snaps to nothing else than tenths of a second
const CLOSEST_PX = 0.24; // pixels a millisecond: at 25 frames a second some ten pixels a frame

class Lanes {
  constructor(view) {
    this.view = view;
    this.scale = 1; // pixels a millisecond
    this.level = 0; // 0: all of it is seen; each step doubles the scale
    this.drawn = new Map(); // segment id → {item, element}
    const { link } = view;
    this.ruler = h("div", { class: "nemo-ruler", role: "slider", tabindex: "0", "aria-label": link.t("playhead"), "aria-valuemin": "0" });
    this.lanes = h("div", { "aria-label": link.t("keys"), role: "group" });
    this.playhead = h("div", { class: "nemo-playhead" });
    this.guide = h("div", { class: "nemo-guide", hidden: true });
    this.bubble = h("div", { class: "nemo-bubble", hidden: true });
    this.field = h("div", { class: "nemo-field" }, this.ruler, this.lanes, this.guide, this.playhead, this.bubble);
    this.scroll = h("div", { class: "nemo-scroll", onscroll: () => this.#scrolled() }, this.field);
    this.labels = h("div", { class: "nemo-labels", "aria-hidden": "true" });
    this.element = h("div", { class: "nemo-lanes" }, this.labels, this.scroll);
    this.strips = new Strips(view, this);
  }

  draw() {
    this.#drawTracks();
    this.#drawSegments();
    this.place();
  }

  segment(id) {
    return this.drawn.get(id)?.element;
  }

  /** The time under a point of the page. */
  timeAt(clientX) {
    return (clientX - this.field.getBoundingClientRect().left) / this.scale;
  }

  /** A time as what is dragged there takes it: the nearest of the edges where one is near, else the grid.

  `near` is how far that edge is, in pixels. */
  snap(ms, edges) {
    const edge = nearest(edges, ms);
    const near = Math.abs(edge - ms) * this.scale;
    if (this.view.snapping && near <= SNAP_PX) return { ms: edge, edge, near };
    return { ms: Math.max(0, Math.round(ms / GRID_MS) * GRID_MS), edge: null, near: Infinity };
  }

  #drawTracks() {
    const { doc } = this.view.link;
    const key = JSON.stringify(doc.tracks);
    if (this.lanes.dataset.key === key) return;
    this.lanes.dataset.key = key;
    const tracks = [...doc.tracks].reverse(); // the top layer is drawn on top
    this.laneOf = new Map(tracks.map((track) => [track.index, h("div", { class: "nemo-lane", "data-nemo": "lane", role: "group", "aria-label": track.name })]));
    this.lanes.replaceChildren(...this.laneOf.values());
    this.labels.replaceChildren(...tracks.map((track) => h("div", { title: track.name }, h("span", { text: track.name }))));
    this.drawn.clear();
  }

  /** Only what is another object than before was changed by a patch. */
  #drawSegments() {
    const { doc } = this.view.link;
    const kept = new Set(doc.rows.map((item) => item.id));
    for (const [id, { element }] of this.drawn) {
      if (kept.has(id)) continue;
      element.remove();
      this.drawn.delete(id);
    }
    for (const item of doc.rows) {
      let held = this.drawn.get(item.id);
      if (held?.item === item) continue;
      held ??= { element: h("div", { class: "nemo-segment", role: "button", tabindex: "-1", "data-nemo": "timeline-segment", "data-id": item.id }) };
      held.item = item;
      this.#fill(held);
      this.drawn.set(item.id, held);
      const lane = this.laneOf.get(item.track);
      if (held.element.parentNode !== lane) lane?.append(held.element);
    }
  }

  #fill({ element, item }) {
    const explained = this.view.explain(item);
    element.dataset.kind = item.kind;
    element.classList.toggle("nemo-silent", item.volume === 0);
    element.setAttribute("aria-label", `${this.view.link.t(item.kind)} ${explained}`);
    element.title = explained;
    const level = item.volume != null && item.volume !== 1 ? this.view.sound(item) : "";
    element.replaceChildren(
      element.querySelector("canvas") ?? "",
      h("span", { class: "nemo-label", text: item.text ?? item.name }),
      level && h("span", { class: "nemo-level", text: level }),
      ...this.#fades(item),
    );
  }

  #fades(item) {
    const length = item.end - item.start;
    const fade = (ms, side) => {
      if (!ms) return "";
      const ramp = h("i", { class: `nemo-fade nemo-fade-${side}` });
      ramp.style.width = `${(100 * Math.min(ms, length)) / length}%`;
      return ramp;
    };
    return [fade(item.fade_in_ms ?? item.video_fade_in_ms, "in"), fade(item.fade_out_ms ?? item.video_fade_out_ms, "out")];
  }

  // ---- scale ----------------------------------------------------------------------------------

  /** How far in one can go. */
  get closest() {
    return Math.max(1, Math.log2(CLOSEST_PX / this.#whole()));
  }

  /** Shows it closer or from farther away; what is at `anchor` ms stays where it is on the page. */
  zoom(level, anchor = this.view.at) {
    this.level = Math.max(0, Math.min(level, this.closest));
    const kept = anchor * this.scale - this.scroll.scrollLeft;
    const seen = kept >= 0 && kept <= this.scroll.clientWidth;
    this.#stretch();
    this.scroll.scrollLeft = anchor * this.scale - (seen ? kept : this.scroll.clientWidth / 2);
    this.#scrolled();
  }

  #whole() {
    return Math.max(this.scroll.clientWidth - END_PX, 100) / Math.max(this.view.link.doc.total, 1);
  }

  /** Puts everything where it belongs. */
  place() {
    for (const { element, item } of this.drawn.values()) this.lay(element, item.start, item.end);
    this.ruler.setAttribute("aria-valuemax", this.view.link.doc.total);
    this.#stretch();
    this.#scrolled();
  }

  #stretch() {
    this.scale = this.#whole() * 2 ** this.level;
    this.field.style.width = `${this.view.link.doc.total * this.scale + END_PX}px`;
    this.putPlayhead();
  }

  #scrolled() {
    this.#drawRuler();
    this.strips.draw();
  }

  /** In parts of the field, so that the 1,000 keep their styles when it is stretched. */
  lay(element, start, end) {
    element.style.left = this.#part(start, 0);
    element.style.width = this.#part(end - start, 1);
    element.style.transform = "";
  }

  #part(ms, gap) {
    const part = ms / Math.max(this.view.link.doc.total, 1);
    return `calc(${100 * part}% - ${END_PX * part + gap}px)`;
  }

  /** Moves it so far from where it lies, for which nothing is laid out: not the 1,000 beside it. By whole pixels, for sharp words. */
  carry(element, ms) {
    element.style.transform = `translateX(${Math.round(ms * this.scale)}px)`;
  }

  /** The ticks that are in sight, or soon: of an hour seen from near there are thousands. */
  #drawRuler() {
    const { total } = this.view.link.doc;
    const near = Math.floor(this.scroll.scrollLeft / WINDOW_PX) * WINDOW_PX;
    const key = [near, this.scroll.clientWidth, this.scale, total].join();
    if (this.ruler.dataset.key === key) return;
    this.ruler.dataset.key = key;
    const step = STEPS_MS.find((candidate) => candidate * this.scale >= TICK_PX) ?? STEPS_MS.at(-1);
    const first = Math.floor(Math.max(0, near / this.scale - step) / step) * step;
    const last = Math.min(total, (near + WINDOW_PX + this.scroll.clientWidth) / this.scale);
    const ticks = [];
    for (let ms = first; ms <= last; ms += step) {
      const room = (total - ms) * this.scale + END_PX > 36;
      const tick = h("span", { class: "nemo-tick", text: room ? timecode(ms) : "" });
      tick.style.left = `${ms * this.scale}px`;
      ticks.push(tick);
    }
    this.ruler.style.setProperty("--nemo-minor", `${(step * this.scale) / 5}px`);
    this.ruler.replaceChildren(...ticks);
  }

  putPlayhead() {
    const { at } = this.view;
    this.playhead.style.left = `${at * this.scale}px`;
    this.ruler.setAttribute("aria-valuenow", at);
    this.ruler.setAttribute("aria-valuetext", timecode(at, 2));
  }

  /** Scrolls just as far as it takes. */
  reveal(ms) {
    const x = ms * this.scale - this.scroll.scrollLeft;
    if (x < 0 || x > this.scroll.clientWidth - END_PX) this.scroll.scrollLeft += x - this.scroll.clientWidth / 2;
  }

  /** A line through all lanes at a time that something snaps or goes to; none for null. */
  showGuide(ms) {
    this.guide.hidden = ms === null;
    if (ms !== null) this.guide.style.left = `${ms * this.scale}px`;
  }

  showBubble(text, ms) {
    this.bubble.hidden = !text;
    this.bubble.textContent = text;
    this.bubble.style.left = `${ms * this.scale}px`;
  }
}
