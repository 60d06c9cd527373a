import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutBucketCorsCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { StorageFailure, told } from "./storage-failure.ts";
import { disposition } from "./storage-file-name.ts";
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

export type StoredPart = { partNumber: number; etag: string; size: number };

/** `fileName` is what a person finds in the downloads folder: any language, with its extension. */
export type LinkOptions = { expiresInSeconds: number; fileName: string; contentType: string };

/** A bucket of S3, Amazon's or another's. Every call throws StorageFailure, with words for whoever runs the house. */
export type Storage = {
  /** Creates the bucket where absent, and lets pages of `origins` (`https://ventes.coop`) send to it and read from it. */
  ensureBucket(origins: string[]): Promise<void>;
  /** Begins an upload in parts, and gives its id. Nothing shows before it is completed. */
  openMultipart(key: string, contentType: string): Promise<string>;
  /** A link by which a browser PUTs one part (1 to 10 000; 5 MiB or more but the last), for one hour. A length given is enforced. */
  signPart(key: string, uploadId: string, partNumber: number, contentLength?: number): Promise<string>;
  /** The parts that arrived, in order: what is missing is sent again after a cut. */
  listParts(key: string, uploadId: string): Promise<StoredPart[]>;
  /** May be run twice: an upload that is over, and whose object is there, is complete. */
  completeMultipart(
    key: string,
    uploadId: string,
    parts: { partNumber: number; etag: string }[],
  ): Promise<void>;
  /** May be run twice. */
  abortMultipart(key: string, uploadId: string): Promise<void>;
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

const PART_LINK_SECONDS = 3600;

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

    openMultipart: (key, contentType) =>
      told(`opening the upload of ${key}`, where, async () => {
        const { UploadId } = await client.send(
          new CreateMultipartUploadCommand({ ...target(key), ContentType: contentType }),
        );
        if (!UploadId) throw new Error("the storage gave no upload id");
        return UploadId;
      }),

    signPart: (key, uploadId, partNumber, contentLength) =>
      told(`signing a part of ${key}`, where, () =>
        getSignedUrl(
          signer,
          new UploadPartCommand({
            ...target(key),
            UploadId: uploadId,
            PartNumber: partNumber,
            ContentLength: contentLength,
          }),
          { expiresIn: PART_LINK_SECONDS },
        ),
      ),

    listParts: (key, uploadId) =>
      told(`listing the parts of ${key}`, where, async () => {
        const parts: StoredPart[] = [];
        // By hand: the SDK's paginator goes round for ever with a storage that always names a next marker.
        for (let after: string | undefined, more = true; more; ) {
          const page = await client.send(
            new ListPartsCommand({ ...target(key), UploadId: uploadId, PartNumberMarker: after }),
          );
          for (const part of page.Parts ?? []) {
            parts.push({ partNumber: part.PartNumber ?? 0, etag: bare(part.ETag), size: part.Size ?? 0 });
          }
          after = page.NextPartNumberMarker;
          more = page.IsTruncated === true && after !== undefined;
        }
        return parts;
      }),

    completeMultipart: (key, uploadId, parts) =>
      told(`completing the upload of ${key}`, where, async () => {
        const inOrder = [...parts].sort((a, b) => a.partNumber - b.partNumber);
        try {
          await client.send(
            new CompleteMultipartUploadCommand({
              ...target(key),
              UploadId: uploadId,
              MultipartUpload: {
                Parts: inOrder.map((part) => ({ PartNumber: part.partNumber, ETag: `"${bare(part.etag)}"` })),
              },
            }),
          );
        } catch (error) {
          // The first answer may have been lost on the way: the upload is over because it succeeded.
          if ((error as { name?: string }).name !== "NoSuchUpload" || !(await storage.head(key))) throw error;
        }
      }),

    abortMultipart: (key, uploadId) =>
      told(`giving up the upload of ${key}`, where, async () => {
        await client
          .send(new AbortMultipartUploadCommand({ ...target(key), UploadId: uploadId }))
          .catch((error: { name?: string }) => {
            if (error.name !== "NoSuchUpload") throw error;
          });
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

/** Storages quote their ETags; ours are kept bare. */
function bare(etag: string | undefined): string {
  return (etag ?? "").replaceAll('"', "");
}
