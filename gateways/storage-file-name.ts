/**
 * A Content-Disposition that every browser understands (RFC 6266): the name in UTF-8 as RFC 5987 writes it, and before
 * it a plain ASCII one for what is old. « Été à l’île.epub » keeps its accents; quotes, slashes and line ends, which
 * could break the header or leave the folder, go.
 */
export function disposition(kind: "attachment" | "inline", fileName: string): string {
  const name =
    fileName
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cs}/\\:*?"<>|]+/gu, "_")
      .trim()
      .slice(0, 180) || "fichier";
  return `${kind}; filename="${asciiOf(name)}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*!]/g, percent)}`;
}

function asciiOf(name: string): string {
  const plain = name
    .replace(/œ/g, "oe")
    .replace(/Œ/g, "Oe")
    .replace(/æ/g, "ae")
    .replace(/Æ/g, "Ae")
    .replace(/ß/g, "ss")
    .replace(/[’‘]/g, "'")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return plain.replace(/[^\x20-\x7e]/g, "_").replace(/%/g, "_");
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
