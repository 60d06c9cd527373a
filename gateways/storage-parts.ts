import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { told } from "./storage-failure.ts";

/** `etag` is bare, `size` in bytes. */
export type StoredPart = { partNumber: number; etag: string; size: number };

/** An upload that the browser sends straight to the bucket, part by part, and may take up again after a cut. */
export type PartUploads = {
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
};

const PART_LINK_SECONDS = 3600;

export function openParts(storage: {
  client: S3Client;
  /** Signs for the address that browsers use. */
  signer: S3Client;
  target: (key: string) => { Bucket: string; Key: string };
  where: string;
  isThere: (key: string) => Promise<boolean>;
}): PartUploads {
  const { client, signer, target, where, isThere } = storage;
  return {
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
          if ((error as { name?: string }).name !== "NoSuchUpload" || !(await isThere(key))) throw error;
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
  };
}

/** Storages quote their ETags; ours are kept bare. */
export function bare(etag: string | undefined): string {
  return (etag ?? "").replaceAll('"', "");
}
