import pg from "pg";

export type Listening = { close(): Promise<void> };

const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Listens to a channel of PostgreSQL (`notify`) on a connection of its own, and takes it up again when it breaks. `onNotice` is
 * called for each notice. Between `onLost` and `onHeard` notices may have been missed: whoever keeps something on the strength of
 * this channel keeps nothing in between. Neither is called after `close`.
 */
export function listen(
  url: string,
  channel: string,
  told: { onNotice(): void; onHeard(): void; onLost(error: Error): void },
): Listening {
  let client: pg.Client | null = null;
  let closed = false;
  let pauseMs = shortestPauseMs;
  let timer: NodeJS.Timeout | undefined;

  const open = async () => {
    const mine = new pg.Client({ connectionString: url, application_name: "ventes.coop listening" });
    let lost = false;
    const lose = (error: Error) => {
      if (lost || closed) return;
      lost = true;
      told.onLost(error);
      void mine.end().catch(() => {});
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
    client = mine;
    mine.on("error", lose);
    mine.on("end", () => lose(new Error("the connection that listens has ended")));
    mine.on("notification", told.onNotice);
    try {
      await mine.connect();
      await mine.query(`listen ${mine.escapeIdentifier(channel)}`);
      if (closed || lost) return;
      pauseMs = shortestPauseMs;
      told.onHeard();
    } catch (error) {
      lose(error as Error);
    }
  };
  void open();

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
