// The choice of light, dark or the system's: kept in a cookie that the server reads, so that no page flashes.
(() => {
  "use strict";

  const root = document.documentElement;
  const YEAR_IN_SECONDS = 31536000;

  function remember(choice) {
    const age = choice ? YEAR_IN_SECONDS : 0;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${choice}; path=/; max-age=${age}; samesite=lax${secure}`;
  }

  function show() {
    document.querySelectorAll("[data-theme-choice]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme || "")));
    });
  }

  function choose(choice) {
    if (choice) root.dataset.theme = choice;
    else delete root.dataset.theme;
    remember(choice);
    show();
    document.dispatchEvent(new CustomEvent("themechange"));
  }

  document.querySelectorAll("[data-theme-switch]").forEach((element) => { element.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (button) choose(button.dataset.themeChoice);
  });
  show();
})();
