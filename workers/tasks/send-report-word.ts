import { findReportWord } from "#domain/reports/queries.server.ts";
import { letterToArtist, letterToReporter } from "../mails/report-word.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendReportWord: Task<"send-report-word"> = async (db, house, { reportId, stepId }) => {
  const word = await findReportWord(db, { reportId, stepId });
  if (!word) return;
  const key = `report:${reportId}:${stepId ?? "received"}`;
  const { publicUrl } = house.settings;
  const toReporter = word.reporter && letterToReporter(word, word.reporter.locale, publicUrl);
  if (word.reporter && toReporter)
    await sayOnce(db, house, {
      key: `${key}:reporter`,
      to: word.reporter.email,
      compose: () => toReporter,
    });
  const toArtist = word.artist && letterToArtist(word, { ...word.artist, reportId, publicUrl });
  if (word.artist && toArtist)
    await sayOnce(db, house, { key: `${key}:artist`, to: word.artist.email, compose: () => toArtist });
};
