/** The open data of the catalogue as they lie in the bucket: each week a file, and one list of what there is. */
export type DumpFile = {
  file: string;
  key: string;
  bytes: number;
  sha256: string;
  works: number;
  madeAt: string;
};
export type DumpList = { files: DumpFile[] };

export const dumpListKey = "dump/list.json";
export const dumpType = "application/gzip";
export const publicDomain = "https://creativecommons.org/publicdomain/zero/1.0/";
