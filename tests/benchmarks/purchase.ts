import pg from "pg";
import type { Stack } from "#dev/stack.ts";
import { pathTo } from "#i18n/paths.ts";
import { withClients } from "./durable.ts";

/**
 * Buys through the very pages, without a browser: cart, checkout, Stripe's page, the card. Returns for each purchase the seconds from
 * the click on “pay” of the hosted page until the right to download is written down.
 */
export async function buyThroughThePages(stack: Stack, times: number): Promise<number[]> {
  return among(stack, async (client, works) => {
    const seconds: number[] = [];
    for (let i = 0; i < times; i += 1)
      seconds.push(await buyOne(stack, client, works[i % works.length]!, `mesure-${i}@exemple.org`));
    return seconds;
  });
}

/** So many buyers, one purchase after the other each: whole purchases a second, from the cart to the right to download. */
export async function buyingAtOnce(
  stack: Stack,
  { buyers, times }: { buyers: number; times: number },
): Promise<number> {
  return among(stack, async (client, works) => {
    const begun = performance.now();
    await withClients(buyers, times, async (i) => {
      await buyOne(stack, client, works[i % works.length]!, `ensemble-${i}@exemple.org`);
    });
    return times / ((performance.now() - begun) / 1000);
  });
}

async function among<T>(stack: Stack, work: (client: pg.Client, works: string[]) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stack.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ slug: string }>(
      "select slug from work where state = 'published' and price_kind = 'fixed' and price > 0 order by published_at limit 8",
    );
    return await work(
      client,
      rows.map(({ slug }) => slug),
    );
  } finally {
    await client.end();
  }
}

/** Seconds from the click on “pay” to the right. */
async function buyOne(stack: Stack, client: pg.Client, slug: string, email: string): Promise<number> {
  const pay = await reachPayment(stack, slug, email);
  const clicked = performance.now();
  const paid = await pay();
  if (paid.status >= 400) throw new Error(`the payment page answered ${paid.status}`);
  const patience = clicked + 60_000;
  for (;;) {
    const { rowCount } = await client.query("select from download_right where email = $1", [email]);
    if (rowCount) break;
    if (performance.now() > patience) throw new Error("no right to download within a minute");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return (performance.now() - clicked) / 1000;
}

/** Everything before the click; returns the click. */
async function reachPayment({ url }: Stack, slug: string, email: string): Promise<() => Promise<Response>> {
  const jar = new Map<string, string>();
  const send = async (path: string, form?: Record<string, string>) => {
    const answer = await fetch(new URL(path, url), {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: {
        cookie: [...jar].map((pair) => pair.join("=")).join("; "),
        origin: url,
        accept: "text/html",
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair!.indexOf("=");
      jar.set(pair!.slice(0, at), pair!.slice(at + 1));
    }
    return answer;
  };
  await send(pathTo("work", "fr", { slug }), { intent: "add" });
  const checkout = await (await send(pathTo("checkout", "fr", {}, { place: "CA-QC" }))).text();
  const seed = /name="seed" value="([^"]+)"/.exec(checkout)?.[1] ?? "";
  const opened = await send(pathTo("checkout", "fr"), { email, place: "CA-QC", seed });
  const page = opened.headers.get("location");
  if (!page) throw new Error(`checkout answered ${opened.status} and no payment page`);
  const shown = await (await fetch(page)).text();
  const action = /<form[^>]*action="([^"]*)"/.exec(shown)?.[1] ?? "";
  const card = /name="card" value="([^"]+)"/.exec(shown)?.[1] ?? "";
  return () =>
    fetch(new URL(action.replaceAll("&amp;", "&"), page), {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ email, card }),
    });
}
