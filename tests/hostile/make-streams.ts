/** Sounds as pipes, radios and old taggers write them, byte by byte. All of it is silence. */

const chunk = (id: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(id, 0, "latin1");
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};

/** A FLAC of 44.1 kHz mono whose head does not say how long it is. `variable`: its frames count samples instead of frames. */
export function streamedFlac(seconds: number, { variable = false } = {}): Buffer {
  const [block, total] = [4096, seconds * 44_100];
  const info = Buffer.alloc(34);
  info.writeUInt16BE(block, 0);
  info.writeUInt16BE(block, 2);
  // Rate in 20 bits, channels − 1 in 3, depth − 1 in 5, and no samples in the 36 that follow.
  info.writeUIntBE((44_100 << 4) | 0, 10, 3);
  info[13] = 0xf0;
  const frames: Buffer[] = [];
  for (let at = 0; at < total; at += block) {
    const samples = Math.min(block, total - at);
    const said = [...utf8(variable ? at : at / block), (samples - 1) >> 8, (samples - 1) & 0xff];
    const head = Buffer.from([0xff, variable ? 0xf9 : 0xf8, 0x79, 0x08, ...said]);
    // One constant subframe of silence; the checksum of the frame is not looked at.
    frames.push(head, Buffer.from([crc8(head), 0x00, 0x00, 0x00, 0x00, 0x00]));
  }
  return Buffer.concat([Buffer.from("fLaC"), Buffer.from([0x80, 0, 0, 34]), info, ...frames]);
}

function utf8(value: number): number[] {
  if (value < 0x80) return [value];
  const bytes: number[] = [];
  let rest = value;
  let room = 0x3f;
  do {
    bytes.unshift(0x80 | (rest & 0x3f));
    rest = Math.floor(rest / 64);
    room >>= 1;
  } while (rest > room);
  return [((0xfe << (6 - bytes.length)) & 0xff) | rest, ...bytes];
}

function crc8(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => {
    let next = crc ^ byte;
    for (let bit = 0; bit < 8; bit += 1) next = next & 0x80 ? ((next << 1) ^ 7) & 0xff : next << 1;
    return next;
  }, 0);
}

/** Opus streams one behind the other, each of so many seconds. */
export function chainedOpus(lengths: readonly number[]): Buffer {
  const page = (serial: number, sequence: number, flags: number, granule: number, packet: Buffer) => {
    const table = [
      ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
      packet.length % 255,
    ];
    const head = Buffer.alloc(27 + table.length);
    head.write("OggS", 0, "latin1");
    head[5] = flags;
    head.writeBigInt64LE(BigInt(granule), 6);
    head.writeUInt32LE(serial, 14);
    head.writeUInt32LE(sequence, 18);
    head[26] = table.length;
    Buffer.from(table).copy(head, 27);
    return Buffer.concat([head, packet]);
  };
  const opusHead = Buffer.alloc(19);
  opusHead.write("OpusHead", 0, "latin1");
  opusHead.set([1, 1, 0x38, 0x01], 8); // one channel, 312 samples skipped
  opusHead.writeUInt32LE(48_000, 12);
  const tags = Buffer.alloc(16);
  tags.write("OpusTags", 0, "latin1");
  return Buffer.concat(
    lengths.flatMap((seconds, link) => [
      page(link + 7, 0, 2, 0, opusHead),
      page(link + 7, 1, 0, 0, tags),
      page(link + 7, 2, 0, 24_000 * seconds, Buffer.alloc(400, 1)),
      page(link + 7, 3, 4, 48_000 * seconds + 312, Buffer.alloc(60, 1)),
    ]),
  );
}

/** MP3 with tags of three letters, as they were before 1999. */
export function mp3Of22(tags: Record<string, string>): Buffer {
  const frames = Object.entries(tags).map(([id, text]) => {
    const body = Buffer.concat([Buffer.from([0]), Buffer.from(text, "latin1")]);
    return Buffer.concat([Buffer.from(id), Buffer.from([0, body.length >> 8, body.length & 0xff]), body]);
  });
  const body = Buffer.concat(frames);
  const size = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 0x7f);
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9064, 0);
  return Buffer.concat([
    Buffer.from([0x49, 0x44, 0x33, 2, 0, 0, ...size]),
    body,
    ...Array.from({ length: 200 }, () => frame),
  ]);
}

/** AIFF-C of 8 kHz mono, 16 bits with the bytes the other way round. */
export function aifc(seconds: number): Buffer {
  const common = Buffer.alloc(22);
  common.writeUInt16BE(1, 0);
  common.writeUInt32BE(seconds * 8_000, 2);
  common.writeUInt16BE(16, 6);
  Buffer.from("400bfa00000000000000", "hex").copy(common, 8);
  common.write("sowt", 18, "latin1");
  const version = chunk("FVER", Buffer.from("a2805140", "hex"));
  const parts = [version, chunk("COMM", Buffer.concat([common, Buffer.from([0, 0])]))];
  const sound = chunk("SSND", Buffer.alloc(8 + seconds * 16_000));
  return chunk("FORM", Buffer.concat([Buffer.from("AIFC"), ...parts, sound]));
}

/** AAC as radios send it, without a container: 1024 samples a frame. */
export function adts(frames: number): Buffer {
  const frame = Buffer.from("fff15080017ffc211004600000", "hex");
  frame[4] = frame.length >> 3;
  frame[5] = ((frame.length & 7) << 5) | 0x1f;
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}
