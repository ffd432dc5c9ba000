import { ask, comparisons, follow, isReport, isSteering, runs, steer, Unreachable } from "./api.js";
import { compare } from "./compare.js";
import { decisions } from "./decisions.js";
import { h, keepFocus } from "./dom.js";
import { family } from "./family.js";
import { time } from "./format.js";
import { member } from "./member.js";
import { overview } from "./overview.js";
import { closeTables, hint } from "./parts.js";
import { population } from "./population.js";
import { schedules } from "./schedules.js";
import { slots } from "./slots.js";
import { startTheme, switchTheme } from "./theme.js";

// The page: which run and view are shown, with which options, and that it follows. The address holds all of it: #/RUN/VIEW?options.

const VIEWS = {
  overview: { title: "Overview", show: overview },
  population: { title: "Population", show: population },
  schedules: { title: "Schedules", show: schedules },
  tree: { title: "Family tree", show: family },
  decisions: { title: "Decisions", show: decisions },
  slots: { title: "Slots", show: slots },
  compare: { title: "Compare", show: compare },
  member: { title: "A member", show: member, tab: "population" },
};

const lost = h("div", { class: "lost", role: "alert" });
const log = h("div", { class: "log" });
const header = h("header", { class: "top" });
const main = h("main", { tabindex: "-1" });
let known = [];
let compared = [];
let shown = null;
let stop = () => {};
let latest = new Date();
let order = "run";
let beat = null;

/** Each view that is opened gets a place of its own: one that comes too late draws where nobody looks. */
let place = h("div");

function whereabouts() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [id, view] = path.split("/").map(decodeURIComponent);
  return {
    run: known.find(run => run.id === id) || known[0] || null,
    view: known.length === 0 ? "compare" : Object.hasOwn(VIEWS, view) ? view : "overview",
    options: Object.fromEntries(new URLSearchParams(query || "")),
  };
}

function address(run, view, options) {
  const given = Object.entries(options || {}).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
  return `#/${run === null ? "" : encodeURIComponent(run.id)}/${view}${query ? "?" + query : ""}`;
}

/** What a view gets to know and may do; what the overview says was asked for the frame already. */
function page(where, seen) {
  return {
    ...where,
    runs: known,
    comparisons: compared,
    isReport,
    ask: (view, options) => (view === "overview" ? Promise.resolve(seen) : ask(where.run.id, view, options)),
    address: (view, options) => address(where.run, view, options),
    go: (view, options) => {
      location.hash = address(where.run, view, options);
    },
    set: options => {
      history.replaceState(null, "", address(where.run, where.view, { ...whereabouts().options, ...options }));
      show();
    },
    keep: options => {
      history.replaceState(null, "", address(where.run, where.view, options));
    },
    title: view => (VIEWS[view] ? VIEWS[view].title : view),
    lastStep: (reached, status) => axisEnd(reached, status),
  };
}

/** The axis of a running study ends at 1.6 times the progress, rounded up to a power of 1.6, and jumps when that is full. */
function axisEnd(reached, status) {
  if (status.state !== "running" || reached === 0) {
    return Math.max(1, reached);
  }
  const whole = status.progress > 0 ? reached / status.progress : reached;
  return Math.min(Math.max(reached, whole), 1.6 ** Math.ceil(Math.log(reached * 1.05) / Math.log(1.6)));
}

async function show() {
  const where = whereabouts();
  const isOther = shown === null || shown.run !== where.run || shown.view !== where.view;
  if (shown === null || shown.run !== where.run) {
    order = "run";
    beat = null;
    tellLog({ read: 100, failure: null });
    listen(where.run);
  }
  shown = where;
  if (isOther) {
    hint(null);
    closeTables();
    place = h("div");
    main.replaceChildren(place);
    scrollTo(0, 0);
  }
  const here = place;
  try {
    const overview = where.run === null ? null : await ask(where.run.id, "overview");
    if (here !== place) {
      return;
    }
    const state = frame(where, overview);
    const focus = keepFocus(here);
    await VIEWS[where.view].show(here, page(where, overview));
    focus();
    if (here === place) {
      main.dataset.shown = where.view;
      main.dataset.state = state;
      latest = new Date();
    }
  } catch (error) {
    if (error instanceof Unreachable) {
      say(true);
    } else {
      here.replaceChildren(h("h1", null, "This view cannot be shown"), h("p", { class: "bad" }, error.message));
    }
  }
}

/** Follows a run, while somebody looks: a browser has few connections, which all of its pages share. */
function listen(run) {
  stop();
  stop = run === null || document.hidden ? () => {} : follow(run.id, felt, isLost => say(isLost));
}

/** Looks again only when what is shown may be another; how far the log has been read is told beside it. */
function felt(pulse) {
  const isTurn = beat === null || pulse.isDriven !== beat.isDriven || pulse.order !== beat.order || (pulse.read === 100) !== (beat.read === 100);
  const isMore = beat === null || pulse.revision !== beat.revision;
  beat = pulse;
  order = pulse.order;
  tellLog(pulse);
  if (isTurn || isMore) {
    later(isTurn);
  }
}

function tellLog({ read, failure }) {
  log.classList.toggle("failed", failure !== null);
  log.replaceChildren(...failure !== null ? [`The log cannot be read on, so all views show what came before: ${failure}`]
    : read < 100 ? [h("progress", { max: 100, value: read, "aria-label": "The log that has been read" }), ` The log is being read: ${read} % of it. All views show what has been read so far.`]
      : []);
}

/** People see no more of what grows, and the study may need the processor: what is shown is not shown anew sooner than after so many milliseconds. */
const PAUSE = 1000;

/** The page works for at most one of so many parts of the time. */
const PART = 20;

let due = 0;
let waiting = 0;
let isBusy = false;
let isAsked = false;

/** Shows anew what is shown, once at a time: at once, or when it is time. */
function later(isUrgent) {
  isAsked = true;
  clearTimeout(waiting);
  waiting = setTimeout(again, isUrgent ? 0 : Math.max(0, due - performance.now()));
}

async function again() {
  if (!isBusy) {
    isBusy = true;
    isAsked = false;
    const begun = performance.now();
    await show();
    due = performance.now() + Math.max(PAUSE, PART * (performance.now() - begun));
    isBusy = false;
    if (isAsked) {
      later(false);
    }
  }
}

function say(isLost) {
  const time = latest.toLocaleTimeString();
  if (isLost && lost.childNodes.length === 0) {
    beat = null;
    lost.textContent = `The connection to evolvent ui is lost. What is shown is from ${time}; it goes on by itself once the server is there again.`;
  } else if (!isLost) {
    lost.replaceChildren();
  }
}

function frame(where, data) {
  if (where.run === null) {
    drawHeader(where, "done");
    document.title = `${VIEWS[where.view].title} · Evolvent`;
    return "done";
  }
  const { run } = where;
  const state = data.status.state !== "running" ? words(data.status.state)
    : order !== "run" ? { pause: "paused", stop: "stopping" }[order]
      : data.status.left !== null ? `running, ${time(data.status.left)} left` : "running";
  // Anew only where it is another: a button that is drawn anew while it is pressed is never released.
  const drawn = [run.id, where.view, data.status.state, order].join(" ");
  if (header.dataset.drawn !== drawn) {
    header.dataset.drawn = drawn;
    drawHeader(where, data.status.state);
  }
  header.querySelector(".state").textContent = state;
  document.title = `${data.study}: ${VIEWS[where.view].title} · Evolvent`;
  return data.status.state;
}

function drawHeader(where, state) {
  const { run } = where;
  const chosen = known.length > 1
    ? h("select", { "aria-label": "Run", onchange: event => { location.hash = address(known[event.target.selectedIndex], where.view === "member" ? "population" : where.view); } },
      known.map(each => h("option", { selected: each === run }, each.id)))
    : h("span", null, run === null ? "" : run.study);
  const tabs = Object.entries(VIEWS).filter(([name, view]) => !view.tab && (name === "compare" ? run === null || known.length + compared.length > 1 : run !== null));
  const focused = header.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  const kept = header.querySelector("nav") ? header.querySelector("nav").scrollLeft : 0;
  header.replaceChildren(
    h("div", { class: "who" }, h("b", null, "Evolvent"), chosen, run === null ? null : h("span", { class: `state ${state}` }),
      ...(isSteering && state === "running" ? steering(run) : []),
      h("span", { class: "facts" }, run === null ? "" : `${run.members} members · ${run.mode} · ${run.metric}, ${run.goal}`),
      h("button", { class: "small", "data-name": "theme", "aria-label": "Switch between light and dark", onclick: switchTheme }, "◐")),
    h("nav", { "aria-label": "Views" }, tabs.map(([name, view]) => h("a", {
      href: address(run, name), "data-name": name, "aria-current": name === (VIEWS[where.view].tab || where.view) ? "page" : null,
    }, view.title))));
  const tab = header.querySelector("[aria-current]");
  const nav = header.querySelector("nav");
  nav.scrollLeft = kept;
  if (tab && (tab.offsetLeft + tab.offsetWidth > nav.scrollLeft + nav.clientWidth || tab.offsetLeft < nav.scrollLeft)) {
    nav.scrollLeft = tab.offsetLeft - 20;
  }
  if (focused) {
    header.querySelector(`[data-name="${focused}"]`)?.focus();
  }
}

function steering(run) {
  const button = (name, text, title, to, isSure) => h("button", {
    class: "small", "data-name": name, title, disabled: order === "stop",
    onclick: () => isSure() && steer(run.id, to).catch(error => alert(error.message)),
  }, text);
  return [
    order === "pause"
      ? button("pause", "Resume", "Lets intervals begin again", "run", () => true)
      : button("pause", "Pause", "What is under way goes on to its end, and nothing else begins", "pause", () => true),
    button("stop", "Stop", "Ends it as Ctrl-C does; evolvent resume goes on", "stop",
      () => confirm(`Stop ${run.study}? Intervals under way are done again when it is resumed with: evolvent resume ${run.directory}`)),
  ];
}

function words(state) {
  return { done: "finished", failed: "over, no score", reading: "being read" }[state] || state;
}

async function start() {
  startTheme();
  document.body.append(lost, log, header, main);
  main.append(h("p", { class: "muted" }, "Asking evolvent ui what there is to see ..."));
  await begin();
}

async function begin() {
  try {
    [known, compared] = await Promise.all([runs(), comparisons()]);
    say(false);
    addEventListener("hashchange", show);
    document.addEventListener("visibilitychange", () => listen(shown.run));
    await show();
  } catch (error) {
    if (error instanceof Unreachable) {
      say(true);
      setTimeout(begin, 2000);
    } else {
      main.replaceChildren(h("h1", null, "There is nothing to show"), h("p", { class: "bad" }, error.message));
    }
  }
}

start();
