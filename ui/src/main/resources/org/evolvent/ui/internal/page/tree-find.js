import { h } from "./dom.js";
import { count } from "./format.js";

// Finds a member or a step in the family tree.

/** A step is shown in this part of the whole axis. */
const PART = 0.1;

/** Makes the field to type into. Enter finds, Escape goes back to the tree. */
export function findField(input) {
  const field = h("input", {
    type: "search", size: "14", placeholder: "find: 12, step 300", "aria-label": "Find a member by its number, or a step such as step 300",
    oninput: () => field.setCustomValidity(""),
    onkeydown: event => {
      if (event.key === "Enter") {
        event.preventDefault();
        field.setCustomValidity(find(input, field.value.trim().toLowerCase()));
        field.reportValidity();
      } else if (event.key === "Escape") {
        input.tree.above.focus();
      }
    },
  });
  return field;
}

/** Shows what was asked for, and returns an empty text; or why that cannot be shown. */
function find(input, text) {
  const [, step, member] = text.match(/^(?:step\s*(\d+)|(?:member\s*)?(\d+))$/) || [];
  if (step !== undefined) {
    return findStep(input, Number(step));
  }
  return member === undefined ? "A member's number, such as 12, or a step, such as step 300" : findMember(input, Number(member));
}

function findStep(input, step) {
  const { shown } = input.tree;
  if (shown.along !== "steps") {
    return "There are steps along steps only";
  }
  if (step > shown.end) {
    return `The last step is ${count(shown.end)}`;
  }
  const half = (shown.end * PART) / 2;
  const middle = Math.max(half, Math.min(shown.end - half, step));
  input.look(middle - half, middle + half);
  return "";
}

/** Pins the last interval that a member trained, among the lines that are drawn. */
function findMember(input, member) {
  const { shown } = input.tree;
  if (member >= shown.population) {
    return `The members are 0 to ${shown.population - 1}`;
  }
  let found = null;
  for (const line of shown.tree.lines) {
    line.hosts.forEach((host, i) => {
      const until = i + 1 < line.hosts.length ? line.hosts[i + 1].from : Infinity;
      const index = line.ends.filter(end => end <= until).length - 1;
      if (host.member === member && index >= 0 && (found === null || line.ends[index] > found.line.ends[found.index])) {
        found = { line, index };
      }
    });
  }
  if (found === null) {
    return `Member ${member} is in none of the lineages that are drawn now; zoom in for more of them`;
  }
  input.pin(found);
  return "";
}
