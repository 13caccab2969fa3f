// The project's files, to be dragged to a place on the lanes. By keyboard they go to the playhead.

const SOUNDS = /\.(mp3|wav|m4a|aac|flac|ogg|opus)$/i; // files that are not uploaded yet

class Bin {
  constructor(view, lanes) {
    this.view = view;
    this.lanes = lanes;
    this.drawn = new Map(); // file → {file, element}
    this.dragged = null; // what is under way from here: its file's id
    this.element = h("div", { class: "nemo-bin", role: "group", "aria-label": view.link.t("bin") });
    this.above = h("div", { class: "nemo-above", hidden: true, text: view.link.t("over") });
    lanes.lanes.before(this.above);
    this.seen = new WeakSet();
    this.sight = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.seen.add(target);
      this.drawPictures();
    }, { root: this.element });
    for (const target of [lanes.field, view.empty]) {
      for (const name of ["dragenter", "dragover", "lm-dragenter", "lm-dragover"]) target.addEventListener(name, (event) => this.#over(event));
      for (const name of ["drop", "lm-drop"]) target.addEventListener(name, (event) => this.#drop(event));
      for (const name of ["dragleave", "lm-dragleave"]) target.addEventListener(name, (event) => target.contains(event.relatedTarget) || this.#show(null));
    }
  }

  draw() {
    const { files } = this.view.link.doc;
    this.element.hidden = !Object.keys(files).length;
    for (const [id, { file, element }] of this.drawn) {
      if (files[id]?.name === file.name) continue;
      element.remove();
      this.drawn.delete(id);
    }
    for (const [id, file] of Object.entries(files)) if (!this.drawn.has(id)) this.#add(id, file);
  }

  end() {
    this.sight.disconnect();
  }

  /** Of those that are, or were, in sight: a picture has to be made first. */
  drawPictures() {
    for (const [id, { file, element }] of this.drawn) {
      if (!this.seen.has(element)) continue;
      const glyph = element.querySelector(".nemo-icon");
      const canvas = glyph && h("canvas", { class: "nemo-still", "aria-hidden": "true" });
      if (canvas && this.lanes.strips.drawFirst(canvas, id, file.kind)) glyph.replaceWith(canvas);
    }
  }

  #add(id, file) {
    const words = [file.name, file.length ? timecode(file.length) : ""].filter(Boolean).join(" · ");
    const element = h("div", {
      class: "nemo-asset", "data-nemo": "asset", "data-id": id, "data-kind": file.kind, draggable: "true", role: "button", tabindex: "0",
      title: `${words}\n${this.view.link.t("bin_keys")}`, "aria-label": words,
      ondragstart: (event) => this.#take(event, id), ondragend: () => this.#end(),
      onkeydown: (event) => event.key === "Enter" && (event.preventDefault(), this.#lay(id, event.shiftKey)),
      ondblclick: () => this.#lay(id, false),
    }, icon(file.kind), h("span", { class: "nemo-called", text: file.name }), h("span", { class: "nemo-dim", text: file.length ? timecode(file.length) : "" }));
    this.drawn.set(id, { file, element });
    this.element.append(element);
    this.sight.observe(element);
  }

  /** At the playhead: in the row of clips, or over it. */
  #lay(id, over) {
    const { doc } = this.view.link;
    const kind = doc.files[id].kind;
    const where = kind === "audio" ? "under" : over || doc.sound_alone ? "over" : "row";
    this.view.link.send("lay", { file: id, where, at: Math.round(this.view.at) });
  }

  // ---- dragging -------------------------------------------------------------------------------

  #take(event, id) {
    this.dragged = id;
    event.dataTransfer.setData("text/plain", this.view.link.doc.files[id].name);
    event.dataTransfer.effectAllowed = "copy";
    this.above.hidden = this.view.link.doc.files[id].kind === "audio";
  }

  #end() {
    this.dragged = null;
    this.above.hidden = true;
    this.#show(null);
  }

  /** What is dragged over the lanes, if it is anything that can lie there: files of the bin, or of the file browser. */
  #carried(event) {
    if (this.dragged) return { kind: this.view.link.doc.files[this.dragged]?.kind };
    const sources = event.mimeData?.hasData(CONTENTS) ? event.mimeData.getData(CONTENTS) : null;
    return sources && { sources, kind: sources.every((source) => SOUNDS.test(source)) ? "audio" : "video" };
  }

  #over(event) {
    const carried = this.#carried(event);
    if (!carried) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.mimeData) event.dropAction = event.proposedAction;
    else event.dataTransfer.dropEffect = "copy";
    if (event.mimeData) this.above.hidden = carried.kind === "audio";
    this.#show(this.#place(event, carried.kind));
  }

  #drop(event) {
    const carried = this.#carried(event);
    if (!carried) return;
    event.preventDefault();
    event.stopPropagation();
    const { where, at } = this.#place(event, carried.kind);
    const { link } = this.view;
    if (carried.sources) {
      event.dropAction = event.proposedAction;
      link.send("bring", { sources: carried.sources, where, at });
    } else link.send("lay", { file: this.dragged, where, at });
    this.#end();
  }

  /** Where it would come to lie: how, and from which time on. */
  #place(event, kind) {
    const { doc } = this.view.link;
    if (!doc.rows.length) return { where: kind === "audio" ? "under" : "row", at: 0, shown: 0 };
    const { ms: at } = this.lanes.snap(this.lanes.timeAt(event.clientX), edgesBut(doc, null, this.view.at));
    if (kind === "audio") return { where: "under", at, shown: at };
    const lane = event.target.closest?.(".nemo-lane");
    const main = doc.tracks.find((track) => track.main);
    const row = !doc.sound_alone && !this.above.contains(event.target) && (!lane || lane === this.lanes.laneOf.get(main.index));
    if (!row) return { where: "over", at, shown: at };
    const clips = along(doc, main.index);
    const next = clips.find((clip) => (clip.start + clip.end) / 2 >= at);
    return { where: "row", at, shown: next?.start ?? clips.at(-1)?.end ?? 0 };
  }

  #show(place) {
    this.view.empty.classList.toggle("nemo-over", Boolean(place));
    this.lanes.showGuide(place && place.shown);
    this.lanes.showBubble(place ? `${this.view.link.t(place.where)} ${timecode(place.shown, 1)}` : "", place?.shown ?? 0);
    if (!place && !this.dragged) this.above.hidden = true;
  }
}
