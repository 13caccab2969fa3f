// What can be changed about the chosen segment, in figures and words.

const LOUDEST = 4;

class Inspector {
  constructor(view) {
    this.view = view;
    this.element = h("div", { class: "nemo-inspector", "data-nemo": "inspector" });
  }

  show(item) {
    const typing = this.element.contains(document.activeElement) && item && this.element.dataset.id === item.id;
    if (typing) return;
    this.element.dataset.id = item?.id ?? "";
    this.element.replaceChildren(...(item ? this.#of(item) : [h("p", { class: "nemo-dim", text: this.view.link.t("choose") })]));
  }

  /** Puts the cursor into the field that one most likely wants: the text, else the volume, else the first. */
  focus() {
    const field = this.element.querySelector("[data-field=words]") ?? this.element.querySelector("[data-field=volume]") ?? this.element.querySelector("input");
    field?.focus();
    field?.select();
  }

  #of(item) {
    const { doc } = this.view.link;
    const main = onMain(doc, item);
    return [
      h("div", { class: "nemo-title" }, h("span", { class: "nemo-dot", "data-kind": item.kind }),
        h("strong", { class: "nemo-called", text: item.text ?? item.name, title: item.text ?? item.name }),
        h("span", { class: "nemo-dim", text: this.view.details(item) })),
      item.text != null && this.#words(item),
      h("div", { class: "nemo-fields" },
        !main && this.#time("start", item, (ms) => moved(doc, item, ms)),
        this.#time("end", item, (ms) => trimmedEnd(doc, item, ms)),
        item.volume != null && this.#volume(item),
        button(this.view.link.t("remove"), { glyph: "trash", onclick: () => this.view.edit({ op: "delete", segments: [item.id] }) })),
    ].filter(Boolean);
  }

  #time(key, item, made) {
    const shown = timecode(item[key], item[key] % 100 ? 3 : null);
    const input = h("input", { type: "text", class: "nemo-time", value: shown, onchange: () => {
      const ms = readTime(input.value);
      const op = ms === null || ms === item[key] ? null : made(ms);
      if (op) this.view.edit(op);
      else input.value = shown;
    } });
    return h("label", {}, this.view.link.t(key), input);
  }

  #volume(item) {
    const input = h("input", {
      type: "number", min: "0", max: String(100 * LOUDEST), step: "5", value: String(Math.round(item.volume * 100)), "data-field": "volume",
      "aria-label": this.view.link.t("percent"),
      onchange: () => this.view.edit({ op: "volume", segments: [item.id], volume: Math.min(LOUDEST, Math.max(0, Number(input.value) / 100)) }),
    });
    return h("label", {}, this.view.link.t("volume"), input, "%");
  }

  #words(item) {
    const input = h("input", { type: "text", value: item.text, "data-field": "words", "aria-label": this.view.link.t("words"), onchange: () => {
      if (input.value.trim()) this.view.edit({ op: "change_text", segment: item.id, text: input.value });
      else input.value = item.text;
    } });
    return input;
  }
}
