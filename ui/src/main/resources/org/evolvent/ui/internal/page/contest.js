import { chart, line, write } from "./chart.js";
import { h } from "./dom.js";
import { count, number, percent, ticks, time, timeTicks } from "./format.js";
import { asTable, heading, table } from "./parts.js";
import { colour, unordered } from "./theme.js";

// What evolvent compare found: strategies over seeds at equal compute.

const AXES = {
  steps: { words: "over training steps of all members together", text: count, ticks: (x, most) => x.ticks(most) },
  seconds: { words: "over time", text: time, ticks: (x, most) => timeTicks(x.domain()[1], most) },
};
const ROW = 26;

/** Returns what there is to show of one comparison. */
export function contest(found) {
  const hues = new Map(found.strategies.map((each, i) => [each.strategy, unordered(i)]));
  const name = `${found.study}-${found.metric}`.replace(/[^A-Za-z0-9._-]/g, "-");
  const ends = final(found, hues);
  return [
    ...heading(found.study, `${found.metric}, ${found.goal}`, sentence(found)),
    ...(found.warning ? [h("p", { class: "bad" }, found.warning)] : []),
    h("h2", null, "How the studies ended", h("span", { class: "light" }, " a dot is a study; the bar is the inter-quartile mean with its 95 % interval")),
    ends,
    asTable(`${name}-scores`, () => ({
      columns: ["strategy", "seed", "score"],
      rows: found.strategies.flatMap(each => Object.entries(each.scores).map(([seed, score]) => [each.strategy, Number(seed), score])),
    }), ends),
    ...Object.keys(AXES).flatMap(axis => curves(found, hues, axis, name)),
    h("h2", null, "In numbers"),
    standings(found, hues),
    ...(found.notes || []).map(note => h("p", { class: "muted" }, note)),
    h("p", { class: "muted" }, `All in ${found.directory}. Its studies, where it ran any, are in studies/STRATEGY/seed-N there: evolvent ui shows each.`),
  ];
}

function sentence(found) {
  const [first] = found.strategies;
  const seeds = Object.keys(first.scores).length;
  const reached = `${found.leader} reaches ${number(first.iqm)} [${number(first.low)}, ${number(first.high)}] with ${seeds} seeds`;
  const fresh = found.fresh ? `, and ${number(found.fresh.iqm)} [${number(found.fresh.low)}, ${number(found.fresh.high)}] with fresh ones that had no part in choosing it` : "";
  const verdict = found.winner ? "it is better than all others"
    : found.undecided && found.undecided.length > 0 ? `there is no difference from ${found.undecided.filter(each => each !== found.leader).join(", ")} that these seeds could tell`
      : "no study had a score";
  return `${reached}${fresh}: ${verdict}.`;
}

function known(values) {
  return values.filter(value => typeof value === "number");
}

function final(found, hues) {
  const height = ROW * found.strategies.length + 40;
  return chart(height, `${found.metric} of the best model of each study, by strategy`, (context, width) => {
    const left = Math.min(170, width / 3);
    const values = found.strategies.flatMap(each => known([...Object.values(each.scores), each.low, each.high]));
    const x = d3.scaleLinear(values.length > 0 ? d3.extent(values) : [0, 1], [left, width - 20]).nice();
    const marks = x.ticks(Math.max(2, Math.floor((width - left) / 90)));
    const text = ticks(marks);
    marks.forEach(tick => {
      line(context, [[x(tick), 4], [x(tick), height - 30]], colour("grid"), 1);
      write(context, text(tick), x(tick), height - 16, { size: 12, align: "center" });
    });
    return found.strategies.flatMap((each, i) => {
      const y = ROW * i + ROW / 2 + 4;
      const hue = hues.get(each.strategy);
      write(context, each.strategy.slice(0, 24), 4, y, { size: 12, fill: hue, bold: true });
      const dots = Object.entries(each.scores).filter(([, score]) => typeof score === "number").map(([seed, score]) => {
        dot(context, x(score), y, hue);
        return { x: x(score), y, text: `${each.strategy}, seed ${seed}: ${number(score)}` };
      });
      if (known([each.iqm, each.low, each.high]).length === 3) {
        line(context, [[x(each.low), y], [x(each.high), y]], hue, 2);
        line(context, [[x(each.iqm), y - 9], [x(each.iqm), y + 9]], hue, 3);
        dots.push({ x: x(each.iqm), y: y - 6, text: `${each.strategy}: ${number(each.iqm)} [${number(each.low)}, ${number(each.high)}]` });
      }
      return dots;
    });
  });
}

function dot(context, x, y, hue) {
  const shade = d3.color(hue);
  shade.opacity = 0.45;
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = shade.toString();
  context.fill();
}

function curves(found, hues, axis, name) {
  const all = Object.entries(found.curves[axis]).filter(([, moments]) => moments.length > 0);
  if (all.length === 0) {
    return [];
  }
  const { words, text } = AXES[axis];
  const drawn = chart(280, `The best ${found.metric} so far, ${words}`, (context, width, height) => {
    const right = width > 600 ? 150 : 60;
    const points = all.flatMap(([, moments]) => moments);
    const x = d3.scaleLinear([0, d3.max(points, point => point[0])], [52, width - right]);
    const y = d3.scaleLinear([d3.min(points, point => point[2]), d3.max(points, point => point[3])], [height - 30, 12]);
    const marks = y.ticks(5);
    const scale = ticks(marks);
    marks.forEach(tick => {
      line(context, [[52, y(tick)], [width - right, y(tick)]], colour("grid"), 1);
      write(context, scale(tick), 46, y(tick), { size: 12, align: "right" });
    });
    const most = Math.max(2, Math.min(8, Math.floor((width - right - 52) / 100)));
    AXES[axis].ticks(x, most).forEach(tick => write(context, text(tick), x(tick), height - 14, { size: 12, align: "center" }));
    const ends = all.map(([strategy, moments]) => curve(context, strategy, moments, hues.get(strategy), x, y)).sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => {
      end.y = i > 0 ? Math.max(end.y, ends[i - 1].y + 14) : end.y;
      write(context, right > 60 ? end.strategy.slice(0, 20) : number(end.iqm), end.x + 6, end.y, { bold: true, fill: end.hue });
    });
    return all.flatMap(([strategy, moments]) => moments.map(([at, iqm, low, high]) => ({ x: x(at), y: y(iqm), text: `${strategy}, ${text(at)}: ${number(iqm)} [${number(low)}, ${number(high)}]` })));
  });
  return [
    h("h2", null, "The best so far", h("span", { class: "light" }, ` ${words}; shaded: 95 % at each moment`)),
    drawn,
    asTable(`${name}-${axis}`, () => ({
      columns: ["strategy", axis, "iqm", "low", "high"],
      rows: all.flatMap(([strategy, moments]) => moments.map(moment => [strategy, ...moment])),
    }), drawn),
  ];
}

function curve(context, strategy, moments, hue, x, y) {
  context.beginPath();
  moments.forEach(([at, , , high], i) => (i === 0 ? context.moveTo(x(at), y(high)) : context.lineTo(x(at), y(high))));
  [...moments].reverse().forEach(([at, , low]) => context.lineTo(x(at), y(low)));
  context.closePath();
  const shade = d3.color(hue);
  shade.opacity = 0.13;
  context.fillStyle = shade.toString();
  context.fill();
  line(context, moments.map(([at, iqm]) => [x(at), y(iqm)]), hue, 2.4);
  const [at, iqm] = moments[moments.length - 1];
  return { strategy, hue, iqm, x: x(at), y: y(iqm) };
}

function standings(found, hues) {
  const better = new Map(found.improvements.filter(each => each.better === found.leader).map(each => [each.than, each]));
  const figures = ["seeds", "IQM", "95 % interval", `P(${found.leader} is better)`, "exploits per interval", "compute"];
  return table([{ title: "strategy" }, ...figures.map(title => ({ title, number: true }))], found.strategies.map(each => {
    const against = better.get(each.strategy);
    const mark = h("span", { class: "key" });
    mark.style.borderTopColor = hues.get(each.strategy);
    return [
      h("span", null, mark, each.strategy), count(Object.keys(each.scores).length), number(each.iqm), `${number(each.low)} to ${number(each.high)}`,
      against ? `${number(against.probability)} [${number(against.low)}, ${number(against.high)}]${against.difference ? "" : ", no difference"}` : "–",
      number(each.exploits_per_interval), percent(each.steps / found.compute.steps),
    ];
  }), "folds");
}
