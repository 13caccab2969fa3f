// The picture of the cut at the playhead: of the film where the player has it, else one that is made for it.

const REST_MS = 150; // the playhead must rest so long before a picture is worth making

class Monitor {
  constructor(view) {
    this.view = view;
    this.player = new Player(view);
    this.picture = h("img", { alt: "", hidden: true });
    this.words = h("p", { hidden: true });
    this.element = h("div", { class: "nemo-monitor", "data-nemo": "monitor", tabindex: "0", role: "group",
      "aria-label": view.link.t("monitor"), onclick: () => view.link.doc.plays && this.player.toggle(),
    }, this.player.video, this.picture, this.words);
  }

  /** Shows the picture at the playhead. Until one that has to be made comes, the old one is dimmed. */
  look() {
    const { doc } = this.view.link;
    clearTimeout(this.later);
    this.element.hidden = !doc.pictures || !doc.rows.length;
    if (this.element.hidden) return;
    this.element.style.aspectRatio = doc.canvas.join(" / ");
    if (this.player.has(this.view.at)) {
      this.player.seek(this.view.at);
      return this.film();
    }
    this.element.classList.add("nemo-looking");
    const at = Math.max(0, Math.floor(Math.min(this.view.at, doc.total - doc.frame)));
    this.later = setTimeout(() => this.view.link.send("frame", { at }), REST_MS);
  }

  /** The player's film is what is shown. */
  film() {
    clearTimeout(this.later);
    this.#only(this.player.video);
  }

  show(at, png) {
    if (this.player.wanted || this.player.has(this.view.at)) return; // it comes late
    URL.revokeObjectURL(this.picture.src);
    this.picture.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    this.picture.alt = this.view.link.t("frame", { at: timecode(at, 2) });
    this.#only(this.picture);
  }

  /** Why there is no picture. */
  explain(what) {
    this.words.textContent = what;
    this.#only(this.words);
  }

  #only(shown) {
    for (const part of [this.player.video, this.picture, this.words]) part.hidden = part !== shown;
    this.element.classList.remove("nemo-looking");
  }

  end() {
    clearTimeout(this.later);
    URL.revokeObjectURL(this.picture.src);
    this.player.end();
  }
}
