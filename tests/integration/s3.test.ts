import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type S3Server, startS3 } from "#dev/emulators/s3/server.ts";

/** Our S3 double is judged by Amazon's own client, and by hand where that client would not misbehave. */
const Bucket = "oeuvres";
const keys = { accessKeyId: "artiste", secretAccessKey: "un secret" };
let folder: string;
let server: S3Server;
let s3: S3Client;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "s3-test-"));
  await open();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  s3.destroy();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  server = await startS3({ dataDir: path.join(folder, "s3"), ...keys });
  s3 = clientWith({});
}

function clientWith(other: { secretAccessKey?: string; accessKeyId?: string; region?: string }): S3Client {
  return new S3Client({
    endpoint: server.url,
    region: other.region ?? "us-east-1",
    forcePathStyle: true,
    credentials: { ...keys, ...other },
    maxAttempts: 1,
  });
}

async function put(Key: string, Body: Buffer | string, more: object = {}): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

async function get(Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const blobs = () => readdir(path.join(folder, "s3", Bucket, "blobs"));

describe("signatures", () => {
  it("says which of key, secret and region is wrong", async () => {
    await put("secret.txt", "à nous");
    const refusals = [
      [{ accessKeyId: "autre" }, "InvalidAccessKeyId"],
      [{ secretAccessKey: "autre" }, "SignatureDoesNotMatch"],
      [{ region: "eu-west-3" }, "AuthorizationHeaderMalformed"],
    ] as const;
    for (const [wrong, name] of refusals) {
      const asked = clientWith(wrong).send(new GetObjectCommand({ Bucket, Key: "secret.txt" }));
      await expect(asked).rejects.toMatchObject({ name });
    }
    expect((await fetch(`${server.url}/${Bucket}/secret.txt`)).status).toBe(403);
  });

  it("does not let the bearer of a link add, change or reuse anything", async () => {
    await put("lien.txt", "bonjour");
    const link = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "lien.txt" }), { expiresIn: 60 });
    expect(await (await fetch(link)).text()).toBe("bonjour");
    expect((await fetch(`${link}&response-content-type=text/html`)).status).toBe(403);
    expect((await fetch(link, { headers: { "x-amz-copy-source": "/oeuvres/secret.txt" } })).status).toBe(403);
    expect((await fetch(link, { method: "DELETE" })).status).toBe(403);
    expect((await fetch(link.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"))).status).toBe(403);
    expect((await fetch(link.replace("lien.txt", "secret.txt"))).status).toBe(403);
  });

  it("ends a link on the second, and refuses one signed for the future", async () => {
    const signed = (ago: number) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "lien.txt" }), {
        expiresIn: 60,
        signingDate: new Date(Date.now() - ago),
      });
    expect((await fetch(await signed(58_000))).status).toBe(200);
    expect((await fetch(await signed(62_000))).status).toBe(403);
    expect((await fetch(await signed(-20 * 60_000))).status).toBe(403);
  });

  it("refuses a body other than the one whose hash was signed", async () => {
    const altered = clientWith({});
    altered.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: string }).body = "MALIN";
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    // Of the same length: a shorter one would only be a cut.
    await expect(
      altered.send(new PutObjectCommand({ Bucket, Key: "corps.txt", Body: "SIGNE" })),
    ).rejects.toMatchObject({ name: "XAmzContentSHA256Mismatch" });
    await expect(get("corps.txt")).rejects.toMatchObject({ name: "NoSuchKey" });
  });
});

describe("bodies", () => {
  it("stores what a stream sent and not the framing in which it came", async () => {
    const bytes = randomBytes(300_001);
    const pieces = Readable.from([bytes.subarray(0, 7), bytes.subarray(7, 200_000), bytes.subarray(200_000)]);
    await s3.send(new PutObjectCommand({ Bucket, Key: "flux", Body: pieces, ContentLength: bytes.length }));
    expect((await get("flux")).equals(bytes)).toBe(true);
  });

  it("refuses a body that is not what its checksum says, and keeps the object that was there", async () => {
    await put("garde.txt", "avant");
    const before = (await blobs()).length;
    for (const wrong of [
      { ChecksumSHA256: Buffer.alloc(32).toString("base64") },
      { ChecksumCRC32: "AAAAAA==" },
      { ContentMD5: Buffer.alloc(16).toString("base64") },
    ]) {
      await expect(put("garde.txt", "après", wrong)).rejects.toMatchObject({ name: "BadDigest" });
    }
    expect((await get("garde.txt")).toString()).toBe("avant");
    expect((await blobs()).length).toBe(before);
  });

  it("leaves nothing of an upload that was cut", async () => {
    const before = (await blobs()).length;
    const link = new URL(
      await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "coupé" }), { expiresIn: 60 }),
    );
    await new Promise<void>((resolve) => {
      const sending = httpRequest(link, { method: "PUT", headers: { "content-length": 1_000_000 } });
      sending.on("error", () => resolve());
      sending.write(randomBytes(100_000), () => setTimeout(() => sending.destroy(), 50));
      sending.on("close", () => resolve());
    });
    await expect.poll(async () => (await blobs()).length).toBe(before);
    await expect(get("coupé")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  it("gives a reader the whole of one version, even when another replaces it meanwhile", async () => {
    const [one, two] = [Buffer.alloc(3_000_000, "1"), Buffer.alloc(3_000_000, "2")];
    await put("version", one);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "version" }));
    await put("version", two);
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(one)).toBe(true);
    expect((await get("version")).equals(two)).toBe(true);
  });

  it("keeps one of many writes at once, and only its bytes on disk", async () => {
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "course" }));
    const before = (await blobs()).length;
    await Promise.all(Array.from({ length: 12 }, (_, n) => put("course", `coureur ${n}`)));
    const winner = (await get("course")).toString();
    expect(winner).toMatch(/^coureur \d+$/);
    expect((await blobs()).length).toBe(before + 1);
    await server.close();
    await open();
    expect((await get("course")).toString()).toBe(winner);
  });
});

describe("objects", () => {
  it("gives back every key and header as it was given, after a restart too", async () => {
    const names = [
      "été/à l’île 1+1=2 & « ça » ?.epub",
      "a/../../../evil.txt",
      "100%.txt",
      "日本/🎵.flac",
      "-._~!*'()",
    ];
    for (const name of names) {
      await put(name, name, {
        ContentType: "text/plain; charset=utf-8",
        CacheControl: "max-age=60",
        Metadata: { coop: "un" },
      });
    }
    await server.close();
    await open();
    for (const name of names) {
      expect((await get(name)).toString()).toBe(name);
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: name }));
      expect(head).toMatchObject({
        ContentType: "text/plain; charset=utf-8",
        CacheControl: "max-age=60",
        Metadata: { coop: "un" },
        ETag: `"${createHash("md5").update(name).digest("hex")}"`,
      });
    }
    expect((await readdir(folder)).sort()).toEqual(["s3"]);
  });

  it("answers ranges, and what the browser has already", async () => {
    await put("plage", "0123456789");
    const link = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "plage" }), { expiresIn: 60 });
    const ask = async (headers: Record<string, string>) => {
      const answer = await fetch(link, { headers });
      return [answer.status, await answer.text(), answer.headers.get("content-range")];
    };
    const etag = `"${createHash("md5").update("0123456789").digest("hex")}"`;
    expect(await ask({ range: "bytes=2-4" })).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await ask({ range: "bytes=7-" })).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await ask({ range: "bytes=-2" })).toEqual([206, "89", "bytes 8-9/10"]);
    expect(await ask({ range: "bytes=5-999" })).toEqual([206, "56789", "bytes 5-9/10"]);
    expect((await ask({ range: "bytes=10-" }))[0]).toBe(416);
    expect(await ask({ range: "bytes=0-1", "if-range": '"old"' })).toEqual([200, "0123456789", null]);
    expect((await ask({ "if-none-match": etag }))[0]).toBe(304);
    expect((await ask({ "if-match": '"other"' }))[0]).toBe(412);
  });

  it("lists by pages and by folders, in the order of the keys", async () => {
    const made = ["liste/a.txt", "liste/b/1.txt", "liste/b/2.txt", "liste/c.txt", "liste/é.txt"];
    for (const name of made) await put(name, "x");
    const seen: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: "liste/",
          Delimiter: "/",
          MaxKeys: 2,
          ContinuationToken: token,
        }),
      );
      seen.push(
        ...(page.Contents ?? []).map((one) => one.Key),
        ...(page.CommonPrefixes ?? []).map((one) => one.Prefix),
      );
      token = page.NextContinuationToken;
    } while (token);
    expect(seen).toEqual(["liste/a.txt", "liste/b/", "liste/c.txt", "liste/é.txt"]);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "liste/" }));
    expect(Contents?.map((one) => one.Key)).toEqual(made);
  });

  it("sweeps at the start the bytes that a crash left without a name", async () => {
    const orphan = path.join(folder, "s3", Bucket, "blobs", "orphan");
    await writeFile(orphan, "half an object");
    await server.close();
    await open();
    expect(await blobs()).not.toContain("orphan");
  });
});

describe("uploads in parts", () => {
  const MiB = 1024 * 1024;
  const begin = async (Key: string) =>
    (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "audio/flac" }))).UploadId;

  it("lists what arrived, survives a restart in between, and lets a part be sent again", async () => {
    const Key = "reprise.flac";
    const UploadId = await begin(Key);
    const [one, two] = [randomBytes(5 * MiB), randomBytes(1234)];
    const part = (PartNumber: number, Body: Buffer) =>
      s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    await part(2, Buffer.from("premier essai"));
    await part(1, one);
    await server.close();
    await open();
    await part(2, two);
    const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 5 * MiB],
      [2, 1234],
    ]);
    const chosen = Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    const done = await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: chosen } }),
    );
    const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest();
    expect(done.ETag).toBe(`"${md5(Buffer.concat([md5(one), md5(two)])).toString("hex")}-2"`);
    expect((await get(Key)).equals(Buffer.concat([one, two]))).toBe(true);
    expect(await readdir(path.join(folder, "s3", Bucket, "uploads"))).toEqual([]);
  });

  it("refuses small parts, missing parts and a wrong order, as Amazon does", async () => {
    const Key = "refus.flac";
    const UploadId = await begin(Key);
    const sent: { PartNumber: number; ETag: string | undefined }[] = [];
    for (const PartNumber of [1, 2]) {
      const { ETag } = await s3.send(
        new UploadPartCommand({
          Bucket,
          Key,
          UploadId,
          PartNumber,
          Body: Buffer.from(`partie ${PartNumber}`),
        }),
      );
      sent.push({ PartNumber, ETag });
    }
    const complete = (Parts: typeof sent) =>
      s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    await expect(complete(sent)).rejects.toMatchObject({ name: "EntityTooSmall" });
    await expect(complete(sent.toReversed())).rejects.toMatchObject({ name: "InvalidPartOrder" });
    await expect(complete([{ PartNumber: 3, ETag: '"x"' }])).rejects.toMatchObject({ name: "InvalidPart" });
    await expect(get(Key)).rejects.toMatchObject({ name: "NoSuchKey" });
    await complete(sent.slice(1));
    expect((await get(Key)).toString()).toBe("partie 2");
  });
});

describe("pages of other origins", () => {
  it("may do what the bucket's rules say, and read why they were refused", async () => {
    const CORSRules = [
      {
        AllowedOrigins: ["https://*.ventes.test"],
        AllowedMethods: ["PUT"],
        AllowedHeaders: ["content-type"],
        ExposeHeaders: ["ETag"],
        MaxAgeSeconds: 60,
      },
    ];
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    const preflight = (origin: string, method: string, headers: string) =>
      fetch(`${server.url}/${Bucket}/x`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": method,
          "access-control-request-headers": headers,
        },
      });
    const allowed = await preflight("https://coop.ventes.test", "PUT", "Content-Type");
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://coop.ventes.test");
    expect(allowed.headers.get("access-control-max-age")).toBe("60");
    expect((await preflight("https://ventes.test.evil", "PUT", "content-type")).status).toBe(403);
    expect((await preflight("https://coop.ventes.test", "DELETE", "content-type")).status).toBe(403);
    expect((await preflight("https://coop.ventes.test", "PUT", "x-other")).status).toBe(403);
    const refused = await fetch(`${server.url}/${Bucket}/x`, {
      method: "PUT",
      body: "x",
      headers: { origin: "https://coop.ventes.test" },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get("access-control-allow-origin")).toBe("https://coop.ventes.test");
  });
});
