/** Builds the web side into `dist`, which the shell embeds. Nothing is fetched at run time. */
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  // The floor of what runs it: WebKitGTK 2.40 of Debian 12 and a two-year-old WebView2.
  build: { target: ["es2022", "safari16", "chrome110"], outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0 },
  // Component tests run in a browser-like world, so they want Svelte's client half.
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: { environment: "jsdom", include: ["src/**/*.test.ts"], setupFiles: ["src/test.setup.ts"] },
}));
