// The keyboard on the timeline: everything that the mouse can do.

const PAUSE_MS = 400; // after so long without a key, what the keys moved is made
const NUDGE_MS = 100;

class Keys {
  constructor(view, lanes, hand) {
    this.view = view;
    this.lanes = lanes;
    this.hand = hand;
    this.nudge = null;
    lanes.ruler.addEventListener("keydown", (event) => this.#handle(event, this.#onRuler(event)));
    lanes.lanes.addEventListener("keydown", (event) => this.#handle(event, this.#onSegment(event)));
  }

  #handle(event, handled) {
    if (handled || this.#anywhere(event)) event.preventDefault();
  }

  #anywhere(event) {
    const { view } = this;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "z") view.link.send(event.shiftKey ? "redo" : "undo");
    else if ((event.ctrlKey || event.metaKey) && key === "y") view.link.send("redo");
    else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else if (key === "s") view.split();
    else if (key === "n") view.toggleSnapping();
    else if (key === "+" || key === "=") view.zoom(this.lanes.level + 0.5);
    else if (key === "-") view.zoom(this.lanes.level - 0.5);
    else if (key === "escape") return this.hand.cancel();
    else return false;
    return true;
  }

  /** What plays the cut, wherever the focus is but where one types or chooses. */
  play(event) {
    const { view } = this;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !view.link.doc.plays) return;
    if (event.target.closest("input, select, textarea, button")) return;
    const { total, frame } = view.link.doc;
    const steps = event.target.closest(".nemo-monitor") ? { ArrowLeft: -frame, ArrowRight: frame } : {};
    const key = event.key.toLowerCase();
    if (key === " ") view.player.toggle();
    else if (key === "k") view.player.pause();
    else if (key === "l") view.player.faster();
    else if (key === "j") view.player.back();
    else if (key === "m") view.player.mute();
    else if (key === "f") view.fillScreen();
    else if (event.key in steps) view.seek(view.at + steps[event.key]);
    else if (event.key === "Home") view.seek(0);
    else if (event.key === "End") view.seek(total);
    else return;
    event.preventDefault();
  }

  #onRuler(event) {
    const { view } = this;
    const { total, frame } = view.link.doc;
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };
    if (event.key in steps) view.seek(view.at + steps[event.key] * (event.shiftKey ? frame : 1000));
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") view.seekEdge(event.key === "ArrowUp" ? -1 : 1);
    else if (event.key === "Home") view.seek(0);
    else if (event.key === "End") view.seek(total);
    else return false;
    this.lanes.reveal(view.at);
    return true;
  }

  #onSegment(event) {
    const id = event.target.closest(".nemo-segment")?.dataset.id;
    if (!id || event.ctrlKey || event.metaKey) return false;
    const { item } = this.lanes.drawn.get(id);
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upwards = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (sideways && event.altKey) this.#nudged(item, sideways * NUDGE_MS, event.shiftKey);
    else if (sideways) this.#focus(this.#neighbour(item, sideways));
    else if (upwards) this.#focus(this.#nearestOn(item, upwards));
    else if (event.key === "Enter") this.view.select(id, { reveal: true, edit: true });
    else if (event.key === "Delete" || event.key === "Backspace") this.view.edit({ op: "delete", segments: [id] });
    else return false;
    return true;
  }

  #neighbour(item, step) {
    const track = along(this.view.link.doc, item.track);
    return track[track.findIndex((other) => other.id === item.id) + step];
  }

  #nearestOn(item, step) {
    const { doc } = this.view.link;
    const tracks = doc.tracks.map((track) => track.index);
    const distance = (other) => Math.abs(other.start - item.start);
    return along(doc, tracks[tracks.indexOf(item.track) + step]).sort((a, b) => distance(a) - distance(b))[0];
  }

  #focus(item) {
    if (!item) return;
    this.view.select(item.id, { reveal: true });
    this.lanes.segment(item.id).focus();
  }

  /** Keys move what is drawn at once, and make one edit when they rest. */
  #nudged(item, ms, end) {
    const { doc } = this.view.link;
    clearTimeout(this.nudge?.later);
    if (this.nudge?.item !== item || this.nudge.end !== end) this.nudge = { item, end, by: 0 };
    const { nudge, lanes } = this;
    nudge.by += ms;
    const start = end ? item.start : Math.max(0, item.start + nudge.by);
    const until = end ? Math.max(item.start + SHORTEST_MS, item.end + nudge.by) : start + item.end - item.start;
    lanes.lay(lanes.segment(item.id), start, until);
    nudge.later = setTimeout(() => {
      this.nudge = null;
      const op = end ? trimmedEnd(doc, item, until) : moved(doc, item, start);
      op ? this.view.edit(op) : lanes.place();
    }, PAUSE_MS);
  }
}
