// Draws the figures of one comparison.
(() => {
  const { data, LOCKS, number, seconds, bytes, rate, times, percent, element, section, chart, legend, table, reproduce, finish } = Report;

  const ACCOUNTS = [
    ["compute", "Compute", "var(--blue)"],
    ["lock-wait", "Waiting for the lock", "var(--vermillion)"],
    ["serialise", "Writing and reading for others", "var(--green)"],
    ["ipc", "Between processes", "var(--purple)"],
    ["io", "Waiting for files", "var(--sky)"],
    ["start-up", "Starting up", "var(--orange)"],
    ["back-pressure", "Waiting for room", "var(--yellow)"],
    ["starved", "Waiting for work", "var(--grey)"],
    ["idle", "Idle", "var(--pale)"],
  ];
  const lockColour = variant => LOCKS[variant.lock] || "var(--blue)";
  const nameWidth = (variants, width) => Math.min(Math.max(...variants.map(v => v.name.length)) * 6.9 + 14, width * .46);

  /** A long name breaks after its mode on a narrow page. */
  const shortName = (variant, width) => width < 480 ? variant.name.replace(", ", "\n") : variant.name;

  // ---- the charts ----

  function fastest(variants) {
    const most = Math.max(...variants.map(v => Math.max(v.speedup, v.speedupHigh && v.speedupHigh < 2 * v.speedup ? v.speedupHigh : 0)));
    const surely = v => v.beyondNoise !== false || v === variants[0];
    const figure = chart(
      "Speed-up of each variant over inline without a lock: " + variants.map(v => v.name + " " + times(v.speedup)).join("; "),
      width => ({
        marginLeft: nameWidth(variants, width), marginRight: 64, marginTop: 4, marginBottom: 36,
        height: variants.length * (width < 480 ? 40 : 30) + 44,
        x: { domain: [0, most * 1.02], label: "times the rows a second of inline, higher is better →", labelAnchor: "left", ticks: 5, tickFormat: d => d + "×" },
        y: { domain: variants.map(v => v.name), label: null, tickSize: 0, padding: .25,
          tickFormat: name => shortName(variants.find(v => v.name === name), width) },
        marks: [
          Plot.barX(variants, { x: "speedup", y: "name", fill: lockColour, fillOpacity: v => surely(v) ? 1 : .45, rx: 3, className: "speed-up" }),
          Plot.ruleX([1], { stroke: "var(--ink)", strokeDasharray: "3,3", strokeOpacity: .6 }),
          Plot.ruleY(variants.filter(v => v.speedupLow != null && v !== variants[0]), { y: "name", x1: "speedupLow", x2: v => Math.min(v.speedupHigh, most * 1.02), stroke: "var(--ink)", strokeWidth: 1.5, strokeOpacity: .8 }),
          Plot.text(variants, { x: v => Math.max(v.speedup, v.speedupHigh && v !== variants[0] ? Math.min(v.speedupHigh, most * 1.02) : 0), y: "name", text: v => times(v.speedup), textAnchor: "start", dx: 6, fontWeight: 600, fill: "currentColor" }),
        ],
      }));
    const locks = [...new Set(variants.map(v => v.lock))];
    section("Which way is fastest?",
      "Bars: median of all rounds. Thin lines: the range that holds the true ratio in 95 of 100 comparisons. Pale bars: no difference beyond noise.",
      legend(locks.map(lock => [lock === "none" ? "no lock" : "lock " + lock, LOCKS[lock] || "var(--blue)"])),
      figure);
  }

  function moreCores(predictions) {
    const lines = predictions.map(p => {
      const { mode, lock } = data.variants.find(v => v.series === p.series);
      return { ...p, name: p.series, mode, lock };
    });
    const points = lines.flatMap(line => line.points.map(point => ({ ...point, name: line.name, lock: line.lock, mode: line.mode })));
    const measured = data.variants.filter(v => v.speedup != null && v.mode !== "inline" && lines.some(line => line.name === v.series));
    const cores = Math.max(...points.map(p => p.workers));
    const top = Math.max(2, ...points.map(p => p.high));
    const low = Math.min(.5, ...points.map(p => p.low));
    const ends = labels(lines.map(line => ({ ...line.points[line.points.length - 1], name: line.name, lock: line.lock })), top);
    const dash = line => line.mode === "processes" ? "5,3" : null;
    const figure = chart(
      "Predicted speed-up with more cores: " + ends.map(e => e.name + " " + times(e.speedup) + " at " + e.workers).join("; "),
      width => ({
        marginLeft: 40, marginRight: width < 480 ? 96 : 190, marginBottom: 40, marginTop: 12, height: Math.min(420, Math.max(300, width * .5)),
        x: { type: "log", base: 2, domain: [1, cores], ticks: [1, 2, 4, 8, 16, 32, 64].filter(t => t <= cores), tickFormat: d => String(d), label: "workers, one core each →" },
        y: { type: "log", base: 2, domain: [low, top], ticks: [.25, .5, 1, 2, 4, 8, 16, 32, 64].filter(t => t >= low && t <= top * 1.01), tickFormat: d => d + "×", grid: true, label: "↑ speed-up over inline" },
        marks: [
          Plot.line([[1, 1], [Math.min(cores, top), Math.min(cores, top)]], { stroke: "var(--soft)", strokeDasharray: "1,4", strokeWidth: 1.5, className: "ideal" }),
          Plot.areaY(points, { x: "workers", y1: "low", y2: "high", z: "name", fill: lockColour, fillOpacity: .16, className: "band" }),
          ...lines.map(line => Plot.line(line.points, { x: "workers", y: "speedup", stroke: lockColour(line), strokeWidth: 2, strokeDasharray: dash(line), className: "predicted" })),
          Plot.dot(measured, { x: "workers", y: "speedup", r: 5, fill: lockColour, stroke: "var(--card)", strokeWidth: 1.5, symbol: v => v.mode === "processes" ? "square" : "circle", className: "measured" }),
          Plot.text(ends, { x: cores, y: "at", text: e => (width < 480 ? e.name.replace(", ", "\n") : e.name) + " " + times(e.speedup), textAnchor: "start", dx: 8, fill: lockColour, fontWeight: 600, fontSize: width < 480 ? 11 : 13 }),
        ],
        symbol: { domain: ["circle", "square"], range: ["circle", "square"] },
      }));
    section("What would more cores bring?", data.predictionText, figure);
  }

  /** Moves the labels of lines that end close to each other apart, on a logarithmic scale. */
  function labels(ends, top) {
    const least = Math.pow(top / .5, .062);
    ends.sort((a, b) => a.speedup - b.speedup);
    let below = 0;
    for (const end of ends) {
      end.at = Math.max(end.speedup, below * least);
      below = end.at;
    }
    return ends;
  }

  function ledger(variants) {
    const used = ACCOUNTS.filter(([id]) => variants.some(v => v.ledgerSeconds[id] > 0));
    const bars = variants.flatMap(v => {
      const total = used.reduce((sum, [id]) => sum + v.ledgerSeconds[id], 0);
      return used.map(([id, text, colour]) => ({ name: v.name, id, text, colour, share: v.ledgerSeconds[id] / total, seconds: v.ledgerSeconds[id] })).filter(bar => bar.share > 0);
    });
    const figure = chart(
      "Share of the workers' time by what they did: " + variants.map(v => v.name + ": " + bars.filter(b => b.name === v.name && b.share >= .01).map(b => b.text + " " + percent(b.share)).join(", ")).join("; "),
      width => ({
        marginLeft: nameWidth(variants, width), marginRight: 12, marginTop: 4, marginBottom: 36,
        height: variants.length * (width < 480 ? 40 : 30) + 44,
        x: { domain: [0, 1], label: "share of the workers' time →", labelAnchor: "left", ticks: width < 480 ? 3 : 5, tickFormat: percent },
        y: { domain: variants.map(v => v.name), label: null, tickSize: 0, padding: .2,
          tickFormat: name => shortName(variants.find(v => v.name === name), width) },
        color: { domain: used.map(a => a[0]), range: used.map(a => a[2]) },
        marks: [
          Plot.barX(bars, Plot.stackX({ x: "share", y: "name", fill: "id", order: used.map(a => a[0]), className: "ledger",
            title: bar => bar.name + "\n" + bar.text + ": " + percent(bar.share) + ", " + seconds(bar.seconds) })),
          Plot.text(bars, Plot.stackX({ x: "share", y: "name", z: "id", order: used.map(a => a[0]),
            text: bar => bar.share * (width - 200) > 44 ? percent(bar.share) : "",
            fill: bar => ["back-pressure", "starved", "idle", "io", "start-up"].includes(bar.id) ? (["idle"].includes(bar.id) ? "var(--ink)" : "#111") : "#fff", fontWeight: 600 })),
        ],
      }));
    section("Where did the time go?",
      "Every worker is always in exactly one of these. Only blue makes features; the rest is the price of the way it was run.",
      legend(used.map(([, text, colour]) => [text, colour])), figure);
  }

  function workers(variants) {
    let shown = variants.find(v => v.name === data.winner) || variants[variants.length - 1];
    const choice = element("select", {}, ...variants.map(v => element("option", { value: v.name, textContent: v.name, selected: v === shown })));
    choice.setAttribute("aria-label", "variant");
    const key = element("div");
    const figure = chart("What each worker did over the time of one run", width => {
      const bars = shown.timeline.flatMap(worker => worker.segments.map(([from, to, account]) => ({ worker: worker.name, from, to, id: account })));
      const used = ACCOUNTS.filter(([id]) => bars.some(bar => bar.id === id));
      key.replaceChildren(legend(used.map(([, text, colour]) => [text, colour])));
      return {
        marginLeft: 76, marginRight: 12, marginTop: 4, marginBottom: 36, height: shown.timeline.length * 34 + 44,
        x: { domain: [0, shown.timelineSeconds], label: "seconds since the start →", labelAnchor: "left", ticks: width < 480 ? 4 : 8 },
        y: { domain: shown.timeline.map(w => w.name), label: null, tickSize: 0, padding: .2 },
        color: { domain: used.map(a => a[0]), range: used.map(a => a[2]) },
        marks: [Plot.barX(bars, { x1: "from", x2: "to", y: "worker", fill: "id", insetLeft: 0, insetRight: -.25, className: "timeline" })],
      };
    });
    choice.addEventListener("change", () => { shown = variants.find(v => v.name === choice.value); figure.redraw(); });
    section("What did each worker do, and when?", "One run as it went, pass by pass. The caller merges what is fitted and takes the results.",
      element("p", {}, choice), key, figure);
  }

  function costs(variants) {
    const grid = element("div", { className: "columns" });
    const bars = (title, value, text, some) => {
      const rows = some || variants;
      const most = Math.max(...rows.map(value));
      const figure = chart(title + ": " + rows.map(v => v.name + " " + text(value(v))).join("; "), width => ({
        marginLeft: nameWidth(rows, width), marginRight: 66, marginTop: 2, marginBottom: 2, height: rows.length * (width < 480 ? 36 : 26) + 6,
        x: { domain: [0, most || 1], axis: null },
        y: { domain: rows.map(v => v.name), label: null, tickSize: 0, padding: .25, tickFormat: name => shortName(rows.find(v => v.name === name), width) },
        marks: [
          Plot.barX(rows, { x: value, y: "name", fill: lockColour, rx: 2 }),
          Plot.text(rows, { x: value, y: "name", text: v => text(value(v)), textAnchor: "start", dx: 5, fontWeight: 600, fill: "currentColor" }),
        ],
      }));
      grid.append(element("div", {}, element("h3", { textContent: title }), figure));
    };
    bars("Memory at the peak, all processes", v => v.peakMemoryBytes, bytes);
    bars("Processor time, all processes", v => v.cpuSeconds, seconds);
    const apart = variants.filter(v => v.startupSeconds > 0);
    if (apart.length > 0) {
      bars("Start-up of the slowest worker, once", v => v.startupSeconds, seconds, apart);
      bars("Bytes that cross between processes", v => v.ipcBytes, bytes, apart);
    }
    section("What does it cost?", "Lower is better. The heap of this process does not shrink between variants, so later ones may show what earlier ones took.", grid);
  }

  function figures(variants) {
    const rows = variants.map(v => [v.name, rate(v.rowsPerSecond), "±" + percent(v.spread), times(v.speedup),
      v.speedupLow == null || v === variants[0] ? "" : number(v.speedupLow, 2) + "–" + number(v.speedupHigh, 2),
      percent(v.efficiency), seconds(v.wallSeconds), seconds(v.cpuSeconds), seconds(v.lockWaitSeconds), number(v.switches, 0),
      bytes(v.peakMemoryBytes), v.startupSeconds ? seconds(v.startupSeconds) : "", v.ipcBytes ? bytes(v.ipcBytes) : "",
      v.outputDigest.slice(0, 8) + "…"]);
    section("All figures", null,
      table(["variant", "rows/s", "spread", "speed-up", "95 %", "efficiency", "wall", "CPU", "lock wait", "switches", "memory", "start-up", "crossing", "digest"], rows),
      element("details", {}, element("summary", { textContent: "Every measured run" }),
        table(["variant", "round", "wall", "CPU", "lock wait", "switches", "memory", "digest"],
          variants.flatMap(v => v.repeats.map((r, i) => [v.name, String(i + 1), seconds(r.wallSeconds), seconds(r.cpuSeconds), seconds(r.lockWaitSeconds),
            number(r.switches, 0), bytes(r.peakMemoryBytes), r.outputDigest])))));
  }

  function python(all) {
    if (!all || !all.length) return;
    const rows = all.flatMap(one => one.ways.map(way => [one.implementation + " " + one.version + (one.freeThreaded ? ", free-threaded" : ""), one.gil ? "GIL" : "none", way.way, seconds(way.wallSeconds), times(way.speedup),
      way.outputDigests.every(digest => digest === data.variants[0].outputDigest) ? "the same" : way.outputDigests.join(" ")]));
    section("And in Python?", "The same work by Python's standard library alone, each against itself. The digest must be that of the pipeline.",
      table(["Python", "lock", "way", "wall", "speed-up", "digest"], rows));
  }

  function difference() {
    const d = data.difference;
    const where = d && element("dl", {}, ...[["batch", d.batch], ["row", d.row], ["column", d.column], ["one value", d.left], ["other value", d.right]]
      .flatMap(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: String(value) })]));
    section("Where do the outputs differ?", data.where, where);
    section("Whose outputs differ?", "The same pipeline on the same data must give the same bits, so there is no speed-up to show.",
      table(["variant", "", "digests"], data.variants.map(v => [v.name, v.differs ? "differs" : "", v.outputDigests.join(" ")])));
  }

  // ---- the page ----

  if (data.outputsAgree) {
    const variants = data.variants;
    fastest(variants);
    if (data.predictions.length > 0) moreCores(data.predictions);
    const ledgers = variants.filter(v => v.ledgerSeconds);
    if (ledgers.length > 0) ledger(ledgers);
    const timelines = variants.filter(v => v.timeline && v.timeline.length > 0);
    if (timelines.length > 0) workers(timelines);
    costs(variants);
    figures(variants);
    python(data.python);
  } else {
    difference();
  }
  reproduce(element("details", {}, element("summary", { textContent: "The pipeline, " + data.file }), element("pre", { textContent: data.text })));
  finish();
})();
