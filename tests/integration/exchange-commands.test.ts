import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startS3 } from "#dev/emulators/s3/server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { ddexMistakes, readXml } from "#domain/exchange/ddex-rules.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import type { Inspection } from "#domain/metadata/inspection.ts";
import { recordFindings } from "#domain/metadata/record-findings.server.ts";
import { setClock } from "#gateways/clock.ts";
import { createStorage } from "#gateways/storage.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

// The commands as somebody types them: another process, a database and a bucket of their own.

const clock = setClock("2026-03-01T10:00:00-05:00");
const keys = { accessKeyId: "clef", secretAccessKey: "secret" };
let scratch: ScratchDatabase;
let bucket: Awaited<ReturnType<typeof startS3>>;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  scratch = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "exchange-"));
  bucket = await startS3({ dataDir: join(folder, "bucket"), ...keys });
  const storage = createStorage({
    ...{ endpoint: bucket.url, region: "us-east-1", bucket: "oeuvres", forcePathStyle: true },
    ...keys,
  });
  await storage.ensureBucket(["https://ventes.test"]);
  storage.close();
  for (const slug of ["fleuve", "rives"]) {
    const { id: coopId } = await foundCoop(
      scratch.db,
      { clock },
      {
        ...{ slug, name: `Les Presses ${slug}`, legalForm: "coop_qc" as const, place: "CA-QC" },
      },
    );
    await admitMember(scratch.db, { clock }, { coopId, email: `ana@${slug}.coop`, name: "Ana Roy" });
  }
  env = {
    PATH: process.env.PATH ?? "",
    DATABASE_URL: scratch.url,
    PUBLIC_URL: "https://ventes.test",
    SESSION_SECRET: "s".repeat(40),
    ...{ S3_ENDPOINT: bucket.url, S3_BUCKET: "oeuvres", S3_FORCE_PATH_STYLE: "true" },
    ...{ S3_ACCESS_KEY_ID: keys.accessKeyId, S3_SECRET_ACCESS_KEY: keys.secretAccessKey },
    ...{ STRIPE_SECRET_KEY: "sk_test_x", STRIPE_WEBHOOK_SECRET: "whsec_x" },
    ...{ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "bonjour@ventes.test" },
  };
}, 120_000);
afterAll(async () => {
  await scratch?.close();
  await bucket?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

function ventes(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["bin/ventes.ts", ...args], { env: { ...process.env, ...env } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (piece) => {
      out += piece;
    });
    child.stderr.on("data", (piece) => {
      err += piece;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
const written = async (name: string, text: string) => {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
  return path;
};
const works = async () =>
  Number(
    (
      await scratch.db
        .selectFrom("work")
        .select((eb) => eb.fn.countAll().as("n"))
        .executeTakeFirstOrThrow()
    ).n,
  );

const catalogue = `reference,kind,formats,title,contributors,language,isbn_epub,price,release,disc,track,isrc,duration,files
b1,book,epub,Le Chat,Ana Roy,fr,9780306406157,12.50,,,,,,textes/chat.epub
a1,album,music,Marées,Les Marées|performer||group,zxx,,9,,,,,,
,track,,Départ,Ana Roy|mixer,,,,a1,1,1,CBABC2600001,3:05,pistes/un.mp3
,piste,,Retour,,,,,,1,2,CBABC2600002,4:10.5,pistes/deux.mp3
,track,,Sans album,,,,,zz,1,1,,,
`;

describe("ventes import", () => {
  it("tries, then writes, and says the fate of each line", async () => {
    const file = await written("catalogue.csv", catalogue);
    const tried = await ventes("import", file, "--coop", "fleuve", "--member", "ana-roy", "--dry-run");
    expect(tried.code).toBe(3);
    expect(await works()).toBe(0);
    const done = await ventes("import", file, "--coop", "fleuve", "--member", "ana-roy");
    expect(done.out).toBe(tried.out);
    expect(
      done.out
        .trim()
        .split("\n")
        .map((line) => line.split("\t").slice(0, 3).join(" ")),
    ).toEqual(["2 new Le Chat", "3 new Marées", "6 refused Sans album"]);
    expect(done.err).toContain("« isbn_epub » is read as isbn_epub");
    expect(done.err).toContain("new: 2, refused: 1");
    expect(await works()).toBe(2);
    const again = await ventes("import", file, "--coop", "fleuve", "--member", "ana-roy", "--quiet");
    expect(again.err).toContain("unchanged: 2, refused: 1");
  }, 60_000);

  it("says what is wrong, and by which number it ends", async () => {
    const file = await written("nu.csv", "title\nUn\n");
    expect(await ventes("import")).toMatchObject({ code: 2, err: expect.stringContaining("usage:") });
    expect(await ventes("import", file, "--coop", "fleuve", "--perhaps")).toMatchObject({ code: 2 });
    expect(await ventes("import", file, "--coop", "nulle-part")).toMatchObject({
      code: 1,
      err: "no co-op « nulle-part »\n",
    });
    expect(await ventes("import", file, "--coop", "fleuve", "--member", "zed")).toMatchObject({ code: 1 });
    expect(await ventes("import", join(folder, "absent.xml"), "--coop", "fleuve")).toMatchObject({
      code: 1,
      err: expect.stringContaining("cannot be opened (ENOENT)"),
    });
    const trap = await written("piege.xml", `<!DOCTYPE x [<!ENTITY a "b">]><ONIXMessage/>`);
    expect(await ventes("import", trap, "--coop", "fleuve")).toMatchObject({
      code: 1,
      err: expect.stringContaining("xml_dtd"),
    });
    expect(await ventes("import", join(folder, "bucket"), "--coop", "fleuve")).toMatchObject({
      code: 1,
      err: expect.stringContaining("holds no CSV or ONIX"),
    });
  }, 60_000);

  it("takes a folder: the table, and the files that it names", async () => {
    await written("envoi/catalogue.csv", catalogue.replace(/,track,,Sans album.*\n/, ""));
    await written("envoi/textes/chat.epub", "PK epub");
    await written("envoi/pistes/un.mp3", "ID3 un");
    await written("envoi/oubli.pdf", "%PDF");
    const args = ["import", join(folder, "envoi"), "--coop", "fleuve", "--member", "ana-roy"] as const;
    const tried = await ventes(...args, "--dry-run");
    expect(tried.out).toContain("2\tfile\ttextes/chat.epub\twould be sent");
    expect(tried.out).toContain("3\tfile\tpistes/deux.mp3\tnot in the folder");
    const done = await ventes(...args);
    expect(done.code).toBe(3);
    expect(done.err).toContain("oubli.pdf: no line names this file");
    expect(done.err).toContain("file taken: 2, file refused: 1, file unclaimed: 1");
    const uploads = await scratch.db
      .selectFrom("upload")
      .select(["id", "file_name", "state", "bytes"])
      .orderBy("file_name")
      .execute();
    expect(uploads.map(({ id: _, ...each }) => each)).toEqual([
      { file_name: "chat.epub", state: "received", bytes: 7 },
      { file_name: "un.mp3", state: "received", bytes: 6 },
    ]);
    expect((await ventes(...args)).err).toContain("file there: 2");

    // The sound bears no tag at all: the table said what it is.
    const inspection = {
      verdict: "accepted",
      kind: "audio",
      mediaType: "audio/mpeg",
      reasons: [],
      findings: [],
      seconds: 0,
    };
    const house = { clock, queue: scratch.queue };
    const recorded = await recordFindings(scratch.db, house, {
      ...{ uploadId: uploads[1]!.id, sha256: v7(), coverKey: null },
      inspection: inspection as unknown as Inspection,
    });
    expect(recorded).toEqual({ state: "accepted" });
    const recordings = await scratch.db
      .selectFrom("recording")
      .innerJoin("contribution", "contribution.recording_id", "recording.id")
      .innerJoin("agent", "agent.id", "contribution.agent_id")
      .select(["title", "isrc", "disc", "recording.position", "agent.name", "role"])
      .execute();
    expect(recordings).toEqual([
      { title: "Départ", isrc: "CBABC2600001", disc: 1, position: 1, name: "Ana Roy", role: "mixer" },
    ]);
  }, 90_000);
});

describe("ventes export", () => {
  it("gives what came in, in each format, and takes it back", async () => {
    for (const [format, name] of [
      ["onix", "tout.xml"],
      ["csv", "tout.csv"],
    ] as const) {
      const path = join(folder, name);
      expect(await ventes("export", "--format", format, "--coop", "fleuve", "--all", "--to", path)).toEqual({
        ...{ code: 0, out: "", err: "" },
      });
      const back = await ventes("import", path, "--coop", "rives", "--member", "ana-roy", "--quiet");
      expect(back).toMatchObject({
        code: 0,
        err: expect.stringMatching(format === "onix" ? /new: 2/ : /unchanged: 2/),
      });
    }
    const ddex = await ventes("export", "--format", "ddex", "--work", "marees");
    expect(ddex.code).toBe(0);
    expect(ddexMistakes(readXml(ddex.out))).toEqual([]);
    expect(ddex.out).toContain("<ISRC>CBABC2600002</ISRC>");
    const published = await ventes("export", "--format", "json-ld");
    expect(published).toMatchObject({ code: 0, out: "" });
    await scratch.db
      .updateTable("work")
      .set({ state: "published", published_at: clock.now() })
      .where("slug", "=", "le-chat")
      .execute();
    const [line] = (await ventes("export", "--format", "json-ld", "--coop", "fleuve")).out.trim().split("\n");
    expect(JSON.parse(line!)["@graph"][0]).toMatchObject({
      "@type": "Book",
      url: "https://ventes.test/oeuvres/le-chat",
    });
  }, 90_000);

  it("says what it cannot tell, and what it was not asked", async () => {
    expect(await ventes("export")).toMatchObject({ code: 2, err: expect.stringContaining("usage:") });
    expect(await ventes("export", "--format", "marc")).toMatchObject({ code: 2 });
    expect(await ventes("export", "--format", "ddex")).toMatchObject({ code: 2 });
    expect(await ventes("export", "--format", "ddex", "--work", "le-chat")).toMatchObject({
      code: 1,
      err: "« le-chat » cannot be told in DDEX: it is no album\n",
    });
    expect(await ventes("export", "--format", "csv", "--coop", "nulle-part")).toMatchObject({ code: 1 });
  }, 60_000);
});
