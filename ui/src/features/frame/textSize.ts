const SIZES_PERCENT = [100, 110, 125, 150, 175, 200] as const;
const KEPT = "plaza.text-size";

function kept(): number {
  const percent = Number(localStorage.getItem(KEPT));
  return SIZES_PERCENT.some((size) => size === percent) ? percent : 100;
}

function set(percent: number): void {
  document.documentElement.style.fontSize = `${percent}%`;
  localStorage.setItem(KEPT, String(percent));
}

/** One step larger (1) or smaller (−1); 0 is the usual size again. */
export function changeTextSize(step: -1 | 0 | 1): void {
  if (step === 0) {
    set(100);
    return;
  }
  const place = SIZES_PERCENT.findIndex((size) => size === kept());
  set(SIZES_PERCENT[Math.min(Math.max(place + step, 0), SIZES_PERCENT.length - 1)] ?? 100);
}

/** The size that this person chose on this computer. */
export function restoreTextSize(): void {
  const percent = kept();
  if (percent !== 100) document.documentElement.style.fontSize = `${percent}%`;
}
