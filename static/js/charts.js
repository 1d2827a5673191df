// Draws every [data-chart] from the JSON beside it; again on theme change, and after htmx has swapped something in.
(() => {
  "use strict";

  const drawn = new Map();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const TOKENS = {
    surface: "--surface", raised: "--surface-raised", text: "--text", muted: "--text-muted", line: "--line", control: "--line-control",
    grid: "--chart-grid", current: "--chart-current", proposed: "--chart-proposed", target: "--chart-target", good: "--chart-good", bad: "--chart-bad",
    palette: ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"],
  };

  // Tokens may be written as light-dark(…): only a computed colour tells which half counts.
  function readTheme() {
    const probe = document.createElement("span");
    document.body.append(probe);
    const colour = (token) => {
      probe.style.color = `var(${token})`;
      return getComputedStyle(probe).color;
    };
    const theme = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, Array.isArray(token) ? token.map(colour) : colour(token)]));
    theme.font = getComputedStyle(document.body).fontFamily;
    theme.narrow = false;
    probe.remove();
    return theme;
  }

  function draw(element, theme, animation = !still.matches) {
    const source = document.getElementById(element.dataset.source);
    const kind = window.portalCharts.kinds[element.dataset.chart];
    if (!source || !kind || !window.echarts) return;
    const chart = drawn.get(element) || echarts.init(element, null, { renderer: element.dataset.renderer || "canvas" });
    const option = kind(JSON.parse(source.textContent), { ...theme, narrow: element.clientWidth < 480, width: element.clientWidth });
    const label = element.getAttribute("aria-label");
    chart.setOption({ animation, aria: { enabled: false }, ...option }, { notMerge: true });
    element.setAttribute("aria-label", label);
    drawn.set(element, chart);
    watcher.observe(element);
  }

  // Labels are laid out for a width, so another width is another drawing.
  function refit(element) {
    const chart = drawn.get(element);
    if (!chart) return;
    const before = chart.getWidth();
    chart.resize();
    if (chart.getWidth() !== before) draw(element, readTheme(), false);
  }

  const watcher = new ResizeObserver((entries) => entries.forEach(({ target }) => refit(target)));

  function forgetRemoved() {
    [...drawn.keys()].filter((element) => !element.isConnected).forEach((element) => {
      watcher.unobserve(element);
      drawn.get(element).dispose();
      drawn.delete(element);
    });
  }

  function drawNew() {
    forgetRemoved();
    const waiting = [...document.querySelectorAll("[data-chart]")].filter((element) => !drawn.has(element));
    if (!waiting.length) return;
    const theme = readTheme();
    waiting.forEach((element) => draw(element, theme));
  }

  function drawAll() {
    const theme = readTheme();
    drawn.forEach((chart, element) => draw(element, theme));
  }

  Object.assign(window.portalCharts, { drawNew, drawAll, chartOf: (element) => drawn.get(element) });
  // Text on a canvas keeps the font it was drawn with, so wait until the font is there.
  document.addEventListener("DOMContentLoaded", () => document.fonts.ready.then(drawNew));
  document.addEventListener("themechange", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  ["htmx:afterSettle", "htmx:after:settle", "htmx:after:swap"].forEach((name) => document.addEventListener(name, drawNew));
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
})();
