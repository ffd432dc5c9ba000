import { chart, cross, line, write } from "./chart.js";
import { h } from "./dom.js";
import { percent, time, timeTicks } from "./format.js";
import { asTable, heading, table } from "./parts.js";
import { colour, faint } from "./theme.js";

// What ran where, and when did nothing run?

const WORDS = { best: "ancestry of the best", trained: "trained", part: "trained in part, for another attempt to go on", failed: "failed", lost: "lost", several: "several attempts" };

/** Shows the slots. */
export async function slots(place, page) {
  const data = await page.ask("slots");
  const high = data.rows.length > 8 ? 14 : 34;
  if (data.rows.length === 0) {
    place.replaceChildren(...heading("Slots", null, data.sentence), h("p", { class: "muted" }, "There is nothing to draw before the first attempt has ended."));
    return;
  }
  const drawn = chart(data.rows.length * high + 34, "What ran in each slot over time", (context, width) => draw(context, width, data, high, page));
  place.replaceChildren(
    ...heading("Slots", null, data.sentence), drawn,
    h("div", { class: "legend" }, swatch("trained"), swatch("best"), hasParts(data) ? swatch("part") : null, swatch("failed"), swatch("lost"), h("span", null, "gaps: nothing ran; point at one for why"), wasElsewhere(data) ? h("span", null, "upright lines: another place") : null),
    asTable("slots", () => ({ columns: ["slot", "busy, s", "training, s", ...Object.values(data.causes).map(cause => `${cause}, s`)], rows: data.rows.map(row => [row.slot, row.busy, row.training, ...Object.keys(data.causes).map(cause => row.idle[cause] || 0)]) }), drawn),
    ...(wasElsewhere(data) ? [places(data)] : []));
}

/** Whether any slot had a place that is not the driver's own machine. */
function wasElsewhere(data) {
  return data.rows.some(row => row.stays.some(stay => stay.place));
}

function hasParts(data) {
  return data.rows.some(row => row.boxes.some(box => box.kind === "part"));
}

function places(data) {
  const columns = ["slot", "from", "to", "attempts", "busy", "place"].map((title, i) => ({ title, number: i < 5 }));
  const rows = data.rows.flatMap(row => row.stays.map(stay => [String(row.slot), time(stay.from), time(stay.to), String(stay.attempts), time(stay.busy), stay.place]));
  return h("details", null, h("summary", null, "Where each slot was"), table(columns, rows));
}

function swatch(kind) {
  const mark = h("span", { class: "key" });
  mark.style.height = "10px";
  mark.style.width = "14px";
  mark.style.border = `1px solid ${fill(kind)}`;
  mark.style.background = kind === "lost" ? "transparent" : fill(kind);
  return h("span", null, mark, WORDS[kind]);
}

function fill(kind) {
  const ramp = colour("score").split(" ");
  return { best: ramp[3], part: ramp[0], failed: colour("failure"), lost: colour("muted") }[kind] || ramp[1];
}

function draw(context, width, data, high, page) {
  const right = 92;
  const x = d3.scaleLinear([0, Math.max(1e-9, data.seconds)], [40, width - right]);
  const bottom = data.rows.length * high + 6;
  const marks = [];
  timeTicks(data.seconds, 8).forEach(tick => write(context, time(tick), x(tick), bottom + 14, { size: 12, align: "center" }));
  data.rows.forEach((row, i) => {
    const top = 6 + i * high;
    const tall = high - (high > 20 ? 6 : 3);
    write(context, String(row.slot), 32, top + tall / 2, { align: "right" });
    line(context, [[40, top + tall], [width - right, top + tall]], colour("grid"), 1);
    write(context, `${percent(Math.min(1, row.busy / (data.seconds || 1)))} busy`, width - right + 8, top + tall / 2);
    row.boxes.forEach(box => drawBox(context, box, x, top, tall));
    row.stays.forEach(stay => stay.place && line(context, [[x(stay.from), top - 2], [x(stay.from), top + tall]], colour("ink"), 2));
    const place = span => ({ x: x(span.from), width: x(span.to) - x(span.from), y: top + tall / 2 });
    marks.push(...[
      ...row.boxes.map(box => ({ ...place(box), text: about(box, row.stays), go: box.member < 0 ? null : () => page.go("member", { index: box.member }) })),
      ...row.gaps.map(gap => ({ ...place(gap), text: `nothing ran for ${time(gap.to - gap.from)}\n${data.causes[gap.cause]}` })),
    ].sort((a, b) => a.x - b.x));
  });
  return marks;
}

function drawBox(context, box, x, top, tall) {
  const left = x(box.from);
  const wide = Math.max(0.6, x(box.to) - left - (x(box.to) - left > 3 ? 1 : 0));
  if (box.kind === "lost") {
    context.strokeStyle = fill("lost");
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, Math.max(0.5, wide - 1), tall - 1);
  } else {
    context.fillStyle = box.kind === "several" ? faint("accent", 0.2 + 0.6 * box.busy) : fill(box.kind);
    context.fillRect(left, top, wide, tall);
  }
  if (wide >= 16 && box.member >= 0 && tall > 14) {
    write(context, String(box.member), left + wide / 2, top + tall / 2, { align: "center", fill: box.kind === "lost" ? colour("muted") : colour("ground") });
  } else if (box.kind === "failed" && wide >= 4) {
    cross(context, left + wide / 2, top + tall / 2, Math.min(3, wide / 3), colour("ground"));
  }
}

function about(box, stays) {
  const stay = stays.find(each => each.place && each.from <= box.from && box.to <= each.to);
  return box.member < 0
    ? `${WORDS.several}, busy ${percent(box.busy)}`
    : `member ${box.member}, interval ${box.interval}: ${WORDS[box.kind]}\n${time(box.from)} to ${time(box.to)}, ${time(box.to - box.from)}${stay ? `\n${stay.place}` : ""}`;
}
