import { calmly, choice, h } from "./dom.js";
import { count, number } from "./format.js";
import { asSvg, hint } from "./parts.js";
import { ramp, startOf } from "./tree-draw.js";
import { findField } from "./tree-find.js";

// What the reader does with the family tree: point, pin, zoom, pan, walk with the keyboard, and choose what colours stand for.

const FASTER = 1.0015;
const ASK_AFTER = 180;

/** Listens for one tree. */
export class TreeInput {
  constructor(tree) {
    this.tree = tree;
    this.ask = calmly(ASK_AFTER, () => tree.follow());
    this.sharpen = calmly(ASK_AFTER, () => tree.recolour());
    this.drag = null;
    this.find = findField(this);
    const canvas = tree.above;
    canvas.addEventListener("wheel", event => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", event => this.down(event));
    canvas.addEventListener("pointermove", event => this.moved(event));
    canvas.addEventListener("pointerup", event => this.up(event));
    canvas.addEventListener("pointercancel", () => { this.drag = null; });
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("dblclick", () => this.reset());
    canvas.addEventListener("keydown", event => this.key(event));
    canvas.addEventListener("blur", () => this.point(null));
  }

  /** Writes controls and legend. */
  describe() {
    const { tree } = this;
    const { shown, options } = tree;
    const { colour, colours } = shown;
    const isFocused = tree.controls.contains(document.activeElement);
    const isPart = [options.from, options.root].some(each => each !== undefined && each !== null);
    const folded = shown.tree.lineages - shown.tree.lines.length;
    if (!isFocused) {
      tree.controls.replaceChildren(
        choice("Colour", colours.map(each => [each.name, words(each)]), colour.name, value => tree.choose({ colour: value })),
        choice("Along", [["steps", "steps"], ["time", "time"]], shown.along, value => tree.choose({ along: value, from: null, to: null })),
        h("label", null, h("input", { type: "checkbox", checked: Boolean(options.living), onchange: event => tree.choose({ living: event.target.checked || null }) }), " living only"), this.find,
        h("span", { class: "muted" }, folded > 0 ? `${count(shown.tree.lines.length)} largest of ${count(shown.tree.lineages)} lineages, the rest as bands to scale` : shown.tree.lineages > 0 ? `all ${count(shown.tree.lineages)} lineages` : ""),
        ...(isPart ? [h("button", { class: "small push", onclick: () => this.reset() }, "show all")] : []));
    }
    const scale = h("canvas", { width: 110, height: 8, "aria-hidden": "true", class: "ramp" });
    ramp(colour.isHyperparameter).forEach((each, i) => {
      const context = scale.getContext("2d");
      context.fillStyle = each;
      context.fillRect((i * 110) / 64, 0, 2.5, 8);
    });
    tree.legend.replaceChildren(
      h("span", null, number(colour.low), " ", scale, " ", number(colour.high)),
      h("span", null, h("i", { class: "key of-best" }), "ancestry of the best"), h("span", null, h("i", { class: "key of-living" }), "lives on"),
      h("span", null, h("i", { class: "key of-replaced" }), "replaced"), h("span", null, h("b", { class: "bad" }, "✕ "), "failed"));
    tree.warning.textContent = "Nearly everybody descends from one model ten intervals back, and no better model came of it. A smaller fraction that copies, or sub-populations, keep more apart.";
    tree.mapped.replaceChildren(h("h2", null, "Everyone ", h("span", { class: "light" },
      `(each of the ${count(shown.population)} living models is one row, relatives side by side; colour as above)`)), tree.mapFigure, h("div", null, asSvg("everyone", tree.mapFigure)));
    const best = shown.tree.star[0];
    tree.above.setAttribute("aria-label", `Family tree of ${count(shown.tree.lineages)} lineages. Arrows walk along and across lines, Enter pins, plus and minus zoom, 0 shows all, f finds.`);
    if (options.pin !== undefined && options.pin !== null && tree.pin.hidden) {
      tree.show(Number(options.pin));
    }
    this.walked = this.walked || (best ? tree.found(best.node) : null);
  }

  place(event) {
    const box = this.tree.above.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  wheel(event) {
    if (!this.tree.shown) {
      return;
    }
    event.preventDefault();
    const [px, py] = this.place(event);
    this.zoom(FASTER ** (event.deltaY || event.deltaX), px, py, event.shiftKey);
  }

  zoom(factor, px, py, isRows) {
    const { tree } = this;
    if (isRows) {
      const before = tree.options.stretch || 1;
      const stretch = Math.max(1, Math.min(12, before / factor));
      const lift = (py + (tree.options.lift || 0)) * (stretch / before) - py;
      tree.options = { ...tree.options, stretch, lift: stretch === 1 ? 0 : Math.max(0, lift) };
      this.redraw();
      this.sharpen();
      return;
    }
    const view = tree.view();
    const at = view.x.invert(Math.max(view.left, Math.min(view.width - view.right, px)));
    const [from, to] = tree.domain();
    this.look(at - (at - from) * factor, at + (to - at) * factor);
  }

  /** Looks at a part of the axis; at all of it when there is no more. */
  look(from, to) {
    const { tree } = this;
    const end = tree.shown.end;
    const length = Math.max(end / 2000, Math.min(end, to - from));
    const first = Math.max(0, Math.min(end - length, from));
    const isAll = length >= end * 0.999;
    tree.options = { ...tree.options, from: isAll ? null : Math.floor(first), to: isAll ? null : Math.ceil(first + length) };
    this.redraw();
    this.ask();
    if (tree.api.changed) {
      this.tell = this.tell || calmly(2 * ASK_AFTER, () => tree.api.changed(tree.options));
      this.tell();
    }
  }

  redraw() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.tree.draw());
  }

  down(event) {
    const [x, y] = this.place(event);
    this.drag = { x, y, domain: this.tree.domain(), lift: this.tree.options.lift || 0, isFar: false };
    this.tree.above.setPointerCapture(event.pointerId);
  }

  moved(event) {
    const { tree, drag } = this;
    if (!tree.shown) {
      return;
    }
    const [x, y] = this.place(event);
    if (!drag) {
      this.point(tree.at(x, y), x, y);
      return;
    }
    drag.isFar = drag.isFar || Math.hypot(x - drag.x, y - drag.y) > 4;
    if (drag.isFar) {
      this.point(null);
      const view = tree.view();
      const perPixel = (drag.domain[1] - drag.domain[0]) / (view.width - view.left - view.right);
      if ((tree.options.stretch || 1) > 1) {
        tree.options = { ...tree.options, lift: Math.max(0, drag.lift - (y - drag.y)) };
      }
      this.look(drag.domain[0] - (x - drag.x) * perPixel, drag.domain[1] - (x - drag.x) * perPixel);
    }
  }

  up(event) {
    const { tree, drag } = this;
    this.drag = null;
    if (!drag || drag.isFar || !tree.shown) {
      return;
    }
    const [x, y] = this.place(event);
    const at = tree.at(x, y);
    const band = at ? null : tree.bandAt(x, y);
    if (at) {
      this.pin(at);
    } else if (band && band.line >= 0) {
      tree.choose({ root: band.line });
    } else {
      this.unpin();
    }
  }

  pin(at) {
    const id = at.line.nodes[at.index];
    this.walked = at;
    this.tree.options = { ...this.tree.options, pin: id };
    if (this.tree.api.changed) {
      this.tree.api.changed(this.tree.options);
    }
    hint(null);
    this.tree.show(id);
  }

  unpin() {
    this.tree.options = { ...this.tree.options, pin: null };
    this.tree.pin.hidden = true;
    if (this.tree.api.changed) {
      this.tree.api.changed(this.tree.options);
    }
    requestAnimationFrame(() => this.tree.draw());
  }

  /** Lights up what is pointed at, and says what it is. */
  point(at, x, y) {
    const { tree } = this;
    const id = at ? at.line.nodes[at.index] : null;
    if (id === this.pointed) {
      return;
    }
    this.pointed = id;
    tree.hovered = at;
    tree.above.style.cursor = at ? "pointer" : "";
    if (tree.shown) {
      tree.light();
    }
    hint(null);
    if (at) {
      tree.node(id).then(node => {
        if (this.pointed === id) {
          const box = tree.above.getBoundingClientRect();
          hint(told(node), box.left + x, box.top + y);
        }
      }, () => hint(null));
    }
  }

  reset() {
    this.tree.choose({ from: null, to: null, root: null, stretch: null, lift: null });
  }

  key(event) {
    const { tree } = this;
    const view = tree.shown ? tree.view() : null;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!view) {
      return;
    }
    if (step) {
      event.preventDefault();
      this.walk(view, step);
    } else if (event.key === "Enter" && this.walked) {
      this.pin(this.walked);
    } else if (event.key === "Escape") {
      this.point(null);
      this.unpin();
    } else if (event.key === "0") {
      this.reset();
    } else if (event.key === "f") {
      event.preventDefault();
      this.find.focus();
    } else if (event.key === "+" || event.key === "-") {
      this.zoom(event.key === "+" ? 0.7 : 1 / 0.7, view.width / 2, view.height / 2, false);
    }
  }

  walk(view, [along, across]) {
    const { tree } = this;
    const now = this.walked && tree.found(this.walked.line.nodes[this.walked.index]);
    let next = now || { line: tree.shown.tree.lines[0], index: 0 };
    if (!next.line) {
      return;
    }
    if (now && along) {
      next = { line: now.line, index: Math.max(0, Math.min(now.line.nodes.length - 1, now.index + along)) };
    } else if (now) {
      const at = (startOf(now.line, now.index) + now.line.ends[now.index]) / 2;
      const others = tree.shown.tree.lines.filter(each =>
        each.from <= at && each.ends[each.ends.length - 1] >= at && (each.row - now.line.row) * across > 0);
      others.sort((a, b) => Math.abs(a.row - now.line.row) - Math.abs(b.row - now.line.row));
      if (others.length > 0) {
        next = { line: others[0], index: Math.max(0, others[0].ends.findIndex(end => end >= at)) };
      }
    }
    this.walked = next;
    this.point(next, view.x(next.line.ends[next.index]), view.y(next.line.row));
  }
}

function words(colour) {
  return { standing: "standing in the population", score: "score" }[colour.name] || (colour.isLog ? `${colour.name} (log)` : colour.name);
}

function told(node) {
  const { turn } = node;
  const score = node.score === null ? node.absence : number(node.score);
  const lines = [turn && turn.donor !== null
    ? `Member ${node.member} copied member ${turn.donor} at step ${count(node.from)}`
    : `Member ${node.member}, steps ${count(node.from)} to ${count(node.to)}, score ${score}`];
  if (turn) {
    lines.push(turn.reason);
    turn.changed.forEach(each => lines.push(`${each.name} ${number(each.before)} → ${number(each.after)}`));
  }
  lines.push(node.living === 0 ? "No living descendants." : `${count(node.living)} living descend from it.`);
  return lines.join("\n");
}
