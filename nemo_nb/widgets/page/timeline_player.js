// Plays the cut: the pieces of its reel are asked for ahead of the playhead, and appended to what a <video> plays.

const AHEAD_S = 6; // so much is made ahead of the playhead
const BEHIND_S = 60; // so much stays behind it: browsers take some 100 MB
const AT_ONCE = 4; // pictures and sounds that are under way
const KEPT = 60; // of those that came, the bytes: after an edit they may only have moved
const SPEEDS = [1, 1.5, 2, 4];
const BACK_MS = 125; // between two pictures on the way back

/** One of the two buffers of a <video>. A browser does one thing to it at a time, so each waits for the one before. */
class Deck {
  constructor(source, codec) {
    this.buffer = source.addSourceBuffer(codec);
    this.held = new Map(); // where a piece begins, in frames → {key, from, until, done}: appended, or about to be
    this.last = Promise.resolve();
  }

  append(bytes, at) {
    return this.then(() => {
      this.buffer.timestampOffset = at;
      this.buffer.appendBuffer(bytes);
    });
  }

  remove(from, until) {
    return this.then(() => this.buffer.remove(from, until));
  }

  /** Does something once all else is done. What fails is told to nobody but who waits for it. */
  then(act) {
    const done = this.last.then(() => new Promise((resolve, reject) => {
      act();
      if (!this.buffer.updating) resolve();
      this.buffer.addEventListener("updateend", resolve, { once: true });
      this.buffer.addEventListener("error", reject, { once: true });
    }));
    this.last = done.catch(() => {});
    return done;
  }
}

class Player {
  constructor(view) {
    this.view = view;
    this.video = h("video", { playsinline: true, preload: "auto", hidden: true });
    this.reel = null; // {fps, pieces: [{first, frames, picture, sound}]}
    this.current = false; // whether the reel is that of the edit as it is now
    this.decks = null; // {picture, sound}
    this.asked = new Set();
    this.kept = new Map(); // a key → bytes
    this.wanted = false; // whether it plays, or will as soon as there is something to play
    this.speed = 1;
    this.loop = null; // {from, until} in ms
    for (const event of ["timeupdate", "seeked", "canplay"]) this.video.addEventListener(event, () => this.#step());
  }

  static get can() {
    return "MediaSource" in window || "ManagedMediaSource" in window;
  }

  // ---- what one can do ------------------------------------------------------------------------

  toggle() {
    this.wanted ? this.pause() : this.play();
  }

  play(speed = 1) {
    const { view } = this;
    this.#stopGoingBack();
    const begin = this.loop?.from ?? 0;
    if (view.at >= this.#end() - 1 || view.at < begin) view.seek(begin);
    this.wanted = true;
    this.speed = speed;
    this.video.playbackRate = speed;
    this.#open();
    this.#show();
    this.#step();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.#follow());
  }

  pause() {
    this.#stopGoingBack();
    cancelAnimationFrame(this.frame);
    this.wanted = false;
    this.video.pause();
    this.#show();
    this.view.rest();
  }

  faster() {
    this.play(this.wanted ? (SPEEDS[SPEEDS.indexOf(this.speed) + 1] ?? SPEEDS.at(-1)) : 1);
  }

  /** No browser plays backwards: it goes from picture to picture. */
  back() {
    const by = this.shuttle ? Math.min(this.shuttle.by * 2, BACK_MS * 4) : BACK_MS;
    this.pause();
    this.shuttle = { by, timer: setInterval(() => this.#goBack(), BACK_MS) };
  }

  #goBack() {
    this.view.seek(this.view.at - this.shuttle.by);
    if (this.view.at <= 0) this.#stopGoingBack();
  }

  #stopGoingBack() {
    clearInterval(this.shuttle?.timer);
    this.shuttle = null;
  }

  mute(muted = !this.video.muted) {
    this.video.muted = muted;
    this.#show();
  }

  /** Plays from one time to another again and again; null ends that. */
  repeat(span) {
    this.loop = span;
    this.#show();
  }

  // ---- what the timeline tells ----------------------------------------------------------------

  /** The edit has changed: what is buffered of it may be something else. */
  changed() {
    this.current = false;
    if (this.loop && this.loop.from >= this.view.link.doc.total) this.loop = null;
    if (this.decks) this.view.link.send("reel");
  }

  /** Whether it has the picture of a time. */
  has(at) {
    return this.current && this.#piecesFrom(at).next().value?.ready === true;
  }

  /** Shows the picture of a time that it has; of several in a row, the last. */
  seek(at) {
    if (this.video.seeking) this.next = at;
    else this.#put(at);
  }

  /** To the middle of a picture: the playhead stands at whole milliseconds, which may be a hair before it. */
  #put(at) {
    this.next = null;
    const picture = Math.floor(((Math.min(at, this.#last()) + 1) * this.reel.fps) / 1000);
    const seconds = (picture + 0.5) / this.reel.fps;
    if (Math.abs(this.video.currentTime - seconds) > 0.001) this.video.currentTime = seconds;
  }

  // ---- messages -------------------------------------------------------------------------------

  takeReel({ fps: [over, under], codecs, pieces }) {
    this.reel = {
      fps: over / under,
      pieces: pieces.map(([first, frames, picture, sound]) => ({ first, frames, picture, sound })),
    };
    this.current = true;
    this.asked.clear(); // what comes late is kept by its key all the same
    if (!this.decks) return this.#load(codecs);
    const now = new Map(this.reel.pieces.map((piece) => [piece.first, piece]));
    for (const [kind, deck] of Object.entries(this.decks)) {
      for (const [first, held] of deck.held) {
        const piece = now.get(first);
        if (piece?.[kind] !== held.key || this.#span(piece).from !== held.from) this.#drop(deck, first);
      }
    }
    this.#lasts();
    this.#step();
    if (!this.wanted) this.view.monitor.look();
  }

  takePiece({ kind, first, key }, bytes) {
    this.asked.delete(`${kind} ${key}`);
    this.kept.set(key, bytes);
    for (const old of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(old);
    this.#step();
  }

  /** It can't be made. */
  fail(what) {
    this.asked.clear();
    this.pause();
    this.view.link.tell({ type: "error", what, next: "" });
  }

  end() {
    this.#stopGoingBack();
    cancelAnimationFrame(this.frame);
    this.video.pause();
    if (this.video.src) URL.revokeObjectURL(this.video.src);
    this.video.removeAttribute("src");
  }

  // ---- the work -------------------------------------------------------------------------------

  #open() {
    if (!this.reel || !this.current) this.view.link.send("reel");
  }

  #load(codecs) {
    const Source = window.MediaSource ?? window.ManagedMediaSource;
    if (!Object.values(codecs).every((codec) => Source.isTypeSupported(codec))) return this.fail(this.view.link.t("no_codec"));
    const source = new Source();
    this.source = source;
    this.video.disableRemotePlayback = true; // a managed source asks for it
    source.addEventListener("sourceopen", () => {
      this.decks = { picture: new Deck(source, codecs.picture), sound: new Deck(source, codecs.sound) };
      this.#lasts();
      this.#step();
    }, { once: true });
    this.video.src = URL.createObjectURL(source);
  }

  /** Lets the film be as long as the reel. */
  async #lasts() {
    const until = this.#length() / 1000;
    const { picture, sound } = this.decks;
    for (const deck of [picture, sound]) if (deck.buffer.buffered.length) deck.remove(until, Infinity).catch(() => {});
    await Promise.all([picture.last, sound.last]);
    if (this.source.readyState === "open" && !picture.buffer.updating && !sound.buffer.updating) this.source.duration = until;
  }

  #drop(deck, first) {
    const { from, until } = deck.held.get(first);
    deck.held.delete(first);
    deck.remove(from, until).catch(() => {});
  }

  /** Where a piece lies in the film, in seconds. */
  #span({ first, frames }) {
    return { from: first / this.reel.fps, until: (first + frames) / this.reel.fps };
  }

  /** The pieces from the one that holds a time on, each with where it stands. */
  *#piecesFrom(at) {
    const { fps, pieces } = this.reel ?? { pieces: [] };
    const frame = (Math.min(at, this.#last()) / 1000) * fps + 0.001;
    let place = pieces.findLastIndex((piece) => piece.first <= frame);
    for (; place >= 0 && place < pieces.length; place++) {
      const piece = pieces[place];
      const held = (kind) => {
        const found = this.decks?.[kind].held.get(piece.first);
        return found?.key === piece[kind] ? found : null;
      };
      yield { piece, begin: (1000 * piece.first) / fps, ready: Boolean(held("picture")?.done && held("sound")?.done), held };
    }
  }

  #length() {
    const last = this.reel?.pieces.at(-1);
    return last ? (1000 * (last.first + last.frames)) / this.reel.fps : 0;
  }

  /** When its last picture begins. */
  #last() {
    return Math.max(0, this.#length() - 1000 / (this.reel?.fps ?? 30));
  }

  #end() {
    return this.loop?.until ?? this.view.link.doc.total;
  }

  /** Asks for what is missing ahead, and lets it run where nothing is. */
  #step() {
    if (this.next != null && !this.video.seeking) this.#put(this.next);
    if (!this.decks || !this.current) return;
    const { at } = this.view;
    if (this.wanted) this.#fetch(at);
    this.#closeEnd();
    const here = this.#piecesFrom(at).next().value;
    if (this.wanted && here?.ready && this.video.paused) {
      this.#put(at);
      this.view.monitor.film();
      this.video.playbackRate = this.speed;
      this.video.play().catch((error) => error.name === "AbortError" || this.fail(this.view.link.t("no_play")));
    }
    this.#show();
  }

  /** Behind the last piece nothing comes: only of a film that knows this the last pictures are shown. */
  #closeEnd() {
    const { picture, sound } = this.decks;
    const [last] = this.#piecesFrom(Infinity);
    const settled = this.source.readyState === "open" && !picture.buffer.updating && !sound.buffer.updating;
    if (last?.ready && settled) this.source.endOfStream();
  }

  #fetch(at) {
    for (const { piece, begin, held } of this.#piecesFrom(at)) {
      if (begin > at + AHEAD_S * 1000 * this.speed) break;
      for (const kind of ["picture", "sound"]) {
        const name = `${kind} ${piece[kind]}`;
        if (held(kind)) continue;
        const bytes = this.kept.get(piece[kind]);
        if (bytes) this.#append(kind, piece, bytes);
        else if (!this.asked.has(name) && this.asked.size < AT_ONCE) {
          this.asked.add(name);
          this.view.link.send("piece", { kind, first: piece.first, key: piece[kind] });
        }
      }
    }
  }

  #append(kind, piece, bytes) {
    const deck = this.decks[kind];
    const put = { key: piece[kind], ...this.#span(piece), done: false };
    deck.held.set(piece.first, put);
    const appended = () => {
      put.done = true;
      this.#step();
    };
    deck.append(bytes, put.from).then(appended, () => this.#makeRoom(deck, piece));
  }

  /** The browser's buffer is full. */
  #makeRoom(deck, piece) {
    deck.held.delete(piece.first);
    for (const [first, { from }] of deck.held) {
      if (Math.abs(from - this.view.at / 1000) > BEHIND_S) this.#drop(deck, first);
    }
  }

  /** The playhead goes along with what plays. */
  #follow() {
    if (!this.wanted) return;
    this.frame = requestAnimationFrame(() => this.#follow());
    if (this.video.paused || this.video.seeking) return;
    const at = this.video.currentTime * 1000;
    // Nothing comes behind the last picture, so a browser waits in the middle of it.
    if (at < this.#end() - 600 / this.reel.fps) return this.view.follow(at);
    if (this.loop) {
      this.view.follow(this.loop.from);
      this.video.currentTime = this.loop.from / 1000;
    } else {
      this.view.follow(this.#end());
      this.pause();
    }
  }

  #show() {
    const waits = this.wanted && this.video.paused;
    this.view.showPlaying({ wanted: this.wanted, waits, muted: this.video.muted, loops: this.loop !== null });
  }
}
