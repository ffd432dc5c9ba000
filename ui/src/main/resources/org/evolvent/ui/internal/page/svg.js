import { s } from "./dom.js";
import { colour } from "./theme.js";

// Charts as drawings to scale: what a chart draws on its canvas is drawn once more, on this.

const painters = new WeakMap();

/** Says how a figure is drawn: paint(context), and its width and height in pixels as size() returns them. */
export function drawnBy(figure, size, paint) {
  painters.set(figure, { size, paint });
}

/** Returns a figure as the text of an SVG, in the colours that the page has now. */
export function svgOf(figure) {
  const { size, paint } = painters.get(figure);
  const context = new SvgContext(...size());
  paint(context);
  return new XMLSerializer().serializeToString(context.root) + "\n";
}

/** A path that works with either kind of context. */
export function pathFor(context) {
  return context instanceof SvgContext ? new SvgPath() : new Path2D();
}

/** What a file of XML may not hold, and a trainer's text may. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

class SvgPath {
  d = "";

  moveTo(x, y) {
    this.d += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.d += `${this.d === "" ? "M" : "L"}${short(x)} ${short(y)}`;
  }

  /** A whole circle; the page draws no other arcs. */
  arc(x, y, radius) {
    const turn = `A${short(radius)} ${short(radius)} 0 1 1`;
    this.d += `M${short(x - radius)} ${short(y)}${turn} ${short(x + radius)} ${short(y)}${turn} ${short(x - radius)} ${short(y)}Z`;
  }

  rect(x, y, width, height) {
    this.d += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  closePath() {
    this.d += "Z";
  }
}

function short(value) {
  return String(Math.round(value * 100) / 100);
}

/** What the page's charts use of a canvas's context. */
class SvgContext {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  lineWidth = 1;
  lineJoin = "miter";
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign = "left";
  textBaseline = "alphabetic";
  imageSmoothingEnabled = true;
  #dash = [];
  #clip = null;
  #path = new SvgPath();
  #saved = [];
  #clips = 0;

  constructor(width, height) {
    this.root = s("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, s("rect", { width, height, fill: colour("ground") }));
  }

  #add(tag, attributes, text) {
    const alpha = this.globalAlpha === 1 ? null : this.globalAlpha;
    this.root.append(s(tag, { ...attributes, opacity: alpha, "clip-path": this.#clip && `url(#${this.#clip})` }, text));
  }

  save() {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline, imageSmoothingEnabled } = this;
    this.#saved.push([{ fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline, imageSmoothingEnabled }, this.#dash, this.#clip]);
  }

  restore() {
    const [styles, dash, clip] = this.#saved.pop();
    Object.assign(this, styles);
    this.#dash = dash;
    this.#clip = clip;
  }

  beginPath() {
    this.#path = new SvgPath();
  }

  moveTo(x, y) {
    this.#path.moveTo(x, y);
  }

  lineTo(x, y) {
    this.#path.lineTo(x, y);
  }

  arc(x, y, radius) {
    this.#path.arc(x, y, radius);
  }

  rect(x, y, width, height) {
    this.#path.rect(x, y, width, height);
  }

  closePath() {
    this.#path.closePath();
  }

  /** Cuts off what lies outside of the path; within what was cut off before, the page cuts off nothing. */
  clip() {
    this.#clip = `clip${++this.#clips}`;
    this.root.append(s("clipPath", { id: this.#clip }, s("path", { d: this.#path.d })));
  }

  setLineDash(dash) {
    this.#dash = dash;
  }

  fill(path) {
    this.#add("path", { d: (path || this.#path).d, fill: this.fillStyle });
  }

  stroke(path) {
    this.#add("path", {
      d: (path || this.#path).d, fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": this.lineJoin,
      "stroke-dasharray": this.#dash.length > 0 ? this.#dash.join(" ") : null,
    });
  }

  fillRect(x, y, width, height) {
    this.#add("rect", { ...box(x, y, width, height), fill: this.fillStyle });
  }

  strokeRect(x, y, width, height) {
    this.#add("rect", { ...box(x, y, width, height), fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth });
  }

  fillText(text, x, y) {
    this.#add("text", { ...this.#type(x, y), fill: this.fillStyle }, text.replace(FORBIDDEN, "\ufffd"));
  }

  strokeText(text, x, y) {
    this.#add("text", { ...this.#type(x, y), fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth }, text.replace(FORBIDDEN, "\ufffd"));
  }

  #type(x, y) {
    const [, bold, size, family] = this.font.match(/^(bold )?([\d.]+)px (.*)$/);
    return {
      x: short(x), y: short(y), "font-family": family, "font-size": size, "font-weight": bold ? "bold" : null,
      "text-anchor": { center: "middle", right: "end" }[this.textAlign], "dominant-baseline": this.textBaseline === "middle" ? "central" : null,
    };
  }

  /** A picture of pixels stays one. */
  drawImage(canvas, x, y, width, height) {
    this.#add("image", {
      ...box(x, y, width, height), href: canvas.toDataURL(), preserveAspectRatio: "none", "image-rendering": this.imageSmoothingEnabled ? null : "pixelated",
    });
  }
}

function box(x, y, width, height) {
  return { x: short(x), y: short(y), width: short(width), height: short(height) };
}
