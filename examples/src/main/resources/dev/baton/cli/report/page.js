"use strict";
// What every report is built of. All text goes in as text, never as markup.
const Report = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const page = document.getElementById("page");
  const draws = [];

  const LOCKS = { "none": "var(--blue)", "per-object": "var(--green)", "global-released": "var(--orange)", "global": "var(--vermillion)" };

  // ---- texts ----

  const number = (value, digits) => value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const seconds = s => s >= 100 ? number(s, 0) + " s" : s >= 10 ? number(s, 1) + " s" : s >= 1 ? number(s, 2) + " s" : number(1000 * s, s < .01 ? 1 : 0) + " ms";
  const bytes = b => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    while (b >= 1024 && unit < 4) { b /= 1024; unit++; }
    return number(b, unit && b < 10 ? 1 : 0) + " " + units[unit];
  };
  const rate = r => r >= 1e6 ? number(r / 1e6, 2) + " M" : r >= 1e4 ? number(r / 1e3, 0) + " k" : number(r, 0);
  const times = x => number(x, 2) + "×";
  const percent = p => number(100 * p, 0) + " %";

  // ---- building ----

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter(child => child != null));
    return made;
  }

  function section(title, text, ...children) {
    const made = element("section", {}, element("h2", { textContent: title }), text && element("p", { textContent: text }), ...children);
    page.append(made);
    return made;
  }

  /** A chart that is drawn again whenever its width changes. */
  function chart(label, options) {
    const figure = element("figure");
    figure.setAttribute("role", "img");
    figure.setAttribute("aria-label", label);
    draws.push(() => {
      const width = Math.floor(figure.clientWidth);
      if (width === 0 || figure.dataset.width === String(width)) return;
      figure.dataset.width = width;
      const { style, ...rest } = options(width);
      figure.replaceChildren(Plot.plot({ width, style: { background: "none", fontSize: "13px", fontFamily: "inherit", ...style }, ...rest }));
    });
    figure.redraw = () => { delete figure.dataset.width; draw(); };
    return figure;
  }

  function draw() { draws.forEach(one => one()); }

  function legend(entries) {
    return element("ul", { className: "legend" }, ...entries.map(([text, colour]) => {
      const swatch = element("i");
      swatch.style.background = colour;
      return element("li", {}, swatch, text);
    }));
  }

  function table(head, rows) {
    const cells = (row, kind) => element("tr", {}, ...row.map(text => element(kind, { textContent: text })));
    return element("div", { className: "scroll", tabIndex: 0 },
      element("table", {}, element("thead", {}, cells(head, "th")), element("tbody", {}, ...rows.map(row => cells(row, "td")))));
  }

  /** How to get the same figures again. */
  function reproduce(...more) {
    section("Measure it yourself", null,
      element("pre", { textContent: data.command }),
      element("dl", {}, ...Object.entries(data.environment).flatMap(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: value })])),
      ...more);
  }

  function finish() {
    draw();
    new ResizeObserver(draw).observe(page);
    document.documentElement.dataset.drawn = "true";
  }

  return { data, LOCKS, number, seconds, bytes, rate, times, percent, element, section, chart, draw, legend, table, reproduce, finish };
})();
