/** What is being done, on one line that moves where there is a terminal, and a line each where there is none. */
export type Progress = { at(done: number, total: number, what?: string): void; done(said?: string): void };

/** Begins a step: `const step = begin("Migrations"); step.at(3, 10, "title"); step.done();` */
export function begin(what: string): Progress {
  const from = Date.now();
  const live = process.stderr.isTTY;
  let shown = what;
  const draw = () => process.stderr.write(`\r\x1b[K… ${shown} (${Math.round((Date.now() - from) / 1000)} s)`);
  const timer = live ? setInterval(draw, 250) : undefined;
  if (live) draw();
  let told = -1;
  return {
    at(done, total, detail) {
      shown = `${what} ${done}/${total}${detail ? ` · ${detail}` : ""}`;
      const tenth = Math.floor((done / total) * 10);
      if (!live && tenth > told) {
        told = tenth;
        console.error(`… ${shown}`);
      }
    },
    done(said) {
      clearInterval(timer);
      const seconds = ((Date.now() - from) / 1000).toFixed(1);
      process.stderr.write(`${live ? "\r\x1b[K" : ""}✓ ${what}${said ? `: ${said}` : ""} (${seconds} s)\n`);
    },
  };
}
