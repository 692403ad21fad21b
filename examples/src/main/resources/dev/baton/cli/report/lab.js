// Draws what the experiments of the laboratory have found.
(() => {
  const { data, LOCKS, number, element, section, chart, legend, table, reproduce, finish } = Report;
  const COLOURS = { ...LOCKS, processes: "var(--purple)", "event-loop": "var(--sky)", python: "var(--grey)" };
  const NAMES = { none: "no lock", global: "lock global", "global-released": "global, released in kernels", "per-object": "lock per object", processes: "processes", "event-loop": "event loop", python: "CPython" };
  const SIGNS = { pass: "✓", fail: "✗", "not reproduced here": "≠" };

  const colour = one => COLOURS[one.group] || "var(--blue)";
  const figure = x => x === 0 ? "0" : Math.abs(x) >= 100 ? number(x, 0) : Math.abs(x) >= 10 ? number(x, 1) : Math.abs(x) >= .1 ? number(x, 2) : x.toPrecision(2);
  const short = x => x >= 1e6 ? x / 1e6 + "M" : x >= 1e3 ? x / 1e3 + "k" : String(+x.toPrecision(3));
  const powers = (low, high) => {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) ticks.push(10 ** power);
    return ticks.filter(tick => tick >= low * .99 && tick <= high * 1.01);
  };

  function groups(list) {
    const used = [...new Set(list.map(one => one.group))].filter(group => NAMES[group]);
    return used.length > 1 ? legend(used.map(group => [NAMES[group], COLOURS[group]])) : null;
  }

  function bars({ title, axis, bars }) {
    const most = Math.max(...bars.map(bar => bar.value));
    const names = bars.map(bar => bar.name);
    return [groups(bars), chart(title + ": " + bars.map(bar => bar.name + " " + figure(bar.value)).join("; "), width => ({
      marginLeft: Math.min(Math.max(...names.map(name => name.length)) * 6.9 + 14, width * .5), marginRight: 64, marginTop: 4, marginBottom: 36,
      height: bars.length * 30 + 44,
      x: { domain: [0, most || 1], label: axis + " →", labelAnchor: "left", ticks: width < 480 ? 3 : 5 },
      y: { domain: names, label: null, tickSize: 0, padding: .25 },
      marks: [
        Plot.barX(bars, { x: "value", y: "name", fill: colour, rx: 3, className: "figure" }),
        Plot.text(bars, { x: "value", y: "name", text: bar => figure(bar.value), textAnchor: "start", dx: 6, fontWeight: 600, fill: "currentColor" }),
      ],
    }))];
  }

  function lines({ title, x, y, logX, logY, lines }) {
    const points = lines.flatMap(line => line.points.map(point => ({ ...point, group: line.group })));
    const [left, right] = [Math.min(...points.map(p => p.x)), Math.max(...points.map(p => p.x))];
    const [low, high] = [Math.min(...points.map(p => p.y)), Math.max(...points.map(p => p.y))];
    const scale = (log, from, to) => log ? { type: "log", domain: [from, to], ticks: powers(from, to), tickFormat: short } : { domain: [Math.min(0, from), to], tickFormat: short };
    return [legend(lines.map(line => [line.name, colour(line)])),
      chart(title + ": " + lines.map(line => line.name + " from " + figure(line.points[0].y) + " to " + figure(line.points[line.points.length - 1].y)).join("; "), width => ({
        marginLeft: 52, marginRight: 20, marginTop: 24, marginBottom: 40, height: Math.min(340, Math.max(240, width * .4)),
        x: { ...scale(logX, left, right), label: x + " →" },
        y: { ...scale(logY, low, high), grid: true, label: "↑ " + y },
        marks: [
          ...lines.map(line => Plot.line(line.points, { x: "x", y: "y", stroke: colour(line), strokeWidth: 2, strokeDasharray: line.group === "python" ? "5,4" : null, className: "series" })),
          Plot.dot(points, { x: "x", y: "y", r: 4, fill: colour, stroke: "var(--card)", strokeWidth: 1.5 }),
        ],
      }))];
  }

  function checks(list) {
    return element("div", { className: "scroll", tabIndex: 0 }, element("table", { className: "checks" },
      element("thead", {}, element("tr", {}, ...["", "check", "CPython", "measured", "expected"].map(text => element("th", { textContent: text })))),
      element("tbody", {}, ...list.map(check => element("tr", { className: ["pass", "fail"].includes(check.verdict) ? check.verdict : "unknown" },
        element("td", { textContent: (SIGNS[check.verdict] || "?") + " " + check.verdict }),
        element("td", {}, check.what, check.reason && element("small", { textContent: check.reason })),
        ...[check.python, figure(check.measured), check.expected].map(text => element("td", { textContent: text })))))));
  }

  for (const experiment of data.experiments) {
    const parts = [];
    for (const one of experiment.charts) {
      parts.push(element("h3", { textContent: one.title }), ...(one.bars ? bars(one) : lines(one)));
    }
    parts.push(element("p", { className: "says", textContent: experiment.paragraph }));
    for (const sheet of experiment.tables) {
      parts.push(element("h3", { textContent: sheet.title }), table(sheet.columns, sheet.rows));
    }
    if (experiment.checks.length > 0) parts.push(element("h3", { textContent: "Expected, and found" }), checks(experiment.checks));
    parts.push(element("p", { className: "note", textContent: experiment.emulation }));
    section(experiment.claim, "baton lab " + experiment.id, ...parts).id = experiment.id;
  }
  reproduce();
  finish();
})();
