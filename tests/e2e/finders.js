// Finding things on the page as a person or a screen reader names them.
const tags = {
  button: "button, input[type=button], input[type=submit], summary",
  link: "a[href]",
  heading: "h1, h2, h3, h4, h5, h6",
  textbox: "input:not([type]), input[type=text], input[type=search], input[type=email], textarea",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  row: "tr",
  cell: "td",
  columnheader: "th",
  table: "table",
  listitem: "li",
  dialog: "dialog",
  img: "img, svg[aria-label]",
  navigation: "nav",
  main: "main",
};
const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();
function seen(element) {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && !element.closest("[inert]");
}
function named(element) {
  const by = element.getAttribute("aria-labelledby");
  const part = (id) => {
    const named = document.getElementById(id);
    return named?.getAttribute("aria-label") ?? named?.textContent ?? "";
  };
  if (by) return squeeze(by.split(/\s+/).map(part).join(" "));
  const label = element.getAttribute("aria-label");
  if (label) return squeeze(label);
  if (element.labels?.length) return squeeze([...element.labels].map((each) => each.textContent).join(" "));
  return squeeze(element.innerText || element.textContent || element.title || element.placeholder);
}
// The exact name wins over one that only contains it.
function best(elements, name) {
  const visible = elements.filter(seen);
  if (name === undefined) return visible[0] ?? null;
  const wanted = squeeze(name);
  return (
    visible.find((element) => named(element) === wanted) ??
    visible.find((element) => named(element).includes(wanted)) ??
    null
  );
}
function byRole(role, name) {
  // React Aria's check boxes and radios hide the native input; the label is what a person clicks.
  if (role === "checkbox" || role === "radio") {
    const labels = [...document.querySelectorAll(`label:has(input[type=${role}])`)];
    const label = best(labels, name) ?? labels.find((each) => seen(each) && named(each.querySelector("input")).includes(squeeze(name)));
    if (label) return label;
  }
  const native = tags[role] ? `, :is(${tags[role]}):not([role])` : "";
  return best([...document.querySelectorAll(`[role="${role}"]${native}`)], name);
}
function byText(text) {
  const wanted = squeeze(text);
  const holding = [...document.querySelectorAll("body *")].filter(
    (element) => seen(element) && squeeze(element.innerText).includes(wanted),
  );
  const smallest = holding.filter((element) => ![...element.children].some((child) => holding.includes(child)));
  return smallest.find((element) => squeeze(element.innerText) === wanted) ?? smallest[0] ?? null;
}
function byLabel(name) {
  const fields = "input, textarea, select, [role=textbox], [role=combobox], [role=spinbutton], [role=searchbox]";
  return best([...document.querySelectorAll(fields)], name);
}
function byCss(selector) {
  return [...document.querySelectorAll(selector)].find(seen) ?? null;
}
function describe(element) {
  if (!element || element === document.body) return "";
  const role = element.getAttribute("role") ?? Object.keys(tags).find((each) => element.matches(tags[each])) ?? "";
  return `${role} ${named(element)}`.trim();
}
