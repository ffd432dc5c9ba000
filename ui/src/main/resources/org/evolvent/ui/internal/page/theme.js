// Light or dark: as the system says, until the reader chooses. Colours are those of the style sheet.

const KEY = "evolvent-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set();
let names = {};

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A page from the file system may have none.
    return null;
  }
}

function apply(chosen) {
  document.documentElement.dataset.theme = chosen || (system.matches ? "dark" : "light");
  names = {};
  watchers.forEach(watcher => watcher());
}

/** Begins with the theme that was chosen before, or the system's. */
export function startTheme() {
  apply(stored());
  system.addEventListener("change", () => apply(stored()));
}

/** Changes to the other theme, and remembers it. */
export function switchTheme() {
  const other = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, other);
  } catch {
    // Then it lasts as long as the page.
  }
  apply(other);
}

/** Calls a function whenever colours are others. Returns how to stop it. */
export function onTheme(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Returns a colour of the style sheet by its name, such as "accent". */
export function colour(name) {
  names[name] = names[name] || getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  return names[name];
}

/** Returns a colour of the style sheet at some opacity. */
export function faint(name, opacity) {
  const mixed = d3.color(colour(name)) || d3.color("#888888");
  mixed.opacity = opacity;
  return mixed.toString();
}

/** The unordered choices of Okabe and Ito, at most eight; the rest are grey. */
export function unordered(index) {
  const dark = document.documentElement.dataset.theme === "dark";
  const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", dark ? "#f0e442" : "#7a7000", dark ? "#ffffff" : "#000000"];
  return index < palette.length ? palette[index] : colour("muted");
}
