import { h } from "./dom.js";
import { count, number } from "./format.js";
import { asTable, changes, hint } from "./parts.js";
import { drawnBy } from "./svg.js";
import { onTheme } from "./theme.js";
import { bandAt, bandPicture, drawPath, drawTree, endOf, nearest, ramp } from "./tree-draw.js";
import { TreeInput } from "./tree-input.js";
import { drawAncestors, drawAxis, drawMap, mapPicture } from "./tree-strips.js";

// The family tree, with what lies below it on the same axis. Zooming asks for the visible part, which then gets the whole budget of rows.

const ROW = 5;
const MOST_ROW = 14;
const MOVE = 400;
const STRIP = 84;
const MAP = 190;
const MAP_FROM = 100;
const NUMBERS = ["from", "to", "root", "pin", "stretch", "lift"];

/**
 * Mounts a family tree.
 *
 * @param element where to put it
 * @param api where it gets what it shows, as promises: tree({rows, from, to, colour, root, along, living}), map({colour}), ancestors(), node(id);
 *     and what it tells: changed(options) when the reader chose something, member(index) to go to a member's page
 * @param options what was chosen before, as told to api.changed
 * @return with follow(), to be called when there is more to see, and close()
 */
export function mountTree(element, api, options) {
  return new Tree(element, api, options || {});
}

class Tree {
  constructor(element, api, options) {
    this.api = api;
    // An address has texts.
    this.options = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, NUMBERS.includes(name) && value !== null ? Number(value) : value]));
    this.shown = null;
    this.moved = new Map();
    this.hovered = null;
    this.asked = 0;
    this.isMany = false;
    this.nodes = new Map();
    this.controls = h("div", { class: "controls" });
    this.legend = h("div", { class: "legend" });
    this.picture = h("canvas", { "aria-hidden": "true" });
    this.above = h("canvas", { tabindex: "0", role: "application", "aria-label": "Family tree" });
    this.figure = h("figure", { class: "tree" }, this.picture, this.above);
    this.pin = h("aside", { class: "pin", hidden: true, "aria-live": "polite" });
    this.strip = h("canvas", { role: "img", "aria-label": "Effective number of different ancestors ten intervals back" });
    this.map = h("canvas", { role: "img", "aria-label": "Map of everybody" });
    this.mapped = h("div", { hidden: true });
    this.warning = h("p", { class: "concern", hidden: true });
    const stripFigure = h("figure", null, this.strip);
    this.mapFigure = h("figure", null, this.map);
    const size = height => () => [this.figure.clientWidth, height()];
    drawnBy(this.figure, size(() => this.view().height), context => this.paint(context, this.view()));
    drawnBy(stripFigure, size(() => STRIP), context => drawAncestors(context, this.view(), this.ancestors, STRIP));
    drawnBy(this.mapFigure, size(() => MAP), context => drawMap(context, this.view(), this.everyone, this.pixels, MAP));
    this.numbers = [
      asTable("family-tree", () => this.table(), this.figure),
      asTable("ancestors", () => ({ columns: ["step", "different ancestors", "by lot"],
        rows: this.ancestors.at.map((step, i) => [step, this.ancestors.numbers[i], this.ancestors.byLot[i]]) }), stripFigure),
    ];
    this.numbers.forEach(each => { each.hidden = true; });
    element.replaceChildren(
      this.controls, this.legend, h("div", { class: "treebox" }, this.figure, this.pin),
      this.numbers[0],
      h("h2", { title: "At the dashed line the score is noise, or all are equally good; below it selection acts, which is what it should; at 1 everyone is a child of one recent model." },
        "Different ancestors 10 intervals back ", h("span", { class: "light" }, "(effective number; dashed: if ranks were drawn by lot)")),
      this.warning, stripFigure,
      this.numbers[1], this.mapped);
    this.input = new TreeInput(this);
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(this.figure);
    this.forget = onTheme(() => this.recolour());
  }

  /** Asks for what there is by now. */
  async follow() {
    const turn = ++this.asked;
    const { from, to, colour, root, along, living } = this.options;
    const room = this.room();
    if (room.width === 0) {
      return undefined;
    }
    const shown = await this.api.tree({ rows: Math.max(1, Math.floor((room.height - room.top - room.bottom) / ROW)), from, to, colour, root, along, living });
    if (turn === this.asked && this.isMany !== shown.population >= MAP_FROM) {
      // There is less room above a map.
      this.isMany = !this.isMany;
      return this.follow();
    }
    const isMap = this.isMany && shown.along === "steps";
    const [strip, map] = await Promise.all([this.api.ancestors(), isMap ? this.api.map({ colour }) : null]);
    if (turn !== this.asked) {
      return undefined;
    }
    const before = new Map(this.shown ? this.shown.tree.lines.map(each => [each.id, this.y(each.row)]) : []);
    this.shown = shown;
    this.ancestors = strip;
    this.everyone = map;
    this.recolour();
    this.input.describe();
    this.move(before);
    return undefined;
  }

  close() {
    this.sizes.disconnect();
    this.forget();
    hint(null);
  }

  /** Chooses something, and asks for what it takes. */
  choose(options) {
    this.options = { ...this.options, ...options };
    if (this.api.changed) {
      this.api.changed(this.options);
    }
    return this.follow();
  }

  room() {
    const width = this.figure.clientWidth;
    const isNarrow = width < 600;
    return { width, height: this.isMany ? 310 : 480, left: isNarrow ? 30 : 44, right: isNarrow ? 34 : 110, top: 16, bottom: 26, isNarrow };
  }

  /** The part of the axis that is looked at. */
  domain() {
    const { from, to } = this.options;
    return from === undefined || from === null ? [Math.min(0, this.shown.tree.from), this.shown.end] : [from, to];
  }

  view() {
    const room = this.room();
    const { tree } = this.shown;
    const px = Math.min(MOST_ROW, (room.height - room.top - room.bottom) / Math.max(1, tree.height)) * (this.options.stretch || 1);
    const reached = Math.max(0, ...tree.lines.map(endOf));
    return {
      ...room, tree, px, colours: this.colours,
      isRunning: reached < this.domain()[1] * 0.995 && !this.options.to,
      x: d3.scaleLinear(this.domain(), [room.left, room.width - room.right]),
      row: row => this.y(row),
      y: row => this.y(row),
    };
  }

  y(row) {
    const room = this.room();
    const space = room.height - room.top - room.bottom;
    const px = Math.min(MOST_ROW, space / Math.max(1, this.shown.tree.height)) * (this.options.stretch || 1);
    const spare = Math.max(0, (space - px * this.shown.tree.height) / 2);
    return room.top + spare + (row + 0.5) * px - (this.options.lift || 0);
  }

  /** Makes all pictures anew. */
  recolour() {
    if (this.shown) {
      this.bands = null;
      this.colours = ramp(this.shown.colour.isHyperparameter);
      this.pixels = this.everyone ? mapPicture(this.everyone, this.colours) : null;
      this.draw();
    }
  }

  resized() {
    if (this.shown === null || Math.abs(this.figure.clientWidth - this.drawnWidth) > 1) {
      this.drawnWidth = this.figure.clientWidth;
      this.follow();
    }
  }

  /** Lets lines go to their new rows. */
  move(before) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const moves = this.shown.tree.lines.some(each => before.has(each.id) && Math.abs(before.get(each.id) - this.y(each.row)) > 1);
    cancelAnimationFrame(this.frame);
    if (still || !moves) {
      this.draw();
      return;
    }
    const start = performance.now();
    const rows = new Map(this.shown.tree.lines.map(each => [each.row, before.get(each.id)]));
    const step = now => {
      const done = Math.min(1, (now - start) / MOVE);
      const eased = 1 - (1 - done) ** 3;
      this.draw(row => {
        const from = rows.get(row);
        return from === undefined ? this.y(row) : from + (this.y(row) - from) * eased;
      });
      if (done < 1) {
        this.frame = requestAnimationFrame(step);
      }
    };
    this.frame = requestAnimationFrame(step);
  }

  draw(y) {
    const view = this.view();
    if (view.width === 0) {
      return;
    }
    view.y = y || view.y;
    this.bands = this.bands || bandPicture(view);
    view.bands = this.bands;
    const context = this.sized(this.picture, view.height);
    this.figure.style.height = `${view.height}px`;
    this.paint(context, view);
    this.light();
    // It is counted over steps.
    this.strip.hidden = this.shown.along !== "steps";
    if (!this.strip.hidden) {
      drawAncestors(this.sized(this.strip, STRIP), view, this.ancestors, STRIP);
    }
    this.numbers[0].hidden = false;
    this.numbers[1].hidden = this.strip.hidden;
    this.warning.hidden = !this.ancestors.isNarrow;
    this.mapped.hidden = !this.pixels;
    if (this.pixels) {
      drawMap(this.sized(this.map, MAP), view, this.everyone, this.pixels, MAP);
    }
  }

  paint(context, view) {
    drawAxis(context, view);
    if (view.tree.lines.length > 0) {
      drawTree(context, view);
    } else {
      this.stubs(context, view);
    }
  }

  /** Before there are results: a founder for each member. */
  stubs(context, view) {
    const members = Math.min(this.shown.population, 60);
    context.fillStyle = getComputedStyle(this.figure).color;
    context.globalAlpha = 0.4;
    for (let i = 0; i < members; i++) {
      context.fillRect(view.left, view.top + ((i + 0.5) / members) * (view.height - view.top - view.bottom), 24, 1.2);
    }
    context.globalAlpha = 1;
  }

  sized(canvas, height) {
    const ratio = devicePixelRatio || 1;
    const width = canvas.clientWidth || this.figure.clientWidth;
    if (canvas.style.height !== `${height}px`) {
      canvas.style.height = `${height}px`;
    }
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  /** Draws what is pointed at and pinned, on its own canvas. */
  light() {
    const view = this.view();
    const context = this.sized(this.above, view.height);
    for (const at of [this.found(this.options.pin), this.hovered && this.found(this.hovered.line.nodes[this.hovered.index])]) {
      if (at) {
        drawPath(context, view, at);
      }
    }
  }

  found(node) {
    for (const line of this.shown.tree.lines) {
      const index = node === undefined || node === null ? -1 : line.nodes.indexOf(Number(node));
      if (index >= 0) {
        return { line, index };
      }
    }
    return null;
  }

  at(x, y) {
    return nearest(this.view(), x, y, 12);
  }

  bandAt(x, y) {
    return bandAt(this.view(), x, y);
  }

  node(id) {
    if (!this.nodes.has(id)) {
      this.nodes.set(id, this.api.node(id));
    }
    return this.nodes.get(id);
  }

  /** Shows what there is to know about an interval beside the tree, until something else is chosen. */
  async show(id) {
    const node = await this.node(id);
    const { turn } = node;
    this.pin.hidden = false;
    this.pin.replaceChildren(
      h("button", { class: "small", "aria-label": "Close", onclick: () => this.input.unpin() }, "×"),
      h("b", null, turn && turn.donor !== null ? `Member ${node.member} copied member ${turn.donor}` : `Member ${node.member}, interval ${node.interval}`),
      h("p", { class: "muted" }, `steps ${count(node.from)} to ${count(node.to)}, score ${node.score === null ? node.absence : number(node.score)}`),
      turn ? h("p", null, turn.reason) : null,
      turn && turn.donorScore !== null ? h("p", { class: "muted" }, `${number(turn.score)} before, ${number(turn.donorScore)} the donor's`) : null,
      turn ? h("p", null, changes(turn.changed)) : h("p", null, "It went on with what it had."),
      h("p", { class: "muted" }, `Founder: member ${node.founder}. ${node.living === 0 ? "No living descendants." : `${count(node.living)} living descend from it.`}`),
      this.api.member ? h("button", { class: "small", onclick: () => this.api.member(node.member) }, `member ${node.member}`) : null);
    requestAnimationFrame(() => this.draw());
  }

  table() {
    return {
      columns: ["member at first", "from", "to", "copied from line", "intervals", "lives", "ancestry of the best", "last score"],
      rows: this.shown.tree.lines.map(each => [each.hosts[0].member, each.from, endOf(each), each.parent < 0 ? null : each.parent,
        each.nodes.length, each.lives ? "yes" : "no", each.bestTo < 0 ? "no" : "yes", each.score]),
    };
  }
}
