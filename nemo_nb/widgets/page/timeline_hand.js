// The mouse, or a finger, on the lanes: the playhead is dragged, segments are moved and trimmed.

const EDGE_PX = 8; // so near to an end one takes hold of the end
const START_PX = 4; // a click may tremble so far
const MARGIN_PX = 28; // so near to the lanes' border they scroll

class Hand {
  constructor(view, lanes) {
    this.view = view;
    this.lanes = lanes;
    this.drag = null;
    lanes.ruler.addEventListener("pointerdown", (event) => this.#scrub(event, lanes.ruler));
    lanes.lanes.addEventListener("pointerdown", (event) => this.#grab(event));
    lanes.lanes.addEventListener("pointermove", (event) => this.#hint(event));
    lanes.scroll.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.view.zoom(this.lanes.level - event.deltaY / 240, this.lanes.timeAt(event.clientX));
  }

  #scrub(event, target) {
    if (event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    const edges = edgesBut(this.view.link.doc, null, 0);
    const follow = (moved) => {
      const ms = this.lanes.timeAt(moved.clientX);
      const near = nearest(edges, ms);
      this.view.seek(this.view.snapping && Math.abs(near - ms) * this.lanes.scale < SNAP_PX ? near : ms);
    };
    follow(event);
    this.#until(target, follow);
  }

  /** Follows a pointer that was captured, until it is let go. */
  #until(target, follow, end = () => {}) {
    const ending = new AbortController();
    const stop = (dropped) => (ending.abort(), end(dropped));
    target.addEventListener("pointermove", follow, ending);
    target.addEventListener("pointerup", () => stop(true), ending);
    target.addEventListener("pointercancel", () => stop(false), ending);
    return stop;
  }

  #part(event, element) {
    const box = element.getBoundingClientRect();
    if (box.width < 4 * EDGE_PX) return "middle";
    return event.clientX - box.left < EDGE_PX ? "start" : box.right - event.clientX < EDGE_PX ? "end" : "middle";
  }

  #hint(event) {
    const element = event.target.closest(".nemo-segment");
    if (element && !this.drag) element.classList.toggle("nemo-edge", this.#part(event, element) !== "middle");
  }

  #grab(event) {
    if (event.button !== 0) return;
    const element = event.target.closest(".nemo-segment");
    if (!element) {
      this.view.select(null);
      return this.#scrub(event, this.lanes.lanes);
    }
    const { doc } = this.view.link;
    const item = this.lanes.drawn.get(element.dataset.id).item;
    this.view.select(item.id);
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    this.drag = {
      item, element, part: this.#part(event, element), x: event.clientX, from: event.clientX, grip: this.lanes.timeAt(event.clientX),
      start: item.start, end: item.end, edges: edgesBut(doc, item, this.view.at), main: onMain(doc, item), others: beside(doc, item),
    };
    this.drag.stop = this.#until(element, (moved) => this.#pull(moved), (dropped) => this.#drop(dropped));
  }

  #pull(event) {
    const { drag } = this;
    drag.x = event.clientX;
    if (!drag.moving && Math.abs(drag.x - drag.from) < START_PX) return;
    drag.moving = true;
    drag.frame ??= requestAnimationFrame(() => this.#follow());
  }

  #follow() {
    const { drag, lanes } = this;
    if (!drag) return;
    drag.frame = null;
    if (this.#scrollAlong()) drag.frame = requestAnimationFrame(() => this.#follow());
    this.#shift(lanes.timeAt(drag.x) - drag.grip);
    drag.element.classList.add("nemo-dragged");
    if (drag.part === "middle") lanes.carry(drag.element, drag.start - drag.item.start);
    else lanes.lay(drag.element, drag.start, drag.end);
    lanes.showGuide(drag.snapped);
    lanes.showBubble(`${timecode(drag.start, 1)} – ${timecode(drag.end, 1)}`, drag.part === "end" ? drag.end : drag.start);
  }

  /** Whether there was anywhere to scroll to. */
  #scrollAlong() {
    const { scroll } = this.lanes;
    const box = scroll.getBoundingClientRect();
    const before = scroll.scrollLeft;
    if (this.drag.x < box.left + MARGIN_PX) scroll.scrollLeft -= 10;
    else if (this.drag.x > box.right - MARGIN_PX) scroll.scrollLeft += 10;
    return scroll.scrollLeft !== before;
  }

  /** Where the dragged segment, or its end, comes to lie `offset` ms from where it was taken. */
  #shift(offset) {
    const { drag } = this;
    const { item, main, others } = drag;
    if (drag.part === "middle") {
      const length = item.end - item.start;
      const [start, end] = [this.lanes.snap(item.start + offset, drag.edges), this.lanes.snap(item.end + offset, drag.edges)];
      const byEnd = end.near < start.near;
      drag.start = Math.max(0, byEnd ? end.ms - length : start.ms);
      drag.end = drag.start + length;
      drag.snapped = main ? others[landing(others, item, drag.start)]?.start ?? others.at(-1)?.end ?? 0 : (byEnd ? end : start).edge;
    } else if (drag.part === "end") {
      const end = this.lanes.snap(item.end + offset, drag.edges);
      drag.end = Math.min(Math.max(item.start + SHORTEST_MS, end.ms), main && item.kind !== "image" ? item.end : Infinity);
      drag.snapped = drag.end === end.edge ? end.edge : null;
    } else {
      const start = this.lanes.snap(item.start + offset, drag.edges);
      drag.start = Math.max(main ? item.start : 0, Math.min(item.end - SHORTEST_MS, start.ms));
      drag.snapped = drag.start === start.edge ? start.edge : null;
    }
  }

  /** Puts back what is being dragged; whether there was anything. */
  cancel() {
    const dragging = Boolean(this.drag?.moving);
    this.drag?.stop(false);
    return dragging;
  }

  #drop(made) {
    const { drag, lanes } = this;
    this.drag = null;
    cancelAnimationFrame(drag.frame);
    drag.element.classList.remove("nemo-dragged");
    lanes.showGuide(null);
    lanes.showBubble("", 0);
    const { item, start, end } = drag;
    const { doc } = this.view.link;
    const op = made && (start !== item.start || end !== item.end) &&
      { middle: () => moved(doc, item, start), end: () => trimmedEnd(doc, item, end), start: () => trimmedStart(doc, item, start) }[drag.part]();
    if (op) this.view.edit(op);
    lanes.lay(drag.element, op ? start : item.start, op ? end : item.end);
  }
}
