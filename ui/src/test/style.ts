/**
 * How an element looks where no style sheet is loaded, as in these tests: by its name, its attributes and what it says
 * of itself. jsdom would hold every element against its own sheet each time a test looks for a role, which takes half of
 * all the time that tests take.
 */

const HIDDEN = new Set(["HEAD", "META", "LINK", "TITLE", "SCRIPT", "STYLE", "TEMPLATE"]);

const INLINE = new Set([
  ..."A ABBR B BDI BDO BR CITE CODE DATA DEL DFN EM I IMG INS KBD LABEL MARK Q S SAMP SMALL SPAN STRONG".split(
    " ",
  ),
  ..."SUB SUP TIME U VAR WBR svg path g text tspan".split(" "),
]);

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  return element instanceof HTMLElement || element instanceof SVGElement ? element.style : undefined;
}

function display(element: Element): string {
  if (element.hasAttribute("hidden") || HIDDEN.has(element.tagName)) return "none";
  if (element.tagName === "DIALOG" && !element.hasAttribute("open")) return "none";
  return INLINE.has(element.tagName) ? "inline" : "block";
}

/** Unlike display and opacity it is handed down. */
function visibility(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const own = styleOf(at)?.visibility;
    if (own) return own;
  }
  return "visible";
}

function valueOf(element: Element, own: CSSStyleDeclaration, name: string): string {
  if (name === "visibility") return visibility(element);
  const said = own.getPropertyValue(name);
  if (said !== "") return said;
  if (name === "display") return display(element);
  return name === "opacity" ? "1" : "";
}

/** Stands in for the window's own. */
export function computedStyle(element: Element): CSSStyleDeclaration {
  const own = styleOf(element) ?? document.createElement("span").style;
  return new Proxy(own, {
    get(target, name) {
      if (name === "getPropertyValue") return (asked: string) => valueOf(element, target, asked);
      if (name === "display" || name === "visibility" || name === "opacity") {
        return valueOf(element, target, name);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
