// What clips look and sound like, in the lanes: frames of the stretch that a clip uses, or the wave of its sound.
// The kernel sends one wide picture a file when it is first in sight. Only what is in sight is drawn.

const LEAST_PX = 14; // in less nothing can be made out
const WINDOW_PX = 256; // what is drawn reaches so far beyond the border, and is drawn again when that is used up
const BAR_PX = 3; // a bar of a wave, with the gap after it
const FRAME_PX = 2; // of the clip's own colour around its pictures
const SHAPE = 0.7; // as the kernel draws waves: what is soft is seen too

class Strips {
  constructor(view, lanes) {
    this.view = view;
    this.lanes = lanes;
    this.held = view.link.strips ??= new Map(); // of all views of the widget: "film 1f3a…" → what to draw; null: none, or not yet
  }

  /** With the page's next frame. What has to be measured is measured first: after a change, it would be laid out for that. */
  draw() {
    this.later ??= requestAnimationFrame(() => {
      this.later = null;
      const { scroll, drawn } = this.lanes;
      if (!scroll.clientHeight || !drawn.size) return; // behind another tab; it is drawn when its size is back
      const high = drawn.values().next().value.element.clientHeight - 2 * FRAME_PX;
      const sight = { from: scroll.scrollLeft, wide: scroll.clientWidth, high };
      for (const held of drawn.values()) this.#show(held, sight);
    });
  }

  end() {
    cancelAnimationFrame(this.later);
  }

  /** Keeps what the kernel sent, and tells all views of it, this one among them, when it is ready to be drawn. */
  async take({ file, kind, frames }, bytes) {
    const picture = await createImageBitmap(new Blob([bytes])).catch(() => null);
    if (!picture) return; // the clip stays plain
    this.held.set(`${kind} ${file}`, kind === "film" ? { picture, frames } : { peaks: peaksOf(picture) });
    this.view.link.tell({ type: "pictured" });
  }

  #show({ element, item }, { from, wide, high }) {
    if (element.classList.contains("nemo-dragged")) return; // its picture goes with it
    const { scale } = this.lanes;
    const [start, width] = [item.start * scale, (item.end - item.start) * scale - 1];
    const near = Math.floor((from - start) / WINDOW_PX) * WINDOW_PX;
    const left = Math.max(FRAME_PX, near);
    const right = Math.min(width - FRAME_PX, near + wide + 2 * WINDOW_PX);
    const strip = width >= LEAST_PX && right > left && this.#strip(item);
    const canvas = element.querySelector("canvas") ?? (strip && h("canvas", { class: "nemo-strip" }));
    element.classList.toggle("nemo-pictured", Boolean(strip));
    if (!strip) return canvas?.remove();
    if (canvas.parentNode !== element) element.prepend(canvas);
    this.#paint(canvas, item, strip, left, right - left, high);
  }

  /** What there is to draw of a segment; asked for when that was never done. */
  #strip({ file, kind }) {
    if (!file) return null;
    const wanted = kind === "audio" ? "wave" : "film";
    const key = `${wanted} ${file}`;
    if (!this.held.has(key)) {
      this.held.set(key, null);
      this.view.link.send("strip", { file, kind: wanted });
    }
    return this.held.get(key);
  }

  /** Draws a file's first picture on a canvas, once it is there; whether it is. */
  drawFirst(canvas, file, kind) {
    const strip = kind === "audio" ? null : this.#strip({ file, kind });
    if (!strip?.picture) return false;
    const { picture, frames } = strip;
    Object.assign(canvas, { width: Math.round(picture.width / frames), height: picture.height });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return true;
  }

  #paint(canvas, item, strip, left, width, height) {
    const sharp = window.devicePixelRatio || 1;
    const { source, speed, reverse, freeze, loop, volume, start, end } = item;
    const key = [item.file, source, speed, reverse, freeze, loop, volume, end - start, this.lanes.scale, left, width, height, sharp].join();
    if (canvas.dataset.key === key) return;
    canvas.dataset.key = key;
    Object.assign(canvas.style, { left: `${left}px`, width: `${width}px`, height: `${height}px` });
    canvas.width = Math.round(width * sharp);
    canvas.height = Math.round(height * sharp);
    const pen = canvas.getContext("2d");
    pen.scale(canvas.width / width, canvas.height / height);
    pen.translate(-left, 0); // from here on, x counts from the clip's start
    if (strip.picture) this.#film(pen, item, strip, left, left + width, height);
    else this.#wave(pen, item, strip, left, left + width, height);
  }

  /** Pictures in a row from the clip's start on, each of the time at its middle. */
  #film(pen, item, { picture, frames }, left, right, height) {
    const length = this.view.link.doc.files[item.file]?.length;
    const cut = picture.width / frames;
    const wide = Math.max(1, (height * cut) / picture.height);
    for (let place = Math.floor(left / wide); place * wide < right; place++) {
      const at = sourceAt(item, ((place + 0.5) * wide) / this.lanes.scale, length);
      const frame = length ? Math.max(0, Math.min(frames - 1, Math.floor((at / length) * frames))) : 0;
      pen.drawImage(picture, frame * cut, 0, cut, picture.height, place * wide, 0, wide, height);
    }
  }

  /** A bar for each few pixels, as high as the loudest moment in it is heard. */
  #wave(pen, item, { peaks }, left, right, height) {
    const length = this.view.link.doc.files[item.file]?.length;
    const loud = Math.min(1, item.volume ?? 1) ** SHAPE;
    const span = (BAR_PX / this.lanes.scale) * (item.speed ?? 1); // of the file, under one bar
    pen.fillStyle = "rgb(255 255 255 / 62%)";
    for (let x = Math.floor(left / BAR_PX) * BAR_PX; x < right; x += BAR_PX) {
      const at = sourceAt(item, x / this.lanes.scale, length);
      const first = Math.floor((at / length) * peaks.length);
      const last = Math.max(first + 1, Math.ceil(((at + span) / length) * peaks.length));
      let peak = 0;
      for (let place = first; place < last; place++) peak = Math.max(peak, peaks[place] ?? 0);
      const high = Math.max(1, peak * loud * height);
      pen.fillRect(x, (height - high) / 2, BAR_PX - 1, high);
    }
  }
}

/** The time of the file that a clip shows, or sounds, `ms` after its start. */
function sourceAt(item, ms, length) {
  const played = item.freeze ? 0 : (item.reverse ? item.end - item.start - ms : ms) * (item.speed ?? 1);
  const at = (item.source ?? 0) + played;
  return item.loop && length ? at % length : at;
}

/** How much of each column of a wave's picture is inked, 0 to 1. */
function peaksOf(picture) {
  const { width, height } = picture;
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const peaks = new Float32Array(width);
  for (let place = 0; place < width * height; place++) peaks[place % width] += data[4 * place + 3] > 127 ? 1 / height : 0;
  return peaks;
}
