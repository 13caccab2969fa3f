// The picture of the cut at the playhead.

const REST_MS = 150; // the playhead must rest so long before a picture is worth making

class Monitor {
  constructor(view) {
    this.view = view;
    this.picture = h("img", { alt: "", hidden: true });
    this.words = h("p", { hidden: true });
    this.element = h("div", { class: "nemo-monitor" }, this.picture, this.words);
  }

  /** Asks for the picture at the playhead. Until it comes, the old one is dimmed. */
  look() {
    const { doc } = this.view.link;
    clearTimeout(this.later);
    this.element.hidden = !doc.pictures || !doc.rows.length;
    if (this.element.hidden) return;
    this.element.style.aspectRatio = doc.canvas.join(" / ");
    this.element.classList.add("nemo-looking");
    const at = Math.max(0, Math.floor(Math.min(this.view.at, doc.total - doc.frame)));
    this.later = setTimeout(() => this.view.link.send("frame", { at }), REST_MS);
  }

  show(at, png) {
    URL.revokeObjectURL(this.picture.src);
    this.picture.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    this.picture.alt = this.view.link.t("frame", { at: timecode(at, 2) });
    this.picture.hidden = false;
    this.words.hidden = true;
    this.element.classList.remove("nemo-looking");
  }

  /** Why there is no picture. */
  explain(what) {
    this.picture.hidden = true;
    this.words.hidden = false;
    this.words.textContent = what;
  }

  end() {
    clearTimeout(this.later);
    URL.revokeObjectURL(this.picture.src);
  }
}
