import { fileAt, filesInZip } from "./open-zip.ts";

/** A zip, by its name: a book never is one (an EPUB has its own). */
export const isZip = (name: string): boolean => /\.zip$/i.test(name);

/** Files chosen by a field, with the folder that they came in where one was chosen. */
export const chosenFiles = (files: FileList | null): File[] =>
  [...(files ?? [])].map((file) =>
    file.webkitRelativePath ? fileAt(file, file.webkitRelativePath, file.lastModified) : file,
  );

/** Files and whole folders that were dropped, each under its name with its folders. To be called before the event is over. */
export function droppedFiles(items: DataTransfer): Promise<File[]> {
  const entries = [...items.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some(({ isDirectory }) => isDirectory)) return Promise.resolve([...items.files]);
  return Promise.all(entries.map((entry) => filesUnder(entry))).then((all) => all.flat());
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    return [fileAt(file, entry.fullPath.replace(/^\//, ""), file.lastModified)];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  // A browser gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesUnder))).flat();
}

/** What was chosen or dropped, with zips opened. Of a folder or a zip only what is of use: text files and the like are left. */
export async function openedFiles(
  files: readonly File[],
  wanted: (name: string) => boolean,
): Promise<File[]> {
  const opened: File[] = [];
  for (const file of files) {
    if (isZip(file.name)) opened.push(...(await filesInZip(file, wanted)));
    else if (!file.name.includes("/") || wanted(file.name)) opened.push(file);
  }
  return opened;
}
