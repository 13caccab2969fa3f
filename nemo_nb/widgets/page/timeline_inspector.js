// What a hand can set about the chosen segment: its times, and a control for all that the kernel says can be set.

class Inspector {
  constructor(view) {
    this.view = view;
    this.about = null; // the segment that it shows
    this.asked = ""; // and in which edit the kernel was asked about it
    this.fields = new Map(); // key → {control, input, show}
    this.head = h("div", { class: "nemo-title" });
    this.times = h("div", { class: "nemo-fields" });
    this.groups = h("div", { class: "nemo-groups" });
    this.hint = h("p", { class: "nemo-dim", text: view.link.t("choose") });
    this.element = h("div", { class: "nemo-inspector", "data-nemo": "inspector", onkeydown: (event) => this.#typed(event) },
      this.head, this.times, this.groups, this.hint);
  }

  show(item) {
    const another = this.about !== (item?.id ?? null);
    this.about = item?.id ?? null;
    for (const part of [this.head, this.times, this.groups]) part.hidden = !item;
    this.hint.hidden = Boolean(item);
    if (another) this.#lay([]);
    if (!item) return;
    this.#showHead(item);
    if (another || !this.times.contains(document.activeElement)) this.#showTimes(item);
    const asked = `${item.id} ${this.view.link.doc.edit}`;
    if (asked !== this.asked) this.view.link.send("inspect", { segment: item.id });
    this.asked = asked;
  }

  /** What the kernel says can be set. Where it is the same as before, only figures change: the cursor stays where it is. */
  take({ segment, controls }) {
    if (segment !== this.about) return;
    const same = controls.map(({ key }) => key).join() === [...this.fields.keys()].join();
    if (!same) this.#lay(controls);
    for (const control of controls) {
      const field = this.fields.get(control.key);
      const typing = same && field.input === document.activeElement && field.input.value !== field.shown;
      if (!typing) field.show(control);
    }
    if (this.wanted) this.focus();
  }

  /** Puts the cursor into the field that one most likely wants, as soon as there are any: the text, else the volume, else the first. */
  focus() {
    this.wanted = this.fields.size === 0;
    const field = this.fields.get("change_text.text") ?? this.fields.get("volume.volume") ?? this.fields.values().next().value;
    field?.input.focus();
    field?.input.select?.();
  }

  #showHead(item) {
    const called = item.text ?? item.name;
    this.head.replaceChildren(h("span", { class: "nemo-dot", "data-kind": item.kind }),
      h("strong", { class: "nemo-called", text: called, title: called }),
      h("span", { class: "nemo-dim", text: this.view.details(item) }));
  }

  #showTimes(item) {
    const { doc } = this.view.link;
    this.times.replaceChildren(...[
      !onMain(doc, item) && this.#time("start", item, (ms) => moved(doc, item, ms)),
      this.#time("end", item, (ms) => trimmedEnd(doc, item, ms)),
      button(this.view.link.t("remove"), { glyph: "trash", onclick: () => this.view.edit({ op: "delete", segments: [item.id] }) }),
    ].filter(Boolean));
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

  /** A field for each control, in groups. */
  #lay(controls) {
    const held = [...this.fields].find(([, { input }]) => input === document.activeElement)?.[0];
    this.fields = new Map(controls.map((control) => [control.key, this.#field(control)]));
    const groups = new Map();
    for (const control of controls) {
      if (!groups.has(control.group)) groups.set(control.group, h("fieldset", {}, h("legend", { text: control.heading })));
      groups.get(control.group).append(this.fields.get(control.key).element);
    }
    this.groups.replaceChildren(...groups.values());
    this.fields.get(held)?.input.focus();
  }

  #field({ key, label, form, unit, choices, clears, ...control }) {
    const named = { "data-field": key, "aria-label": label };
    const { input, read, write, ...more } = FORMS[form]({ named, choices, clears, ...control });
    const field = { input, shown: null };
    const set = (value) => {
      field.shown = read(); // until the kernel says how it is
      this.view.link.send("set", { segment: this.about, key, value });
    };
    field.show = ({ value }) => {
      write(value);
      none.hidden = value == null || !more.none;
      field.shown = read();
    };
    /** What was typed is meant: by Enter, or as the cursor leaves. */
    field.commit = () => {
      if (read() === field.shown) return;
      const value = more.meant ? more.meant() : read();
      if (value === undefined) field.takeBack();
      else set(value);
    };
    field.takeBack = () => more.takeBack?.(field.shown);
    input.addEventListener("change", field.commit);
    const none = button(this.view.link.t("no_colour"), { glyph: "close", quiet: true, hidden: true, onclick: () => set(null) });
    field.element = h("label", { class: form === "words" && "nemo-words" }, h("span", { text: label }), input, more.none ? none : (unit ?? ""));
    return field;
  }

  /** Enter commits, Escape takes back what was typed. */
  #typed(event) {
    const field = [...this.fields.values()].find(({ input }) => input === event.target);
    if (!field) return;
    if (event.key === "Enter") field.commit();
    else if (event.key === "Escape") field.takeBack();
    else return;
    event.stopPropagation();
  }
}

/** How each form of control is drawn: its `input`; how it is read and written; what is `meant` by what was typed, undefined
for nothing; and how it is taken back. */
const FORMS = {
  number({ named, scale, step, least, most, whole }) {
    const written = (number) => String(Math.round((number / scale) * 1000) / 1000);
    const input = h("input", { ...named, type: "number", step, min: least == null ? null : written(least), max: most == null ? null : written(most) });
    const meant = () => {
      const wanted = input.value.trim() === "" ? NaN : Number(input.value) * scale;
      if (!Number.isFinite(wanted)) return undefined;
      const within = Math.min(most ?? Infinity, Math.max(least ?? -Infinity, wanted));
      return whole ? Math.round(within) : within;
    };
    return { input, read: () => input.value, write: (value) => (input.value = written(value)), meant, takeBack: (shown) => (input.value = shown) };
  },
  choice({ named, choices }) {
    const input = h("select", named, ...choices.map(([, words]) => h("option", { text: words })));
    return { input, read: () => choices[input.selectedIndex]?.[0], write: (value) => (input.selectedIndex = choices.findIndex(([one]) => one === value)) };
  },
  flag({ named }) {
    const input = h("input", { ...named, type: "checkbox" });
    return { input, read: () => input.checked, write: (value) => (input.checked = value) };
  },
  colour({ named, clears }) {
    const input = h("input", { ...named, type: "color" });
    const write = (value) => {
      input.value = value ?? "#000000";
      input.classList.toggle("nemo-unset", value == null);
    };
    return { input, read: () => input.value, write, none: clears };
  },
  words({ named, clears }) {
    const input = h("input", { ...named, type: "text" });
    const meant = () => (input.value.trim() === "" && clears ? null : input.value);
    return { input, read: () => input.value, write: (value) => (input.value = value), meant, takeBack: (shown) => (input.value = shown) };
  },
};
