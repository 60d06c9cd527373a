import sharp from "sharp";
import { expect, it } from "vitest";
import { sizeInHeader } from "./header.ts";

const made = (format: "jpeg" | "png" | "webp") =>
  sharp({ create: { width: 61, height: 97, channels: 3, background: "#123456" } })
    .toFormat(format)
    .toBuffer();

it("reads the size of what covers come in, without decoding it", async () => {
  expect(sizeInHeader(await made("jpeg"))).toEqual({ mediaType: "image/jpeg", width: 61, height: 97 });
  expect(sizeInHeader(await made("png"))).toEqual({ mediaType: "image/png", width: 61, height: 97 });
  const svg = (root: string) => Buffer.from(`<?xml version="1.0"?><!-- x --><svg ${root}><rect/></svg>`);
  expect(sizeInHeader(svg(`viewBox="0 0 1400 2100"`))).toEqual({
    mediaType: "image/svg+xml",
    width: 1400,
    height: 2100,
  });
  expect(sizeInHeader(svg(`width="60px" height='90' viewBox="0 0 6 9"`))).toMatchObject({
    width: 60,
    height: 90,
  });
});

it("leaves to the decoder what is unusual: other formats, turned pictures, beginnings of files", async () => {
  expect(sizeInHeader(await made("webp"))).toBeUndefined();
  expect(sizeInHeader((await made("jpeg")).subarray(0, 40))).toBeUndefined();
  const turned = await sharp(await made("jpeg"))
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(sizeInHeader(turned)).toBeUndefined();
  expect(sizeInHeader(Buffer.from("<svg width='100%' height='100%' >                 "))).toBeUndefined();
});
