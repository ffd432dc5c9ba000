import { line, ring, star, stepAxis, write } from "./chart.js";
import { count, number, ticks } from "./format.js";
import { colour, faint } from "./theme.js";

// A hyperparameter along steps: as steps, never as slopes; its axis is the whole domain, in the scale of the domain.

/** Returns the ticks of a domain: [{at: from 0 to 1, text}]. */
export function domainTicks(axis, most) {
  if (axis.kind === "choice") {
    const last = Math.max(1, axis.levels.length - 1);
    return axis.levels.map((text, i) => ({ at: i / last, text })).filter((tick, i) => axis.levels.length <= 12 || i % Math.ceil(axis.levels.length / 12) === 0);
  }
  const values = axis.scale === "linear" ? d3.scaleLinear([axis.low, axis.high], [0, 1]).ticks(most) : powers(axis, most);
  const text = axis.scale === "linear" ? ticks(values) : number;
  return values.map(value => ({ at: place(axis, value), text: axis.scale === "log" ? power(value) : text(value) }));
}

function powers(axis, most) {
  if (axis.scale === "log") {
    return thinned(tens(axis.low, axis.high), most);
  }
  return thinned(tens(1 - axis.high, 1 - axis.low).map(distance => 1 - distance), most);
}

function tens(low, high) {
  const found = [];
  for (let i = Math.ceil(Math.log10(low) - 1e-9); i <= Math.floor(Math.log10(high) + 1e-9); i++) {
    found.push(Number(`1e${i}`));
  }
  return found.length >= 2 ? found : [low, high];
}

function thinned(values, most) {
  const step = Math.ceil(values.length / (most + 1));
  return values.filter((value, i) => i % step === 0);
}

function power(value) {
  const exponent = Math.log10(value);
  if (!Number.isInteger(exponent) || Math.abs(exponent) < 1 || exponent === 1) {
    return number(value);
  }
  return "10" + String(exponent).replace(/./g, digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit] || "⁻");
}

function place(axis, value) {
  if (axis.scale === "log") {
    return Math.log(value / axis.low) / Math.log(axis.high / axis.low);
  }
  if (axis.scale === "discount") {
    return Math.log((1 - axis.low) / (1 - value)) / Math.log((1 - axis.low) / (1 - axis.high));
  }
  return (value - axis.low) / (axis.high - axis.low || 1);
}

/** Returns where a stretch lies on an axis, from 0 to 1, or null. Choices are levels, evenly spaced. */
export function positionOf(axis, stretch) {
  if (axis.kind !== "choice" || stretch.value === null) {
    return stretch.position;
  }
  const level = axis.levels.findIndex(text => text === String(stretch.value) || (text !== "" && Number(text) === stretch.value));
  return level < 0 ? stretch.position : level / Math.max(1, axis.levels.length - 1);
}

/** Returns an axis that has room for the values of all of some axes of the same name, in their scale where they agree. */
export function commonAxis(axes) {
  const [first] = axes;
  const levels = [...new Set(axes.flatMap(axis => axis.levels))];
  const numbers = levels.filter(text => text !== "" && Number.isFinite(Number(text))).map(Number);
  if (axes.every(axis => axis.kind === "choice")) {
    return { ...first, levels: numbers.length === levels.length ? levels.sort((a, b) => a - b) : levels };
  }
  const scale = axes.every(axis => axis.scale === first.scale && axis.kind !== "choice") ? first.scale : "linear";
  const ends = axes.flatMap(axis => (axis.kind === "choice" ? [] : [axis.low, axis.high])).concat(numbers);
  return { name: first.name, kind: "float", scale, low: Math.min(...ends), high: Math.max(...ends), levels: [] };
}

/** Returns where a stretch lies on an axis other than its own, from 0 to 1, or null. */
export function positionIn(axis, stretch) {
  if (stretch.position === null || axis.kind === "choice") {
    return positionOf(axis, stretch);
  }
  return typeof stretch.value === "number" ? place(axis, stretch.value) : null;
}

/** Draws stretches as one line of steps. */
export function drawSteps(context, axis, stretches, x, y, stroke, width) {
  let points = [];
  const flush = () => {
    if (points.length > 0) {
      context.lineJoin = "miter";
      line(context, points, stroke, width);
    }
    points = [];
  };
  for (const stretch of stretches) {
    const at = positionOf(axis, stretch);
    if (at === null) {
      flush();
    } else {
      points.push([x(stretch.from), y(at)], [x(stretch.to), y(at)]);
    }
  }
  flush();
}

/** Draws a panel of one hyperparameter: everybody's schedule, and the best's on top. Returns the marks to point at. */
export function drawPanel(context, width, height, given) {
  const { axis, last, best, others, crowd, copies, members } = given;
  const left = given.compact ? 2 : 52;
  const right = given.compact ? 62 : 62;
  const top = given.compact ? 6 : 10;
  const bottom = given.compact ? height - 6 : height - 26;
  const x = d3.scaleLinear([0, Math.max(1, last)], [left, width - right]);
  const y = at => bottom - at * (bottom - top);
  if (!given.compact) {
    domainTicks(axis, 6).forEach(tick => {
      line(context, [[left, y(tick.at)], [width - right, y(tick.at)]], colour("grid"), 1);
      write(context, tick.text.length > 8 ? tick.text.slice(0, 7) + "…" : tick.text, left - 6, y(tick.at), { size: 12, align: "right" });
    });
    stepAxis(context, x, bottom + 2);
  }
  if (crowd) {
    drawCrowd(context, crowd, left, width - right, y);
  }
  drawOthers(context, axis, others || [], x, y, members);
  if (!best || best.length === 0) {
    return [];
  }
  if (!given.compact) {
    drawSteps(context, axis, best, x, y, colour("ground"), 6);
  }
  drawSteps(context, axis, best, x, y, given.stroke || colour("best"), given.compact ? 1.8 : 3);
  return ends(context, given, x, y, width - right);
}

function ends(context, given, x, y, end) {
  const { axis, best, copies } = given;
  const stroke = given.stroke || colour("best");
  const marks = [];
  for (const stretch of best) {
    const at = positionOf(axis, stretch);
    if (at !== null) {
      marks.push({
        x: x(stretch.from), width: x(stretch.to) - x(stretch.from), y: y(at),
        text: `${axis.name} ${number(stretch.value)}\nsteps ${count(stretch.from)} to ${count(stretch.to)}, of the best model`,
      });
    }
  }
  if (!given.compact) {
    for (const step of copies || []) {
      const stretch = best.find(each => each.from <= step && step <= each.to && positionOf(axis, each) !== null);
      if (stretch) {
        const after = best.find(each => each.from === step) || stretch;
        const at = positionOf(axis, after);
        if (at !== null) {
          ring(context, x(step), y(at), 3, stroke, colour("ground"));
        }
      }
    }
  }
  const final = best[best.length - 1];
  const at = positionOf(axis, final);
  if (at !== null) {
    if (!given.compact) {
      star(context, x(final.to), y(at), 7, stroke);
    }
    write(context, number(final.value), Math.max(end + (given.compact ? 4 : 6), given.compact ? 0 : x(final.to) + 11), y(at), { bold: !given.compact, fill: given.compact ? colour("ink") : stroke });
  }
  return marks;
}

function drawOthers(context, axis, others, x, y, members) {
  if (others.length === 0) {
    return;
  }
  context.beginPath();
  others.forEach((stretch, i) => {
    const at = positionOf(axis, stretch);
    if (at !== null) {
      const spread = axis.kind === "choice" ? ((i * 7919) % 11) - 5 : 0;
      context.moveTo(x(stretch.from), y(at) + spread);
      context.lineTo(x(stretch.to), y(at) + spread);
    }
  });
  context.strokeStyle = faint("muted", members > 50 ? 0.16 : 0.5);
  context.lineWidth = 1;
  context.stroke();
}

function drawCrowd(context, crowd, left, right, y) {
  const most = Math.max(1, ...crowd.counts);
  const wide = (right - left) / crowd.columns;
  const high = Math.abs(y(0) - y(1)) / crowd.rows;
  for (let shade = 1; shade <= 16; shade++) {
    context.fillStyle = faint("accent", 0.06 + (0.6 * shade) / 16);
    for (let i = 0; i < crowd.counts.length; i++) {
      if (crowd.counts[i] > 0 && Math.ceil((16 * Math.sqrt(crowd.counts[i])) / Math.sqrt(most)) === shade) {
        const row = i % crowd.rows;
        context.fillRect(left + Math.floor(i / crowd.rows) * wide, y((row + 1) / crowd.rows), wide + 0.3, high + 0.3);
      }
    }
  }
}
