// All that the page knows comes through here: from the server, or out of the page itself where it is a report.

const embedded = document.getElementById("data");

/** Whether this page is a report, which has all its data in itself and no server. */
export const isReport = embedded !== null;

const report = isReport ? unpack(embedded.textContent) : null;

async function unpack(text) {
  const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

/** Returns the runs that can be looked at. */
export async function runs() {
  return isReport ? (await report).runs : get("/api/runs");
}

/** Returns what comparisons found. */
export async function comparisons() {
  return isReport ? [] : get("/api/comparisons");
}

/** Returns a view of a run; options are those of the address. */
export async function ask(run, view, options) {
  const given = Object.entries(options || {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (isReport) {
    return held(view, Object.fromEntries(given));
  }
  const query = new URLSearchParams(given.sort()).toString();
  return get(`/api/runs/${encodeURIComponent(run)}/${view}${query ? "?" + query : ""}`);
}

/** A report holds each member and node, each colour of the tree as a whole, and of all else what is shown first. */
async function held(view, options) {
  const { documents } = await report;
  const name = "index" in options ? `${view}?index=${options.index}` : "colour" in options ? `${view}?colour=${options.colour}` : view;
  if (!documents[name]) {
    throw new Error("This report does not hold that. The page of evolvent ui does.");
  }
  return view === "decisions" ? filtered(documents[name], options) : documents[name];
}

/** What the server does for its page. */
function filtered(decisions, { kind, member, donor, parameter, text, skipped, most }) {
  const rows = decisions.rows.filter(row =>
    (!kind || row.kind === kind)
    && (!member || row.member === Number(member))
    && (!donor || row.donor === Number(donor))
    && (!parameter || row.changed.some(each => each.name === parameter))
    && (!text || row.reason.toLowerCase().includes(text.toLowerCase())));
  return { ...decisions, held: decisions.rows.length, found: rows.length, rows: rows.slice(Number(skipped || 0)).slice(0, Number(most)) };
}

/** The server cannot be reached. */
export class Unreachable extends Error {}

function get(address) {
  return send(address, {});
}

async function send(address, request) {
  const answer = await fetch(address, request).catch(() => {
    throw new Unreachable("The server cannot be reached.");
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.error || `The server answered ${answer.status}.`);
  }
  return body;
}

/** Whether studies may be paused and stopped from here. */
export const isSteering = !isReport && document.body.hasAttribute("data-steering");

/** Asks the driver of a run to "run", "pause" or "stop". */
export async function steer(run, order) {
  await send(`/api/runs/${encodeURIComponent(run)}/control`, { method: "POST", body: order });
}

/**
 * Follows a run. Calls changed() with its pulse whenever that is another, and lost(true) or lost(false) when the connection ends or is there
 * again; after each beginning changed() is called, so that nothing is missed. Returns how to stop.
 */
export function follow(run, changed, lost) {
  if (isReport) {
    return () => {};
  }
  let events = null;
  let again = 0;
  const listen = () => {
    events = new EventSource(`/api/runs/${encodeURIComponent(run)}/events`);
    events.addEventListener("revision", event => {
      lost(false);
      changed(JSON.parse(event.data));
    });
    events.addEventListener("error", () => {
      lost(true);
      if (events.readyState === EventSource.CLOSED) {
        again = setTimeout(listen, 2000);
      }
    });
  };
  listen();
  return () => {
    clearTimeout(again);
    events.close();
  };
}
