// What every widget has around its own drawing: notices, keys, the plain copy beside it.

/** The notices every widget has: the kernel is busy, an error, a saved copy that can't be refreshed. */
function notices(link) {
  const waiting = h("div", { class: "nemo-notice", role: "status", hidden: true });
  const failure = h("div", { class: "nemo-notice nemo-problem", role: "alert", hidden: true });
  const stale = h("div", { class: "nemo-notice nemo-quiet", hidden: !link.doc.stale, text: link.t("stale") });
  const stop = link.listen((message) => {
    if (message.type === "waiting") {
      waiting.hidden = !message.waiting;
      waiting.replaceChildren(...(message.waiting ? [h("span", { text: link.t("waiting") }), interrupting(link)] : []));
    }
    if (message.type === "error") {
      failure.replaceChildren(
        h("span", {}, h("strong", { text: message.what }), " ", message.next),
        button(link.t("dismiss"), { glyph: "close", quiet: true, onclick: () => (failure.hidden = true) }),
      );
      failure.hidden = false;
    }
    stale.hidden = !link.doc.stale;
  });
  return { element: h("div", { class: "nemo-notices" }, waiting, failure, stale), stop };
}

/** A way out for who can't wait, as "stop" and "cancel" wait too; nothing where the page can't reach a kernel's server. */
function interrupting(link) {
  if (!link.doc.kernel) return "";
  const offer = button(link.t("interrupt"), { glyph: "stop", onclick: async () => {
    if (!(await interrupt(link.doc.kernel))) offer.replaceWith(h("span", { text: link.t("refused") }));
  } });
  return offer;
}

/** While a widget lives, the plain copy that the notebook saves beside it is hidden; not that in another notebook.

The outputs that it lives in are marked. A rule with `:has()` would find them too, but the browser would look through the
whole widget whenever a text in it changes, for 2 ms where it has 1,000 rows; so the copy is looked for no deeper than it is. */
function hideLasting(el, link) {
  const mark = `data-beside-${link.doc.lasting}`;
  const copy = `.jp-OutputArea-child:has(> .jp-OutputArea-output > [data-nemo-lasting="${CSS.escape(link.doc.lasting)}"])`;
  const style = h("style", { text: `[${CSS.escape(mark)}] ${copy} { display: none }` });
  document.head.append(style);
  let outputs;
  const shown = new ResizeObserver(() => { // it is drawn before it is on the page
    outputs ??= el.closest(".jp-OutputArea");
    outputs?.setAttribute(mark, "");
  });
  shown.observe(el);
  return () => {
    shown.disconnect();
    outputs?.removeAttribute(mark);
    style.remove();
  };
}

/** Keys typed here are not JupyterLab's, but for those with Ctrl or ⌘ that mean nothing here: it still saves. */
function keepKeys(el) {
  const sort = (event) => {
    if (!el.contains(event.target)) return;
    const command = (event.ctrlKey || event.metaKey) && !"acvxyz".includes(event.key.toLowerCase());
    el.toggleAttribute("data-lm-suppress-shortcuts", !command);
  };
  window.addEventListener("keydown", sort, true); // before JupyterLab, which listens on the document
  return () => window.removeEventListener("keydown", sort, true);
}

/** The module's export: `build(el, link)` draws one view and may return what ends it. */
function widget(build) {
  return () => {
    let link;
    return {
      initialize({ model }) {
        link = new Link(model);
        return () => link.close();
      },
      render({ el }) {
        const show = hideLasting(el, link);
        const give = keepKeys(el);
        let end = draw(el, link, build);
        const stop = link.listen((message) => {
          if (message.set?.language) end = (end(), draw(el, link, build));
        });
        return () => {
          stop();
          end();
          give();
          show();
        };
      },
    };
  };
}

function draw(el, link, build) {
  el.replaceChildren();
  el.classList.add("nemo");
  el.lang = link.doc.language;
  const { element, stop } = notices(link);
  const end = build(el, link);
  el.append(element);
  return () => {
    end?.();
    stop();
  };
}
