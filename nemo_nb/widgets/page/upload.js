const STILL = /^data:image\/jpeg;base64,/;

function drawUpload(el, link) {
  el.classList.add("nemo-upload");
  el.dataset.nemo = "upload";
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("upload"));

  const queue = (link.queue ??= new UploadQueue(link));
  const limit = bytes(link.doc.limit);
  const input = h("input", {
    type: "file", multiple: true, class: "nemo-file", "data-nemo": "upload-input", "aria-label": link.t("choose"),
    accept: link.doc.formats.map((format) => `.${format}`).join(","), onchange: () => (take(input.files), (input.value = "")),
  });
  const place = h("label", { class: "nemo-drop" }, input, icon("upload"),
    h("span", {}, h("strong", { text: link.t("drop") }), ` ${link.t("or")} `, h("span", { class: "nemo-link", text: link.t("choose") })),
    h("span", { class: "nemo-dim", text: link.t("kinds", { limit }) }));
  const url = h("input", {
    type: "text", "data-nemo": "upload-url", placeholder: link.t("url"), "aria-label": link.t("url"),
    onkeydown: (event) => event.key === "Enter" && !event.isComposing && typed(),
  });
  const list = h("ul", { class: "nemo-rows", "aria-label": link.t("list") });
  const clear = button(link.t("clear"), { hidden: true, onclick: () => (queue.clear(), link.send("clear"), draw()) });
  el.append(place, h("div", { class: "nemo-named" }, url, button(link.t("add"), { glyph: "plus", onclick: typed })), list,
    h("div", { class: "nemo-end" }, clear));
  const rows = new Map(); // id → what is drawn for it

  // ---- where files come from ------------------------------------------------------------------

  const fresh = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

  function take(files) {
    for (const file of files) queue.add(fresh(), file, refusal(file));
    draw();
  }

  /** A URL or a path, of which the kernel gets the file itself. */
  function named(source) {
    link.send("add", { row: fresh(), source });
  }

  function typed() {
    const source = url.value.trim();
    url.value = "";
    if (source) named(source);
  }

  /** What can be told without a byte of the file. */
  function refusal({ name, size }) {
    if (!link.doc.formats.includes(name.split(".").pop().toLowerCase())) {
      return { what: link.t("unsupported", { name }), next: link.t("formats", { formats: link.doc.formats.join(", ") }) };
    }
    if (size > link.doc.limit) return { what: link.t("large", { name, size: bytes(size), limit }), next: link.t("smaller") };
    return size ? null : { what: link.t("empty", { name }), next: link.t("rechoose") };
  }

  /** Files of the desktop, or what JupyterLab drags itself. */
  function dropped(event) {
    place.classList.remove("nemo-over");
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) return take(event.dataTransfer.files);
    event.dropAction = event.proposedAction;
    for (const source of event.mimeData.getData(CONTENTS) ?? []) named(source);
  }

  function over(event) {
    if (event.mimeData && !event.mimeData.hasData(CONTENTS)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.mimeData) event.dropAction = event.proposedAction;
    place.classList.add("nemo-over");
  }

  // ---- rows -----------------------------------------------------------------------------------

  /** What the kernel knows of, in its order, and then what only this page knows of yet. */
  function items() {
    const known = new Set(link.doc.rows.map((item) => item.id));
    const own = [...queue.files].filter(([id, { state }]) => !known.has(id) && state !== "ended");
    return [...link.doc.rows, ...own.map(([id, { file, state, why }]) =>
      ({ id, name: file.name, size: file.size, again: false, phase: "waiting", state: state === "refused" ? "error" : "uploading", ...why }))];
  }

  function draw() {
    const shown = items();
    const kept = new Set(shown.map((item) => item.id));
    for (const [id, { element }] of rows) {
      if (kept.has(id)) continue;
      element.remove();
      rows.delete(id);
    }
    for (const item of shown) drawRow(item);
    clear.hidden = !shown.some((item) => item.state !== "uploading");
  }

  function drawRow(item) {
    const waits = queue.files.get(item.id)?.state === "waiting";
    const going = waits || item.state === "uploading";
    if (!rows.has(item.id)) rows.set(item.id, makeRow(item.id));
    const { element, name, picture, facts, bar, cancel, again, back } = rows.get(item.id);
    if (!element.parentNode) list.append(element);
    element.dataset.state = going ? "uploading" : item.state;
    name.textContent = item.name;
    name.title = item.name;
    const looks = item.thumbnail ? String(item.thumbnail.length) : (item.kind ?? "upload");
    if (picture.dataset.looks !== looks) {
      picture.dataset.looks = looks;
      picture.replaceChildren(STILL.test(item.thumbnail) ? h("img", { src: item.thumbnail, alt: "" }) : icon(item.kind ?? "upload"));
    }
    facts.textContent = waits ? link.t("waiting_turn") : told(item);
    bar.hidden = !going || waits;
    const fraction = item.phase === "sending" ? (queue.files.get(item.id)?.got ?? 0) / item.size : item.progress;
    if (fraction > 0) bar.value = fraction;
    else bar.removeAttribute("value");
    cancel.hidden = !going;
    back.hidden = going || !item.placed;
    again.hidden = going || !(item.state === "cancelled" || (item.state === "error" && item.again !== false));
  }

  function makeRow(id) {
    const row = {
      picture: h("span", { class: "nemo-picture" }),
      name: h("span", { class: "nemo-name" }),
      facts: h("span", { class: "nemo-facts" }),
      bar: h("progress", { max: 1, "aria-label": link.t("upload") }),
      cancel: button(link.t("cancel"), { glyph: "close", quiet: true, onclick: () => (queue.cancel(id) && link.send("cancel", { row: id }), draw()) }),
      again: button(link.t("retry"), { glyph: "retry", quiet: true, onclick: () => (queue.files.has(id) ? queue.again(id) : link.send("again", { row: id }), draw()) }),
    };
    row.back = button(link.t("take_back"), { glyph: "undo", quiet: true, hidden: true, onclick: () => link.send("take_back", { row: id }) });
    const what = h("span", { class: "nemo-what" }, row.name, row.facts, row.bar);
    return { ...row, element: h("li", { class: "nemo-row", "data-nemo": "upload-row", "data-id": id }, row.picture, what, row.cancel, row.again, row.back) };
  }

  function told(item) {
    if (item.state === "error") return `${item.what ?? ""} ${item.next ?? ""}`.trim();
    if (item.state === "cancelled") return link.t("cancelled");
    if (item.captions) return link.t("captions", { name: item.captions });
    if (item.state === "done") {
      return [item.duration && timecode(item.duration), item.width && `${item.width}×${item.height}`, item.size && bytes(item.size), item.note]
        .filter(Boolean).join(" · ");
    }
    const held = queue.files.get(item.id);
    if (item.phase !== "sending" || !held) return link.t("checking");
    return link.t("sending", { percent: `${Math.round((100 * held.got) / item.size)}%`, speed: bytes(queue.speed(item.id)) });
  }

  const ending = new AbortController();
  const on = (names, listener) => names.forEach((name) => el.addEventListener(name, listener, ending));
  on(["dragenter", "dragover", "lm-dragenter", "lm-dragover"], over);
  on(["dragleave", "lm-dragleave"], () => place.classList.remove("nemo-over"));
  on(["drop", "lm-drop"], dropped);

  draw();
  const stop = link.listen((message) => {
    if (message.type === "got" && link.item("rows", message.row)) drawRow(link.item("rows", message.row));
    if (message.type === "patch" || message.type === "refused") draw();
  });
  return () => {
    stop();
    ending.abort();
  };
}

export default widget(drawUpload);
