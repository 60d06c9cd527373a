import { wantStreams } from "#domain/delivery/want-streams.server.ts";
import { uploadToRead } from "#domain/uploads/queries.server.ts";
import { recordDerivatives } from "#domain/uploads/record-derivatives.server.ts";
import { makeDerivatives } from "../inspect/derivatives/make-derivatives.ts";
import type { Task } from "./task.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

export const makeDerivativesTask: Task<"make-derivatives"> = async (db, house, { uploadId }) => {
  const upload = await uploadToRead(db, uploadId);
  if (upload?.state !== "accepted") return;
  await inTemporaryFolder(async (folder) => {
    const { made, notMade } = await makeDerivatives(house, upload, folder);
    await recordDerivatives(db, house, { uploadId, made, notMade });
  });
  // Of what is in the shop already, a new track or file is heard as soon as it is there.
  if (upload.kind === "audio") await wantStreams(db, house, { workId: upload.workId });
};
