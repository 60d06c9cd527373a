import { describe, expect, it } from "vitest";
import { gtin, isbn13, isni, isrc, iswc, recogniseIdentifier } from "./identifiers.ts";

describe("check digits", () => {
  it("turns an ISBN-10 into the thirteen digits of the same book", () => {
    expect(isbn13("2-07-036822-X")).toBe("9782070368228");
    expect(isbn13("urn:isbn:978-2-07-036822-8")).toBe("9782070368228");
    expect(isbn13("0-306-40615-2")).toBe("9780306406157");
  });
  it("refuses an ISBN with one digit wrong or two swapped", () => {
    expect(isbn13("9782070368229")).toBeUndefined();
    expect(isbn13("9782070386228")).toBeUndefined();
    expect(isbn13("0-306-40615-3")).toBeUndefined();
    expect(isbn13("9792070368228")).toBeUndefined();
  });
  it("knows the barcodes of 8, 12, 13 and 14 digits", () => {
    expect(gtin("036000291452")).toBe("036000291452");
    expect(gtin("4006381333931")).toBe("4006381333931");
    expect(gtin("73513537")).toBe("73513537");
    expect(gtin("036000291453")).toBeUndefined();
    expect(gtin("12345")).toBeUndefined();
  });
  it("knows an ISWC, whatever its points", () => {
    expect(iswc("T-034.524.680-1")).toBe("T0345246801");
    expect(iswc("T-000.000.001-0")).toBe("T0000000010");
    expect(iswc("T-034.524.680-2")).toBeUndefined();
  });
  it("knows an ISNI and an ORCID by modulo 11-2, X included", () => {
    expect(isni("0000 0001 2150 090X")).toBe("000000012150090X");
    expect(isni("https://orcid.org/0000-0002-1825-0097")).toBe("0000000218250097");
    expect(isni("0000 0001 2150 0901")).toBeUndefined();
  });
  it("can only judge an ISRC by its shape", () => {
    expect(isrc("CB-ZZ9-26-00601")).toBe("CBZZ92600601");
    expect(isrc("isrc: usrc17607839")).toBe("USRC17607839");
    expect(isrc("C1ZZ92600601")).toBeUndefined();
  });
});

describe("recogniseIdentifier", () => {
  it("says which book identifiers are what they claim", () => {
    expect(recogniseIdentifier("urn:isbn:9780306406157")).toMatchObject({ scheme: "isbn", valid: true });
    expect(recogniseIdentifier("9780306406158", "ISBN")).toMatchObject({ scheme: "isbn", valid: false });
    expect(recogniseIdentifier("urn:uuid:B4C0AF90-5515-54FB-B666-5E14A29897C4")).toEqual({
      scheme: "uuid",
      value: "b4c0af90-5515-54fb-b666-5e14a29897c4",
      valid: true,
    });
    expect(recogniseIdentifier("https://doi.org/10.1000/ABC")).toMatchObject({
      scheme: "doi",
      value: "10.1000/abc",
    });
    expect(recogniseIdentifier("javascript:alert(1)")).toMatchObject({ scheme: "other" });
  });
  it("does not call a UUID an invalid ISBN because the file mislabels it", () => {
    expect(recogniseIdentifier("urn:uuid:12C1DF3E-DF35-4FCF-918B-643FF15A7870", "ISBN")).toMatchObject({
      scheme: "uuid",
      valid: true,
    });
  });
});
