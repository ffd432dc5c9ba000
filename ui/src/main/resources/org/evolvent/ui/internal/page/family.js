import { h } from "./dom.js";
import { heading } from "./parts.js";
import { mountTree } from "./tree.js";

// The family tree of a run, which stays mounted while the run is followed: only then can lines move to their new rows.

const CHOSEN = ["colour", "along", "living", "from", "to", "root", "pin"];
const NUMBERS = ["from", "to", "root", "pin"];
let mounted = null;

/** Shows the view. */
export async function family(place, page) {
  const overview = await page.ask("overview");
  if (mounted === null || mounted.run !== page.run.id || !place.contains(mounted.element)) {
    if (mounted !== null) {
      mounted.tree.close();
    }
    const top = h("div");
    const element = h("div");
    place.replaceChildren(top, element);
    const given = Object.fromEntries(CHOSEN.filter(name => page.options[name])
      .map(name => [name, NUMBERS.includes(name) ? Number(page.options[name]) : page.options[name]]));
    mounted = { run: page.run.id, top, element, tree: mountTree(element, api(page), given) };
  }
  mounted.top.replaceChildren(...heading("Family tree", "", overview.sentence));
  await mounted.tree.follow();
}

function api(page) {
  return {
    tree: options => page.ask("tree", options),
    map: options => page.ask("map", options),
    ancestors: () => page.ask("ancestors"),
    node: index => page.ask("node", { index }),
    member: index => page.go("member", { index }),
    changed: options => page.keep(Object.fromEntries(CHOSEN.map(name => [name, options[name]]))),
  };
}
