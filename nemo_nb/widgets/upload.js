const STRINGS = {
  en: {
    upload: "Upload files",
    drop: "Drop files here",
    choose: "Choose files",
    kinds: "Video, images and music, up to {limit} each",
    url: "A URL, or a path on the server",
    add: "Add",
    sending: "{percent} · {speed}/s",
    checking: "Placing it in the project…",
    cancelled: "Cancelled",
    clear: "Clear the list",
    list: "Files",
    unsupported: "{name} is not in a supported format.",
    large: "{name} has {size}; the limit is {limit} a file.",
    empty: "{name} is empty.",
    formats: "Supported are {formats}.",
    smaller: "Trim or compress it and upload it again.",
    unreadable: "{name} can't be read any more.",
    rechoose: "Choose it again.",
  },
  zh: {
    upload: "上传文件",
    drop: "把文件拖到这里",
    choose: "选择文件",
    kinds: "视频、图片和音乐，每个不超过 {limit}",
    url: "网址，或服务器上的路径",
    add: "添加",
    sending: "{percent} · {speed}/秒",
    checking: "正在加入项目……",
    cancelled: "已取消",
    clear: "清空列表",
    list: "文件",
    unsupported: "不支持 {name} 的格式。",
    large: "{name} 有 {size}，每个文件最大 {limit}。",
    empty: "{name} 是空文件。",
    formats: "支持的格式：{formats}。",
    smaller: "请剪短或压缩后再上传。",
    unreadable: "无法再读取 {name}。",
    rechoose: "请重新选择。",
  },
};

const PIECE = 4 * 1024 * 1024;
const WINDOW = 4; // pieces on the way at a time: as many as the kernel has to hold
const HEAD = 64;
const CONTENTS = "application/x-jupyter-icontents"; // what JupyterLab's file browser drags

function drawUpload(el, link) {
  el.classList.add("nemo-upload");
  el.dataset.nemo = "upload";
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("upload"));

  const limit = bytes(link.doc.limit);
  const input = h("input", {
    type: "file", multiple: true, class: "nemo-file", "data-nemo": "upload-input", "aria-label": link.t("choose"),
    accept: link.doc.formats.map((format) => `.${format}`).join(","), onchange: () => (take(input.files), (input.value = "")),
  });
  const place = h("label", { class: "nemo-drop" }, input, icon("upload"),
    h("span", {}, h("strong", { text: link.t("drop") }), " ", h("span", { class: "nemo-link", text: link.t("choose") })),
    h("span", { class: "nemo-dim", text: link.t("kinds", { limit }) }));
  const url = h("input", {
    type: "text", "data-nemo": "upload-url", placeholder: link.t("url"), "aria-label": link.t("url"),
    onkeydown: (event) => event.key === "Enter" && !event.isComposing && named(),
  });
  const list = h("ul", { class: "nemo-rows", "aria-label": link.t("list") });
  const clear = button(link.t("clear"), { hidden: true, onclick: () => link.send("clear") });
  el.append(place, h("div", { class: "nemo-named" }, url, button(link.t("add"), { glyph: "plus", onclick: named })), list,
    h("div", { class: "nemo-end" }, clear));

  const sendings = (link.sendings ??= new Map()); // row → the file and how far it is; all views share them
  const rows = new Map();

  function take(files) {
    for (const file of files) offer(crypto.randomUUID?.() ?? String(Math.random()), file);
  }

  function named() {
    const source = url.value.trim();
    if (!source) return;
    url.value = "";
    link.send("add", { row: `u${Date.now()}${Math.random()}`, source });
  }

  function offer(row, file) {
    const refused = refusal(file);
    sendings.set(row, { file, waiting: true, sent: 0, got: 0, began: 0 });
    if (refused) show(row, { id: row, name: file.name, size: file.size, state: "error", ...refused });
    else pump();
  }

  /** What can be told without a byte of the file. */
  function refusal(file) {
    const extension = file.name.split(".").pop().toLowerCase();
    const name = file.name;
    if (!link.doc.formats.includes(extension)) {
      return { what: link.t("unsupported", { name }), next: link.t("formats", { formats: link.doc.formats.join(", ") }) };
    }
    if (file.size > link.doc.limit) return { what: link.t("large", { name, size: bytes(file.size), limit }), next: link.t("smaller") };
    if (file.size === 0) return { what: link.t("empty", { name }), next: link.t("rechoose") };
    return null;
  }

  function show(row, item) {
    sendings.get(row).refused = item;
    sendings.get(row).waiting = false;
    drawRow(item);
    drawRest();
  }

  /** One file is sent at a time: they share one connection, and clips are placed in the order chosen. */
  async function pump() {
    if ([...sendings.values()].some((sending) => sending.going)) return;
    const [row, sending] = [...sendings].find(([, candidate]) => candidate.waiting) ?? [];
    if (!row) return;
    Object.assign(sending, { waiting: false, going: true, sent: 0, got: 0, began: performance.now() });
    const { file } = sending;
    try {
      const head = await file.slice(0, HEAD).arrayBuffer();
      link.send("begin", { row, name: file.name, size: file.size }, [head]);
    } catch {
      sending.going = false;
      show(row, { id: row, name: file.name, size: file.size, state: "error", again: false,
        what: link.t("unreadable", { name: file.name }), next: link.t("rechoose") });
    }
  }

  async function pieces(row) {
    const sending = sendings.get(row);
    if (!sending || sending.reading) return;
    sending.reading = true;
    while (sending.going && sending.sent < sending.file.size && sending.sent - sending.got < WINDOW * PIECE) {
      const offset = sending.sent;
      sending.sent = Math.min(offset + PIECE, sending.file.size);
      try {
        const piece = await sending.file.slice(offset, sending.sent).arrayBuffer();
        if (sending.going) link.send("piece", { row, offset }, [piece]);
      } catch {
        link.send("cancel", { row });
        break;
      }
    }
    sending.reading = false;
  }

  function cancel(row) {
    const sending = sendings.get(row);
    if (sending?.waiting) return sendings.delete(row);
    if (sending) sending.going = false;
    link.send("cancel", { row });
  }

  function again(row) {
    const sending = sendings.get(row);
    if (!sending) return link.send("again", { row });
    Object.assign(sending, { waiting: true, going: false, refused: null });
    pump();
  }

  function drawRow(item) {
    const sending = sendings.get(item.id);
    const going = item.state === "uploading";
    let row = rows.get(item.id);
    if (!row) {
      row = makeRow(item.id);
      rows.set(item.id, row);
      list.append(row.element);
    }
    row.element.dataset.state = item.state;
    row.name.textContent = item.name;
    row.name.title = item.name;
    if (row.picture.dataset.of !== `${item.thumbnail?.length}${item.kind}`) {
      row.picture.dataset.of = `${item.thumbnail?.length}${item.kind}`;
      row.picture.replaceChildren(/^data:image\/jpeg;base64,/.test(item.thumbnail) ? h("img", { src: item.thumbnail, alt: "" }) : icon(item.kind ?? "upload"));
    }
    row.facts.textContent = facts(item, sending);
    row.bar.hidden = !going;
    const fraction = item.phase === "sending" ? (sending?.got ?? 0) / item.size : item.progress;
    if (fraction > 0) row.bar.value = fraction;
    else row.bar.removeAttribute("value");
    row.cancel.hidden = !going;
    row.again.hidden = !(item.state === "cancelled" || (item.state === "error" && item.again !== false && !sending?.refused));
  }

  function makeRow(id) {
    const picture = h("span", { class: "nemo-picture" });
    const name = h("span", { class: "nemo-name" });
    const facts = h("span", { class: "nemo-facts" });
    const bar = h("progress", { max: 1, "aria-label": link.t("upload") });
    const cancelling = button(link.t("cancel"), { glyph: "close", quiet: true, onclick: () => cancel(id) });
    const retry = button(link.t("retry"), { glyph: "retry", quiet: true, onclick: () => again(id) });
    const element = h("li", { class: "nemo-row", "data-nemo": "upload-row", "data-id": id }, picture,
      h("span", { class: "nemo-what" }, name, facts, bar), cancelling, retry);
    return { element, picture, name, facts, bar, cancel: cancelling, again: retry };
  }

  function facts(item, sending) {
    if (item.state === "error") return `${item.what ?? ""} ${item.next ?? ""}`.trim();
    if (item.state === "cancelled") return link.t("cancelled");
    if (item.state === "done") {
      return [item.duration && timecode(item.duration), item.width && `${item.width}×${item.height}`, item.size && bytes(item.size)]
        .filter(Boolean).join(" · ");
    }
    if (item.phase !== "sending" || !sending) return link.t("checking");
    const speed = sending.got / Math.max((performance.now() - sending.began) / 1000, 0.001);
    return link.t("sending", { percent: `${Math.round((100 * sending.got) / item.size)}%`, speed: bytes(speed) });
  }

  function drawRest() {
    clear.hidden = rows.size === 0;
  }

  function drawAll() {
    for (const item of link.doc.rows) drawRow(item);
    for (const [id, row] of rows) {
      if (!link.item("rows", id) && !sendings.get(id)?.refused) {
        row.element.remove();
        rows.delete(id);
      }
    }
    drawRest();
  }

  clear.addEventListener("click", () => {
    for (const [row, sending] of sendings) if (!sending.going && !sending.waiting) sendings.delete(row);
    drawAll();
  });

  function dropped(event) {
    place.classList.remove("nemo-over");
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) return take(event.dataTransfer.files);
    event.dropAction = event.proposedAction;
    for (const source of event.mimeData.getData(CONTENTS) ?? []) link.send("add", { row: `s${Date.now()}${Math.random()}`, source });
  }

  function over(event) {
    if (event.mimeData && !event.mimeData.hasData(CONTENTS)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.mimeData) event.dropAction = event.proposedAction;
    place.classList.add("nemo-over");
  }

  const ending = new AbortController();
  const on = (names, listener) => names.forEach((name) => el.addEventListener(name, listener, ending));
  on(["dragenter", "dragover", "lm-dragenter", "lm-dragover"], over);
  on(["dragleave", "lm-dragleave"], () => place.classList.remove("nemo-over"));
  on(["drop", "lm-drop"], dropped);

  drawAll();
  const stop = link.listen((message) => {
    if (message.type === "go") pieces(message.row);
    if (message.type === "got") {
      const sending = sendings.get(message.row);
      if (!sending) return;
      sending.got = message.received;
      pieces(message.row);
      if (link.item("rows", message.row)) drawRow(link.item("rows", message.row));
    }
    if (message.type !== "patch") return;
    for (const item of message.put?.rows ?? []) {
      const sending = sendings.get(item.id);
      if (sending?.going && (item.state !== "uploading" || item.phase !== "sending")) {
        sending.going = false;
        if (item.state === "done") sendings.delete(item.id);
        pump();
      }
    }
    drawAll();
  });
  return () => {
    stop();
    ending.abort();
  };
}

export default widget(STRINGS, drawUpload);
