const SIGNS = { added: "plus", removed: "minus", changed: "retry" };

function drawChat(el, link) {
  el.classList.add("nemo-chat");
  el.dataset.nemo = "chat";
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("chat"));

  const log = h("div", { class: "nemo-log", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": link.t("chat") });
  const status = h("div", { class: "nemo-status", role: "status", hidden: true });
  const chips = h("div", { class: "nemo-chips", role: "group", "aria-label": link.t("try") });
  const input = h("textarea", {
    "data-nemo": "chat-input", rows: "1", "aria-label": link.t("say"), placeholder: link.t("placeholder"),
    oninput: grow, onkeydown: typed,
  });
  const send = button(link.t("send"), { glyph: "send", class: "nemo-button nemo-main", "data-nemo": "chat-send", onclick: submit });
  const stop = button(link.t("stop"), { glyph: "stop", "data-nemo": "chat-stop", hidden: true, onclick: () => link.send("stop") });
  el.append(log, status, chips, h("div", { class: "nemo-composer" }, input, send, stop));

  const drawn = new Map(); // message id → its element and what it was drawn from
  let recalled = -1; // which of the earlier sentences stands in the input; -1: none

  function submit() {
    const text = input.value.trim();
    if (!text || link.doc.busy) return;
    link.send("say", { text });
    input.value = "";
    recalled = -1;
    grow();
  }

  function typed(event) {
    if (event.isComposing) return; // the Enter that ends a Chinese syllable is not for us
    if (event.key === "Enter") {
      event.preventDefault();
      if (!event.shiftKey) return submit();
      input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end"); // JupyterLab refuses it the browser
      grow();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      recall(event);
    } else if (event.key === "Escape" && link.doc.busy) {
      link.send("stop");
    }
  }

  function recall(event) {
    const up = event.key === "ArrowUp";
    if (input.value && recalled < 0) return; // the arrows move within what is being written
    const said = link.doc.messages.filter((message) => message.role === "user").map((message) => message.text).reverse();
    const next = recalled + (up ? 1 : -1);
    if (next >= said.length || next < -1) return;
    event.preventDefault();
    recalled = next;
    input.value = next < 0 ? "" : said[next];
    grow();
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, 160)}px`;
  }

  function atEnd() {
    return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  }

  function drawMessages() {
    const follow = atEnd();
    const last = link.doc.messages.findLast((message) => message.changes?.length && !message.undone)?.id;
    for (const message of link.doc.messages) {
      const key = JSON.stringify([message, message.id === last]);
      const old = drawn.get(message.id);
      if (old?.key === key) continue;
      const element = drawMessage(message, message.id === last);
      old ? old.element.replaceWith(element) : log.append(element);
      drawn.set(message.id, { element, key });
    }
    for (const [id, { element }] of drawn) {
      if (!link.item("messages", id)) {
        element.remove();
        drawn.delete(id);
      }
    }
    if (follow) log.scrollTop = log.scrollHeight;
  }

  function drawMessage(message, last) {
    const speaker = { user: "you", error: "problem" }[message.role] ?? "nemo";
    const body = h("div", { class: "nemo-body" });
    if (message.role === "user") body.textContent = message.text;
    else if (message.role === "error") body.append(h("strong", { text: message.text }), " ", message.next ?? "");
    else body.append(rich(message.tree ?? [message.text]));
    return h(
      "div",
      { class: "nemo-message", "data-nemo": "chat-message", "data-role": message.role, "data-id": message.id },
      h("span", { class: "nemo-heard", text: `${link.t(speaker)}: ` }),
      body,
      message.changes?.length ? drawChanges(message) : null,
      message.after?.length ? h("div", { class: "nemo-body nemo-after" }, rich(message.after)) : null,
      drawFoot(message, last),
    );
  }

  function drawChanges(message) {
    const items = message.changes.map((change) =>
      h("li", { class: `nemo-${change.kind}` }, icon(SIGNS[change.kind]),
        h("span", { class: "nemo-heard", text: `${link.t(change.kind)}: ` }), h("span", { text: change.text })),
    );
    return h("ul", { class: message.undone ? "nemo-changes nemo-undone" : "nemo-changes" }, ...items);
  }

  function drawFoot(message, last) {
    const buttons = (message.actions ?? []).map(drawAction).filter(Boolean);
    if (message.undone) {
      buttons.push(h("span", { class: "nemo-dim", text: link.t("undone") }),
        button(link.t("redo"), { glyph: "redo", onclick: () => link.send("redo", { message: message.id }) }));
    } else if (message.changes?.length && (message.turn || last)) {
      buttons.push(button(link.t(last ? "undo" : "earlier"), {
        glyph: "undo", class: last ? "nemo-button" : "nemo-button nemo-plain", onclick: () => link.send("undo", { message: message.id }),
      }));
    }
    return buttons.length ? h("div", { class: "nemo-foot" }, ...buttons) : null;
  }

  function drawAction({ kind, label, say }) {
    let onclick = () => link.send("say", { text: say });
    if (kind === "upload") { // a page may open the picker only for a click, and only one that stands beside
      const picker = el.closest(".jp-OutputArea, body").querySelector("[data-nemo=upload-input]");
      if (!picker) return null;
      onclick = () => picker.click();
    }
    return button(label, { "data-action": kind, onclick });
  }

  function drawRest() {
    status.hidden = !link.doc.status;
    status.textContent = link.doc.status;
    const busy = link.doc.busy;
    stop.hidden = !busy;
    send.hidden = busy;
    chips.hidden = busy || !link.doc.chips.length;
    chips.replaceChildren(
      h("span", { class: "nemo-dim", text: `${link.t("try")}: ` }),
      ...link.doc.chips.map((text) =>
        h("button", { type: "button", class: "nemo-chip", "data-nemo": "chat-chip", text, onclick: () => link.send("say", { text }) })),
    );
  }

  function stream({ id, text }) {
    const body = drawn.get(id)?.element.querySelector(".nemo-body");
    if (!body) return;
    const follow = atEnd();
    body.textContent = text;
    if (follow) log.scrollTop = log.scrollHeight;
  }

  drawMessages();
  drawRest();
  requestAnimationFrame(() => (log.scrollTop = log.scrollHeight)); // it has no height before it is on the page
  return link.listen((message) => {
    if (message.type === "delta") stream(message);
    if (message.type !== "patch") return;
    drawMessages();
    drawRest();
  });
}

export default widget(drawChat);
