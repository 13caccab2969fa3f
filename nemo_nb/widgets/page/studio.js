function drawBar(el, link) {
  el.classList.add("nemo-bar");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", link.t("studio"));
  const name = h("strong", { "data-nemo": "studio-name" });
  const backend = h("span", { class: "nemo-dim nemo-backend" });
  const fresh = button(link.t("new"), { glyph: "plus", onclick: () => ask(true) });
  const sure = h("span", { hidden: true, role: "alert" }, link.t("sure"), " ",
    button(link.t("yes"), { class: "nemo-button nemo-main", onclick: () => (link.send("start_new"), ask(false)) }), " ",
    button(link.t("cancel"), { onclick: () => ask(false) }));
  const shelf = new Shelf(link);
  el.append(h("header", {}, icon("video"), name, backend, h("span", { class: "nemo-space" }), shelf.opener, fresh, sure),
    shelf.element);
  notebookPath(link.doc.kernel).then((path) => path && link.send("notebook", { path }), () => null);

  function ask(asking) {
    fresh.hidden = asking;
    sure.hidden = !asking;
    (asking ? sure.querySelector("button") : fresh).focus();
  }

  function show() {
    name.textContent = link.doc.name;
    backend.textContent = link.doc.backend;
    shelf.opener.hidden = !link.doc.shelf;
    shelf.draw();
  }

  show();
  return link.listen(show);
}

export default widget(drawBar);
