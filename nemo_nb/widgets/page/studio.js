function drawBar(el, link) {
  el.classList.add("nemo-bar");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("studio"));
  const name = h("strong", {});
  const backend = h("span", { class: "nemo-dim nemo-backend" });
  const fresh = button(link.t("new"), { glyph: "plus", onclick: () => ask(true) });
  const sure = h("span", { hidden: true, role: "alert" }, link.t("sure"), " ",
    button(link.t("yes"), { class: "nemo-button nemo-main", onclick: () => (link.send("start_new"), ask(false)) }), " ",
    button(link.t("cancel"), { onclick: () => ask(false) }));
  el.append(h("header", {}, icon("video"), name, backend, h("span", { class: "nemo-space" }), fresh, sure));

  function ask(asking) {
    fresh.hidden = asking;
    sure.hidden = !asking;
    (asking ? sure.querySelector("button") : fresh).focus();
  }

  function show() {
    name.textContent = link.doc.name;
    backend.textContent = link.doc.backend;
  }

  show();
  return link.listen(show);
}

export default widget(drawBar);
