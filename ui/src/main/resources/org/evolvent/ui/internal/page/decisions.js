import { chart, line, ring, stepAxis, write } from "./chart.js";
import { calmly, choice, h } from "./dom.js";
import { count, plural } from "./format.js";
import { ancestorStrip } from "./ancestors.js";
import { asTable, changes, heading, PAGE, paging } from "./parts.js";
import { colour } from "./theme.js";

// Who copied whom and why, is one donor taking over, what was changed?

const ROW = 15;

/** Shows the decisions. The filter stays while they grow. */
export async function decisions(place, page) {
  const options = page.options;
  const asked = { kind: options.kind === "all" ? "" : options.kind || "copy", member: options.member, donor: options.donor, parameter: options.parameter, text: options.text, skipped: options.first, most: PAGE };
  let data = await page.ask("decisions", asked);
  if (!options.kind && data.donors.length === 0) {
    data = await page.ask("decisions", { ...asked, kind: "" });
  }
  const strip = await page.ask("ancestors").catch(() => null);
  const known = place.querySelector("[data-kept]");
  const filter = known || controls(page, data);
  filter.setAttribute("data-kept", "");
  const above = [...heading("Decisions", null, data.sentence), ...donors(data), strip ? ancestorStrip(strip, 44, innerWidth <= 600 ? 46 : 96) : null].filter(Boolean);
  const below = rows(data, page);
  if (known) {
    // What is being typed into stays where it is.
    while (place.firstChild !== known) {
      place.firstChild.remove();
    }
    while (known.nextSibling) {
      known.nextSibling.remove();
    }
    known.before(...above);
    known.after(...below);
  } else {
    place.replaceChildren(...above, filter, ...below);
  }
}

function controls(page, data) {
  const members = [["", "any"], ...d3.range(page.run.members).map(member => [member, String(member)])];
  const options = page.options;
  const typed = h("input", {
    type: "search", placeholder: "Filter reasons", "aria-label": "Filter reasons", value: options.text || "",
    oninput: calmly(250, () => page.set({ text: typed.value, first: "" })),
  });
  return h("div", { class: "controls" },
    choice("Kind", [["copy", "copied"], ["explore", "changed only"], ["stop", "stopped"], ["all", "all"]], options.kind || (data.donors.length > 0 ? "copy" : "all"), kind => page.set({ kind, first: "" })),
    choice("Member", members, options.member || "", member => page.set({ member, first: "" })),
    choice("Donor", members, options.donor || "", donor => page.set({ donor, first: "" })),
    h("span", { class: "push" }, typed));
}

function donors(data) {
  const copies = data.donors.reduce((sum, donor) => sum + donor.copies.length, 0);
  if (copies === 0) {
    return [];
  }
  const narrow = innerWidth <= 600;
  const right = narrow ? 46 : 96;
  const draw = (context, width, height) => {
    const x = d3.scaleLinear([0, Math.max(1, data.last)], [44, width - right]);
    const marks = [];
    data.donors.forEach((donor, i) => {
      const y = 8 + i * ROW;
      line(context, [[44, y], [width - right, y]], colour("grid"), 1);
      write(context, String(donor.member), 38, y, { align: "right" });
      write(context, narrow ? String(donor.copies.length) : plural(donor.copies.length, "copy", "copies"), width - right + 6, y, { colour: "ink" });
      const seen = new Map();
      donor.copies.forEach(copy => {
        const nth = seen.get(copy.step) || 0;
        seen.set(copy.step, nth + 1);
        const at = x(copy.step) + nth * 6;
        ring(context, at, y, 3.6, copy.lives ? colour("accent") : colour("muted"), copy.lives ? colour("accent") : colour("ground"));
        marks.push({ x: at, y, text: `member ${copy.member} copied member ${donor.member}, ${count(copy.step)} steps\n${copy.lives ? "its line lives on" : "nobody who lives descends from it"}` });
      });
    });
    stepAxis(context, x, height - 22);
    return marks;
  };
  const drawn = chart(data.donors.length * ROW + 28, "Who was copied, and when", draw);
  return [
    h("h2", null, "Who was copied, when ", h("span", { class: "light" }, "each mark is a copy; a row for each donor, most copied first; ● its line lives on")),
    drawn,
    asTable("donors", () => ({
      columns: ["donor", "step", "copied by", "lives on"],
      rows: data.donors.flatMap(donor => donor.copies.map(copy => [donor.member, copy.step, copy.member, copy.lives ? "yes" : "no"])),
    }), drawn),
  ];
}

function rows(data, page) {
  const some = data.rows.length;
  const first = Number(page.options.first) || 0;
  const words = data.found === 0
    ? [h("p", { class: "muted" }, data.all === 0 ? "Nothing was decided yet but to go on." : "No decision is like that.")]
    : [h("p", { class: "muted" }, `${plural(data.found, "decision")}${data.found < data.all ? ` of ${count(data.all)}` : ""}, the latest first.${data.held < data.all ? ` This report holds the latest ${count(data.held)}.` : ""}`)];
  const body = data.rows.map(row => h("tr", null,
    h("td", { class: "number", "data-label": "step" }, count(row.step)),
    h("td", { "data-label": "member" }, h("a", { href: page.address("member", { index: row.member }) }, h("b", null, String(row.member)))),
    h("td", { "data-label": "copied" }, row.donor === null ? (row.kind === "stop" ? "stopped" : "–") : h("a", { href: page.address("member", { index: row.donor }) }, String(row.donor))),
    h("td", { class: "why" }, row.reason, row.wentOn > 0 ? h("div", { class: "muted" }, `before, it went on ${row.wentOn === 1 ? "once" : row.wentOn + " times"}`) : null),
    h("td", null, changes(row.changed))));
  return [...words, some === 0 ? null : h("div", { class: "tablebox" }, h("table", { class: "folds" },
    h("thead", null, h("tr", null, h("th", { class: "number" }, "step"), h("th", null, "member"), h("th", null, "copied"), h("th", null, "why"), h("th", null, "changed"))),
    h("tbody", null, body))), paging(data.found, first, page)].filter(Boolean);
}
