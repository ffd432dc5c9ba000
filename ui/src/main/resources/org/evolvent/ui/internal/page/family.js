import { heading } from "./parts.js";
import { h } from "./dom.js";
import { mountTree } from "./tree.js";

// Where did the best model come from, who else lives, when did one family take over?

let mounted = null;

/** Shows the family tree, which follows by itself. */
export async function family(place, page) {
  const data = await page.ask("overview");
  if (mounted !== null && mounted.place.isConnected && mounted.run === page.run) {
    mounted.title.replaceChildren(...heading("Family tree", null, data.sentence));
    mounted.tree.follow();
    return;
  }
  if (mounted !== null) {
    mounted.tree.close();
  }
  const title = h("div", null, heading("Family tree", null, data.sentence));
  const element = h("div");
  place.replaceChildren(title, element);
  const tree = mountTree(element, {
    tree: options => page.ask("tree", options),
    map: options => page.ask("map", options),
    ancestors: () => page.ask("ancestors"),
    node: index => page.ask("node", { index }),
    changed: options => page.keep(options),
    member: index => page.go("member", { index }),
  }, page.options);
  mounted = { place: element, run: page.run, title, tree };
}
