import { cross, family, line, ring, star, write } from "./chart.js";
import { h } from "./dom.js";
import { number } from "./format.js";
import { pathFor } from "./svg.js";
import { colour } from "./theme.js";

// The family tree on a canvas, batched by colour: a path for each of 64 colours and kind of line.

const LEVELS = 64;

/** What a band must swell by to be seen, in pixels. */
const SEEN = 0.2;

/** Returns the 64 colours of what a tree's colours stand for. */
export function ramp(isHyperparameter) {
  const stops = colour(isHyperparameter ? "hyper" : "score").split(/\s+/);
  const mix = d3.scaleLinear(stops.map((_, i) => i / (stops.length - 1)), stops);
  return Array.from({ length: LEVELS }, (_, i) => mix(i / (LEVELS - 1)));
}

/** Where a line ends. */
export function endOf(each) {
  return each.ends[each.ends.length - 1];
}

/** Where an interval of a line begins. */
export function startOf(each, i) {
  return i === 0 ? each.from : each.ends[i - 1];
}

/** Joins neighbouring intervals of one colour: visit(level, from, to). */
function runs(each, visit) {
  let from = each.from;
  each.levels.forEach((level, i) => {
    if (i + 1 === each.levels.length || each.levels[i + 1] !== level) {
      visit(level, from, each.ends[i]);
      from = each.ends[i];
    }
  });
}

/**
 * Draws a tree.
 *
 * @param view its tree, colours, the scales x and y, the pixels of a row, the room left, right, top and bottom, width and height, whether it is
 *     narrow, and bands, a picture made by bandPicture; without one they are painted
 */
export function drawTree(context, view) {
  context.save();
  context.beginPath();
  context.rect(view.left - 1, 0, view.width - view.left - view.right + 2, view.height);
  context.clip();
  drawBands(context, view);
  drawLines(context, view);
  const best = view.tree.lines.find(each => each.bestTo >= 0);
  if (best) {
    drawBest(context, view, best);
  }
  drawMarks(context, view);
  context.restore();
  for (const each of view.tree.star) {
    if (inside(view, view.x(each.at))) {
      star(context, view.x(each.at), view.y(each.row), 9, colour("ground"));
      star(context, view.x(each.at), view.y(each.row), 7, colour("best"));
    }
  }
  labelLeft(context, view);
  labelRight(context, view);
}

function inside(view, x) {
  return x >= view.left - 1 && x <= view.width - view.right + 1;
}

function shade(view, level) {
  return level < 0 ? colour("muted") : view.colours[level];
}

/** The colour of a line at a moment, found by halving. */
function levelAt(each, at) {
  let low = 0;
  let high = each.ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (each.ends[middle] < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return each.levels[low];
}

/** Adds a band to the path of each colour that its line has along it. */
function addBand(view, band, path) {
  const own = view.tree.lines.find(each => each.id === band.line);
  const middle = view.row(band.row);
  let level = -1;
  let outline = [];
  const close = () => {
    if (outline.length > 1) {
      const drawn = path(level);
      outline.forEach(([x, half], i) => (i === 0 ? drawn.moveTo(x, middle - half) : drawn.lineTo(x, middle - half)));
      outline.reverse().forEach(([x, half]) => drawn.lineTo(x, middle + half));
      drawn.closePath();
    }
  };
  let before = 0;
  let last = view.x(band.edges[0]);
  band.edges.forEach((edge, i) => {
    const half = (band.thicknesses[i] * view.px) / 2;
    const next = own ? levelAt(own, edge + 1) : -1;
    if (next === level && i + 1 < band.edges.length && Math.abs(half - before) < SEEN) {
      return;
    }
    const x = view.x(edge);
    // A band swells over some pixels and does not climb stairs.
    const ease = Math.min(4, (x - last) / 2);
    outline.push([x - ease, before]);
    if (next !== level) {
      outline.push([x, (before + half) / 2]);
      close();
      outline = [[x, (before + half) / 2]];
      level = next;
    }
    outline.push([x + ease, half]);
    before = half;
    last = x;
  });
  close();
}

function paintBands(context, view) {
  const paths = new Map();
  const path = level => {
    if (!paths.has(level)) {
      paths.set(level, pathFor(context));
    }
    return paths.get(level);
  };
  view.tree.bands.forEach(band => addBand(view, band, path));
  context.globalAlpha = Number(colour("band")) || 0.26;
  for (const [level, drawn] of paths) {
    context.fillStyle = shade(view, level);
    context.fill(drawn);
  }
  context.globalAlpha = 1;
}

/**
 * Makes a picture of the bands of a view. They have thousands of edges and cost ten times as much as all else, so they are painted once, and
 * while the reader pans and zooms the picture is moved and stretched.
 */
export function bandPicture(view) {
  const ratio = devicePixelRatio || 1;
  const canvas = h("canvas", { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  paintBands(context, view);
  const row = y => (y - view.row(0)) / view.px;
  return { canvas, from: view.x.invert(0), to: view.x.invert(view.width), first: row(0), last: row(view.height) };
}

function drawBands(context, view) {
  if (view.bands) {
    const { canvas, from, to, first, last } = view.bands;
    const [left, top] = [view.x(from), view.row(first)];
    context.drawImage(canvas, left, top, view.x(to) - left, view.row(last) - top);
  } else {
    paintBands(context, view);
  }
}

function drawLines(context, view) {
  const kinds = new Map();
  const rows = new Map(view.tree.lines.map(each => [each.id, each.row]));
  const path = (lives, level) => {
    const key = (lives ? 1000 : 0) + level;
    if (!kinds.has(key)) {
      kinds.set(key, pathFor(context));
    }
    return kinds.get(key);
  };
  for (const each of view.tree.lines) {
    const y = view.y(each.row);
    runs(each, (level, from, to) => {
      const drawn = path(each.lives, level);
      drawn.moveTo(view.x(from), y);
      drawn.lineTo(view.x(to), y);
    });
    if (rows.has(each.parent)) {
      const drawn = path(each.lives, each.levels[0]);
      drawn.moveTo(view.x(each.from), view.y(rows.get(each.parent)));
      drawn.lineTo(view.x(each.from), y);
    }
  }
  for (const [key, drawn] of [...kinds].sort((a, b) => a[0] - b[0])) {
    const lives = key >= 999;
    context.strokeStyle = shade(view, lives ? key - 1000 : key);
    context.lineWidth = lives ? (view.px < 4 ? 1.6 : 2.4) : 1.2;
    context.globalAlpha = lives ? 1 : 0.75;
    context.stroke(drawn);
  }
  context.globalAlpha = 1;
}

function drawBest(context, view, best) {
  const y = view.y(best.row);
  line(context, [[view.x(best.from), y], [view.x(best.bestTo), y]], colour("ink"), 7);
  runs(best, (level, from, to) => {
    if (from < best.bestTo) {
      line(context, [[view.x(from), y], [view.x(Math.min(to, best.bestTo)), y]], shade(view, level), 4);
    }
  });
  let free = view.left + 18;
  best.hosts.filter(host => host.from < best.bestTo).forEach((host, i) => {
    const x = Math.max(view.x(host.from), view.left);
    if (i > 0 && inside(view, view.x(host.from))) {
      ring(context, x, y, 3.2, colour("ink"), colour("ground"));
    }
    if (x >= free && x < view.width - view.right - 14) {
      const text = String(host.member);
      halo(context, text, x + 5, y - 11, { bold: true, colour: "ink" });
      free = x + 20 + 7 * text.length;
    }
  });
}

function halo(context, text, x, y, options) {
  context.font = `${options.bold ? "bold " : ""}11px ${family()}`;
  context.textAlign = options.align || "left";
  context.textBaseline = "middle";
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = colour("ground");
  context.strokeText(text, x, y);
  write(context, text, x, y, options);
}

function drawMarks(context, view) {
  const rows = new Map(view.tree.lines.map(each => [each.id, each.row]));
  for (const each of view.tree.lines) {
    const y = view.y(each.row);
    const end = endOf(each);
    if (view.px >= 8 && rows.has(each.parent)) {
      ring(context, view.x(each.from), view.y(rows.get(each.parent)), 2, colour("muted"), colour("ground"));
    }
    for (const failure of each.failures) {
      cross(context, view.x(failure), y, 3.5, colour("failure"));
    }
    if (!each.lives && !each.isCut && !each.failures.includes(end)) {
      line(context, [[view.x(end), y - 3], [view.x(end), y + 3]], shade(view, each.levels[each.levels.length - 1]), 1.2);
    }
  }
}

function labelLeft(context, view) {
  const roots = view.tree.lines.filter(each => each.parent < 0 && view.x(each.from) >= view.left - 1 && view.x(each.from) < view.left + 8);
  placed(roots, view, each => each.bestTo >= 0, (each, isBest) => {
    write(context, String(each.hosts[0].member), view.left - 6, view.y(each.row), { align: "right", bold: isBest, colour: isBest ? "ink" : "muted" });
  });
}

function labelRight(context, view) {
  const living = view.tree.lines.filter(each => (each.lives || each.bestTo >= 0) && !each.isCut && inside(view, view.x(endOf(each))));
  placed(living, view, each => each.bestTo >= 0, (each, isBest) => {
    const host = each.hosts[each.hosts.length - 1].member;
    const text = view.isNarrow || each.score === null ? String(host) : `${host}  ${number(each.score)}`;
    const x = view.isRunning ? view.x(endOf(each)) + 8 : view.width - view.right + 10;
    write(context, text, x, view.y(each.row), { bold: isBest, colour: isBest ? "ink" : "muted" });
  });
}

/** Labels those that do not overlap, the best's always. */
function placed(lines, view, isBest, label) {
  const taken = [];
  for (const each of [...lines].sort((a, b) => isBest(b) - isBest(a) || b.lives - a.lives || a.row - b.row)) {
    const y = view.y(each.row);
    if (y > view.top - 6 && y < view.height - view.bottom + 6 && taken.every(other => Math.abs(other - y) >= 12)) {
      taken.push(y);
      label(each, isBest(each));
    }
  }
}

/** Lights up the way of some weights, back to where they began as far as that is drawn. */
export function drawPath(context, view, at) {
  const lines = new Map(view.tree.lines.map(each => [each.id, each]));
  let each = at.line;
  let to = at.line.ends[at.index];
  const points = [[view.x(to), view.y(each.row)]];
  while (each) {
    points.push([view.x(each.from), view.y(each.row)]);
    to = each.from;
    each = lines.get(each.parent);
    if (each) {
      points.push([view.x(to), view.y(each.row)]);
    }
  }
  context.save();
  context.beginPath();
  context.rect(view.left - 1, 0, view.width - view.left - view.right + 2, view.height);
  context.clip();
  line(context, points, colour("ground"), 6);
  line(context, points, colour("best"), 3);
  ring(context, view.x(startOf(at.line, at.index)), view.y(at.line.row), 4.5, colour("best"), colour("ground"));
  line(context, [[view.x(startOf(at.line, at.index)), view.y(at.line.row)], [view.x(at.line.ends[at.index]), view.y(at.line.row)]], colour("best"), 5);
  context.restore();
}

/** Returns the interval that is nearest to a place, {line, index}; null where none is near. */
export function nearest(view, x, y, reach) {
  let best = null;
  let least = reach * reach;
  for (const each of view.tree.lines) {
    const dy = view.y(each.row) - y;
    if (dy * dy < least) {
      const at = view.x.invert(x);
      const clamped = Math.max(each.from, Math.min(endOf(each), at));
      const dx = view.x(clamped) - x;
      if (dx * dx + dy * dy < least) {
        least = dx * dx + dy * dy;
        const found = each.ends.findIndex(end => end >= clamped);
        best = { line: each, index: found < 0 ? each.ends.length - 1 : found };
      }
    }
  }
  return best;
}

/** Returns the band at a place; null where there is none. */
export function bandAt(view, x, y) {
  const at = view.x.invert(x);
  return view.tree.bands.find(band => band.edges.some((edge, i) =>
    edge <= at && at < band.edges[i + 1] && Math.abs(view.row(band.row) - y) <= Math.max(2, (band.thicknesses[i] * view.px) / 2))) || null;
}
