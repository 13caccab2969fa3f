const SOUND = ["mp3", "wav", "m4a"];

function drawExport(el, link) {
  el.classList.add("nemo-export");
  el.dataset.nemo = "export";
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("export"));

  const choose = (key, values, words) => {
    const select = h("select", { "aria-label": link.t(key) }, ...values.map((value) => h("option", { value, text: words(value) })));
    return { select, label: h("label", {}, h("span", { class: "nemo-dim", text: link.t(key) }), select) };
  };
  const format = choose("format", link.doc.formats, (value) => value.toUpperCase());
  format.select.addEventListener("change", () => (resolution.label.hidden = SOUND.includes(format.select.value)));
  const quality = choose("quality", link.doc.qualities, (value) => link.t(value));
  const resolution = choose("resolution", link.doc.resolutions, (value) => value || link.t("same"));
  const start = button(link.t("export"), { class: "nemo-button nemo-main", "data-nemo": "export-start", onclick: () =>
    link.send("export", { format: format.select.value, quality: quality.select.value, resolution: resolution.select.value }) });
  const form = h("div", { class: "nemo-form" }, format.label, quality.label, resolution.label, start);

  const working = h("span", { class: "nemo-called" });
  const left = h("span", { class: "nemo-dim" });
  const bar = h("progress", { max: "1", value: "0", "data-nemo": "export-progress", "aria-label": link.t("export") });
  const cancel = button(link.t("cancel"), { glyph: "close", "data-nemo": "export-cancel", onclick: () => link.send("cancel") });
  const going = h("div", { class: "nemo-going" }, h("div", { class: "nemo-what" }, h("span", { class: "nemo-line" }, working, left), bar), cancel);

  const note = h("p", { class: "nemo-note", role: "status" });
  const video = h("video", { controls: true, playsinline: true, preload: "metadata", "data-nemo": "export-video" });
  const name = h("strong", { class: "nemo-called" });
  const facts = h("span", { class: "nemo-dim" });
  const download = h("a", { class: "nemo-button" }, icon("download"), link.t("download"));
  const open = button(link.t("open"), { glyph: "open", onclick: () => link.send("open") });
  const older = h("span", { class: "nemo-older", role: "status", "data-nemo": "export-older" });
  const caption = h("figcaption", {}, h("div", { class: "nemo-file-facts" }, name, facts, older), download, open);
  const picture = h("img", { hidden: true }); // a GIF is no film to a browser
  const film = h("figure", {}, video, picture, caption);
  el.append(form, going, note, film);

  const carrier = new Carrier(link);
  let shown = 0; // the number of the film that is in the player

  function draw() {
    const { state, can, problem } = link.doc;
    const running = state === "running";
    start.disabled = running || !can;
    going.hidden = !running;
    if (running) {
      const { progress = 0 } = link.doc;
      working.textContent = link.t("working", { name: link.doc.name });
      const percent = `${Math.round(progress * 100)}%`;
      left.textContent = link.doc.left == null ? percent : link.t("left", { percent, time: timecode(link.doc.left * 1000) });
      bar.value = progress;
    }
    note.classList.toggle("nemo-bad", state === "failed");
    note.textContent = state === "failed" && problem ? `${problem.what} ${problem.next}` : state === "cancelled" ? link.t("cancelled")
      : !can && state === "idle" ? link.t("nothing") : "";
    note.hidden = !note.textContent;
    film.hidden = !link.doc.film;
    older.textContent = link.doc.older ? link.t("older") : "";
    open.hidden = !link.doc.online;
    if (link.doc.film && link.doc.film.number !== shown) load(link.doc.film);
  }

  async function load(made) {
    shown = made.number;
    name.textContent = made.name;
    name.title = made.name;
    facts.textContent = made.facts;
    video.setAttribute("aria-label", link.t("video", { name: made.name }));
    film.classList.toggle("nemo-sound", !made.poster);
    if (/^data:image\/jpeg;base64,/.test(made.poster)) video.poster = made.poster;
    else video.removeAttribute("poster");
    download.download = made.name;
    let url = await servedFile(link.doc.kernel, made.near, made.bytes, made.number);
    if (!url && made.number === shown) {
      facts.textContent = link.t("loading");
      url = await carrier.carry(made);
      facts.textContent = made.facts;
    }
    if (made.number !== shown) return;
    download.href = url;
    picture.hidden = !made.name.toLowerCase().endsWith(".gif");
    video.hidden = !picture.hidden;
    picture.alt = made.name;
    (picture.hidden ? video : picture).src = url;
  }

  draw();
  const stop = link.listen((message, buffers) => {
    if (message.type === "patch") draw();
    if (message.type === "piece") carrier.take(message, buffers[0]);
    if (message.type === "open" && /^https?:/.test(message.url)) window.open(message.url, "_blank", "noopener");
  });
  return () => {
    stop();
    video.removeAttribute("src");
    carrier.end();
  };
}

export default widget(drawExport);
