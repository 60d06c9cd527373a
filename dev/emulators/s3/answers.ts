import type { ServerResponse } from "node:http";
import { xmlDocument } from "./xml.ts";

/** An answer without a body, with the length 0 said: some clients wait on a chunked nothing. */
export function answerEmpty(response: ServerResponse, status = 200): void {
  response.statusCode = status;
  response.end();
}

export function answerXml(response: ServerResponse, name: string, content: string[]): void {
  const body = Buffer.from(xmlDocument(name, content));
  response.writeHead(200, { "content-type": "application/xml", "content-length": body.length }).end(body);
}
