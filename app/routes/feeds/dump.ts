import { Readable } from "node:stream";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { dumpType, publicDomain } from "#domain/feeds/dump.ts";
import { readDumpList } from "#domain/feeds/publish-dump.server.ts";

/** One file of the open data, or with `.sha256` its checksum as `sha256sum --check` reads it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const asked = params.file ?? "";
  const name = asked.replace(/\.sha256$/, "");
  const { files } = await readDumpList(context.house);
  const found = files.find(({ file }) => file === name);
  if (!found) throw missing();
  if (name !== asked)
    return new Response(`${found.sha256}  ${name}\n`, {
      headers: { "content-type": "text/plain", "cache-control": "public, max-age=300" },
    });
  const headers = new Headers({
    "content-type": dumpType,
    "content-length": String(found.bytes),
    "content-disposition": `attachment; filename="${found.file}"`,
    "cache-control": "public, max-age=3600",
    etag: `"${found.sha256}"`,
    "last-modified": new Date(found.madeAt).toUTCString(),
    link: `<${publicDomain}>; rel="license"`,
  });
  if (request.headers.get("if-none-match")?.includes(found.sha256))
    return new Response(null, { status: 304, headers });
  if (request.method === "HEAD") return new Response(null, { headers });
  const body = await context.house.storage.read(found.key);
  request.signal.addEventListener("abort", () => body.destroy(), { once: true });
  return new Response(Readable.toWeb(body) as ReadableStream, { headers });
}
