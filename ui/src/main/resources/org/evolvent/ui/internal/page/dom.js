// Elements. Texts are always texts: what a trainer printed cannot become markup.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element. Attributes that begin with "on" are listeners, null and false are left out; children are elements, texts or null. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** Makes an element of a drawing. */
export function s(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) {
      element.append(child);
    }
  }
}

/** Makes a choice of [value, text] pairs with its label. */
export function choice(label, pairs, value, changed) {
  const select = h("select", { onchange: () => changed(select.value) },
    pairs.map(([each, text]) => h("option", { value: each, selected: String(each) === String(value) }, text)));
  return h("label", null, label + " ", select);
}

/** Notes which of the elements of a place has the focus. Returns what gives it to the one like it, where it was drawn anew meanwhile. */
export function keepFocus(place) {
  const name = element => [element.tagName, element.getAttribute("aria-label") || element.getAttribute("href") || element.textContent].join(" ");
  const focused = document.activeElement;
  if (!place.contains(focused)) {
    return () => {};
  }
  const like = () => [...place.querySelectorAll(focused.tagName)].filter(one => name(one) === name(focused));
  const nth = like().indexOf(focused);
  return () => {
    if (!focused.isConnected && document.activeElement === document.body) {
      like()[nth]?.focus({ preventScroll: true });
    }
  };
}

/** Calls a function once there has been no other call for some milliseconds. */
export function calmly(millis, action) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), millis);
  };
}
