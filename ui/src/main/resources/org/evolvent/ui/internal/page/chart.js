import { h } from "./dom.js";
import { hint } from "./parts.js";
import { drawnBy } from "./svg.js";
import { colour, onTheme } from "./theme.js";

// Charts on a canvas: drawn for the device's pixels, anew when the width or the theme changes, and to be walked along with the keyboard.

/** How far from a mark a pointer still means it, in pixels. */
const REACH = 18;

/** The mark that the reader came to with the keyboard, by the labels of charts: they are drawn anew while a study runs. */
const walks = new Map();

/**
 * Makes a chart.
 *
 * @param height in pixels
 * @param label what it shows, in words
 * @param draw draws it: draw(context, width, height) and returns the marks to point at, [{x, y, text, go}], in the order in which to walk
 */
export function chart(height, label, draw) {
  const canvas = h("canvas", { tabindex: "0", role: "img", "aria-label": label });
  canvas.style.height = `${height}px`;
  let marks = [];
  const paint = () => {
    const width = canvas.clientWidth;
    if (width > 0) {
      const ratio = devicePixelRatio || 1;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      marks = draw(context, width, height) || [];
      if (document.activeElement === canvas && walks.has(label)) {
        show(marks[Math.min(marks.length - 1, walks.get(label))], canvas.getBoundingClientRect());
      }
    }
  };
  const sizes = new ResizeObserver(paint);
  sizes.observe(canvas);
  const forget = onTheme(() => (canvas.isConnected ? paint() : forget()));
  const show = (mark, box) => hint(mark ? mark.text : null, box.left + (mark ? mark.x : 0), box.top + (mark ? mark.y : 0));
  const nearest = event => {
    const box = canvas.getBoundingClientRect();
    const distance = mark => Math.hypot(outside(event.clientX - box.left, mark.x, mark.width), mark.y - (event.clientY - box.top));
    let best = null;
    for (const mark of marks) {
      if (distance(mark) < REACH && (best === null || distance(mark) < distance(best))) {
        best = mark;
      }
    }
    return best;
  };
  canvas.addEventListener("mousemove", event => {
    const mark = nearest(event);
    canvas.style.cursor = mark && mark.go ? "pointer" : "";
    show(mark, canvas.getBoundingClientRect());
  });
  canvas.addEventListener("mouseleave", () => hint(null));
  canvas.addEventListener("blur", () => hint(null));
  canvas.addEventListener("click", event => {
    const mark = nearest(event);
    if (mark && mark.go) {
      hint(null);
      mark.go();
    }
  });
  canvas.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step && marks.length > 0) {
      event.preventDefault();
      walks.set(label, Math.max(0, Math.min(marks.length - 1, (walks.get(label) ?? -1) + step)));
      show(marks[walks.get(label)], canvas.getBoundingClientRect());
    } else if (event.key === "Enter" && marks[walks.get(label)]?.go) {
      hint(null);
      marks[walks.get(label)].go();
    } else if (event.key === "Escape") {
      hint(null);
    }
  });
  const figure = h("figure", null, canvas);
  drawnBy(figure, () => [canvas.clientWidth, height], context => draw(context, canvas.clientWidth, height));
  return figure;
}

/** How far a place is outside of a mark that begins at x and may have a width. */
function outside(place, x, width) {
  const end = x + (width || 0);
  return place < x ? x - place : place > end ? place - end : 0;
}

let known = null;

/** Returns the names of the page's fonts. They stay the same, and to ask for them at each text makes the browser lay out the page. */
export function family() {
  known = known || getComputedStyle(document.body).fontFamily;
  return known;
}

/** Writes a text: options are size, bold, align, baseline and colour's name. */
export function write(context, text, x, y, options) {
  const given = options || {};
  context.font = `${given.bold ? "bold " : ""}${given.size || 11}px ${family()}`;
  context.textAlign = given.align || "left";
  context.textBaseline = given.baseline || "middle";
  context.fillStyle = given.fill || colour(given.colour || "muted");
  context.fillText(text, x, y);
}

/** Draws a line through points [[x, y], ...]. */
export function line(context, points, stroke, width, dash) {
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.setLineDash(dash || []);
  context.stroke();
  context.setLineDash([]);
}

/** A ring: a copy. */
export function ring(context, x, y, radius, stroke, fill) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = stroke;
  context.lineWidth = 1.4;
  context.stroke();
}

/** A star: the best model. */
export function star(context, x, y, radius, fill) {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    const distance = i % 2 === 0 ? radius : radius * 0.42;
    context.lineTo(x + distance * Math.cos(angle), y + distance * Math.sin(angle));
  }
  context.closePath();
  context.fillStyle = fill;
  context.fill();
}

/** A cross: a failure. */
export function cross(context, x, y, size, stroke) {
  line(context, [[x - size, y - size], [x + size, y + size]], stroke, 1.8);
  line(context, [[x - size, y + size], [x + size, y - size]], stroke, 1.8);
}

/** The axis of steps below a chart, with faint lines when given a top. Returns nothing; x is a scale of d3. */
export function stepAxis(context, x, bottom, top) {
  const [left, right] = x.range();
  const ticks = x.ticks(Math.max(2, Math.min(8, Math.floor((right - left) / 90)))).filter(Number.isInteger);
  ticks.forEach(tick => {
    if (top !== undefined) {
      line(context, [[x(tick), top], [x(tick), bottom]], colour("grid"), 1);
    }
    write(context, d3.format(tick >= 1e6 ? "~s" : "d")(tick), x(tick), bottom + 12, { size: 12, align: "center" });
  });
}
