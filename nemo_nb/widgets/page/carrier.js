// A file over the widget's own connection, as a Blob, which plays and seeks like a file. For pages that no server of ours
// is behind. The kernel sends `{type: "piece", film, offset}` with the bytes for each `piece` that is asked for.

const PART = 2 * 1024 * 1024; // as the kernel sends it
const AHEAD = 4;
const TYPES = { mp4: "video/mp4", mov: "video/mp4", webm: "video/webm", gif: "image/gif", mp3: "audio/mpeg", wav: "audio/wav", m4a: "audio/mp4" };

class Carrier {
  constructor(link) {
    this.link = link;
    this.blob = null;
    this.going = null;
  }

  /** The Blob's URL, when all of it is here. A later call ends the earlier one, which then never resolves. */
  carry(film) {
    this.end();
    return new Promise((resolve) => {
      this.going = { film, resolve, parts: [], asked: 0, got: 0 };
      this.#ask();
    });
  }

  #ask() {
    const { going } = this;
    while (going.asked < going.film.bytes && going.asked - going.got < AHEAD * PART) {
      this.link.send("piece", { film: going.film.number, offset: going.asked });
      going.asked += PART;
    }
  }

  take(message, part) {
    const { going } = this;
    if (going?.film.number !== message.film) return;
    if (going.parts[message.offset / PART]) return; // another view of the widget asked for it too
    going.parts[message.offset / PART] = part;
    going.got += part.byteLength;
    if (going.got < going.film.bytes) return this.#ask();
    this.going = null;
    const ending = going.film.name.split(".").pop().toLowerCase();
    this.blob = URL.createObjectURL(new Blob(going.parts, { type: TYPES[ending] }));
    going.resolve(this.blob);
  }

  end() {
    this.going = null;
    if (this.blob) URL.revokeObjectURL(this.blob);
    this.blob = null;
  }
}
