import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig)],
  // The database and the bucket of this machine lie there: thousands of files, none of them ours to reload for.
  server: { watch: { ignored: ["**/.data/**"] } },
  build: { target: isSsrBuild ? "node24" : "es2022", assetsInlineLimit: 0 },
}));
