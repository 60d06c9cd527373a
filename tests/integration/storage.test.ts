import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type S3Server, startS3 } from "#dev/emulators/s3/server.ts";
import { createStorage, type Storage, type StorageSettings } from "#gateways/storage.ts";

const MiB = 1024 * 1024;
const origin = "https://ventes.test";
let folder: string;
let server: S3Server;
let storage: Storage;
let settings: StorageSettings;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "storage-test-"));
  const keys = { accessKeyId: "clef", secretAccessKey: "secret" };
  server = await startS3({ dataDir: path.join(folder, "s3"), region: "ca-central-1", ...keys });
  settings = {
    endpoint: server.url,
    region: "ca-central-1",
    bucket: "oeuvres",
    forcePathStyle: true,
    ...keys,
  };
  storage = createStorage(settings);
  await storage.ensureBucket([origin]);
});

afterAll(async () => {
  storage.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const uploads = () => readdir(path.join(folder, "s3", "oeuvres", "uploads"));
const contentOf = async (key: string) => Buffer.concat(await (await storage.read(key)).toArray());

describe("writing and reading", () => {
  it.each([
    ["nothing", 0],
    ["a small file", 1234],
    ["exactly one part", 8 * MiB],
    ["several parts", 20 * MiB + 1],
  ])("keeps %s as it was, from memory, a stream and a file", async (_name, bytes) => {
    const content = randomBytes(bytes);
    const file = path.join(folder, "source.bin");
    await writeFile(file, content);
    const pieces = Readable.from(
      bytes === 0 ? [] : [content.subarray(0, bytes >> 1), content.subarray(bytes >> 1)],
    );
    for (const [key, body] of Object.entries({ memory: content, stream: pieces, file })) {
      await storage.write(key, body, { contentType: "audio/flac", contentLength: bytes });
      expect(await storage.head(key)).toMatchObject({ bytes, contentType: "audio/flac" });
      expect((await contentOf(key)).equals(content)).toBe(true);
    }
    await storage.download("file", path.join(folder, "copy.bin"));
    expect((await readFile(path.join(folder, "copy.bin"))).equals(content)).toBe(true);
    expect(await uploads()).toEqual([]);
  });

  it("keeps nothing of a body that fails on the way or has not its announced length", async () => {
    const failing = Readable.from(
      (async function* () {
        yield randomBytes(9 * MiB);
        throw new Error("the disk was pulled out");
      })(),
    );
    await expect(storage.write("à moitié", failing, { contentType: "audio/flac" })).rejects.toThrow(
      /pulled out/,
    );
    const short = { contentType: "audio/flac", contentLength: 10 * MiB };
    await expect(storage.write("à moitié", randomBytes(9 * MiB), short)).rejects.toMatchObject({
      code: "IncompleteBody",
    });
    await expect(storage.write("à moitié", Buffer.from("x"), short)).rejects.toMatchObject({
      code: "IncompleteBody",
    });
    expect(await storage.head("à moitié")).toBeNull();
    expect(await uploads()).toEqual([]);
  });

  it("reads a range, copies and removes, twice without a word", async () => {
    await storage.write("livres/été 1+1.epub", Buffer.from("0123456789"), {
      contentType: "application/epub+zip",
    });
    const range = await storage.read("livres/été 1+1.epub", { start: 2, end: 4 });
    expect(Buffer.concat(await range.toArray()).toString()).toBe("234");
    await storage.copy("livres/été 1+1.epub", "copie & co.epub");
    expect(await storage.head("copie & co.epub")).toMatchObject({
      bytes: 10,
      contentType: "application/epub+zip",
    });
    await storage.remove("copie & co.epub");
    await storage.remove("copie & co.epub");
    expect(await storage.head("copie & co.epub")).toBeNull();
  });
});

describe("an upload from the browser", () => {
  it("resumes after a cut, with links for what is missing, and completes twice", async () => {
    const key = "uploads/reprise.flac";
    const parts = [randomBytes(5 * MiB), randomBytes(5 * MiB), randomBytes(77)];
    const send = async (id: string, number: number, body: Buffer) => {
      const link = await storage.signPart(key, id, number, parts[number - 1]?.length);
      return fetch(link, { method: "PUT", body: new Uint8Array(body), headers: { origin } });
    };
    const id = await storage.openMultipart(key, "audio/flac");
    const first = await send(id, 1, parts[0]!);
    expect(first.status).toBe(200);
    expect(first.headers.get("access-control-allow-origin")).toBe(origin);
    expect(first.headers.get("access-control-expose-headers")).toContain("ETag");
    expect((await send(id, 3, randomBytes(78))).status).toBe(403);
    expect((await storage.listParts(key, id)).map((part) => part.partNumber)).toEqual([1]);
    for (const number of [3, 2]) await send(id, number, parts[number - 1]!);
    const arrived = await storage.listParts(key, id);
    expect(arrived.map((part) => part.size)).toEqual(parts.map((part) => part.length));
    await storage.completeMultipart(key, id, arrived.toReversed());
    await storage.completeMultipart(key, id, arrived);
    expect((await contentOf(key)).equals(Buffer.concat(parts))).toBe(true);
    expect((await storage.head(key))?.contentType).toBe("audio/flac");
  });

  it("is given up twice without a word, and is then over", async () => {
    const id = await storage.openMultipart("abandon", "audio/flac");
    await storage.abortMultipart("abandon", id);
    await storage.abortMultipart("abandon", id);
    await expect(storage.listParts("abandon", id)).rejects.toMatchObject({
      code: "NoSuchUpload",
      absent: true,
    });
    await expect(storage.completeMultipart("abandon", id, [{ partNumber: 1, etag: "x" }])).rejects.toThrow(
      /over/,
    );
  });
});

describe("links", () => {
  it("give the file under a name in any language, and nothing that could break the header", async () => {
    await storage.write("abc", Buffer.from("bonjour"), { contentType: "binary/octet-stream" });
    const expected: [string, string][] = [
      [
        "L’œuvre d’été (1).epub",
        `filename="L'oeuvre d'ete (1).epub"; filename*=UTF-8''L%E2%80%99%C5%93uvre%20d%E2%80%99%C3%A9t%C3%A9%20%281%29.epub`,
      ],
      ["日本.flac", `filename="__.flac"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.flac`],
      ['a"; x=\r\n../b.pdf', `filename="a_; x=_.._b.pdf"; filename*=UTF-8''a_%3B%20x%3D_.._b.pdf`],
      ["  ", `filename="fichier"; filename*=UTF-8''fichier`],
    ];
    for (const [fileName, disposition] of expected) {
      const link = await storage.signDownload("abc", {
        expiresInSeconds: 300,
        fileName,
        contentType: "text/plain",
      });
      const answer = await fetch(link);
      expect(answer.headers.get("content-disposition")).toBe(`attachment; ${disposition}`);
      expect(answer.headers.get("content-type")).toBe("text/plain");
      expect(await answer.text()).toBe("bonjour");
    }
    const inline = await storage.signInline("abc", {
      expiresInSeconds: 60,
      fileName: "a.txt",
      contentType: "text/plain",
    });
    expect((await fetch(inline)).headers.get("content-disposition")).toMatch(/^inline; /);
  });

  it("are signed for the address that browsers use", async () => {
    const elsewhere = createStorage({ ...settings, publicEndpoint: "https://fichiers.ventes.test" });
    const link = await elsewhere.signDownload("abc", {
      expiresInSeconds: 9,
      fileName: "a",
      contentType: "text/plain",
    });
    expect(link).toMatch(/^https:\/\/fichiers\.ventes\.test\/oeuvres\/abc\?/);
    expect(link).toContain("X-Amz-Expires=9");
    elsewhere.close();
  });
});

describe("what goes wrong", () => {
  it("is told in words that name the setting to look at", async () => {
    const saying = async (other: Partial<StorageSettings>) => {
      const wrong = createStorage({ ...settings, ...other });
      try {
        await wrong.check();
        return "nothing";
      } catch (error) {
        return (error as Error).message;
      } finally {
        wrong.close();
      }
    };
    expect(await saying({})).toBe("nothing");
    expect(await saying({ secretAccessKey: "autre" })).toContain("S3_SECRET_ACCESS_KEY");
    expect(await saying({ accessKeyId: "autre" })).toContain("S3_ACCESS_KEY_ID");
    expect(await saying({ region: "eu-west-3" })).toContain("S3_REGION");
    expect(await saying({ bucket: "absent" })).toContain("S3_BUCKET");
    expect(await saying({ endpoint: "http://127.0.0.1:9" })).toContain(
      "does not answer at http://127.0.0.1:9",
    );
    await expect(storage.read("rien")).rejects.toMatchObject({ absent: true });
    await expect(storage.download("rien", path.join(folder, "rien"))).rejects.toThrow(/no such object/);
  });

  it("does not make the bucket twice, and follows a change of address", async () => {
    await storage.ensureBucket(["https://autre.test"]);
    const link = await storage.signDownload("abc", {
      expiresInSeconds: 60,
      fileName: "a",
      contentType: "text/plain",
    });
    expect(
      (await fetch(link, { headers: { origin } })).headers.get("access-control-allow-origin"),
    ).toBeNull();
    await storage.ensureBucket([origin]);
    expect((await fetch(link, { headers: { origin } })).headers.get("access-control-allow-origin")).toBe(
      origin,
    );
  });
});
