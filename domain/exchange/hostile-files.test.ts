import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import type { SentLine } from "./sent.ts";
import { readColumnMap, sentFile } from "./sent-lines.ts";
import { UnreadableFile } from "./unreadable-file.ts";

async function* flow(pieces: Iterable<string | Uint8Array>) {
  for (const piece of pieces) yield typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
}
async function read(pieces: Iterable<string | Uint8Array>, map = ""): Promise<SentLine[]> {
  const lines: SentLine[] = [];
  const { lines: all } = await sentFile(flow(pieces), readColumnMap(map));
  for await (const line of all) lines.push(line);
  return lines;
}
const codeOf = (pieces: Iterable<string | Uint8Array>) =>
  read(pieces).then(
    () => "read",
    (problem: unknown) => (problem instanceof UnreadableFile ? problem.code : String(problem)),
  );
function* repeated(head: string, piece: string, times: number, foot: string) {
  yield head;
  for (let at = 0; at < times; at += 1) yield piece;
  yield foot;
}
const message = (inside: string, release = "3.0") => [
  `<ONIXMessage release="${release}">${inside}</ONIXMessage>`,
];
const titled = (text: string) =>
  `<DescriptiveDetail><ProductForm>ED</ProductForm><TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel><TitleText>${text}</TitleText></TitleElement></TitleDetail></DescriptiveDetail>`;

it("refuses what is made to cost, before it does", async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><ONIXMessage release="3.0"><Product><RecordReference>&b;</RecordReference></Product></ONIXMessage>`;
  const outside = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><ONIXMessage release="3.0"/>`;
  expect(await codeOf([bomb])).toBe("xml_dtd");
  expect(await codeOf([outside])).toBe("xml_dtd");
  expect(await codeOf(message("<Product><RecordReference>&e;</RecordReference></Product>"))).toBe(
    "xml_malformed",
  );
  expect(await codeOf(repeated('<ONIXMessage release="3.0"><Product>', "<a>", 100, ""))).toBe("xml_too_deep");
  expect(await codeOf(repeated('<ONIXMessage release="3.0">', "<Header>", 100, ""))).toBe("xml_too_deep");
  expect(await codeOf(repeated('<ONIXMessage release="3.0"><Product>', "<a/>", 30_000, "</Product>"))).toBe(
    "xml_too_large",
  );
  const long = "x".repeat(65_536);
  expect(await codeOf(repeated('<ONIXMessage release="3.0"><Product><Text>', long, 200, "</Text>"))).toBe(
    "xml_too_large",
  );
  expect(await codeOf(repeated('<ONIXMessage release="3.0" a="', long, 200, '"/>'))).toBe("xml_too_large");
  expect(await codeOf(repeated("<ONIXMessage><!--", long, 200, "-->"))).toBe("xml_too_large");
  expect(await codeOf(message("<Product><RecordReference>a</Product>"))).toBe("xml_malformed");
  expect(await codeOf(message("", "2.1"))).toBe("onix_release");
  expect(await codeOf(["<html><body/></html>"])).toBe("not_known");
  expect(await codeOf([Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0xfe)])).toBe("xml_encoding");
  expect(await codeOf([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)])).toBe("not_known");
  expect(await codeOf(['title\n"open'])).toBe("csv_malformed");
  expect(await codeOf(['title\nmid"dle"\n'])).toBe("csv_malformed");
  expect(await codeOf(["nom,âge\na,b\n"])).toBe("csv_columns");
  expect(await codeOf([Uint8Array.from(Buffer.from("titre\nété\n", "latin1"))])).toBe("csv_encoding");
  expect(await codeOf(repeated('title\n"', long, 40, ""))).toBe("csv_too_large");
  expect(await codeOf([""])).toBe("csv_columns");
});

it("reads a message in short tags, in another encoding, cut anywhere", async () => {
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE ONIXmessage SYSTEM "http://x/onix.dtd"><ONIXmessage release="3.0"><header><sender><x298>A</x298></sender></header>
<product><a001>x.1</a001><a002>03</a002><productidentifier><b221>15</b221><b244>978-0-306-40615-7</b244></productidentifier>
<descriptivedetail><x314>00</x314><b012>ED</b012><b333>E101</b333><collection><x329>10</x329><titledetail><b202>01</b202><titleelement><x409>02</x409><x410>3</x410><b203>Les Rives</b203></titleelement></titledetail></collection>
<titledetail><b202>01</b202><titleelement><x409>01</x409><b030>L’</b030><b031>Été</b031><b029>récit</b029></titleelement></titledetail>
<contributor><b034>2</b034><b035>B06</b035><b036>Luc Bé</b036></contributor><contributor><b034>1</b034><b035>A01</b035><b035>A12</b035><b039>Ana</b039><b040>Roy</b040></contributor>
<language><b253>01</b253><b252>fre</b252><b251>CA</b251></language><subject><b067>20</b067><b070>fleuve; oies</b070></subject><subject><b067>93</b067><b069>FBA</b069></subject></descriptivedetail>
<collateraldetail><textcontent><x426>03</x426><x427>00</x427><d104 textformat="05"><p>Un fleuve.</p><p>Des <em>oies</em>.</p></d104></textcontent></collateraldetail>
<publishingdetail><publisher><b291>01</b291><b081>Le Fleuve</b081></publisher><publishingdate><x448>01</x448><b306 dateformat="01">202603</b306></publishingdate></publishingdetail>
<productsupply><supplydetail><price><x462>01</x462><j151>12.5</j151><j152>CAD</j152></price></supplydetail></productsupply></product></ONIXmessage>`;
  const bytes = Buffer.from(text.replaceAll("’", "'"), "latin1");
  for (const size of [1, 7, 100_000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const [line] = await read(pieces);
    expect(line).toMatchObject({
      place: 1,
      warnings: [],
      sent: {
        reference: "x.1",
        kind: "book",
        formats: ["epub"],
        fields: {
          title: "L'Été",
          subtitle: "récit",
          sortTitle: "Été, L'",
          series: { name: "Les Rives", position: 3 },
          contributors: [
            { name: "Ana Roy", role: "author", sortName: "Roy, Ana" },
            { name: "Ana Roy", role: "illustrator", sortName: "Roy, Ana" },
            { name: "Luc Bé", role: "translator" },
          ],
          language: "fr-CA",
          subjects: [{ label: "fleuve" }, { label: "oies" }, { label: "FBA", scheme: "thema", code: "FBA" }],
          description: { fr: "Un fleuve.\n\nDes oies." },
          publisher: "Le Fleuve",
          publishedOn: "2026-03",
          price: { kind: "fixed", amount: 1250, currency: "cad" },
          identifiers: [{ scheme: "isbn", value: "9780306406157", format: "epub" }],
        },
      },
    });
  }
});

it("tells what cannot be sold here, and drops what cannot be true", async () => {
  const print = titled("Papier").replace("ED", "BC");
  const wrong = `<ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>9780306406158</IDValue></ProductIdentifier>`;
  const [paper, nameless, bad] = await read(
    message(
      `<Product><RecordReference>1</RecordReference>${print}</Product><Product><RecordReference>2</RecordReference></Product><Product><RecordReference>3</RecordReference>${wrong}${titled("x\u202Ey")}</Product>`,
    ),
  );
  expect(paper).toMatchObject({ problem: { code: "print_only" } });
  expect(nameless).toMatchObject({ problem: { code: "title_missing" } });
  expect(bad).toMatchObject({ name: "xy", warnings: [{ code: "isbn_invalid" }] });
});

it("reads a table by its headings, or as it is told to", async () => {
  const text =
    'Titre;Auteur;Prix;Note;ISBN\r\n"L’""Été"";\nsuite";Ana Roy;12,50;x;978-0-306-40615-7\r\n\r\nB;;abc;;\r\n';
  const [first, second] = await read([text], "Note=subtitle");
  expect(first).toMatchObject({
    place: 2,
    sent: {
      reference: "isbn:9780306406157",
      fields: {
        title: 'L’"Été"; suite',
        subtitle: "x",
        contributors: [{ name: "Ana Roy", role: "author" }],
        price: { amount: 1250 },
      },
    },
  });
  expect(second).toMatchObject({
    place: 5,
    warnings: [{ code: "value_dropped" }],
    sent: { fields: { contributors: null } },
  });
});

it("holds one product at a time, however many there are", async () => {
  const many = 20_000;
  const filler = `<CollateralDetail><TextContent><TextType>03</TextType><Text>${"Un fleuve et des oies. ".repeat(80)}</Text></TextContent></CollateralDetail>`;
  async function* stream() {
    yield Buffer.from('<ONIXMessage release="3.1">');
    for (let at = 0; at < many; at += 1) {
      yield Buffer.from(
        `<Product><RecordReference>r${at}</RecordReference>${titled(`Titre ${at}`)}${filler}</Product>`,
      );
      if (at % 500 === 0) await pause(0);
    }
    yield Buffer.from("</ONIXMessage>");
  }
  let count = 0;
  let most = 0;
  const before = process.memoryUsage().rss;
  for await (const line of (await sentFile(stream())).lines) {
    count += 1;
    if ("problem" in line) throw new Error(line.problem.code);
    if (count % 1_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  expect(count).toBe(many);
  // Forty megabytes went by; what is held is what the collector has not looked at yet.
  expect((most - before) / 1e6).toBeLessThan(120);
}, 60_000);
