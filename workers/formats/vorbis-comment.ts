import type { Tags } from "#domain/delivery/tags.ts";

/** Vorbis comments (xiph.org, « Ogg Vorbis I format specification: comment field »): names and values, a name as often as needed. */
export function vorbisComment(tags: Tags, more: [name: string, value: string][] = []): Buffer {
  const fields: [string, string | number | null][] = [
    ["TITLE", tags.title],
    ...tags.artists.map((name): [string, string] => ["ARTIST", name]),
    ...tags.albumArtists.map((name): [string, string] => ["ALBUMARTIST", name]),
    ["ALBUM", tags.album],
    ["TRACKNUMBER", tags.track.number],
    ["TRACKTOTAL", tags.track.of],
    ["DISCNUMBER", tags.disc.number],
    ["DISCTOTAL", tags.disc.of],
    ["DATE", tags.date],
    ...tags.genres.map((genre): [string, string] => ["GENRE", genre]),
    ["LANGUAGE", tags.language],
    ["LABEL", tags.publisher],
    ["COPYRIGHT", tags.rights],
    ["ISRC", tags.isrc],
    ["BARCODE", tags.barcode],
    // A performer is an artist already; the other roles are named as the record names them: COMPOSER, MIXER, COVER_ARTIST.
    ...tags.people
      .filter(({ role }) => role !== "performer")
      .map(({ role, name }): [string, string] => [role.toUpperCase(), name]),
    ["LYRICS", tags.lyrics],
    ...more,
  ];
  const said = fields.flatMap(([name, value]) =>
    value === null || value === "" ? [] : [`${name}=${value}`],
  );
  return Buffer.concat([counted(""), size(said.length), ...said.map(counted)]);
}

/** The picture block of FLAC (xiph.org, « FLAC format: METADATA_BLOCK_PICTURE »), which Ogg carries in base64. A JPEG. */
export function pictureBlock(jpeg: Buffer): Buffer {
  const mime = Buffer.from("image/jpeg");
  const big = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const frontCover = big(3);
  // Description, width, height, depth and colours may be left at nothing.
  return Buffer.concat([frontCover, big(mime.length), mime, Buffer.alloc(20), big(jpeg.length), jpeg]);
}

function counted(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([size(bytes.length), bytes]);
}

function size(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
