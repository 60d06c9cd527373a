import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { CorsRule } from "./cors.ts";
import { S3Refusal } from "./refusal.ts";

/** `headers`: what a GET gives back, Content-Type and x-amz-meta-* among them. `etag` is bare. `blob` names a file. */
export type StoredObject = {
  key: string;
  blob: string;
  bytes: number;
  etag: string;
  modified: string;
  headers: Record<string, string>;
  checksum: { header: string; value: string } | null;
};

export type Bucket = {
  name: string;
  folder: string;
  created: string;
  cors: CorsRule[];
  /** Every object by its key: what is on disk, read once at the start. */
  objects: Map<string, StoredObject>;
};

/**
 * The layout on disk, for each bucket a folder:
 *
 *     bucket.json             when it was made, its CORS rules
 *     objects/ab/<sha256>.json  one object's facts, named by the hash of its key, so that no key can name a path
 *     blobs/<uuid>            one object's bytes
 *     uploads/<id>/           the parts that arrived (multipart.ts)
 *
 * An object changes when its facts are renamed into place, at once: a reader has the old bytes or the new ones.
 */
export type Store = {
  bucket(name: string): Bucket;
  create(name: string): Bucket;
  save(bucket: Bucket): void;
  remove(bucket: Bucket): Promise<void>;
};

export async function openStore(dataDir: string): Promise<Store> {
  await mkdir(dataDir, { recursive: true });
  const buckets = new Map<string, Bucket>();
  for (const entry of await readdir(dataDir, { withFileTypes: true })) {
    const bucket = entry.isDirectory() ? await readBucket(dataDir, entry.name) : null;
    if (bucket) buckets.set(bucket.name, bucket);
  }
  const save = (bucket: Bucket) => {
    replaceFile(path.join(bucket.folder, "bucket.json"), { created: bucket.created, cors: bucket.cors });
  };
  return {
    save,
    bucket(name) {
      const found = buckets.get(name);
      if (!found) throw new S3Refusal(404, "NoSuchBucket", "The specified bucket does not exist.");
      return found;
    },
    create(name) {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes("..")) {
        throw new S3Refusal(400, "InvalidBucketName", "A bucket's name has 3 to 63 of a-z, 0-9, - and .");
      }
      if (buckets.has(name)) {
        throw new S3Refusal(409, "BucketAlreadyOwnedByYou", "You have this bucket already.");
      }
      const folder = path.join(dataDir, name);
      for (const below of ["objects", "blobs", "uploads"])
        mkdirSync(path.join(folder, below), { recursive: true });
      const bucket = { name, folder, created: new Date().toISOString(), cors: [], objects: new Map() };
      save(bucket);
      buckets.set(name, bucket);
      return bucket;
    },
    async remove(bucket) {
      if (bucket.objects.size > 0) throw new S3Refusal(409, "BucketNotEmpty", "The bucket is not empty.");
      buckets.delete(bucket.name);
      await rm(bucket.folder, { recursive: true, force: true });
    },
  };
}

async function readBucket(dataDir: string, name: string): Promise<Bucket | null> {
  const folder = path.join(dataDir, name);
  const facts = await readFile(path.join(folder, "bucket.json"), "utf8").catch(() => null);
  if (facts === null) return null;
  const { created, cors } = JSON.parse(facts) as Pick<Bucket, "created" | "cors">;
  const objects = new Map<string, StoredObject>();
  for (const entry of await readdir(path.join(folder, "objects"), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
    const object = JSON.parse(readFileSync(path.join(entry.parentPath, entry.name), "utf8")) as StoredObject;
    objects.set(object.key, object);
  }
  await sweep(folder, objects);
  return { name, folder, created, cors, objects };
}

/** Bytes that no object names: a process was killed between writing them and naming them, or before removing them. */
async function sweep(folder: string, objects: Map<string, StoredObject>): Promise<void> {
  const named = new Set([...objects.values()].map((object) => object.blob));
  for (const blob of await readdir(path.join(folder, "blobs"))) {
    if (!named.has(blob)) await rm(path.join(folder, "blobs", blob), { force: true });
  }
}

/**
 * Writes beside and renames: the file is the old one or the new one, never half of one. In one synchronous step, so that
 * two writes of the same name cannot end in one order on disk and in the other in memory.
 */
export function replaceFile(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(content));
  renameSync(`${file}.new`, file);
}
