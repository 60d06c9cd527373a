/**
 * The size of a picture from its first bytes, for the formats that covers come in. Where anything is unusual it says
 * nothing, and the decoder is asked: this is only quicker.
 */
export type Size = { mediaType: string; width: number; height: number };

export function sizeInHeader(bytes: Uint8Array): Size | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 32) return undefined;
  const size =
    view.readUInt32BE(0) === 0x89504e47
      ? png(view)
      : view.readUInt16BE(0) === 0xffd8
        ? jpeg(view)
        : svg(view);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

function png(view: Buffer): Size | undefined {
  if (view.toString("latin1", 12, 16) !== "IHDR") return undefined;
  return { mediaType: "image/png", width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/** Segments up to the frame header. One that is turned by EXIF, or that ends early, is left to the decoder. */
function jpeg(view: Buffer): Size | undefined {
  for (let at = 2; at + 9 < view.length && view[at] === 0xff; ) {
    const marker = view[at + 1] as number;
    if (marker === 0xe1 && view.toString("latin1", at + 4, at + 8) === "Exif") return undefined;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { mediaType: "image/jpeg", height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}

/** Whole numbers of pixels in the root element, or else its view box. */
function svg(view: Buffer): Size | undefined {
  const root = /<svg\b[^>]{0,2000}>/.exec(view.toString("latin1", 0, 4_096))?.[0];
  if (!root) return undefined;
  const said = (name: string) =>
    new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`).exec(root)?.[1];
  const box = /\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(root);
  const [width, height] = [Number(said("width") ?? box?.[1]), Number(said("height") ?? box?.[2])];
  return { mediaType: "image/svg+xml", width: Math.round(width), height: Math.round(height) };
}
