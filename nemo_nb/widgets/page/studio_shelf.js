// The projects that are stored: to open, rename, copy and delete.

const ROOMY = ["notebook", "changed", "size"]; // of which a narrow page has none

class Shelf {
  constructor(link) {
    this.link = link;
    this.asked = null; // the project that is to be renamed or deleted, and which of both
    this.opener = button(link.t("projects"), { glyph: "film", "data-nemo": "studio-projects", "aria-expanded": "false",
      onclick: () => this.#open(this.element.hidden) });
    const heads = ["name", "notebook", "changed", "length", "size"];
    this.body = h("tbody");
    this.empty = h("p", { class: "nemo-dim", text: link.t("none") });
    this.table = h("table", {}, h("thead", {}, h("tr", {},
      ...heads.map((head) => h("th", { scope: "col", text: link.t(head), class: ROOMY.includes(head) && "nemo-wide" })),
      h("th", { scope: "col" }, h("span", { class: "nemo-unseen", text: link.t("actions") })))), this.body);
    this.element = h("div", { class: "nemo-shelf", hidden: true, tabindex: "0", role: "region",
      "aria-label": link.t("projects") }, this.empty, this.table);
  }

  #open(open) {
    this.element.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) this.link.send("list");
  }

  draw() {
    const rows = [...this.link.doc.projects].sort((a, b) => b.changed - a.changed);
    this.empty.hidden = rows.length > 0;
    this.table.hidden = rows.length === 0;
    if (!rows.some((row) => row.id === this.asked?.id)) this.asked = null;
    const drawn = JSON.stringify([rows, this.asked]);
    if (drawn === this.drawn) return; // what is being typed stays
    this.drawn = drawn;
    this.body.replaceChildren(...rows.map((row) => this.#row(row)));
    this.body.querySelector("[data-nemo=project-sure], input")?.focus();
  }

  #row(row) {
    const { link } = this;
    const doing = this.asked?.id === row.id ? this.asked.what : null;
    const changed = new Date(row.changed).toLocaleString(link.doc.language, { dateStyle: "medium", timeStyle: "short" });
    return h("tr", { "data-nemo": "project-row", "data-id": row.id, "aria-current": row.shown && "true" },
      h("td", { class: "nemo-called" }, doing === "rename" ? this.#field(row) : h("strong", { text: row.name, title: row.name })),
      h("td", { class: "nemo-called nemo-wide", text: row.notebook.split(/[\\/]/).at(-1), title: row.notebook }),
      h("td", { class: "nemo-wide", text: changed }),
      h("td", { text: row.length === null ? "" : timecode(row.length) }),
      h("td", { class: "nemo-wide", text: row.bytes === null ? "" : bytes(row.bytes) }),
      h("td", { class: "nemo-doing" }, ...(doing === "delete" ? this.#sure(row) : doing === "rename" ? [] : this.#buttons(row))));
  }

  #buttons(row) {
    const act = (what, glyph, onclick) =>
      button(`${this.link.t(what)}: ${row.name}`, { glyph, quiet: true, "data-nemo": `project-${what}`, onclick });
    return [
      row.shown ? h("span", { class: "nemo-dim", text: this.link.t("shown") })
        : act("open", "open", () => this.link.send("open", { session: row.id })),
      act("rename", "text", () => this.#ask(row, "rename")),
      act("copy", "plus", () => this.link.send("copy", { session: row.id })),
      act("delete", "trash", () => this.#ask(row, "delete")),
    ];
  }

  #field(row) {
    const done = (name) => {
      if (name && name !== row.name) this.link.send("rename", { session: row.id, name });
      this.#ask(null);
    };
    return h("input", { type: "text", value: row.name, "aria-label": this.link.t("rename"), "data-nemo": "project-name",
      onkeydown: (event) => {
        if (event.key === "Enter") done(event.target.value.trim());
        if (event.key === "Escape") done(null);
      } });
  }

  #sure(row) {
    return [
      h("span", { role: "alert", text: this.link.t("forever") }), " ",
      button(this.link.t("delete"), { class: "nemo-button nemo-main", "data-nemo": "project-sure",
        onclick: () => (this.link.send("delete", { session: row.id }), this.#ask(null)) }), " ",
      button(this.link.t("cancel"), { onclick: () => this.#ask(null) }),
    ];
  }

  #ask(row, what) {
    this.asked = row && { id: row.id, what };
    this.draw();
  }
}
