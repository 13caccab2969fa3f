// What a gesture means: the operation for a segment that was moved or trimmed, and the places it snaps to. No drawing.

const SHORTEST_MS = 100;

const onMain = (doc, item) => doc.tracks.find((track) => track.index === item.track)?.main ?? false;

/** The segments of a track in the order of time. */
function along(doc, track) {
  return doc.rows.filter((item) => item.track === track).sort((a, b) => a.start - b.start);
}

/** What is beside a segment on its track, in the order of time. */
const beside = (doc, item) => along(doc, item.track).filter((other) => other.id !== item.id);

/** Before which of the others a clip of the main track comes to lie that is let go at `start`. */
function landing(others, item, start) {
  const middle = start + (item.end - item.start) / 2;
  return others.filter((other) => (other.start + other.end) / 2 < middle).length;
}

function moved(doc, item, start) {
  if (!onMain(doc, item)) return { op: "retime", segment: item.id, start_ms: start };
  const others = beside(doc, item);
  const order = others.map((other) => other.id);
  order.splice(landing(others, item, start), 0, item.id);
  return order.join() === along(doc, item.track).map((other) => other.id).join() ? null : { op: "reorder", order };
}

function trimmedEnd(doc, item, end) {
  if (!onMain(doc, item)) return { op: "retime", segment: item.id, duration_ms: Math.max(SHORTEST_MS, end - item.start) };
  if (item.kind === "image") return { op: "retime", segment: item.id, duration_ms: Math.max(SHORTEST_MS, end - item.start) };
  return end < item.end ? { op: "cut_out", start_ms: Math.max(end, item.start + SHORTEST_MS), end_ms: item.end } : null;
}

function trimmedStart(doc, item, start) {
  if (onMain(doc, item)) return start > item.start ? { op: "cut_out", start_ms: item.start, end_ms: start } : null;
  const op = { op: "retime", segment: item.id, start_ms: start, duration_ms: item.end - start };
  // A piece of a film goes on showing what it showed at each time; what repeats just starts.
  if (item.source != null && !item.loop) op.source_start_ms = Math.max(0, Math.round(item.source + (start - item.start) * (item.speed ?? 1)));
  return op;
}

/** Every time that something else starts or ends at, and the playhead's. */
function edgesBut(doc, item, at) {
  const edges = new Set([0, at, doc.total]);
  for (const other of doc.rows) if (other.id !== item?.id) edges.add(other.start).add(other.end);
  return [...edges].sort((a, b) => a - b);
}

/** Of sorted times the one that is nearest to `ms`. */
function nearest(times, ms) {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < ms) low = middle + 1;
    else high = middle;
  }
  return low > 0 && ms - times[low - 1] < times[low] - ms ? times[low - 1] : times[low];
}

/** "1:05.5", "65.5" or "65.5s" → 65500; null where it is no time. */
function readTime(text) {
  const found = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)\s*s?$/.exec(text.trim());
  return found ? Math.round(((Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)) * 60 + Number(found[3])) * 1000) : null;
}
