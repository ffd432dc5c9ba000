import { chart, line, ring, stepAxis, write } from "./chart.js";
import { choice, h } from "./dom.js";
import { count, moment, number, ticks } from "./format.js";
import { asTable, changes, heading } from "./parts.js";
import { drawPanel } from "./steps.js";
import { colour, faint } from "./theme.js";

// What happened to a member?

const KINDS = { held: "the weights that it holds now", elsewhere: "the same, while another member held them", given: "given up" };

/** Donors are named no nearer to each other, in pixels; the story names all. */
const NAMED_APART = 34;

/** Shows a member. */
export async function member(place, page) {
  const index = Number(page.options.index) || 0;
  const data = await page.ask("member", { index });
  const curve = chart(260, `${data.metric} of member ${data.member} over steps`, (context, width, height) => drawScores(context, width, height, data, page));
  place.replaceChildren(
    h("div", { class: "controls" }, h("a", { href: page.address("population") }, "← population"),
      choice("Member", d3.range(page.run.members).map(one => [one, String(one)]), index, one => page.set({ index: one }))),
    ...heading(`Member ${data.member}`, null, data.sentence),
    curve,
    h("div", { class: "legend" },
      h("span", null, key("best"), KINDS.held), h("span", null, key("best", "dashed"), KINDS.elsewhere), h("span", null, key("accent"), KINDS.given),
      h("span", null, "○ ← 12: copied member 12"), h("span", null, "shaded: everybody")),
    asTable(`member-${data.member}`, () => ({
      columns: ["step", data.metric, "trained by member", "kind"], rows: data.points.map(point => [point.step, point.score, point.member, KINDS[point.kind]]),
    }), curve),
    h("h2", null, "Schedule of the weights that it holds"),
    h("div", { class: "multiples" }, data.axes.map((axis, i) => h("div", null, h("div", { class: "muted" }, axis.name),
      chart(46, `${axis.name} over steps`, (context, width, height) => drawPanel(context, width, height, {
        axis, last: lastOf(data.schedule[i]), best: data.schedule[i], compact: true,
      }))))),
    h("h2", null, "Its story"),
    h("div", { class: "tablebox" }, h("table", { class: "folds" },
      h("thead", null, h("tr", null, h("th", { class: "number" }, "step"), h("th", null, "when"), h("th", null, "what happened"))),
      h("tbody", null, data.story.map(one => h("tr", null, h("td", { class: "number", "data-label": "step" }, count(one.step)),
        h("td", { class: "moment" }, h("time", { datetime: one.at, title: one.at }, moment(one.at))),
        h("td", { class: one.kind === "failure" ? "bad" : null }, one.kind === "failure" ? "✕ " : null, one.text,
          one.changed.length > 0 ? h("div", null, changes(one.changed)) : null)))))),
    page.isReport ? null : h("p", { class: "muted" }, "What it printed: ", h("code", null, `evolvent logs ${page.run.directory} --member ${data.member}`)));
}

function key(name, style) {
  const mark = h("span", { class: "key" });
  mark.style.borderTopColor = `var(--${name})`;
  mark.style.borderTopStyle = style || "solid";
  return mark;
}

function lastOf(stretches) {
  return stretches && stretches.length > 0 ? stretches[stretches.length - 1].to : 1;
}

function drawScores(context, width, height, data, page) {
  const scores = data.scores;
  const finite = [...data.points.map(point => point.score), ...scores.lower, ...scores.highest, ...scores.best].filter(value => value !== null);
  const low = finite.length > 0 ? Math.min(...finite) : 0;
  const high = finite.length > 0 ? Math.max(...finite) : 1;
  const last = Math.max(1, scores.steps.length > 0 ? scores.steps[scores.steps.length - 1] : 1);
  const x = d3.scaleLinear([0, last], [52, width - 16]);
  const y = d3.scaleLinear([low, high === low ? low + 1 : high], [height - 30, 12]);
  const values = y.ticks(5);
  const text = ticks(values);
  values.forEach(tick => {
    line(context, [[52, y(tick)], [width - 16, y(tick)]], colour("grid"), 1);
    write(context, text(tick), 46, y(tick), { size: 12, align: "right" });
  });
  stepAxis(context, x, height - 26);
  context.save();
  context.beginPath();
  context.rect(52, 0, width - 52, height - 28);
  context.clip();
  band(context, scores, "lowest", "highest", x, y, 0.1);
  band(context, scores, "lower", "upper", x, y, 0.14);
  runsOf(data.points).forEach(run => line(context, run.points.map(point => [x(point.step), y(point.score)]),
    colour(run.kind === "given" ? "accent" : "best"), run.kind === "held" ? 2.8 : 1.8, run.kind === "elsewhere" ? [4, 3] : []));
  context.restore();
  let named = -NAMED_APART;
  data.copies.forEach(copy => {
    if (copy.score !== null && copy.donorScore !== null) {
      line(context, [[x(copy.donorStep), y(copy.score)], [x(copy.donorStep), y(copy.donorScore)]], colour("ink"), 1.2);
    }
    if (copy.donorScore !== null) {
      ring(context, x(copy.donorStep), y(copy.donorScore), 3, colour("ink"), colour("ground"));
      if (x(copy.donorStep) >= named + NAMED_APART) {
        named = x(copy.donorStep);
        write(context, `← ${copy.donor}`, named, y(Math.min(copy.donorScore, copy.score ?? copy.donorScore)) + 11, { align: "center" });
      }
    }
  });
  return data.points.filter(point => point.score !== null).map(point => ({
    x: x(point.step), y: y(point.score),
    text: `step ${count(point.step)}: ${data.metric} ${number(point.score)}\n${KINDS[point.kind]}, trained by member ${point.member}`,
    go: point.member === data.member ? null : () => page.go("member", { index: point.member }),
  }));
}

function band(context, scores, lower, upper, x, y, opacity) {
  const known = scores.steps.map((step, i) => [step, scores[lower][i], scores[upper][i]]).filter(point => point[1] !== null);
  if (known.length > 1) {
    context.beginPath();
    known.forEach(([step, , top], i) => (i === 0 ? context.moveTo(x(step), y(top)) : context.lineTo(x(step), y(top))));
    known.reverse().forEach(([step, bottom]) => context.lineTo(x(step), y(bottom)));
    context.closePath();
    context.fillStyle = faint("muted", opacity);
    context.fill();
  }
}

/** Splits results into lines: those of the weights that it holds are one, of which parts were trained elsewhere. */
function runsOf(points) {
  const runs = [];
  for (const group of [points.filter(point => point.kind !== "given"), points.filter(point => point.kind === "given")]) {
    let current = null;
    let before = null;
    for (const point of group) {
      if (point.score === null) {
        continue;
      }
      const follows = before !== null && (point.kind !== "given" || point.step > before.step);
      if (current === null || current.kind !== point.kind || !follows) {
        current = { kind: point.kind, points: follows && point.kind !== "given" ? [before] : [] };
        runs.push(current);
      }
      current.points.push(point);
      before = point;
    }
  }
  return runs;
}
