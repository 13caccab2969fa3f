// What all widgets share. It is put in front of each widget's own module, since that can't import a sibling.

/** An element. `props`: attributes; `on…` are listeners, `text` its text, true and false set or leave out. */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

const TAGS = new Set("p br strong em s code pre ul ol li blockquote hr table thead tbody tr th td a".split(" "));

/** The elements of a reply, from the tree that Python made. No HTML is ever set. */
function rich(nodes) {
  const fragment = document.createDocumentFragment();
  for (const node of nodes) {
    if (typeof node === "string") {
      fragment.append(node);
      continue;
    }
    const link = node.tag === "a" && /^(https?|mailto):/i.test(node.href);
    const element = document.createElement(TAGS.has(node.tag) && (node.tag !== "a" || link) ? node.tag : "span");
    if (link) Object.assign(element, { href: node.href, target: "_blank", rel: "noopener noreferrer" });
    element.append(rich(node.children));
    fragment.append(element);
  }
  return fragment;
}

const ICONS = {
  upload: "M12 16V4m0 0L7 9m5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3",
  send: "M5 12h13m0 0-6-6m6 6-6 6",
  stop: "M7 7h10v10H7z",
  undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m15 14 5-5-5-5m5 5H10a6 6 0 0 0 0 12h3",
  close: "M6 6l12 12M18 6 6 18",
  retry: "M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7",
  video: "M4 6h11v12H4zM15 10l5-3v10l-5-3z",
  audio: "M9 18V5l11-2v13M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm11-2a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  text: "M5 6V4h14v2M12 4v16m-3 0h6",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  download: "M12 4v12m0 0 5-5m-5 5-5-5M4 20h16",
  trash: "M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13",
};

/** A line drawing of the size of text. Decoration only: what it stands for is always said in words too. */
function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "nemo-icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name] ?? ICONS.video);
  svg.append(path);
  return svg;
}

/** A button with an icon; `words` are shown, or read out where `quiet`. */
function button(words, { glyph, quiet, ...props } = {}) {
  const named = quiet ? { "aria-label": words, title: words } : {};
  return h("button", { type: "button", class: "nemo-button", ...named, ...props }, glyph && icon(glyph), !quiet && words);
}

/** 65500 → "1:05.5" */
function timecode(ms) {
  const tenths = Math.round(ms / 100);
  const seconds = Math.floor(tenths / 10) % 60;
  const minutes = Math.floor(tenths / 600) % 60;
  const hours = Math.floor(tenths / 36000);
  const pad = (number) => String(number).padStart(2, "0");
  const clock = hours ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
  return tenths % 10 ? `${clock}.${tenths % 10}` : clock;
}

function bytes(count) {
  for (const [unit, scale] of [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]]) {
    if (count >= scale) return `${(count / scale).toPrecision(3)} ${unit}`;
  }
  return `${count} B`;
}

const PATIENCE_MS = 2500; // so long may a kernel take to say that it has heard

/** One widget's model: its document as the kernel last told it, and commands to the kernel. */
class Link {
  constructor(model, strings) {
    this.model = model;
    this.strings = strings;
    this.doc = structuredClone(model.get("doc"));
    this.listeners = new Set();
    this.unheard = new Map();
    this.next = 0;
    this.hear = (message, buffers) => this.#hear(message, buffers);
    model.on("msg:custom", this.hear);
    this.send("hello");
  }

  close() {
    this.model.off("msg:custom", this.hear);
    for (const timer of this.unheard.values()) clearTimeout(timer);
  }

  /** Calls `listener(message, buffers)` after each message; the document is changed by then. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(name, fields = {}, buffers = undefined) {
    const id = ++this.next;
    this.unheard.set(id, setTimeout(() => this.#tell({ type: "waiting", waiting: true }), PATIENCE_MS));
    this.model.send({ do: name, id, ...fields }, undefined, buffers);
  }

  t(key, values = {}) {
    const words = (this.strings[this.doc.language] ?? this.strings.en)[key] ?? COMMON[this.doc.language]?.[key] ?? COMMON.en[key] ?? key;
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  item(collection, id) {
    return this.doc[collection].find((item) => item.id === id);
  }

  #hear(message, buffers) {
    if (message.type === "ack") {
      clearTimeout(this.unheard.get(message.id));
      this.unheard.delete(message.id);
      if (this.unheard.size === 0) this.#tell({ type: "waiting", waiting: false });
      return;
    }
    if (message.type === "patch") this.#patch(message);
    this.#tell(message, buffers);
  }

  #patch({ set = {}, put = {}, drop = {} }) {
    Object.assign(this.doc, set);
    for (const [name, ids] of Object.entries(drop)) {
      const gone = new Set(ids);
      if (gone.size) this.doc[name] = this.doc[name].filter((item) => !gone.has(item.id));
    }
    for (const [name, items] of Object.entries(put)) {
      const places = new Map(this.doc[name].map((item, place) => [item.id, place]));
      for (const item of items) {
        if (places.has(item.id)) this.doc[name][places.get(item.id)] = item;
        else this.doc[name].push(item);
      }
    }
  }

  #tell(message, buffers) {
    for (const listener of [...this.listeners]) listener(message, buffers);
  }
}

const COMMON = {
  en: {
    waiting: "Waiting for the kernel: a cell is running. If the kernel was restarted, run this cell again.",
    stale: "The page was reloaded: this works on, but the copy in the saved notebook is no longer refreshed. Run the cell again to refresh it.",
    dismiss: "Dismiss",
    undo: "Undo",
    redo: "Redo",
    cancel: "Cancel",
    retry: "Try again",
  },
  zh: {
    waiting: "正在等待内核：有单元格正在运行。如果内核已重启，请重新运行此单元格。",
    stale: "页面已重新加载：这里可以继续使用，但保存在笔记本中的副本不再更新。重新运行此单元格即可更新。",
    dismiss: "关闭",
    undo: "撤销",
    redo: "重做",
    cancel: "取消",
    retry: "重试",
  },
};

/** The notices every widget has: the kernel is busy, an error, a saved copy that can't be refreshed. */
function notices(link) {
  const waiting = h("div", { class: "nemo-notice", role: "status", hidden: true });
  const failure = h("div", { class: "nemo-notice nemo-problem", role: "alert", hidden: true });
  const stale = h("div", { class: "nemo-notice nemo-quiet", hidden: !link.doc.stale, text: link.t("stale") });
  const stop = link.listen((message) => {
    if (message.type === "waiting") {
      waiting.hidden = !message.waiting;
      waiting.textContent = message.waiting ? link.t("waiting") : "";
    }
    if (message.type === "error") {
      failure.replaceChildren(
        h("span", {}, h("strong", { text: message.what }), " ", message.next),
        button(link.t("dismiss"), { glyph: "close", quiet: true, onclick: () => (failure.hidden = true) }),
      );
      failure.hidden = false;
    }
    stale.hidden = !link.doc.stale;
  });
  return { element: h("div", { class: "nemo-notices" }, waiting, failure, stale), stop };
}

/** While a widget lives, the plain copy that the notebook saves beside it is hidden; not that in another notebook. */
function hideLasting(el, link) {
  const id = CSS.escape(link.doc.lasting);
  el.dataset.nemoLive = link.doc.lasting;
  const beside = `.jp-OutputArea:has([data-nemo-live="${id}"]) .jp-OutputArea-child:has([data-nemo-lasting="${id}"])`;
  const style = h("style", { text: `${beside} { display: none }` });
  document.head.append(style);
  return () => style.remove();
}

/** Keys typed here are not JupyterLab's, but for those with Ctrl or ⌘ that mean nothing here: it still saves. */
function keepKeys(el) {
  const sort = (event) => {
    if (!el.contains(event.target)) return;
    const command = (event.ctrlKey || event.metaKey) && !"acvxyz".includes(event.key.toLowerCase());
    el.toggleAttribute("data-lm-suppress-shortcuts", !command);
  };
  window.addEventListener("keydown", sort, true); // before JupyterLab, which listens on the document
  return () => window.removeEventListener("keydown", sort, true);
}

/** The module's export: `build(el, link)` draws one view and may return what ends it. */
function widget(strings, build) {
  return () => {
    let link;
    return {
      initialize({ model }) {
        link = new Link(model, strings);
        return () => link.close();
      },
      render({ el }) {
        const show = hideLasting(el, link);
        const give = keepKeys(el);
        let end = draw(el, link, build);
        const stop = link.listen((message) => {
          if (message.set?.language) end = (end(), draw(el, link, build));
        });
        return () => {
          stop();
          end();
          give();
          show();
        };
      },
    };
  };
}

function draw(el, link, build) {
  el.replaceChildren();
  el.classList.add("nemo");
  el.lang = link.doc.language;
  const { element, stop } = notices(link);
  const end = build(el, link);
  el.append(element);
  return () => {
    end?.();
    stop();
  };
}
