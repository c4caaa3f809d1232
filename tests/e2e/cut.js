// Texts that a person cannot read to their end, and what stands out of the window sideways.
function cut() {
  const found = [];
  const scrolls = (element) => {
    const { overflowX } = getComputedStyle(element);
    return overflowX === "auto" || overflowX === "scroll";
  };
  const inScroller = (element) => {
    for (let each = element; each && each !== document.documentElement; each = each.parentElement) {
      if (scrolls(each)) return true;
    }
    return false;
  };
  // Read out only: a box of one pixel, or one that waits beside the window for the focus.
  const unseen = (element) => {
    const box = element.getBoundingClientRect();
    return !seen(element) || box.right <= 0 || box.bottom <= 0 && getComputedStyle(element).position === "absolute" || box.width <= 1 || box.height <= 1 || element.closest("[aria-hidden=true]") !== null;
  };
  const owns = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  for (const element of document.querySelectorAll("body *")) {
    if (!owns(element) || unseen(element)) continue;
    const words = squeeze(element.textContent).slice(0, 60);
    const style = getComputedStyle(element);
    const hides = style.overflowX !== "visible" && !scrolls(element);
    // A cell of a list may be cut when it says its whole text elsewhere.
    const says = element.closest("[title]") !== null && element.closest("[title]").title !== "";
    if (hides && element.scrollWidth > element.clientWidth + 1 && !says) found.push(`cut: ${words}`);
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 3 && !says) found.push(`cut below: ${words}`);
    const box = element.getBoundingClientRect();
    if ((box.right > innerWidth + 1 || box.left < -1) && !inScroller(element)) found.push(`out of the window: ${words}`);
  }
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) found.push(`the page is ${wider} pixels wider than the window`);
  return found;
}
