import type { RequestHandler, Response } from "express";
import type { Settings } from "../../gateways/env.ts";
import { paths, plainPaths } from "../../i18n/paths.ts";

/** The headers of every answer that is made for one visitor: scripts run only with this page's nonce. */
export function securityHeaders(
  response: Response,
  { nonce, settings }: { nonce: string; settings: Settings },
): void {
  const headers = safeHeaders(settings, `'nonce-${nonce}'`, roomOf(response.req.path));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

type Room = "house" | "reader" | "embed";
const shapeOf = (names: readonly (keyof typeof paths)[]) =>
  new RegExp(
    `^(?:${names.flatMap((name) => paths[name].map((path) => path.replace(/:\w+/g, "[^/]+"))).join("|")})/?$`,
  );
const rooms: [Room, RegExp][] = [
  ["reader", shapeOf(["reader", "sampleReader"])],
  ["embed", shapeOf(["embed"])],
];
const roomOf = (path: string): Room => rooms.find(([, shape]) => shape.test(path))?.[0] ?? "house";

/**
 * What every answer says to the browser. `scripts`: which inline scripts run, besides those of our own address. Forms and frames
 * go nowhere but to ourselves, to the payment and onboarding pages (a form's redirect counts as its action), and uploads to the
 * bucket. Two rooms are looser, each in what it needs alone: the reader shows what is inside a book (its styles, pictures and fonts are
 * `blob:`, in a frame where nothing runs and which can go nowhere), the player may stand on other sites.
 */
export function safeHeaders(
  settings: Settings,
  scripts: string,
  room: Room = "house",
): Record<string, string> {
  const bucket = bucketOrigins(settings).join(" ");
  const stripe = settings.stripe.apiBase
    ? new URL(settings.stripe.apiBase).origin
    : "https://checkout.stripe.com https://connect.stripe.com";
  return {
    "content-security-policy": [
      "default-src 'self'",
      // Vite's development client is inline and evaluates; production is strict.
      settings.production
        ? `script-src 'self' ${scripts}`.trim()
        : "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
      room === "reader"
        ? "style-src 'self' 'unsafe-inline' blob:"
        : settings.production
          ? "style-src 'self'"
          : "style-src 'self' 'unsafe-inline'",
      "style-src-attr 'unsafe-inline'",
      ...(room === "reader"
        ? ["img-src 'self' data: blob:", "font-src 'self' data: blob:", "media-src blob:", "frame-src 'none'"]
        : ["img-src 'self' data:", `media-src 'self' ${bucket}`]),
      `connect-src 'self'${room === "house" ? ` ${bucket}` : ""}${settings.production ? "" : " ws:"}`,
      room === "house" ? `form-action 'self' ${bucket} ${stripe}` : "form-action 'none'",
      room === "embed" ? "frame-ancestors *" : "frame-ancestors 'none'",
      room === "reader" ? "base-uri 'self'" : "base-uri 'none'",
      "object-src 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    ...(settings.secure && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
  };
}

function bucketOrigins({ storage }: Settings): string[] {
  const endpoint = storage.publicEndpoint ?? storage.endpoint;
  if (endpoint) {
    const { protocol, host, origin } = new URL(endpoint);
    return storage.forcePathStyle ? [origin] : [`${protocol}//${storage.bucket}.${host}`];
  }
  return [
    `https://${storage.bucket}.s3.${storage.region}.amazonaws.com`,
    `https://${storage.bucket}.s3.amazonaws.com`,
  ];
}

/**
 * A write comes from our own pages: the browser says so by `Sec-Fetch-Site` or `Origin`. Together with SameSite cookies this is
 * the guard against forged requests. The webhook has a signature instead, and no cookie.
 */
export function sameOrigin(settings: Settings): RequestHandler {
  const own = new URL(settings.publicUrl).origin;
  return (request, response, next) => {
    if (
      request.method === "GET" ||
      request.method === "HEAD" ||
      request.path === plainPaths.stripeWebhook ||
      // Players say who they are by a password in each call, and bring no cookie.
      /^\/rest\//i.test(request.path)
    )
      return next();
    const site = request.headers["sec-fetch-site"];
    const origin = request.headers.origin;
    if (
      site === "same-origin" ||
      (site === undefined && (origin === undefined || origin === own)) ||
      origin === own
    )
      return next();
    response.status(403).type("text/plain").send("This request did not come from our own pages.");
  };
}
