import { family, line, ring, stepAxis, write } from "./chart.js";
import { h } from "./dom.js";
import { column, count, number, ticks } from "./format.js";
import { hint } from "./parts.js";
import { drawnBy } from "./svg.js";
import { colour, faint, onTheme } from "./theme.js";

// Curves of scores over steps: best so far, median, the middle half, all; and random search beside them.

const EDGE = 16;
const BESIDE = 6;
const APART = 14;
const DOT = 7;

/** Returns the curves of one run as a chart's data: steps, and a curve for each series; baseline values are put at the same steps. */
function columns(scores, baseline) {
  const steps = baseline ? [...new Set([...scores.steps, ...baseline.steps])].sort((a, b) => a - b) : scores.steps;
  const at = (source, values) => {
    const known = new Map(source.steps.map((step, i) => [step, values[i]]));
    return steps.map(step => (known.has(step) ? known.get(step) : undefined));
  };
  const own = ["lowest", "highest", "lower", "upper", "median", "best"].map(name => at(scores, scores[name]));
  return [steps, ...own, baseline ? at(baseline, baseline.best) : steps.map(() => undefined)];
}

/** Returns the range of the axis: the whole, or from the 6 % quantile of what lies after a step, on the side that is bad. */
function extent(scores, baseline, from) {
  const values = [];
  const add = (source, names) => names.forEach(name => source.steps.forEach((step, i) => {
    if (step >= from && source[name][i] !== null) {
      values.push(source[name][i]);
    }
  }));
  add(scores, from > 0 ? ["best", "median", "lower", "upper"] : ["best", "lowest", "highest"]);
  if (baseline && from === 0) {
    add(baseline, ["best"]);
  }
  if (values.length === 0) {
    return [0, 1];
  }
  values.sort((a, b) => a - b);
  const cut = from > 0 ? Math.floor(values.length * 0.06) : 0;
  const low = scores.goal === "maximize" ? values[cut] : values[0];
  const high = scores.goal === "maximize" ? values[values.length - 1] : values[values.length - 1 - cut];
  const room = (high - low || Math.abs(high) || 1) * 0.04;
  return [low - room, high + room];
}

/**
 * Makes a chart of scores.
 *
 * @param given has scores, baseline or null, from (the first step shown), last (the last step of the axis), labels (whether ends are named), height
 */
export function scoreChart(given) {
  const element = h("figure", { role: "img", tabindex: "0", "aria-label": `${given.scores.metric} over steps` });
  const data = columns(given.scores, given.baseline);
  const range = extent(given.scores, given.baseline, given.from);
  let plot = null;
  const size = new ResizeObserver(() => {
    const width = element.clientWidth;
    if (width > 0 && plot === null) {
      plot = new uPlot(options(given, range, width, data), data, element);
    } else if (width > 0) {
      plot.setSize({ width, height: given.height });
    }
  });
  size.observe(element);
  drawnBy(element, () => [element.clientWidth, given.height], context => drawCurves(context, element.clientWidth, given, range, data));
  const forget = onTheme(() => (element.isConnected ? plot && plot.redraw(false) : forget()));
  element.addEventListener("mouseleave", () => hint(null));
  element.addEventListener("blur", () => hint(null));
  element.addEventListener("keydown", event => walk(event, plot, data));
  return element;
}

function walk(event, plot, data) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step && plot) {
    event.preventDefault();
    const index = Math.max(0, Math.min(data[0].length - 1, (plot.cursor.idx || 0) + step));
    plot.setCursor({ left: plot.valToPos(data[0][index], "x"), top: plot.over.clientHeight / 2 });
  } else if (event.key === "Escape") {
    hint(null);
  }
}

function options(given, range, width, data) {
  const curve = (name, wide, dash) => ({ stroke: () => colour(name), width: wide, dash, points: { show: (plot, i) => isAlone(data[i]), size: DOT, fill: () => colour(name) }, spanGaps: true });
  const edge = { stroke: () => "transparent", width: 0, points: { show: false }, spanGaps: true };
  const axis = size => ({
    stroke: () => colour("muted"),
    font: `12px ${family()}`,
    grid: { stroke: () => colour("grid"), width: 1 },
    ticks: { show: false },
    size,
    gap: 4,
  });
  return {
    width,
    height: given.height,
    padding: [8, roomFor(given), 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: { x: { time: false, range: () => [given.from, given.last] }, y: { range: () => range } },
    series: [{}, edge, edge, edge, edge, curve("accent", 1.6), curve("best", 2.6), curve("muted", 1.6, [5, 4])],
    bands: [
      { series: [2, 1], fill: () => faint("accent", 0.1) },
      { series: [4, 3], fill: () => faint("accent", 0.22) },
    ],
    axes: [
      { ...axis(26), grid: { show: false }, values: (plot, values) => values.map(value => d3.format(value >= 1e6 ? "~s" : "d")(value)), incrs: [1, 2, 5].flatMap(one => d3.range(0, 12).map(power => one * 10 ** power)).sort((a, b) => a - b) },
      { ...axis(52), values: (plot, values) => values.map(ticks(values)) },
    ],
    hooks: {
      setCursor: [plot => tell(plot, given, data)],
      draw: given.labels ? [plot => label(plot, given)] : [],
    },
  };
}

/** Whether a curve is one point: then there is no line to see. */
function isAlone(values) {
  return values.filter(value => value !== null && value !== undefined).length === 1;
}

function tell(plot, given, data) {
  const index = plot.cursor.idx;
  if (index === null || index === undefined || plot.cursor.left < 0) {
    hint(null);
    return;
  }
  const [step, lowest, highest, lower, upper, median, best, random] = data.map(values => values[index]);
  const lines = [`step ${count(step)}`];
  if (best !== undefined && best !== null) {
    lines.push(`best so far ${number(best)}`);
  }
  if (median !== undefined && median !== null) {
    lines.push(`median ${number(median)}`, `middle half ${number(lower)} to ${number(upper)}`, `all ${number(lowest)} to ${number(highest)}`);
  }
  if (random !== undefined && random !== null) {
    lines.push(`random search ${number(random)}`);
  }
  const box = plot.over.getBoundingClientRect();
  hint(lines.join("\n"), box.left + plot.cursor.left, box.top + Math.max(0, plot.cursor.top));
}

function lastOf(values) {
  for (let i = values.length - 1; i >= 0; i--) {
    if (values[i] !== null && values[i] !== undefined) {
      return values[i];
    }
  }
  return null;
}

/** Names the curves at their ends, pushed apart. */
function label(plot, given) {
  const ratio = devicePixelRatio || 1;
  const context = plot.ctx;
  context.save();
  context.font = `bold ${11 * ratio}px ${family()}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const end of endsOf(given, plot.over.clientHeight, value => plot.valToPos(value, "y"))) {
    context.fillStyle = colour(end.hue);
    context.fillText(end.text, plot.bbox.left + plot.bbox.width + BESIDE * ratio, plot.bbox.top + end.at * ratio);
  }
  context.restore();
}

/** Returns the names of the curves with their last values: [{hue, value, text}]. */
function namesOf(given) {
  const named = [["best", "best", given.scores.best, true], ["median", "accent", given.scores.median, true]];
  if (given.baseline) {
    named.push(["random", "muted", given.baseline.best, true]);
  }
  const words = column(named.map(([, , values]) => lastOf(values)));
  return named
    .map(([name, hue, values]) => ({ hue, value: lastOf(values), text: `${name} ${words(lastOf(values))}` }))
    .filter(end => end.value !== null);
}

/** Returns how wide the names of the curves are, with an arrow. */
function roomFor(given) {
  if (!given.labels) {
    return EDGE;
  }
  const context = document.createElement("canvas").getContext("2d");
  context.font = `bold 11px ${family()}`;
  return BESIDE + Math.ceil(Math.max(0, ...namesOf(given).map(end => context.measureText(end.text + " ↓").width))) + 2;
}

/** Returns what stands at the ends of the curves, pushed apart: [{text, hue, at}]. */
function endsOf(given, height, y) {
  const ends = namesOf(given)
    .map(end => ({ ...end, to: y(end.value) }))
    .map(end => ({ ...end, at: Math.max(0, Math.min(height - 6, end.to)), text: end.text + (end.to > height ? " ↓" : end.to < 0 ? " ↑" : "") }))
    .sort((a, b) => a.at - b.at);
  for (let i = 1; i < ends.length; i++) {
    ends[i].at = Math.max(ends[i].at, ends[i - 1].at + APART);
  }
  return ends;
}

/** Draws the same for a file: uPlot draws on canvases only. */
function drawCurves(context, width, given, range, data) {
  const right = roomFor(given);
  const bottom = given.height - 26;
  const x = d3.scaleLinear([given.from, given.last], [52, width - right]);
  const y = d3.scaleLinear(range, [bottom, 8]);
  const marks = y.ticks(6);
  marks.forEach(tick => {
    line(context, [[52, y(tick)], [width - right, y(tick)]], colour("grid"), 1);
    write(context, ticks(marks)(tick), 46, y(tick), { size: 12, align: "right" });
  });
  stepAxis(context, x, bottom + 2);
  context.save();
  context.beginPath();
  context.rect(52, 8, width - right - 52, bottom - 8);
  context.clip();
  const [steps, lowest, highest, lower, upper, median, best, random] = data;
  const points = values => steps.map((step, i) => [x(step), values[i]]).filter(([, value]) => value !== null && value !== undefined).map(([at, value]) => [at, y(value)]);
  [[lowest, highest, 0.1], [lower, upper, 0.22]].forEach(([low, high, opacity]) => {
    context.beginPath();
    points(low).concat(points(high).reverse()).forEach(([at, value]) => context.lineTo(at, value));
    context.fillStyle = faint("accent", opacity);
    context.fill();
  });
  [[random, "muted", 1.6, [5, 4]], [median, "accent", 1.6], [best, "best", 2.6]].forEach(([values, hue, wide, dash]) => {
    line(context, points(values), colour(hue), wide, dash);
    if (isAlone(values)) {
      ring(context, ...points(values)[0], DOT / 2, colour(hue), colour(hue));
    }
  });
  context.restore();
  if (given.labels) {
    endsOf(given, bottom - 8, value => y(value) - 8).forEach(end => write(context, end.text, width - right + BESIDE, 8 + end.at, { bold: true, colour: end.hue }));
  }
}

/** Returns the numbers of the curves as a table. */
export function scoreTable(scores) {
  return {
    columns: ["step", "best so far", "median", "lower quartile", "upper quartile", "lowest", "highest"],
    rows: scores.steps.map((step, i) =>
      [step, scores.best[i], scores.median[i], scores.lower[i], scores.upper[i], scores.lowest[i], scores.highest[i]]),
  };
}
