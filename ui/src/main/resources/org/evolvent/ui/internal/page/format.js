// Numbers and times as people read them. What is shown is what the log has, rounded at the last.

const SPACE = "\u202f";

/** Three significant digits, or as many as are given; an exponent only below 0.001 and from 100,000 on. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) {
    return "–";
  }
  if (typeof value !== "number") {
    return String(value);
  }
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e5) {
    return String(value).replace("-", "−");
  }
  if (size < 1e-3 || size >= 1e5) {
    return value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e").replaceAll("-", "−");
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/** Returns how to write the numbers of a column: all with as many decimals, enough to tell them apart. */
export function column(values) {
  const finite = values.filter(value => typeof value === "number" && Number.isFinite(value));
  if (finite.length === 0 || finite.some(value => value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5))) {
    return number;
  }
  if (finite.every(Number.isInteger)) {
    return number;
  }
  const spread = Math.max(...finite) - Math.min(...finite) || Math.max(...finite.map(Math.abs));
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(spread || 1))));
  return value => (typeof value === "number" ? value.toFixed(decimals).replace("-", "−") : number(value));
}

/** Returns how to write the ticks of an axis: all with the decimals that their distance needs. */
export function ticks(values) {
  if (values.length < 2) {
    return number;
  }
  const distance = Math.min(...values.slice(1).map((value, i) => Math.abs(value - values[i])));
  const decimals = Math.max(0, -Math.floor(Math.log10(distance) + 1e-9));
  return decimals > 4 || Math.max(...values.map(Math.abs)) >= 1e5 ? number : value => value.toFixed(decimals).replace("-", "−");
}

/** A whole number with its thousands apart. */
export function count(value) {
  return value === null || value === undefined ? "–" : String(value).replace(/\B(?=(\d{3})+$)/g, SPACE);
}

/** "1 copy", "2 copies". */
export function plural(value, one, many) {
  return `${count(value)} ${value === 1 ? one : many || one + "s"}`;
}

/** Seconds as a time: "8.2 s", "12 min", "3 h 20 min". */
export function time(seconds) {
  if (seconds === null || seconds === undefined) {
    return "–";
  }
  if (seconds > 0 && seconds < 1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 90) {
    return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A moment that the server tells in UTC, in the time of whoever reads: "2026-01-02 04:04:05". */
export function moment(at) {
  return d3.timeFormat("%Y-%m-%d %H:%M:%S")(new Date(at));
}

/** A share as a percentage. */
export function percent(share) {
  return `${Math.round(share * 100)}${SPACE}%`;
}

/** "learning_rate 0.01 → 0.012 ×1.2", as parts: name, before, after, and the factor where it explains something. */
export function difference(changed) {
  const factor = changed.factor === null ? "" : `×${Number(changed.factor.toPrecision(3))}`;
  return { name: changed.name, before: number(changed.before), after: number(changed.after), factor };
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

/** Ticks of an axis of seconds, from 0: as many as there is room for, at round times. */
export function timeTicks(seconds, most) {
  const step = STEPS.find(each => seconds / each <= most) || 86400 * Math.ceil(seconds / 86400 / most);
  return d3.range(0, seconds, step);
}
