import { chart } from "./chart.js";
import { calmly, h } from "./dom.js";
import { column, count, number } from "./format.js";
import { asTable, bar, heading, PAGE, paging, sparkline } from "./parts.js";
import { colour } from "./theme.js";

// The members as they stand, to be sorted and searched.

/** From so many members on a table alone does not tell how they are spread. */
const MANY = 200;

const BINS = 24;

/** Shows the population. */
export async function population(place, page) {
  const data = await page.ask("population");
  const columns = columnsOf(data, page);
  const sort = columns.find(one => one.key === page.options.sort) || columns[0];
  const down = page.options.down === "1";
  const sought = (page.options.text || "").toLowerCase();
  const all = data.rows
    .filter(row => !sought || `member ${row.member} ${row.status} ${row.decided} ${row.reason}`.toLowerCase().includes(sought))
    .sort((a, b) => order(sort.value(a), sort.value(b)) * (down ? -1 : 1));
  const first = Math.max(0, Math.min(Number(page.options.first) || 0, all.length - 1));
  const shown = all.slice(first, first + PAGE);
  const head = columns.map(one => h("th", { class: one.number ? "number" : null, scope: "col", "aria-sort": one === sort ? (down ? "descending" : "ascending") : null },
    h("button", { onclick: () => page.set({ sort: one.key, down: one === sort && !down ? "1" : "" }) }, one.title + (one === sort ? (down ? " ▾" : " ▴") : ""))));
  const kept = place.querySelector("[data-kept]");
  const search = kept || searchField(page);
  const title = heading("Population", null, data.sentence);
  const body = h("div", { class: "tablebox" }, h("table", { class: "folds" }, h("thead", null, h("tr", null, head)),
    h("tbody", null, shown.map(row => h("tr", null, columns.map(one => h("td", { class: one.number ? "number" : null, "data-label": one.title }, one.cell(row))))))));
  if (!kept) {
    place.replaceChildren(h("div"), search, h("div"));
  }
  place.firstChild.replaceChildren(...title);
  place.lastChild.replaceChildren(...[...histograms(data, page), body, paging(all.length, first, page)].filter(Boolean));
}

/** How all members are spread: over their scores, and over the domain of each hyperparameter. */
function histograms(data, page) {
  if (data.rows.length < MANY) {
    return [];
  }
  const [low, high] = d3.extent(data.rows, row => row.score ?? undefined);
  const spread = [
    bins(page.run.metric, data.rows, row => (row.score === null ? null : (row.score - low) / (high - low || 1)), row => row.score),
    ...data.axes.map((axis, i) => bins(axis.name, data.rows, row => row.positions[i], row => row.values[i])),
  ];
  const figures = spread.map(one => chart(46, `How members are spread over ${one.name}`, (context, width, height) => drawBins(context, width, height, one)));
  return [
    h("div", { class: "multiples" }, spread.map((one, i) => h("div", null, h("div", { class: "muted" }, one.name), figures[i]))),
    asTable("spread", () => ({ columns: ["of", "from", "to", "members"], rows: spread.flatMap(one => one.bins.map(bin => [one.name, bin.from, bin.to, bin.members])) }), ...figures),
  ];
}

/** Puts rows into bins by their places from 0 to 1. A bin is said with the values that are in it. */
function bins(name, rows, place, value) {
  const known = rows.filter(row => place(row) !== null).sort((a, b) => place(a) - place(b));
  const groups = d3.groups(known, row => Math.min(BINS - 1, Math.floor(place(row) * BINS)));
  return { name, bins: groups.map(([at, group]) => ({ at, from: value(group[0]), to: value(group[group.length - 1]), members: group.length })) };
}

function drawBins(context, width, height, { name, bins: filled }) {
  const most = Math.max(1, ...filled.map(bin => bin.members));
  const wide = width / BINS;
  context.fillStyle = colour("grid");
  context.fillRect(0, height - 1, width, 1);
  context.fillStyle = colour("accent");
  return filled.map(bin => {
    const high = Math.max(1, (bin.members / most) * (height - 4));
    context.fillRect(bin.at * wide, height - high, wide - 1, high);
    const values = bin.from === bin.to ? number(bin.from) : `${number(bin.from)} to ${number(bin.to)}`;
    return { x: bin.at * wide, width: wide, y: height - high, text: `${name} ${values}\n${count(bin.members)} of all members` };
  });
}

function searchField(page) {
  const typed = h("input", {
    type: "search", placeholder: "Find a member or a reason", "aria-label": "Find a member or a reason", value: page.options.text || "",
    oninput: calmly(250, () => page.set({ text: typed.value, first: "" })),
  });
  return h("div", { class: "controls", "data-kept": "" }, h("span", { class: "push" }, typed));
}

function columnsOf(data, page) {
  const score = column(data.rows.map(row => row.score));
  const own = [
    { key: "rank", title: "rank", number: true, value: row => row.rank, cell: row => number(row.rank) },
    { key: "member", title: "member", number: true, value: row => row.member, cell: row => h("a", { href: page.address("member", { index: row.member }) }, h("b", null, String(row.member))) },
    { key: "score", title: page.run.metric, number: true, value: row => row.score, cell: row => [h("span", { title: String(row.score) }, score(row.score)), sparkline(row.scores)] },
    { key: "step", title: "steps", number: true, value: row => row.step, cell: row => count(row.step) },
    { key: "age", title: "since its copy", number: true, value: row => row.step - row.since, cell: row => (row.donor === null ? "–" : `${count(row.step - row.since)} ← ${row.donor}`) },
  ];
  const parameters = data.axes.map((axis, i) => ({
    key: "hp-" + axis.name, title: axis.name, number: true,
    value: row => (row.positions[i] === null ? null : row.positions[i]),
    cell: row => [h("span", { title: String(row.values[i]) }, number(row.values[i])), bar(row.positions[i])],
  }));
  return [...own, ...parameters, { key: "decided", title: "last decision", value: row => row.decided, cell: row => (row.decided ? [row.decided + " ", h("span", { class: "muted" }, row.reason)] : h("span", { class: "muted" }, "none yet")) }];
}

function order(a, b) {
  if (a === null || b === null || a === undefined || b === undefined) {
    return (a === null || a === undefined ? 1 : 0) - (b === null || b === undefined ? 1 : 0);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
