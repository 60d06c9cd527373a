import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import PostalMime from "postal-mime";

/** A letter that was caught, as a person would read it. */
export type CaughtMail = {
  id: string;
  /** When it was caught. */
  at: Date;
  from: string;
  /** Whom the envelope names, in lower case: who really receives it, hidden copies included. */
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  messageId: string | null;
  /** Lower-case names; the last one where a name comes twice. */
  headers: Record<string, string>;
  /** Every http(s) address of the text, in order: a test follows the link that a person would click. */
  links: string[];
};

export type Letters = {
  /** Newest first. */
  all(): CaughtMail[];
  find(id: string): CaughtMail | undefined;
  /** The letter as it came over the wire, with the envelope as two headers on top. */
  raw(id: string): Promise<Buffer | undefined>;
  keep(raw: Buffer, envelope: { from: string; to: string[] }): Promise<CaughtMail>;
  clear(): Promise<void>;
};

/** The letters of `dataDir`, one .eml file each (any mail program opens it); null keeps them in memory alone. */
export async function openLetters(dataDir: string | null): Promise<Letters> {
  const kept = new Map<string, CaughtMail>();
  const inMemory = new Map<string, Buffer>();
  if (dataDir) {
    await mkdir(dataDir, { recursive: true });
    // The names begin with the time, so that their order is the order of arrival.
    for (const name of (await readdir(dataDir)).filter((one) => one.endsWith(".eml")).sort()) {
      const id = path.basename(name, ".eml");
      kept.set(id, await parse(id, await readFile(path.join(dataDir, name))));
    }
  }
  return {
    all: () => [...kept.values()].reverse(),
    find: (id) => kept.get(id),
    async raw(id) {
      // Only a name that was kept is ever joined to the folder.
      if (!kept.has(id)) return undefined;
      return dataDir ? readFile(path.join(dataDir, `${id}.eml`)) : inMemory.get(id);
    },
    async keep(raw, envelope) {
      const id = `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomUUID().slice(0, 8)}`;
      const top = `X-Envelope-From: ${envelope.from}\r\nX-Envelope-To: ${envelope.to.join(", ")}\r\n`;
      const whole = Buffer.concat([Buffer.from(top), raw]);
      const mail = await parse(id, whole);
      if (dataDir) {
        const file = path.join(dataDir, `${id}.eml`);
        await writeFile(`${file}.new`, whole);
        await rename(`${file}.new`, file);
      } else {
        inMemory.set(id, whole);
      }
      kept.set(id, mail);
      return mail;
    },
    async clear() {
      const ids = [...kept.keys()];
      kept.clear();
      inMemory.clear();
      if (dataDir) for (const id of ids) await rm(path.join(dataDir, `${id}.eml`), { force: true });
    },
  };
}

async function parse(id: string, raw: Buffer): Promise<CaughtMail> {
  const read = await PostalMime.parse(raw);
  const headers = Object.fromEntries(read.headers.map((one) => [one.key, one.value]));
  const text = read.text ?? "";
  return {
    id,
    at: timeOf(id),
    from: read.from?.name || read.from?.address || "",
    to: (headers["x-envelope-to"] ?? "").split(",").map((one) => one.trim().toLowerCase()),
    subject: read.subject ?? "",
    text,
    html: read.html ?? null,
    messageId: read.messageId ?? null,
    headers,
    links: linksOf(text),
  };
}

/** The time that the file's name begins with: 2026-11-22T09-30-00-123Z */
function timeOf(id: string): Date {
  const [day, clock = ""] = id.slice(0, 24).split("T");
  return new Date(`${day}T${clock.replace(/^(\d\d)-(\d\d)-(\d\d)-/, "$1:$2:$3.")}`);
}

const ADDRESS = /https?:\/\/[^\s<>"«»]+/g;
/** A phrase may end right after an address: its full stop is not part of it. */
const AFTER_PHRASE = /[.,;:!?)\]’”]+$/;

function linksOf(text: string): string[] {
  return [...text.matchAll(ADDRESS)].map(([found]) => found.replace(AFTER_PHRASE, ""));
}

/** Cuts a text into what is said and the addresses in it, for a page that makes these clickable. */
export function withLinks(text: string): { text: string; link: boolean }[] {
  const pieces: { text: string; link: boolean }[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(AFTER_PHRASE, "");
    pieces.push({ text: text.slice(at, found.index), link: false }, { text: address, link: true });
    at = found.index + address.length;
  }
  return [...pieces, { text: text.slice(at), link: false }].filter((piece) => piece.text !== "");
}
