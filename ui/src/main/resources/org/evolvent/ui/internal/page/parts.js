import { h, s } from "./dom.js";
import { count, difference, number } from "./format.js";
import { svgOf } from "./svg.js";

// What several views are put together from.

/** The heading of a view and its sentence. */
export function heading(title, light, sentence) {
  return [
    h("h1", null, title, light ? h("span", { class: "light" }, " " + light) : null),
    sentence ? h("p", { class: "muted" }, sentence) : null,
  ];
}

/** A table. Columns have a title, and number for figures; cells are texts or elements. */
export function table(columns, rows, kind) {
  const cells = row => row.map((cell, i) =>
    h("td", { class: columns[i].number ? "number" : null, "data-label": columns[i].title }, cell));
  return h("div", { class: "tablebox", tabindex: "0" },
    h("table", { class: kind || null },
      h("thead", null, h("tr", null, columns.map(column => h("th", { class: column.number ? "number" : null, scope: "col" }, column.title)))),
      h("tbody", null, rows.map(row => h("tr", null, cells(row))))));
}

/** Tables that are open, by their names: they stay so when their view is drawn anew. */
const opened = new Set();

/** Another view begins without open tables. */
export function closeTables() {
  opened.clear();
}

/**
 * A button that shows the numbers of a chart as a table, and offers them as CSV, and one for the chart as SVG.
 *
 * @param get returns {columns: [texts], rows: [[values]]}
 * @param figures the charts that show them
 */
export function asTable(name, get, ...figures) {
  const place = h("div");
  const button = h("button", {
    class: "small",
    onclick: () => {
      opened[opened.has(name) ? "delete" : "add"](name);
      show();
    },
  }, "as table");
  const show = () => {
    button.setAttribute("aria-expanded", String(opened.has(name)));
    place.replaceChildren(...(opened.has(name) ? [download(name, get()), full(get())] : []));
  };
  show();
  return h("div", null, button, ...figures.map((figure, i) => [" ", asSvg(figures.length === 1 ? name : `${name}-${i + 1}`, figure, figures.length === 1 ? "" : ` ${i + 1}`)]), place);
}

/** A button that offers a chart as SVG; which one, where there are several. */
export function asSvg(name, figure, which) {
  return offer(() => svgOf(figure), `${name}.svg`, `as SVG${which || ""}`, "image/svg+xml");
}

function full(data) {
  return table(data.columns.map(title => ({ title, number: true })), data.rows.map(row => row.map(value => number(value))));
}

function download(name, data) {
  const lines = [data.columns, ...data.rows].map(row => row.map(quoted).join(","));
  return h("p", null, offer(() => lines.join("\n") + "\n", `${name}.csv`, "as CSV", "text/csv"));
}

function quoted(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** So many rows of a long table are drawn at a time. */
export const PAGE = 200;

/** Says which rows of a long table are shown, and leads to those before and after them; null where all are. */
export function paging(all, first, page) {
  if (all <= PAGE) {
    return null;
  }
  const to = Math.min(all, first + PAGE);
  const button = (text, at) => h("button", { onclick: () => page.set({ first: at === 0 ? "" : String(at) }) }, text);
  return h("p", { class: "muted" }, `${count(first + 1)} to ${count(to)} of ${count(all)} `,
    first > 0 ? button("Previous", Math.max(0, first - PAGE)) : null, " ", to < all ? button("Next", to) : null);
}

/** What a decision changed, each hyperparameter with its value before and after. */
export function changes(changed) {
  return changed.map(one => {
    const words = difference(one);
    return h("span", { class: "change" }, `${words.name} ${words.before} → `, h("b", null, words.after),
      words.factor ? h("span", { class: "muted" }, " " + words.factor) : null);
  });
}

/** Offers a text as a file. */
export function offer(text, file, label, type) {
  return h("button", {
    class: "small",
    onclick: () => {
      const blob = URL.createObjectURL(new Blob([text()], { type: type || "text/plain" }));
      h("a", { href: blob, download: file }).click();
    },
  }, label);
}

/** A small curve of some values; a null leaves a gap. */
export function sparkline(values) {
  const width = 80;
  const height = 18;
  const known = values.filter(value => value !== null);
  if (known.length < 2) {
    return null;
  }
  const low = Math.min(...known);
  const high = Math.max(...known);
  const x = i => (i / (values.length - 1)) * width;
  const y = value => height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
  let path = "";
  values.forEach((value, i) => {
    if (value !== null) {
      path += `${path && values[i - 1] !== null ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    }
  });
  return s("svg", { class: "spark", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, s("path", { d: path }));
}

/** Where a value lies in its domain. */
export function bar(position) {
  if (position === null) {
    return null;
  }
  const mark = h("i");
  mark.style.left = `calc(${(position * 100).toFixed(1)}% - 1px)`;
  return h("span", { class: "bar", "aria-hidden": "true" }, mark);
}

const tip = h("div", { class: "tip", hidden: true, role: "status" });

/** Shows a text beside a point of the window; null hides it. */
export function hint(text, x, y) {
  if (!tip.isConnected) {
    document.body.append(tip);
  }
  tip.hidden = text === null;
  if (text !== null) {
    tip.textContent = text;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 4))}px`;
    tip.style.top = `${y + 18 + box.height > innerHeight ? Math.max(4, y - box.height - 12) : y + 18}px`;
  }
}
