// The allocation tree: brands are folded under their placement until asked for. Without this file every row is shown.
(() => {
  "use strict";

  const children = (key) => document.querySelectorAll(`tr[data-parent="${key}"]`);

  function fold(key, closed) {
    children(key).forEach((row) => {
      row.hidden = closed;
      const toggle = row.querySelector("[data-toggle]");
      if (toggle) fold(toggle.dataset.toggle, closed || toggle.getAttribute("aria-expanded") === "false");
    });
  }

  function set(toggle, open) {
    toggle.setAttribute("aria-expanded", String(open));
    fold(toggle.dataset.toggle, !open);
  }

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle]");
    if (toggle) set(toggle, toggle.getAttribute("aria-expanded") === "false");
  });

  const foldBrands = () => document.querySelectorAll("tr.level-2 [data-toggle]").forEach((toggle) => set(toggle, false));
  foldBrands();

  // After a change of the rules the whole plan is swapped in.
  ["htmx:afterSettle", "htmx:after:settle"].forEach((name) => document.addEventListener(name, (event) => {
    if (event.target.id === "plan-page" || event.target.querySelector?.("#plan-page")) foldBrands();
  }));
})();
