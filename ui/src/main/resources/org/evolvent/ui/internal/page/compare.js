import { ask } from "./api.js";
import { contest } from "./contest.js";
import { chart, line, stepAxis, write } from "./chart.js";
import { h } from "./dom.js";
import { count, number, ticks } from "./format.js";
import { asTable, heading, table } from "./parts.js";
import { commonAxis, drawPanel, positionIn } from "./steps.js";
import { colour, unordered } from "./theme.js";

// Several runs side by side: their scores on one axis, their ends, their schedules on common axes; and what comparisons found.

/** Shows all runs and comparisons that the page knows. */
export async function compare(place, page) {
  const found = page.comparisons.flatMap(contest);
  place.replaceChildren(...(page.runs.length > 1 || found.length === 0 ? await sideBySide(page) : []), ...found);
}

async function sideBySide(page) {
  const all = await Promise.all(page.runs.map(async (run, i) => ({ run, name: nameOf(run, page.runs), hue: unordered(i), data: await ask(run.id, "overview") })));
  const metrics = [...new Set(all.map(one => one.data.metric))];
  return [
    ...heading("Compare", null, sentence(all)),
    ...metrics.flatMap(metric => scores(all.filter(one => one.data.metric === metric), metric)),
    h("h2", null, "Where they stand"),
    table([{ title: "run" }, { title: "state" }, { title: "score" }, { title: "best", number: true }, { title: "median", number: true }, { title: "random search", number: true }, { title: "members", number: true }, { title: "steps", number: true }],
      all.map(one => [h("a", { href: `#/${encodeURIComponent(one.run.id)}/overview` }, mark(one.hue), one.name), one.data.status.state, one.data.metric,
        number(one.data.best && one.data.best.score), number(lastOf(one.data.scores.median)), number(one.data.baseline), number(one.data.members), count(one.data.status.spent)]), "folds"),
    ...schedules(all),
  ];
}

function nameOf(run, runs) {
  return runs.filter(other => other.study === run.study).length > 1 ? run.id : run.study;
}

function mark(hue) {
  const element = h("span", { class: "key" });
  element.style.borderTopColor = hue;
  return element;
}

function lastOf(values) {
  const known = values.filter(value => value !== null);
  return known.length > 0 ? known[known.length - 1] : null;
}

function sentence(all) {
  if (all.length < 2) {
    return "There is one run. To compare several, give them all: evolvent ui DIR DIR ...";
  }
  const [first] = all;
  const scored = all.filter(one => one.data.best !== null && one.data.metric === first.data.metric);
  if (scored.length < 2) {
    return `${all.length} runs; fewer than two of them have a score of the same name yet.`;
  }
  const sign = first.data.scores.goal === "maximize" ? -1 : 1;
  const [best, next] = [...scored].sort((a, b) => sign * (a.data.best.score - b.data.best.score));
  return best.data.best.score === next.data.best.score
    ? `${best.name} and ${next.name} are equally good: ${first.data.metric} ${number(best.data.best.score)}.`
    : `${best.name} is the best of ${scored.length}: ${first.data.metric} ${number(best.data.best.score)}, before ${next.name} with ${number(next.data.best.score)}.`;
}

function scores(group, metric) {
  const draw = (context, width, height) => {
    const right = width > 600 ? 150 : 60;
    const values = group.flatMap(one => [...one.data.scores.best, ...one.data.scores.lower]).filter(value => value !== null);
    const last = Math.max(1, ...group.map(one => one.data.scores.steps[one.data.scores.steps.length - 1] || 0));
    const x = d3.scaleLinear([0, last], [52, width - right]);
    const y = d3.scaleLinear(values.length > 0 ? d3.extent(values) : [0, 1], [height - 30, 12]);
    const marks = y.ticks(5);
    const text = ticks(marks);
    marks.forEach(tick => {
      line(context, [[52, y(tick)], [width - right, y(tick)]], colour("grid"), 1);
      write(context, text(tick), 46, y(tick), { size: 12, align: "right" });
    });
    stepAxis(context, x, height - 26);
    const ends = group.map(one => drawRun(context, one, x, y)).filter(Boolean).sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => {
      end.y = i > 0 ? Math.max(end.y, ends[i - 1].y + 14) : end.y;
      write(context, right > 60 ? `${end.name.slice(0, 16)} ${number(end.score)}` : number(end.score), width - right + 6, end.y, { bold: true, fill: end.hue });
    });
    return group.flatMap(one => one.data.scores.steps.map((step, i) => ({ x: x(step), y: y(one.data.scores.best[i] ?? values[0]), text: `${one.name}, step ${count(step)}\nbest so far ${number(one.data.scores.best[i])}\nmedian ${number(one.data.scores.median[i])}` })));
  };
  const drawn = chart(280, `${metric} of each run over steps`, draw);
  return [
    h("h2", null, metric, h("span", { class: "light" }, " best so far of each run; shaded: the middle half of its members")),
    drawn,
    asTable(`compare-${metric}`, () => ({
      columns: ["run", "step", "best so far", "median"],
      rows: group.flatMap(one => one.data.scores.steps.map((step, i) => [one.name, step, one.data.scores.best[i], one.data.scores.median[i]])),
    }), drawn),
  ];
}

function drawRun(context, one, x, y) {
  const data = one.data.scores;
  const known = data.steps.map((step, i) => [step, data.lower[i], data.upper[i]]).filter(point => point[1] !== null);
  if (known.length === 0) {
    return null;
  }
  context.beginPath();
  known.forEach(([step, , top], i) => (i === 0 ? context.moveTo(x(step), y(top)) : context.lineTo(x(step), y(top))));
  [...known].reverse().forEach(([step, bottom]) => context.lineTo(x(step), y(bottom)));
  context.closePath();
  const shade = d3.color(one.hue);
  shade.opacity = 0.13;
  context.fillStyle = shade.toString();
  context.fill();
  const best = data.steps.map((step, i) => [step, data.best[i]]).filter(point => point[1] !== null);
  line(context, best.map(([step, score]) => [x(step), y(score)]), one.hue, 2.4);
  const [, score] = best[best.length - 1];
  return { name: one.name, hue: one.hue, score, y: y(score) };
}

function schedules(all) {
  const names = [...new Set(all.flatMap(one => one.data.axes.map(axis => axis.name)))];
  if (all.length < 2 || names.length === 0) {
    return [];
  }
  const last = Math.max(1, ...all.map(one => (one.data.best ? one.data.best.step : 0)));
  const panels = names.map(name =>
    chart(200, `${name} of the best model of each run, over steps`, (context, width, height) => {
      const axis = commonAxis(all.flatMap(one => one.data.axes.filter(each => each.name === name)));
      let marks = [];
      all.forEach(one => {
        const i = one.data.axes.findIndex(axis => axis.name === name);
        if (i >= 0 && one.data.schedule.length > 0) {
          const best = one.data.schedule[i].map(stretch => ({ ...stretch, position: positionIn(axis, stretch) }));
          marks = marks.concat(drawPanel(context, width, height, { axis, last, best, stroke: one.hue })
            .map(place => ({ ...place, text: `${one.name}: ${place.text}` })));
        }
      });
      return marks;
    }));
  return [h("h2", null, "Schedules of the best"), h("div", { class: "grid3" }, names.map((name, i) => h("section", null, h("h2", null, name), panels[i],
    asTable(`compare-${name}`, () => ({ columns: ["run", "from step", "to step", name], rows: all.flatMap(one => stretches(one, name)) }), panels[i]))))];
}

function stretches(one, name) {
  const i = one.data.axes.findIndex(axis => axis.name === name);
  return ((i >= 0 && one.data.schedule[i]) || []).map(each => [one.name, each.from, each.to, each.value]);
}
