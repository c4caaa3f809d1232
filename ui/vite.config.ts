import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // The window's program prints its own messages beside Vite's.
  clearScreen: false,
  server: {
    host: "127.0.0.1",
    port: 1420,
    // tauri.conf.json names this port: another would show an empty window.
    strictPort: true,
  },
  build: {
    // The oldest web views that Plaza runs in: WebKitGTK 2.40, WKWebView of macOS 13.3, WebView2.
    target: ["es2022", "safari16.4"],
    // Everything comes from the program itself, so one large file costs nothing and a warning says nothing.
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    // An inlined font or picture would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    // All of them: tests run by themselves, and one core is left idle otherwise.
    maxWorkers: "100%",
    restoreMocks: true,
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
