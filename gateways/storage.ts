import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutBucketCorsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { StorageFailure, told } from "./storage-failure.ts";
import { disposition } from "./storage-file-name.ts";
import { bare, openParts, type PartUploads } from "./storage-parts.ts";
import { type WriteOptions, writeObject } from "./storage-write.ts";

export type StorageSettings = {
  /** Absent: Amazon's own, by region. */
  endpoint?: string | undefined;
  /** The address by which browsers reach the storage, where it is not the server's. Links are signed for it. */
  publicEndpoint?: string | undefined;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
};

/** `fileName` is what a person finds in the downloads folder: any language, with its extension. */
export type LinkOptions = { expiresInSeconds: number; fileName: string; contentType: string };

/** A bucket of S3, Amazon's or another's. Every call throws StorageFailure, with words for whoever runs the house. */
export type Storage = PartUploads & {
  /** Creates the bucket where absent, and lets pages of `origins` (`https://ventes.coop`) send to it and read from it. */
  ensureBucket(origins: string[]): Promise<void>;
  /** Null where there is no such object. `etag` is without quotes. */
  head(key: string): Promise<{ bytes: number; contentType: string; etag: string } | null>;
  /** `end` is included, as in HTTP. Destroy the stream if you stop reading before its end. */
  read(key: string, range?: { start: number; end?: number }): Promise<Readable>;
  /** To a file on disk; what a cut leaves is removed. */
  download(key: string, toFile: string): Promise<void>;
  /** A string is the path of a file on disk. The object appears complete or not at all. */
  write(key: string, body: Buffer | Readable | string, options: WriteOptions): Promise<void>;
  /** Absent already: nothing happens. */
  remove(key: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** A link that downloads, with a file name in any language. Who has it needs no other right until it expires. */
  signDownload(key: string, options: LinkOptions): Promise<string>;
  /** A link that opens in the page: a cover, a reader, a player. */
  signInline(key: string, options: LinkOptions): Promise<string>;
  /** Writes, reads and removes a probe: for the doctor. */
  check(): Promise<void>;
  close(): void;
};

export function createStorage(settings: StorageSettings): Storage {
  const { bucket, region } = settings;
  const where = settings.endpoint ?? `Amazon S3 (${region})`;
  const client = clientOf(settings, settings.endpoint);
  const signer = clientOf(settings, settings.publicEndpoint ?? settings.endpoint);
  const target = (key: string) => ({ Bucket: bucket, Key: key });

  const link = (kind: "attachment" | "inline", key: string, options: LinkOptions) =>
    told(`signing a link to ${key}`, where, () =>
      getSignedUrl(
        signer,
        new GetObjectCommand({
          ...target(key),
          ResponseContentDisposition: disposition(kind, options.fileName),
          ResponseContentType: options.contentType,
        }),
        { expiresIn: options.expiresInSeconds },
      ),
    );

  const storage: Storage = {
    ensureBucket: (origins) =>
      told(`preparing the bucket ${bucket}`, where, async () => {
        await createWhereAbsent(client, bucket, region);
        const rule = {
          AllowedOrigins: origins,
          AllowedMethods: ["GET", "HEAD", "PUT"],
          AllowedHeaders: ["*"],
          // Without ETag the browser cannot tell which parts arrived; without the ranges a reader cannot seek.
          ExposeHeaders: ["ETag", "Content-Length", "Content-Range", "Accept-Ranges"],
          MaxAgeSeconds: 3600,
        };
        await client.send(
          new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } }),
        );
      }),

    ...openParts({
      client,
      signer,
      target,
      where,
      isThere: async (key) => (await storage.head(key)) !== null,
    }),

    head: async (key) => {
      try {
        const found = await told(`looking for ${key}`, where, () =>
          client.send(new HeadObjectCommand(target(key))),
        );
        return {
          bytes: found.ContentLength ?? 0,
          contentType: found.ContentType ?? "application/octet-stream",
          etag: bare(found.ETag),
        };
      } catch (error) {
        if (error instanceof StorageFailure && error.absent) return null;
        throw error;
      }
    },

    read: (key, range) =>
      told(`reading ${key}`, where, async () => {
        const Range = range && `bytes=${range.start}-${range.end ?? ""}`;
        const { Body } = await client.send(new GetObjectCommand({ ...target(key), Range }));
        return Body as Readable;
      }),

    download: (key, toFile) =>
      told(`downloading ${key}`, where, async () => {
        try {
          await pipeline(await storage.read(key), createWriteStream(toFile));
        } catch (error) {
          await rm(toFile, { force: true });
          throw error;
        }
      }),

    write: (key, body, options) =>
      told(`writing ${key}`, where, () => writeObject(client, target(key), body, options)),

    remove: (key) =>
      told(`removing ${key}`, where, async () => {
        await client.send(new DeleteObjectCommand(target(key)));
      }),

    copy: (from, to) =>
      told(`copying ${from} to ${to}`, where, async () => {
        const source = `${bucket}/${from.split("/").map(encodeURIComponent).join("/")}`;
        await client.send(new CopyObjectCommand({ ...target(to), CopySource: source }));
      }),

    signDownload: (key, options) => link("attachment", key, options),
    signInline: (key, options) => link("inline", key, options),

    async check() {
      const key = `probe/${randomUUID()}`;
      const written = Buffer.from(`été ${key}`);
      await storage.write(key, written, { contentType: "text/plain" });
      const found = Buffer.concat(await (await storage.read(key)).toArray());
      await storage.remove(key);
      if (!found.equals(written)) {
        throw new StorageFailure(
          `Storage at ${where}: what was read is not what was written.`,
          "Mangled",
          false,
          found,
        );
      }
    },

    close() {
      client.destroy();
      signer.destroy();
    },
  };
  return storage;
}

function clientOf(settings: StorageSettings, endpoint: string | undefined): S3Client {
  return new S3Client({
    region: settings.region,
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: settings.forcePathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // By default the SDK signs into a link the checksum of an empty body, and adds trailers that some storages store as content.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 300_000 },
  });
}

async function createWhereAbsent(client: S3Client, bucket: string, region: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if ((error as { name?: string }).name !== "NotFound") throw error;
    await client
      .send(
        new CreateBucketCommand({
          Bucket: bucket,
          // Amazon wants the region named everywhere but in its first one; others say "auto".
          ...(region === "us-east-1" || region === "auto"
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-3" } }),
        }),
      )
      // Two processes starting at once.
      .catch((clash: { name?: string }) => {
        if (clash.name !== "BucketAlreadyOwnedByYou") throw clash;
      });
  }
}
