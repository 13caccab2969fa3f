// Elements, pictures and figures: what a page is made of.

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
  play: "M7 5v14l12-7z",
  pause: "M8 5v14M16 5v14",
  repeat: "M17 3l4 4-4 4M21 7H8a5 5 0 0 0-5 5m4 9-4-4 4-4M3 17h13a5 5 0 0 0 5-5",
  loud: "M4 9v6h4l5 4V5L8 9zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  silent: "M4 9v6h4l5 4V5L8 9zM17 9.5l5 5m0-5-5 5",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  close: "M6 6l12 12M18 6 6 18",
  retry: "M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7",
  video: "M4 6h11v12H4zM15 10l5-3v10l-5-3z",
  audio: "M9 18V5l11-2v13M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm11-2a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  text: "M5 6V4h14v2M12 4v16m-3 0h6",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  download: "M12 4v12m0 0 5-5m-5 5-5-5M4 20h16",
  before: "M18 6l-8 6 8 6zM6 5v14",
  after: "M6 6l8 6-8 6zM18 5v14",
  split: "M12 3v18M8 8l-4 4 4 4M16 8l4 4-4 4",
  magnet: "M6 4v8a6 6 0 0 0 12 0V4h-4v8a2 2 0 0 1-4 0V4zM6 8h4m4 0h4",
  film: "M4 5h16v14H4zM8 5v14m8-14v14M4 9.7h4m-4 4.6h4m8-4.6h4m-4 4.6h4",
  open: "M14 4h6v6m0-6-9 9M18 14v6H4V6h6",
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

/** 65500 → "1:05.5". With so many `digits` after the point; without, a tenth where there is one. */
function timecode(ms, digits = null) {
  const unit = 10 ** (3 - (digits ?? 1));
  const whole = Math.round(ms / unit);
  const seconds = Math.floor((whole * unit) / 1000);
  const rest = whole % (1000 / unit);
  const pad = (number, places = 2) => String(number).padStart(places, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = `${hours ? `${hours}:${pad(minutes)}` : minutes}:${pad(seconds % 60)}`;
  return digits || rest ? `${clock}.${pad(rest, digits ?? 1)}` : clock;
}

function bytes(count) {
  for (const [unit, scale] of [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]]) {
    if (count >= scale) return `${(count / scale).toPrecision(3)} ${unit}`;
  }
  return `${count} B`;
}
