const TOLD_AFTER_MS = 120; // a playhead that is dragged is told when it rests

/** What the parts of the timeline share: the playhead, what is chosen, and what can be done. */
class TimelineView {
  constructor(el, link) {
    this.link = link;
    this.at = 0; // the playhead, in ms
    this.selected = null;
    this.sought = false; // whether the playhead was put somewhere
    this.told = "null []"; // what the kernel knows of all this
    this.snapping = true;
    this.lanes = new Lanes(this);
    this.hand = new Hand(this, this.lanes);
    this.keys = new Keys(this, this.lanes, this.hand);
    this.table = new Table(this);
    this.monitor = new Monitor(this);
    this.player = this.monitor.player;
    this.inspector = new Inspector(this);
    this.lanes.lanes.addEventListener("dblclick", () => this.inspector.focus());
    this.tools = this.#tools();
    this.desk = h("div", { class: "nemo-desk" }, this.monitor.element, this.inspector.element);
    this.empty = h("div", { class: "nemo-empty" }, icon("film"), h("span", { text: link.t("empty") }));
    this.bin = new Bin(this, this.lanes);
    el.append(this.bin.element, this.tools, this.lanes.element, this.desk, this.table.element, this.empty);
  }

  #tools() {
    const { link } = this;
    const tool = (key, glyph, onclick) => button(link.t(key), { glyph, quiet: true, onclick });
    this.playhead = h("strong", { "data-nemo": "clock" });
    this.length = h("span");
    this.clock = h("span", { class: "nemo-clock" }, this.playhead, " / ", this.length);
    this.playing = button(link.t("play"), { glyph: "play", quiet: true, "data-nemo": "play", "aria-pressed": "false", onclick: () => this.player.toggle() });
    this.repeating = button(link.t("repeat"), { glyph: "repeat", quiet: true, "aria-pressed": "false", onclick: () => this.toggleRepeating() });
    this.muting = button(link.t("mute"), { glyph: "loud", quiet: true, "aria-pressed": "false", onclick: () => this.player.mute() });
    this.players = h("span", { class: "nemo-group" }, this.playing, this.repeating, this.muting, tool("full_screen", "full", () => this.fillScreen()));
    this.magnet = button(link.t("snapping"), { glyph: "magnet", quiet: true, "aria-pressed": "true", onclick: () => this.toggleSnapping() });
    this.slider = h("input", {
      type: "range", class: "nemo-zoom", min: "0", max: "1", step: "any", value: "0", "aria-label": link.t("zoom"),
      oninput: () => this.zoom(Number(this.slider.value) * this.lanes.closest),
    });
    return h("div", { class: "nemo-tools" }, this.players, this.clock,
      h("span", { class: "nemo-group" }, tool("before", "before", () => this.seekEdge(-1)), tool("after", "after", () => this.seekEdge(1))),
      h("span", { class: "nemo-group" }, tool("split", "split", () => this.split()), this.magnet),
      h("span", { class: "nemo-group" }, tool("undo", "undo", () => link.send("undo")), tool("redo", "redo", () => link.send("redo"))),
      h("span", { class: "nemo-space" }),
      h("span", { class: "nemo-group" }, tool("farther", "minus", () => this.zoom(this.lanes.level - 1)), this.slider,
        tool("closer", "plus", () => this.zoom(this.lanes.level + 1))));
  }

  draw() {
    const some = this.link.doc.rows.length > 0;
    this.empty.hidden = some;
    for (const part of [this.tools, this.lanes.element, this.desk, this.table.element]) part.hidden = !some;
    this.at = Math.min(this.at, this.link.doc.total);
    this.players.hidden = !this.link.doc.plays || !Player.can;
    this.bin.draw();
    this.lanes.draw();
    this.table.draw();
    this.select(this.lanes.segment(this.selected) ? this.selected : null);
    this.#tellTime();
    this.monitor.look();
  }

  place() {
    this.zoom(this.lanes.level);
  }

  // ---- what one can do ------------------------------------------------------------------------

  edit(op) {
    this.link.send("edit", { op });
  }

  split() {
    this.edit({ op: "split", at_ms: this.at });
  }

  select(id, { reveal = false, edit = false } = {}) {
    const before = this.lanes.segment(this.selected);
    before?.setAttribute("aria-pressed", "false");
    before?.setAttribute("tabindex", "-1");
    this.table.row(this.selected)?.removeAttribute("aria-current");
    this.selected = id;
    const segment = this.lanes.segment(id);
    segment?.setAttribute("aria-pressed", "true");
    this.table.row(id)?.setAttribute("aria-current", "true");
    const first = segment ?? this.lanes.drawn.values().next().value?.element;
    first?.setAttribute("tabindex", "0"); // one of them is in the order of the tab key
    this.inspector.show(segment && this.link.item("rows", id));
    if (segment && reveal) {
      segment.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.table.row(id).scrollIntoView({ block: "nearest" });
    }
    if (segment && edit) this.inspector.focus();
    this.#tellFocus();
  }

  seek(ms) {
    this.follow(Math.max(0, Math.min(Math.round(ms), this.link.doc.total)));
    this.monitor.look();
    this.rest();
  }

  /** The playhead goes along with what plays. */
  follow(ms) {
    this.at = ms;
    this.lanes.putPlayhead();
    this.#tellTime();
    if (this.player.wanted) this.lanes.reveal(ms);
  }

  /** The playhead has come to rest. */
  rest() {
    this.at = Math.round(this.at);
    this.sought = true;
    this.#tellFocus();
  }

  toggleRepeating() {
    const chosen = this.selected && this.link.item("rows", this.selected);
    const all = { from: 0, until: this.link.doc.total };
    this.player.repeat(this.player.loop ? null : chosen ? { from: chosen.start, until: chosen.end } : all);
  }

  fillScreen() {
    const { element } = this.monitor;
    document.fullscreenElement ? document.exitFullscreen() : element.requestFullscreen?.().then(() => element.focus(), () => {});
  }

  showPlaying({ wanted, waits, muted, loops }) {
    this.playing.setAttribute("aria-pressed", String(wanted));
    this.playing.replaceChildren(icon(wanted ? "pause" : "play"));
    this.monitor.element.classList.toggle("nemo-starting", waits);
    this.monitor.element.dataset.starting = this.link.t("starting");
    this.muting.setAttribute("aria-pressed", String(muted));
    this.muting.replaceChildren(icon(muted ? "silent" : "loud"));
    this.repeating.setAttribute("aria-pressed", String(loops));
  }

  /** To the start or end of something, the next one from the playhead. */
  seekEdge(step) {
    const edges = edgesBut(this.link.doc, null, 0);
    this.seek((step < 0 ? edges.findLast((ms) => ms < this.at) : edges.find((ms) => ms > this.at)) ?? this.at);
    this.lanes.reveal(this.at);
  }

  zoom(level, anchor = this.at) {
    this.lanes.zoom(level, anchor);
    this.slider.value = String(this.lanes.level / this.lanes.closest);
  }

  toggleSnapping() {
    this.snapping = !this.snapping;
    this.magnet.setAttribute("aria-pressed", String(this.snapping));
  }

  /** Tells the kernel what is selected and where the playhead stands, once they rest: a sentence may be about it. */
  #tellFocus() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const at = this.sought ? this.at : null;
      const segments = this.selected ? [this.selected] : [];
      const told = `${at} ${JSON.stringify(segments)}`;
      if (told !== this.told) this.link.send("focus", { at, segments });
      this.told = told;
    }, TOLD_AFTER_MS);
  }

  end() {
    clearTimeout(this.telling);
    this.lanes.strips.end();
    this.bin.end();
    this.monitor.end();
  }

  #tellTime() {
    this.playhead.textContent = timecode(this.at, 2);
    this.length.textContent = timecode(this.link.doc.total, 2);
  }

  // ---- words ----------------------------------------------------------------------------------

  sound(item) {
    if (item.volume == null) return "";
    return item.volume === 0 ? this.link.t("muted") : `${Math.round(item.volume * 100)}%`;
  }

  /** What is unusual about a segment. */
  details(item) {
    const fades = ["fade_in_ms", "fade_out_ms", "video_fade_in_ms", "video_fade_out_ms"].map((key) => item[key]).filter(Boolean);
    return [
      item.speed && this.link.t("speed", { value: item.speed }),
      fades.length && this.link.t("fades", { value: fades.map((ms) => timecode(ms)).join(", ") }),
      item.loop && this.link.t("loop"),
    ].filter(Boolean).join(" · ");
  }

  explain(item) {
    const times = `${timecode(item.start)} – ${timecode(item.end)}`;
    return [item.text ?? item.name, times, this.sound(item), this.details(item)].filter(Boolean).join(" · ");
  }
}

function drawTimeline(el, link) {
  el.classList.add("nemo-timeline");
  el.dataset.nemo = "timeline";
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("timeline"));
  const view = new TimelineView(el, link);
  view.draw();
  el.addEventListener("keydown", (event) => view.keys.play(event));
  const sized = new ResizeObserver(() => view.hand.drag || view.place());
  sized.observe(view.lanes.scroll);
  const stop = link.listen((message, buffers) => {
    if (message.type === "patch") {
      if (message.set?.edit) view.player.changed();
      view.draw();
    }
    if (message.type === "reel") view.player.takeReel(message);
    if (message.type === "piece") view.player.takePiece(message, buffers[0]);
    if (message.type === "no_reel") view.player.fail(message.what);
    if (message.type === "settled" && !view.hand.drag) view.lanes.place(); // what the backend refused goes back
    if (message.type === "controls") view.inspector.take(message);
    if (message.type === "frame") view.monitor.show(message.at, buffers[0]);
    if (message.type === "no_frame") view.monitor.explain(message.what);
    if (message.type === "strip") view.lanes.strips.take(message, buffers[0]);
    if (message.type === "pictured") (view.lanes.strips.draw(), view.bin.drawPictures());
  });
  return () => {
    stop();
    sized.disconnect();
    view.end();
  };
}

export default widget(drawTimeline);
