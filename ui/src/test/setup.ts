import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import { startI18n } from "../i18n";
import { computedStyle } from "./style";

// jsdom knows no layout: lists would draw nothing, observers do not exist.
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoObserver as unknown as typeof ResizeObserver;
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo ??= () => {};

window.scrollTo = () => {};
window.getComputedStyle = computedStyle;

// A loaded machine is slow, not wrong.
configure({ asyncUtilTimeout: 8_000 });
vi.setConfig({ testTimeout: 30_000 });

startI18n("en");

afterEach(() => {
  cleanup();
  localStorage.clear();
});
