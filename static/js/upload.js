// Dropping files on an upload field, and naming what was chosen. The field itself works without this file.
(() => {
  "use strict";

  const UNITS = ["bytes", "kB", "MB", "GB"];

  function size(bytes) {
    const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    return `${new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes / 1000 ** power)} ${UNITS[power]}`;
  }

  function name(area, input) {
    const chosen = [...input.files].map((file) => `${file.name} (${size(file.size)})`);
    area.querySelector("[data-upload-chosen]").textContent = chosen.join(", ");
  }

  function prepare(area) {
    const input = area.querySelector('input[type="file"]');
    input.addEventListener("change", () => name(area, input));
    area.addEventListener("dragover", (event) => {
      event.preventDefault();
      area.classList.add("is-over");
    });
    area.addEventListener("dragleave", () => area.classList.remove("is-over"));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      area.classList.remove("is-over");
      input.files = event.dataTransfer.files;
      name(area, input);
    });
  }

  document.querySelectorAll("[data-upload]").forEach(prepare);
})();
