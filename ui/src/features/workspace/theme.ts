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

/** Every colour is a light-dark() pair: one property decides for all of them. */
function show(theme: Theme): void {
  document.documentElement.style.colorScheme = theme === "system" ? "" : theme;
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
