/** What names a downloaded file, so that a folder of purchases can be read. */
export type Named = {
  title: string;
  /** The people under the title. */
  by: string[];
  mediaType: string;
  track: { disc: number; position: number; title: string; discs: number } | null;
};

const extensions: Record<string, string> = {
  "application/epub+zip": "epub",
  "application/pdf": "pdf",
  "audio/flac": "flac",
  "audio/x-flac": "flac",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/x-m4a": "m4a",
  "audio/aac": "aac",
  "audio/ogg": "ogg",
  "audio/opus": "opus",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/vnd.wave": "wav",
  "audio/aiff": "aiff",
  "audio/x-aiff": "aiff",
  "application/zip": "zip",
};

export const extensionOf = (mediaType: string): string => {
  const [plain = "", parameters = ""] = mediaType.toLowerCase().split(";", 2);
  return plain === "audio/ogg" && parameters.includes("opus") ? "opus" : (extensions[plain.trim()] ?? "bin");
};

/** « Ana Roy - Les eaux hautes.epub »; a track stands in order: « 03 - Jusant.flac ». */
export function fileName({ title, by, mediaType, track }: Named): string {
  const number = (n: number) => String(n).padStart(2, "0");
  const stem = track
    ? `${track.discs > 1 ? `${track.disc}-` : ""}${number(track.position)} - ${track.title}`
    : [by.slice(0, 2).join(", "), title].filter(Boolean).join(" - ");
  return `${clean(stem) || "fichier"}.${extensionOf(mediaType)}`;
}

/** « Ana Roy - Marées », of an album in a zip. */
export const folderName = ({ title, by }: Pick<Named, "title" | "by">): string =>
  clean([by.slice(0, 2).join(", "), title].filter(Boolean).join(" - ")) || "album";

export const zipName = (stem: string): string => `${clean(stem) || "album"}.zip`;

/** Without what file systems refuse, what turns the line around, and what would end it early. */
const clean = (name: string): string =>
  name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/[/\\:*?"<>|]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 120)
    .replace(/[\s.]+$/, "")
    .toWellFormed();
