import { chart } from "./chart.js";
import { h } from "./dom.js";
import { asTable, heading, offer } from "./parts.js";
import { drawPanel } from "./steps.js";

// What was the best model trained with, did others go the same way?

/** Shows the schedules. */
export async function schedules(place, page) {
  const data = await page.ask("schedules");
  const has = data.best.length > 0;
  const others = data.others.length > 0 || data.crowd.length === 0 ? "Thin: all other models." : "Shaded: where all models trained.";
  place.replaceChildren(
    ...heading("Schedules", null, data.sentence),
    h("p", { class: "muted" }, has ? h("b", { class: "best" }, "Bold: what the best model was trained with. ") : null,
      `${others} Axes as the domains: logarithmic where they are.`),
    h("div", { class: "controls" }, has ? [
      offer(() => JSON.stringify(schedule(data), null, 2) + "\n", "schedule.json", "JSON"),
      offer(() => csv(data), "schedule.csv", "CSV"),
      offer(() => python(data), "schedule.py", "Python"),
    ] : null),
    h("div", { class: "grid3" }, data.axes.map((axis, i) => {
      const panel = chart(240, `${axis.name} over steps`, (context, width, height) => drawPanel(context, width, height, {
        axis, last: data.last, best: data.best[i], others: data.others[i], crowd: data.crowd[i], copies: data.copies, members: page.run.members,
      }));
      return h("section", null, h("h2", null, axis.name), panel,
        asTable(axis.name, () => ({ columns: ["from step", "to step", axis.name], rows: (data.best[i] || []).map(one => [one.from, one.to, one.value]) }), panel));
    })));
}

/** Returns the best model's schedule as rows: from which step on which values hold. */
function schedule(data) {
  const starts = [...new Set(data.best.flat().map(stretch => stretch.from))].sort((a, b) => a - b);
  return starts.map(from => ({
    from,
    values: Object.fromEntries(data.axes.map((axis, i) => [axis.name, valueAt(data.best[i], from)])),
  }));
}

function valueAt(stretches, step) {
  const found = stretches.find(stretch => stretch.from <= step && step < stretch.to);
  return found ? found.value : null;
}

function csv(data) {
  const names = data.axes.map(axis => axis.name);
  return [["from", ...names].join(","), ...schedule(data).map(row => [row.from, ...names.map(name => row.values[name] ?? "")].join(","))].join("\n") + "\n";
}

function python(data) {
  const rows = schedule(data).map(row => `    (${row.from}, ${literal(row.values)}),`);
  return `# What the best model was trained with: (from this step on, hyperparameters).
SCHEDULE = [
${rows.join("\n")}
]


def hyperparameters(step):
    """Returns what holds at a training step, counted from 0."""
    return next(values for start, values in reversed(SCHEDULE) if start <= step)


# In a training loop, before each step:
#   values = hyperparameters(step)
#   for group in optimizer.param_groups:
#       group["lr"] = values["${(data.axes[0] || { name: "learning_rate" }).name}"]
`;
}

function literal(values) {
  return JSON.stringify(values).replace(/":/g, '": ').replace(/,"/g, ', "').replace(/: (true|false|null)/g, (all, word) => ": " + { true: "True", false: "False", null: "None" }[word]);
}
