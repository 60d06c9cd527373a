/** A whole receiver that checks who writes: shown on the page, printed in docs/api.md, and run by the tests. */
export const receiverExample = `import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secret = process.env.VENTES_SECRET;
const seen = new Set();

function isOurs(header, body) {
  const { t, v1 } = Object.fromEntries(String(header).split(",").map((part) => part.split("=")));
  if (!(Math.abs(Date.now() / 1000 - Number(t)) < 300)) return false;
  const wanted = createHmac("sha256", secret).update(\`\${t}.\${body}\`).digest();
  const given = Buffer.from(String(v1), "hex");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

createServer(async (request, response) => {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) body += piece;
  if (!isOurs(request.headers["ventes-signature"], body)) return response.writeHead(401).end();
  const event = JSON.parse(body);
  if (!seen.has(event.id)) {
    seen.add(event.id);
    console.log(event.event, event.data);
  }
  response.writeHead(204).end();
}).listen(Number(process.env.PORT ?? 8080), "127.0.0.1");
`;
