import { chart } from "./chart.js";
import { h } from "./dom.js";
import { count, number } from "./format.js";
import { asTable, heading } from "./parts.js";
import { scoreChart, scoreTable } from "./scores.js";
import { drawPanel } from "./steps.js";

// Is it going well, is it worth it, does it need me?

/** So many digits have the numbers of sentences: the title says the same. */
const SENTENCE = 4;

/** Shows the overview. */
export async function overview(place, page) {
  const data = await page.ask("overview");
  place.replaceChildren(
    ...title(data, page),
    h("div", { class: "cards" }, data.cards.map(card => h("div", { class: "card" },
      h("div", { class: "label" }, capital(card.label)), h("div", { class: "value" }, card.value), h("div", { class: "meaning" }, card.meaning)))),
    ...data.concerns.map(concern => h("div", { class: "concern" }, h("b", null, "◆ " + concern.cause + " "), concern.advice + " ",
      concern.view && concern.view !== "overview" ? h("a", { href: page.address(concern.view) }, "See " + page.title(concern.view).toLowerCase()) : null)),
    ...(data.outlook ? [h("p", { class: "muted" }, data.outlook)] : []),
    ...curves(data, page),
    ...schedule(data, page));
}

function title(data, page) {
  if (data.best === null) {
    return heading(data.study, null, data.sentence);
  }
  const best = data.best;
  return [
    h("h1", null, `${data.metric} ${number(best.score, SENTENCE)} `,
      h("span", { class: "light", title: String(best.score) }, `by member ${best.member} at step ${count(best.step)}`)),
    h("p", { class: "muted" }, data.sentence, " ",
      h("a", { href: page.address("member", { index: best.member }) }, "Its story"), " · ",
      h("a", { href: page.address("schedules") }, "its schedule")),
    page.isReport || data.status.state === "reading" ? null : h("p", { class: "muted" }, "Load it from ", h("code", null, data.directory + "/best"), "."),
  ].filter(Boolean);
}

function curves(data, page) {
  const steps = data.scores.steps;
  const reached = steps.length > 0 ? steps[steps.length - 1] : 0;
  const last = page.lastStep(reached, data.status);
  const given = { scores: data.scores, baseline: data.baselineScores, last, height: 270 };
  const half = steps.length > 3 ? steps[Math.floor(steps.length / 2)] : 0;
  const charts = [scoreChart({ ...given, from: 0, labels: half === 0 || innerWidth <= 600 }), half > 0 ? scoreChart({ ...given, from: half, labels: true }) : null]
    .filter(Boolean);
  return [
    h("h2", null, data.metric, h("span", { class: "light" },
      " best so far, median, the middle half and all members" + (data.baselineScores ? "; dashed: random search" : "") + "; against steps"
      + (half > 0 ? `; ${innerWidth <= 600 ? "below" : "beside"} it the last half on its own axis` : ""))),
    h("div", { class: half > 0 ? "twice" : "" }, charts),
    asTable(`${data.study}-scores`, () => scoreTable(data.scores), ...charts),
  ];
}

function schedule(data, page) {
  if (data.best === null) {
    return [];
  }
  return [
    h("h2", null, "Schedule of the best"),
    h("div", { class: "multiples" }, data.axes.map((axis, i) => h("a", { href: page.address("schedules"), "aria-label": axis.name },
      h("div", { class: "muted" }, axis.name, h("span", { class: "light" }, " " + way(data.schedule[i]))),
      chart(46, `${axis.name} of the best model over steps`, (context, width, height) =>
        drawPanel(context, width, height, { axis, last: data.best.step, best: data.schedule[i], compact: true }))))),
  ];
}

/** Returns a hyperparameter's first and last value. */
function way(stretches) {
  const last = lastValue(stretches);
  return stretches.length > 1 ? `${number(stretches[0].value)} to ${number(last)}` : number(last);
}

function lastValue(stretches) {
  return stretches.length > 0 ? stretches[stretches.length - 1].value : null;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
