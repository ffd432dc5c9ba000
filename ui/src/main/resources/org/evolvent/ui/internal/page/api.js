// All that the page knows comes through here: from the server, or out of the page itself where it is a report.

const embedded = document.getElementById("data");
const report = embedded ? JSON.parse(embedded.textContent) : null;

/** Whether this page is a report, which has all its data in itself and no server. */
export const isReport = report !== null;

/** Returns the runs that can be looked at. */
export async function runs() {
  return report ? report.runs : get("/api/runs");
}

/** Returns a view of a run; options are those of the address. */
export async function ask(run, view, options) {
  const given = Object.entries(options || {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(given.sort()).toString();
  if (report) {
    const found = report.documents[`${run}/${view}${query ? "?" + query : ""}`] || report.documents[`${run}/${view}`];
    if (!found) {
      throw new Error("This report does not hold that view. The page of evolvent ui does.");
    }
    return found;
  }
  return get(`/api/runs/${encodeURIComponent(run)}/${view}${query ? "?" + query : ""}`);
}

/** The server cannot be reached. */
export class Unreachable extends Error {}

async function get(address) {
  const answer = await fetch(address).catch(() => {
    throw new Unreachable("The server cannot be reached.");
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(body.error || `The server answered ${answer.status}.`);
  }
  return body;
}

/**
 * Follows a run. Calls changed() whenever there is more to see, and lost(true) or lost(false) when the connection ends or is there again; after
 * each beginning changed() is called, so that nothing is missed. Returns how to stop.
 */
export function follow(run, changed, lost) {
  if (report) {
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
