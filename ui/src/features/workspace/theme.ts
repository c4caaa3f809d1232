/** Light, dark, or as the system does it; of this computer only. */
export type Theme = "system" | "light" | "dark";

const KEY = "plaza.theme";

/** What was chosen on this computer. */
export function chosenTheme(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

/** Every colour is a light-dark() pair: `color-scheme`, which the tokens set by this attribute, decides for all of
 * them. An inline style would not do: for older web views the build writes the pairs as rules of the style sheet. */
function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Shows what was chosen before; called once when the window starts. */
export function applyTheme(): void {
  show(chosenTheme());
}

export function chooseTheme(theme: Theme): void {
  show(theme);
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Where nothing can be kept, the choice holds until the window is closed.
  }
}
