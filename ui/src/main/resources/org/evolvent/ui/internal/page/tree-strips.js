import { line, stepAxis, write } from "./chart.js";
import { h } from "./dom.js";
import { colour } from "./theme.js";

// What lies below the family tree, on its axis: the map of everybody, and from how many ancestors the living descend.

/** Makes the map's picture, a pixel for each member and interval. */
export function mapPicture(map, colours) {
  const picture = h("canvas");
  picture.width = map.width;
  picture.height = map.height;
  if (map.width === 0) {
    return picture;
  }
  const pixels = new ImageData(map.width, map.height);
  const table = colours.map(each => d3.rgb(each));
  const bytes = atob(map.levels);
  for (let i = 0; i < bytes.length; i++) {
    const level = bytes.charCodeAt(i);
    if (level > 0) {
      const shade = table[Math.min(table.length - 1, Math.floor(((level - 1) / 254) * table.length))];
      pixels.data.set([shade.r, shade.g, shade.b, 255], 4 * i);
    }
  }
  picture.getContext("2d").putImageData(pixels, 0, 0);
  return picture;
}

/** Draws the map, with the best's ancestry. */
export function drawMap(context, view, map, picture, height) {
  const left = view.x(map.from);
  const right = view.x(map.to);
  context.save();
  context.beginPath();
  context.rect(view.left, 0, view.width - view.left - view.right, height);
  context.clip();
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, 0, right - left, height);
  const points = [];
  map.ancestry.forEach((row, column) => {
    if (row >= 0) {
      points.push([left + ((column + 0.5) / map.width) * (right - left), ((row + 0.5) / map.height) * height]);
    }
  });
  if (points.length > 0) {
    line(context, points, colour("ground"), 4.5);
    line(context, points, colour("ink"), 2.2);
  }
  context.restore();
}

/** Draws the strip of different ancestors. */
export function drawAncestors(context, view, strip, height) {
  if (strip.at.length === 0) {
    return;
  }
  const most = Math.max(2, ...strip.numbers, ...strip.byLot);
  const y = d3.scaleLog([1, most], [height - 24, 8]);
  for (let tick = 1; tick <= most; tick *= most > 100 ? 10 : most > 20 ? 4 : 2) {
    line(context, [[view.left, y(tick)], [view.width - view.right, y(tick)]], colour("grid"), 1);
    write(context, String(tick), view.left - 6, y(tick), { align: "right" });
  }
  const stairs = values => {
    const points = [];
    values.forEach((value, i) => {
      const before = i === 0 ? Math.min(view.x.domain()[0], strip.at[0]) : strip.at[i - 1];
      points.push([view.x(before), y(Math.max(1, value))], [view.x(strip.at[i]), y(Math.max(1, value))]);
    });
    return points;
  };
  context.save();
  context.beginPath();
  context.rect(view.left, 0, view.width - view.left - view.right + 1, height);
  context.clip();
  line(context, stairs(strip.byLot), colour("muted"), 1.4, [4, 3]);
  line(context, stairs(strip.numbers), colour("accent"), 2);
  context.restore();
  const after = strip.at.findIndex(at => at > view.x.domain()[1]);
  const last = after < 0 ? strip.at.length - 1 : after;
  const own = strip.numbers[last];
  const lot = strip.byLot[last];
  const apart = Math.abs(y(own) - y(lot)) < 13 ? 7 : 0;
  const below = Math.max(0, 6 + apart - Math.min(y(own), y(lot)));
  const x = view.width - view.right + 10;
  write(context, own.toPrecision(3), x, y(own) + below + (own < lot ? apart : -apart), { colour: "accent" });
  write(context, `${lot.toPrecision(3)}${view.isNarrow ? "" : " by lot"}`, x, y(lot) + below - (own < lot ? apart : -apart));
}

/** Draws the lines of the axis. */
export function drawAxis(context, view) {
  stepAxis(context, view.x, view.height - view.bottom + 4, view.top);
}
