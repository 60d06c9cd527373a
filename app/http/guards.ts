import type { RequestHandler, Response } from "express";
import type { Settings } from "../../gateways/env.ts";
import { plainPaths } from "../../i18n/paths.ts";

/** The headers of every answer that is made for one visitor: scripts run only with this page's nonce. */
export function securityHeaders(
  response: Response,
  { nonce, settings }: { nonce: string; settings: Settings },
): void {
  for (const [name, value] of Object.entries(safeHeaders(settings, `'nonce-${nonce}'`)))
    response.setHeader(name, value);
}

/**
 * What every answer says to the browser. `scripts`: which inline scripts run, besides those of our own address. Forms and frames
 * go nowhere but to ourselves, to the payment and onboarding pages (a form's redirect counts as its action), and uploads to the
 * bucket.
 */
export function safeHeaders(settings: Settings, scripts: string): Record<string, string> {
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
      settings.production ? "style-src 'self'" : "style-src 'self' 'unsafe-inline'",
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data:",
      `media-src 'self' ${bucket}`,
      `connect-src 'self' ${bucket}${settings.production ? "" : " ws:"}`,
      `form-action 'self' ${bucket} ${stripe}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
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
