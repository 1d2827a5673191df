// Every page: the CSRF token for htmx, menus that close, steps told to screen readers, failures shown.
(() => {
  "use strict";

  const token = () => document.querySelector('meta[name="csrf-token"]')?.content;

  // htmx 2 and htmx 4 spell their events differently; both are served.
  document.addEventListener("htmx:configRequest", (event) => {
    if (token()) event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("htmx:config:request", (event) => {
    if (token()) event.detail.ctx.request.headers["X-CSRFToken"] = token();
  });

  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details[data-menu][open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
  });

  const announced = new Map();
  function announce() {
    document.querySelectorAll("[data-announce]").forEach((element) => {
      const text = element.dataset.announce;
      if (announced.has(element.id) && announced.get(element.id) !== text) {
        document.getElementById("announcer").textContent = text;
      }
      announced.set(element.id, text);
    });
  }

  function showFailure() {
    const messages = document.getElementById("messages");
    const template = document.getElementById("request-failed");
    if (messages && template) messages.replaceChildren(template.content.cloneNode(true));
  }

  document.addEventListener("DOMContentLoaded", announce);
  document.querySelector(".mainnav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
  ["htmx:afterSettle", "htmx:after:settle", "htmx:after:swap"].forEach((name) => document.addEventListener(name, announce));
  ["htmx:sendError", "htmx:timeout", "htmx:error"].forEach((name) => document.addEventListener(name, showFailure));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) showFailure();
  });

  // A double click sends a form once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method")?.toLowerCase() !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
})();
