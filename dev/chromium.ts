/** How we start the machine's own Chromium: headless, asking nothing of any other host. */
export const chromiumOptions = () => ({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  // Without a UTF-8 locale, as on a bare machine, Chromium silently leaves out a file whose name has an accent.
  env: { ...process.env, LC_ALL: "C.UTF-8" },
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
