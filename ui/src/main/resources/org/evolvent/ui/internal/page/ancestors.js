import { chart, line, stepAxis, write } from "./chart.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { asTable } from "./parts.js";
import { colour } from "./theme.js";

// How many different ancestors the living had ten intervals back, against what the same copies would leave if ranks were drawn by lot.

/** Returns the strip. data has at, numbers and byLot, lists of one length; left and right are the room beside the axis. */
export function ancestorStrip(data, left, right) {
  const points = data.at.map((step, i) => ({ step, own: data.numbers[i], lot: data.byLot[i] ?? null })).filter(point => point.own !== null);
  if (points.length === 0) {
    return h("div");
  }
  const draw = (context, width, height) => {
    const most = Math.max(2, ...points.map(point => Math.max(point.own, point.lot || 0)));
    const x = d3.scaleLinear([0, points[points.length - 1].step], [left, width - right]);
    const y = d3.scaleLog([1, most], [height - 26, 8]);
    for (let tick = 1; tick <= most; tick *= most > 64 ? 4 : 2) {
      line(context, [[left, y(tick)], [width - right, y(tick)]], colour("grid"), 1);
      write(context, String(tick), left - 6, y(tick), { align: "right" });
    }
    stepAxis(context, x, height - 22);
    const stairs = key => points.flatMap((point, i) => (i === 0 ? [] : [[x(points[i - 1].step), y(Math.max(1, point[key]))]]).concat([[x(point.step), y(Math.max(1, point[key]))]]));
    if (points.every(point => point.lot !== null)) {
      line(context, stairs("lot"), colour("muted"), 1.4, [4, 3]);
    }
    line(context, stairs("own"), colour("accent"), 2);
    const end = points[points.length - 1];
    const apart = end.lot !== null && Math.abs(y(end.own) - y(end.lot)) < 13 ? 7 : 0;
    const sign = end.lot > end.own ? 1 : -1;
    const below = Math.max(0, 6 + apart - Math.min(y(end.own), y(end.lot ?? end.own)));
    write(context, end.own.toFixed(2), width - right + 6, y(end.own) + below + apart * sign, { colour: "accent" });
    if (end.lot !== null) {
      write(context, `${end.lot.toFixed(2)}${right > 60 ? " by lot" : ""}`, width - right + 6, y(end.lot) + below - apart * sign);
    }
    return points.map(point => ({
      x: x(point.step), y: y(point.own),
      text: `step ${count(point.step)}: ${point.own.toFixed(2)} different ancestors${point.lot === null ? "" : `, ${point.lot.toFixed(2)} if ranks were drawn by lot`}\n`
        + "At the dashed line the score is noise, or all are equally good; below it selection acts; at 1 everyone is a child of one recent model.",
    }));
  };
  const strip = chart(92, "Effective number of different ancestors ten intervals back, over steps", draw);
  return h("div", null,
    h("h2", null, "Different ancestors 10 intervals back ", h("span", { class: "light" }, "(effective number; dashed: if ranks were drawn by lot)")),
    strip,
    asTable("ancestors", () => ({ columns: ["step", "different ancestors", "by lot"], rows: points.map(point => [point.step, point.own, point.lot]) }), strip));
}
