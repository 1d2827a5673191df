// The queue by keyboard: J and K move, C confirms, R rejects. Without JavaScript the buttons do the same.
(() => {
  "use strict";
  const cards = Array.from(document.querySelectorAll("[data-match]"));
  if (!cards.length) return;
  cards[0].tabIndex = 0;
  let at = -1;

  const move = (step) => {
    at = Math.min(cards.length - 1, Math.max(0, at + step));
    cards[at].focus();
    cards[at].scrollIntoView({ block: "nearest" });
  };
  const decide = (selector) => {
    const form = cards[Math.max(at, 0)].querySelector(selector);
    if (form) form.requestSubmit();
  };

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-match]");
    if (card) at = cards.indexOf(card);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog[open]")) return;
    if (!event.target.closest("[data-matches]")) return; // single keys act only inside the queue (WCAG 2.1.4)
    const key = event.key.toLowerCase();
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "c" && at >= 0) decide("[data-confirm]");
    else if (key === "r" && at >= 0) decide("[data-reject]");
  });
})();
