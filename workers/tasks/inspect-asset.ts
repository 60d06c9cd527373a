import { join } from "node:path";
import { recordFindings } from "#domain/metadata/record-findings.server.ts";
import { COVER_FOUND } from "#domain/uploads/limits.ts";
import { uploadToRead } from "#domain/uploads/queries.server.ts";
import { sha256Of } from "../inspect/hash.ts";
import { inspectFile } from "../inspect/run.ts";
import type { Task } from "./task.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

export const inspectAssetTask: Task<"inspect-asset"> = async (db, house, { uploadId }) => {
  const upload = await uploadToRead(db, uploadId);
  if (upload?.state !== "received") return;
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "original");
    await house.storage.download(upload.storageKey, path);
    const reading = inspectFile(path, { fileName: upload.fileName, workDir: join(folder, "work") });
    // Its bytes are summed while a child reads them: of a large sound both take as long.
    const [inspection, sha256] = await Promise.all([reading, sha256Of(path)]);
    const coverKey = inspection.cover ? upload.storageKey.replace(/[^/]*$/, COVER_FOUND) : null;
    if (inspection.cover && coverKey)
      await house.storage.write(coverKey, inspection.cover.path, { contentType: "image/jpeg" });
    await recordFindings(db, house, { uploadId, inspection, sha256, coverKey });
  });
};
