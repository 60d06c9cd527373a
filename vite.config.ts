import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig)],
  build: { target: isSsrBuild ? "node24" : "es2022", assetsInlineLimit: 0 },
}));
