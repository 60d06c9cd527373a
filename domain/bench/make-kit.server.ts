import { Readable } from "node:stream";
import { stringify } from "csv-stringify/sync";
import { type Database, inTransaction } from "#db/connection.ts";
import { extensionOf, folderName } from "../delivery/file-name.ts";
import { storedZip, type ZipEntry } from "../delivery/stored-zip.server.ts";
import { type Addresses, exportCatalogue } from "../exchange/export-catalogue.server.ts";
import type { AddressOf } from "../feeds/addresses.ts";
import { graphOf, workGraph } from "../feeds/json-ld.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import {
  addressesOfKit,
  filesOfKit,
  findKit,
  type KitFile,
  kitKey,
  ledgerOfKit,
  recordsOfKit,
  worksOfKit,
} from "./kit-queries.server.ts";
import { lettersOf } from "./letter-queries.server.ts";

const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;

/**
 * Makes the file that was asked for, straight from the bucket to the bucket, and rings its mail. Made already, or gone: nothing
 * happens. Cut on the way, it is made anew: the object appears whole or not at all.
 */
export async function makeKit(
  db: Database,
  house: Pick<House, "clock" | "queue" | "storage">,
  {
    kitId,
    address,
    addresses,
    readMe,
  }: { kitId: string; address: AddressOf; addresses: Addresses; readMe: (locale: "fr" | "en") => string },
): Promise<void> {
  const kit = await findKit(db, kitId);
  if (!kit || kit.madeAt || kit.goneAt) return;
  const { personId } = kit;
  const [files, texts] = await Promise.all([
    filesOfKit(db, personId),
    textsOf(db, house, personId, { address, addresses }),
  ]);
  const zip = storedZip(
    [
      ...[["LISEZMOI.txt", readMe(kit.locale)] as const, ...texts].map(([name, text]) =>
        textEntry(name, text),
      ),
      ...namesOf(files).map(({ name, file }) => ({
        name,
        bytes: file.bytes,
        read: () => house.storage.read(file.storageKey),
      })),
    ],
    house.clock.now(),
  );
  await house.storage.write(kitKey(kit), zip.open(), {
    contentType: "application/zip",
    contentLength: zip.bytes,
  });
  await inTransaction(db, async (trx) => {
    const marked = await trx
      .updateTable("exit_kit")
      .set({ made_at: house.clock.now(), bytes: zip.bytes })
      .where("id", "=", kitId)
      .where("made_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (marked) await enqueue(trx, house, "send-exit-kit", { kitId });
  });
}

function textEntry(name: string, text: string): ZipEntry {
  const content = Buffer.from(text, "utf8");
  return { name, bytes: content.length, read: async () => Readable.from([content]) };
}

async function textsOf(
  db: Database,
  house: Pick<House, "clock">,
  personId: string,
  { address, addresses }: { address: AddressOf; addresses: Addresses },
): Promise<(readonly [string, string])[]> {
  const works = await worksOfKit(db, personId);
  const workIds = works.map(({ id }) => id);
  const exported = async (format: "csv" | "onix") =>
    whole(
      await exportCatalogue(db, house, {
        format,
        filter: { workIds, states },
        sender: "ventes.coop",
        addresses,
      }),
    );
  const [csv, onix, records, ledger, readers, letters] = await Promise.all([
    exported("csv"),
    exported("onix"),
    recordsOfKit(db, workIds),
    ledgerOfKit(db, personId),
    addressesOfKit(db, personId),
    lettersOf(db, personId),
  ]);
  return [
    ["catalogue.csv", csv],
    ["catalogue.onix.xml", onix],
    [
      "catalogue.jsonl",
      records.map((each) => `${JSON.stringify(graphOf(workGraph(each, address)))}\n`).join(""),
    ],
    [
      "grand-livre.csv",
      table(
        ["entry", "posted_at", "kind", "coop", "sale", "amount", "currency"],
        ledger.map((each) => [
          String(each.number),
          each.postedAt.toISOString(),
          each.kind,
          each.coop,
          each.sale === null ? "" : String(each.sale),
          decimal(each.amount),
          each.currency,
        ]),
      ),
    ],
    [
      "abonnes.csv",
      table(
        ["email", "follows", "since", "entrusted_at"],
        readers.map(({ email, name, since, givenAt }) => [
          plain(email),
          plain(name),
          since.toISOString(),
          givenAt.toISOString(),
        ]),
      ),
    ],
    ["lettres.jsonl", letters.map((each) => `${JSON.stringify(each)}\n`).join("")],
  ];
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join("");
}

const table = (head: string[], rows: string[][]): string =>
  `\ufeff${stringify([head, ...rows], { record_delimiter: "\r\n" })}`;

/** No spreadsheet takes it for a formula. */
const plain = (text: string): string => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Minor units of a currency of two decimals, as every account of ours is kept. */
function decimal(amount: number): string {
  const cents = Math.abs(amount);
  return `${amount < 0 ? "-" : ""}${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/** Of a picture by its own name: what people download elsewhere is none. */
const endOf = (mediaType: string): string =>
  /^image\/(\w+)$/.exec(mediaType)?.[1]?.replace("jpeg", "jpg") ?? extensionOf(mediaType);

/** A folder for each work, each file under the name that it came with; two of one name are told apart. */
function namesOf(files: readonly KitFile[]): { name: string; file: KitFile }[] {
  const folders = new Map<string, string>();
  const taken = new Set<string>();
  const free = (stem: string, end: string): string => {
    let name = stem + end;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem} (${count})${end}`;
    taken.add(name.toLowerCase());
    return name;
  };
  return files.map((file) => {
    const { workId, title, by } = file;
    const folder = folders.get(workId) ?? free(`oeuvres/${folderName({ title, by: by ? [by] : [] })}`, "");
    folders.set(workId, folder);
    const came = folderName({
      title: (file.fileName ?? "").replace(/\.[a-z0-9]{1,5}$/i, "") || title,
      by: [],
    });
    const stem = file.role === "cover" ? "cover" : came;
    return { name: free(`${folder}/${stem}`, `.${endOf(file.mediaType)}`), file };
  });
}
