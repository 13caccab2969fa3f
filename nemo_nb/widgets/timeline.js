const STRINGS = {
  en: {
    timeline: "Timeline",
    empty: "Nothing is on the timeline yet. Upload a video, and it lands here.",
    playhead: "Playhead",
    zoom: "Zoom",
    table: "Segments",
    track: "Track", kind: "Kind", name: "Name", start: "Start", end: "End", length: "Length", volume: "Volume",
    video: "video", image: "image", audio: "audio", text: "text",
    percent: "Volume in percent",
    words: "Text",
    remove: "Delete",
    muted: "muted",
    speed: "speed {value}x",
    fades: "fades {value}",
    loop: "repeats",
    frame: "The cut at {at}",
    keys: "Arrow keys choose, Alt with arrows moves, Shift and Alt with arrows trims the end, Delete removes.",
  },
  zh: {
    timeline: "时间线",
    empty: "时间线上还没有内容。上传一个视频，它就会出现在这里。",
    playhead: "播放头",
    zoom: "缩放",
    table: "片段",
    track: "轨道", kind: "类型", name: "名称", start: "开始", end: "结束", length: "时长", volume: "音量",
    video: "视频", image: "图片", audio: "音频", text: "文字",
    percent: "音量（百分比）",
    words: "文字",
    remove: "删除",
    muted: "静音",
    speed: "{value} 倍速",
    fades: "淡入淡出 {value}",
    loop: "循环",
    frame: "{at} 处的画面",
    keys: "方向键选择，Alt 加方向键移动，Shift 加 Alt 加方向键修剪结尾，Delete 删除。",
  },
};

const EDGE_PX = 8; // so near to an end one takes hold of the end
const SNAP_PX = 7;
const SHORTEST_MS = 100;
const STEPS_MS = [100, 250, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000];
const PAUSE_MS = 400; // after so long without a key, what the keys moved is made

function drawTimeline(el, link) {
  el.classList.add("nemo-timeline");
  el.dataset.nemo = "timeline";
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("timeline"));

  const clock = h("span", { class: "nemo-clock" });
  const zoom = h("input", { type: "range", class: "nemo-zoom", min: "0", max: "6", step: "0.05", value: "0", "aria-label": link.t("zoom"), oninput: place });
  const tools = h("div", { class: "nemo-tools" }, clock, h("span", { class: "nemo-space" }), icon("minus"), zoom, icon("plus"),
    button(link.t("undo"), { glyph: "undo", quiet: true, onclick: () => link.send("undo") }),
    button(link.t("redo"), { glyph: "redo", quiet: true, onclick: () => link.send("redo") }));
  const ruler = h("div", {
    class: "nemo-ruler", role: "slider", tabindex: "0", "aria-label": link.t("playhead"), "aria-valuemin": "0",
    onpointerdown: scrub, onkeydown: stepPlayhead,
  });
  const lanes = h("div", { "aria-label": link.t("keys"), role: "group", onkeydown: keyed, onpointerdown: grab, onpointermove: hint, ondblclick: edit });
  const playhead = h("div", { class: "nemo-playhead" });
  const bubble = h("div", { class: "nemo-bubble", hidden: true });
  const field = h("div", { class: "nemo-field" }, ruler, lanes, playhead, bubble);
  const scroll = h("div", { class: "nemo-scroll" }, field);
  const labels = h("div", { class: "nemo-labels", "aria-hidden": "true" });
  const drawing = h("div", { class: "nemo-lanes" }, labels, scroll);
  const inspector = h("div", { class: "nemo-inspector", hidden: true });
  const picture = h("img", { class: "nemo-frame", alt: "", hidden: true });
  const body = h("tbody");
  const heads = ["track", "kind", "name", "start", "end", "length", "volume"];
  const table = h("div", { class: "nemo-table", tabindex: "0", role: "region", "aria-label": link.t("table") },
    h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((head) =>
      h("th", { scope: "col", text: link.t(head), class: ["kind", "length"].includes(head) ? "nemo-wide" : null })))), body));
  const empty = h("div", { class: "nemo-empty", text: link.t("empty") });
  el.append(tools, drawing, picture, inspector, table, empty);

  const drawn = new Map(); // segment id → {item, lane element, table row}
  let laneOf = new Map(); // track index → its lane
  let selected = null;
  let at = 0; // the playhead, in ms
  let scale = 1; // pixels a millisecond
  let drag = null;
  let nudge = null;

  // ---- drawing --------------------------------------------------------------------------------

  function drawAll() {
    const some = link.doc.rows.length > 0;
    empty.hidden = some;
    for (const part of [tools, drawing, table]) part.hidden = !some;
    drawLanes();
    drawSegments();
    place();
    select(selected && drawn.has(selected) ? selected : null);
    if (!some) picture.hidden = true;
  }

  function drawLanes() {
    const key = JSON.stringify(link.doc.tracks);
    if (lanes.dataset.key === key) return;
    lanes.dataset.key = key;
    const tracks = [...link.doc.tracks].reverse(); // the top layer is drawn on top
    laneOf = new Map(tracks.map((track) => [track.index, h("div", { class: "nemo-lane", role: "group", "aria-label": track.name })]));
    lanes.replaceChildren(...laneOf.values());
    labels.replaceChildren(...tracks.map((track) => h("div", { text: track.name, title: track.name })));
    for (const held of drawn.values()) held.row.remove(), held.segment.remove();
    drawn.clear();
  }

  /** Only what is another object than before was changed by a patch. */
  function drawSegments() {
    const order = [...link.doc.rows].sort((a, b) => a.track - b.track || a.start - b.start);
    const kept = new Set(order.map((item) => item.id));
    for (const [id, held] of drawn) {
      if (kept.has(id)) continue;
      held.segment.remove();
      held.row.remove();
      drawn.delete(id);
    }
    let before = null;
    for (const item of order) {
      let held = drawn.get(item.id);
      if (held?.item !== item) {
        held ??= make(item.id);
        held.item = item;
        fill(held);
        drawn.set(item.id, held);
      }
      const expected = before ? before.nextSibling : body.firstChild;
      if (held.row !== expected) body.insertBefore(held.row, expected);
      before = held.row;
      const lane = laneOf.get(item.track);
      if (lane && held.segment.parentNode !== lane) lane.append(held.segment);
    }
  }

  function make(id) {
    const segment = h("div", { class: "nemo-segment", role: "button", tabindex: "-1", "data-nemo": "timeline-segment", "data-id": id });
    const row = h("tr", { "data-nemo": "timeline-row", "data-id": id, onclick: () => select(id, true) });
    return { segment, row };
  }

  function fill({ segment, row, item }) {
    const name = item.text ?? item.name;
    const sound = item.volume == null ? "" : item.volume === 0 ? link.t("muted") : `${Math.round(item.volume * 100)}%`;
    const track = link.doc.tracks.find((candidate) => candidate.index === item.track)?.name ?? "";
    segment.textContent = name;
    segment.dataset.kind = item.kind;
    segment.setAttribute("aria-label", `${link.t(item.kind)} ${explain(item, sound)}`);
    segment.title = explain(item, sound);
    const dot = h("span", { class: "nemo-dot", "data-kind": item.kind });
    row.replaceChildren(
      h("td", {}, dot, track),
      h("td", { class: "nemo-wide", text: link.t(item.kind) }),
      h("td", { class: "nemo-called", text: name, title: name }),
      h("td", { text: timecode(item.start) }),
      h("td", { text: timecode(item.end) }),
      h("td", { class: "nemo-wide", text: timecode(item.end - item.start) }),
      h("td", { text: sound }),
    );
  }

  function explain(item, sound) {
    const fades = ["fade_in_ms", "fade_out_ms", "video_fade_in_ms", "video_fade_out_ms"].map((key) => item[key]).filter(Boolean);
    return [
      item.text ?? item.name,
      `${timecode(item.start)} – ${timecode(item.end)}`,
      sound,
      item.speed && link.t("speed", { value: item.speed }),
      fades.length && link.t("fades", { value: fades.map(timecode).join(", ") }),
      item.loop && link.t("loop"),
    ].filter(Boolean).join(" · ");
  }

  /** Puts everything where the zoom has it. */
  function place() {
    const room = Math.max(scroll.clientWidth - 12, 100);
    scale = (room / Math.max(link.doc.total, 1)) * 2 ** Number(zoom.value);
    field.style.width = `${Math.ceil(link.doc.total * scale) + 12}px`;
    for (const held of drawn.values()) lay(held.segment, held.item.start, held.item.end);
    const step = STEPS_MS.find((candidate) => candidate * scale >= 64) ?? STEPS_MS.at(-1);
    const ticks = [];
    for (let ms = 0; ms <= link.doc.total; ms += step) {
      const tick = h("span", { class: "nemo-tick", text: timecode(ms) });
      tick.style.left = `${ms * scale}px`;
      ticks.push(tick);
    }
    ruler.replaceChildren(...ticks);
    ruler.setAttribute("aria-valuemax", link.doc.total);
    putPlayhead(Math.min(at, link.doc.total), false);
  }

  function lay(segment, start, end) {
    segment.style.left = `${start * scale}px`;
    segment.style.width = `${Math.max((end - start) * scale - 1, 3)}px`;
  }

  // ---- the playhead ---------------------------------------------------------------------------

  function putPlayhead(ms, look = true) {
    at = Math.max(0, Math.min(Math.round(ms), link.doc.total));
    playhead.style.left = `${at * scale}px`;
    clock.textContent = `${timecode(at)} / ${timecode(link.doc.total)}`;
    ruler.setAttribute("aria-valuenow", at);
    ruler.setAttribute("aria-valuetext", timecode(at));
    if (!look) return;
    clearTimeout(putPlayhead.later);
    putPlayhead.later = setTimeout(() => link.send("frame", { at: Math.min(at, link.doc.total - link.doc.frame) | 0 }), 150);
  }

  function scrub(event) {
    ruler.setPointerCapture(event.pointerId);
    const follow = (moved) => putPlayhead(timeAt(moved));
    follow(event);
    ruler.onpointermove = follow;
    ruler.onpointerup = ruler.onpointercancel = () => (ruler.onpointermove = null);
  }

  function stepPlayhead(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };
    if (event.key in steps) putPlayhead(at + steps[event.key] * (event.shiftKey ? link.doc.frame : 1000));
    else if (event.key === "Home") putPlayhead(0);
    else if (event.key === "End") putPlayhead(link.doc.total);
    else return;
    event.preventDefault();
  }

  const timeAt = (event) => (event.clientX - field.getBoundingClientRect().left) / scale;

  // ---- choosing -------------------------------------------------------------------------------

  function select(id, reveal = false) {
    const old = drawn.get(selected);
    old?.segment.setAttribute("aria-pressed", "false");
    old?.row.removeAttribute("aria-current");
    if (old) old.segment.tabIndex = -1;
    selected = id;
    const held = drawn.get(id);
    held?.segment.setAttribute("aria-pressed", "true");
    held?.row.setAttribute("aria-current", "true");
    const first = held ?? drawn.values().next().value;
    if (first) first.segment.tabIndex = 0; // one of them is in the order of the tab key
    if (held && reveal) {
      held.segment.scrollIntoView({ block: "nearest", inline: "nearest" });
      held.row.scrollIntoView({ block: "nearest" });
    }
    inspect(held?.item);
  }

  function inspect(item) {
    inspector.hidden = !item;
    if (!item) return inspector.replaceChildren();
    if (inspector.contains(document.activeElement) && inspector.dataset.id === item.id) return; // being typed in
    inspector.dataset.id = item.id;
    const time = (key, made) => {
      const input = h("input", { type: "text", class: "nemo-time", value: timecode(item[key]), onchange: () => {
        const ms = readTime(input.value);
        if (ms === null || ms === item[key]) input.value = timecode(item[key]);
        else send(made(ms));
      } });
      return h("label", {}, link.t(key), input);
    };
    const parts = [h("strong", { class: "nemo-called", text: item.text ?? item.name })];
    if (!onMain(item)) parts.push(time("start", (ms) => moved(item, ms)));
    parts.push(time("end", (ms) => trimmedEnd(item, ms)));
    if (item.volume != null) {
      const input = h("input", { type: "number", min: "0", max: "400", step: "5", value: String(Math.round(item.volume * 100)), "aria-label": link.t("percent"),
        onchange: () => send({ op: "volume", segments: [item.id], volume: Math.min(4, Math.max(0, Number(input.value) / 100)) }) });
      parts.push(h("label", {}, link.t("volume"), input, "%"));
    }
    if (item.text != null) {
      const input = h("input", { type: "text", value: item.text, "aria-label": link.t("words"),
        onchange: () => input.value.trim() && send({ op: "change_text", segment: item.id, text: input.value }) });
      parts.push(h("label", { class: "nemo-words" }, link.t("words"), input));
    }
    parts.push(button(link.t("remove"), { glyph: "trash", onclick: () => send({ op: "delete", segments: [item.id] }) }));
    inspector.replaceChildren(...parts);
  }

  function edit(event) {
    const id = event.target.closest?.(".nemo-segment")?.dataset.id;
    if (id) inspector.querySelector(".nemo-words input, input[type=number], input")?.select();
  }

  // ---- edits ----------------------------------------------------------------------------------

  const onMain = (item) => link.doc.tracks.find((track) => track.index === item.track)?.main ?? false;

  function send(op) {
    if (op) link.send("edit", { op });
  }

  function moved(item, start) {
    if (!onMain(item)) return { op: "retime", segment: item.id, start_ms: start };
    const middle = start + (item.end - item.start) / 2;
    const others = link.doc.rows.filter((other) => other.track === item.track && other.id !== item.id).sort((a, b) => a.start - b.start);
    const place = others.filter((other) => (other.start + other.end) / 2 < middle).length;
    const order = others.map((other) => other.id);
    order.splice(place, 0, item.id);
    const now = link.doc.rows.filter((other) => other.track === item.track).sort((a, b) => a.start - b.start).map((other) => other.id);
    return order.join() === now.join() ? null : { op: "reorder", order };
  }

  function trimmedEnd(item, end) {
    if (!onMain(item)) return { op: "retime", segment: item.id, duration_ms: Math.max(SHORTEST_MS, end - item.start) };
    return end < item.end ? { op: "cut_out", start_ms: Math.max(end, item.start + SHORTEST_MS), end_ms: item.end } : null;
  }

  function trimmedStart(item, start) {
    if (onMain(item)) return start > item.start ? { op: "cut_out", start_ms: item.start, end_ms: start } : null;
    const op = { op: "retime", segment: item.id, start_ms: start, duration_ms: item.end - start };
    // A piece of a film goes on showing what it showed at each time; what repeats just starts.
    if (item.source != null && !item.loop) op.source_start_ms = Math.max(0, Math.round(item.source + (start - item.start) * (item.speed ?? 1)));
    return op;
  }

  // ---- dragging -------------------------------------------------------------------------------

  function part(event, segment) {
    const box = segment.getBoundingClientRect();
    if (box.width < 4 * EDGE_PX) return "middle";
    return event.clientX - box.left < EDGE_PX ? "start" : box.right - event.clientX < EDGE_PX ? "end" : "middle";
  }

  function hint(event) {
    const segment = event.target.closest(".nemo-segment");
    if (segment && !drag) segment.classList.toggle("nemo-edge", part(event, segment) !== "middle");
  }

  function grab(event) {
    const segment = event.target.closest(".nemo-segment");
    if (!segment || event.button !== 0) return;
    const item = drawn.get(segment.dataset.id).item;
    select(item.id);
    segment.focus({ preventScroll: true });
    segment.setPointerCapture(event.pointerId);
    drag = { item, segment, part: part(event, segment), x: event.clientX, start: item.start, end: item.end, edges: edgesBut(item) };
    segment.onpointermove = pull;
    segment.onpointerup = () => drop(true);
    segment.onpointercancel = () => drop(false);
  }

  function pull(event) {
    const offset = (event.clientX - drag.x) / scale;
    if (!drag.moving && Math.abs(event.clientX - drag.x) < 4) return;
    drag.moving = true;
    const { item } = drag;
    const length = item.end - item.start;
    if (drag.part === "middle") {
      const start = snap(item.start + offset);
      const end = snap(item.end + offset);
      drag.start = Math.max(0, start.near <= end.near ? start.ms : end.ms - length);
      drag.end = drag.start + length;
    } else if (drag.part === "end") {
      drag.end = Math.max(item.start + SHORTEST_MS, snap(item.end + offset).ms);
      if (onMain(item)) drag.end = Math.min(drag.end, item.end);
    } else {
      drag.start = Math.max(onMain(item) ? item.start : 0, Math.min(item.end - SHORTEST_MS, snap(item.start + offset).ms));
    }
    requestAnimationFrame(follow);
  }

  function follow() {
    if (!drag?.moving) return;
    drag.segment.classList.add("nemo-dragged");
    lay(drag.segment, drag.start, drag.end);
    bubble.hidden = false;
    bubble.textContent = `${timecode(drag.start)} – ${timecode(drag.end)}`;
    bubble.style.left = `${drag.start * scale}px`;
  }

  function drop(made) {
    const { item, segment, start, end, moving } = drag;
    const op = moving && made && { middle: () => moved(item, start), end: () => trimmedEnd(item, end), start: () => trimmedStart(item, start) }[drag.part]();
    segment.onpointermove = segment.onpointerup = segment.onpointercancel = null;
    segment.classList.remove("nemo-dragged");
    bubble.hidden = true;
    drag = null;
    if (op && (start !== item.start || end !== item.end)) send(op);
    else lay(segment, item.start, item.end);
  }

  function edgesBut(item) {
    const edges = new Set([0, at, link.doc.total]);
    for (const other of link.doc.rows) if (other.id !== item.id) edges.add(other.start).add(other.end);
    return [...edges].sort((a, b) => a - b);
  }

  /** The nearest edge where one is near, else a tenth of a second. `near` is how far that was, in pixels. */
  function snap(ms) {
    let low = 0;
    let high = drag.edges.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (drag.edges[middle] < ms) low = middle + 1;
      else high = middle;
    }
    const nearest = [drag.edges[low - 1], drag.edges[low]].filter((edge) => edge != null)
      .reduce((best, edge) => (Math.abs(edge - ms) < Math.abs(best - ms) ? edge : best));
    const near = Math.abs(nearest - ms) * scale;
    return near <= SNAP_PX ? { ms: nearest, near } : { ms: Math.max(0, Math.round(ms / 100) * 100), near: Infinity };
  }

  // ---- keys -----------------------------------------------------------------------------------

  function keyed(event) {
    const id = event.target.closest(".nemo-segment")?.dataset.id;
    if (!id) return;
    const item = drawn.get(id).item;
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const along = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (sideways && event.altKey) nudged(item, sideways * 100, event.shiftKey);
    else if (sideways) focusOn(neighbour(item, sideways));
    else if (along) focusOn(nearestOn(item, along));
    else if (event.key === "Enter" || event.key === " ") {
      select(id, true);
      inspector.querySelector("input")?.focus();
    } else if (event.key === "Delete" || event.key === "Backspace") send({ op: "delete", segments: [id] });
    else return;
    event.preventDefault();
  }

  function neighbour(item, step) {
    const track = link.doc.rows.filter((other) => other.track === item.track).sort((a, b) => a.start - b.start);
    return track[track.findIndex((other) => other.id === item.id) + step];
  }

  function nearestOn(item, step) {
    const tracks = link.doc.tracks.map((track) => track.index);
    const track = tracks[tracks.indexOf(item.track) + step];
    const there = link.doc.rows.filter((other) => other.track === track);
    return there.reduce((best, other) => (!best || Math.abs(other.start - item.start) < Math.abs(best.start - item.start) ? other : best), null);
  }

  function focusOn(item) {
    if (!item) return;
    select(item.id, true);
    drawn.get(item.id).segment.focus();
  }

  /** Keys move what is drawn at once, and make one edit when they rest. */
  function nudged(item, ms, end) {
    if (nudge?.item !== item || nudge.end !== end) nudge = { item, end, by: 0 };
    nudge.by += ms;
    const { by } = nudge;
    if (end) lay(drawn.get(item.id).segment, item.start, Math.max(item.start + SHORTEST_MS, item.end + by));
    else lay(drawn.get(item.id).segment, Math.max(0, item.start + by), item.end + Math.max(by, -item.start));
    clearTimeout(nudge.later);
    const held = nudge;
    nudge.later = setTimeout(() => {
      nudge = null;
      const op = end ? trimmedEnd(item, item.end + held.by) : moved(item, Math.max(0, item.start + held.by));
      op ? send(op) : place();
    }, PAUSE_MS);
  }

  // ---- what comes from the kernel -------------------------------------------------------------

  function show(message, buffers) {
    if (message.type === "patch") drawAll();
    if (message.type === "settled" && !drag) place();
    if (message.type === "frame") {
      URL.revokeObjectURL(picture.src);
      picture.src = URL.createObjectURL(new Blob([buffers[0]], { type: "image/png" }));
      picture.alt = link.t("frame", { at: timecode(message.at) });
      picture.hidden = false;
    }
  }

  drawAll();
  const sized = new ResizeObserver(() => !drag && place());
  sized.observe(scroll);
  const stop = link.listen(show);
  return () => {
    stop();
    sized.disconnect();
    URL.revokeObjectURL(picture.src);
  };
}

/** "1:05.5", "65.5" or "65.5s" → 65500; null where it is no time. */
function readTime(text) {
  const found = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)\s*s?$/.exec(text.trim());
  return found ? Math.round(((Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)) * 60 + Number(found[3])) * 1000) : null;
}

export default widget(STRINGS, drawTimeline);
