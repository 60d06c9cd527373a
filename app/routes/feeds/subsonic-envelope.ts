import { type Xml, xml, xmlDocument } from "#domain/feeds/xml.ts";

/** What a call answers, as the JSON form writes it. In XML a scalar is an attribute, a list repeats its element, `value` is the text. */
export type Payload = { [name: string]: PayloadValue };
export type PayloadValue = string | number | boolean | null | undefined | Payload | PayloadValue[];

/** The codes of the protocol; 42 to 44 are of OpenSubsonic. */
export const failures = {
  0: "This call failed.",
  10: "Required parameter is missing.",
  20: "Incompatible Subsonic REST protocol version. Client must upgrade.",
  30: "Incompatible Subsonic REST protocol version. Server must upgrade.",
  40: "Wrong username or password.",
  42: "Provided authentication mechanism not supported.",
  43: "Multiple conflicting authentication mechanisms provided.",
  44: "Invalid API key.",
  50: "User is not authorized for the given operation.",
  70: "The requested data was not found.",
} as const;

/** A "no" of the protocol. `status`: what HTTP says of it; 200 but where a device was ended, or there is no such call. */
export class SubsonicFailure extends Error {
  readonly code: keyof typeof failures;
  readonly status: number;
  constructor(code: keyof typeof failures, message: string = failures[code], status = 200) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const about = {
  version: "1.16.1",
  type: "ventes.coop",
  serverVersion: "0.1.0",
  openSubsonic: true,
};

/** Players in a browser ask from elsewhere. No cookie is read here, so nobody's session goes with the question. */
export const openToApps = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "cache-control": "private, no-store",
};

export const answerOk = (format: string | null, payload: Payload): Response =>
  enveloped(format, { status: "ok", ...about, ...payload }, 200);

export const answerFailed = (format: string | null, failure: SubsonicFailure): Response =>
  enveloped(
    format,
    { status: "failed", ...about, error: { code: failure.code, message: failure.message } },
    failure.status,
  );

function enveloped(format: string | null, content: Payload, status: number): Response {
  const json = format === "json";
  const body = json
    ? JSON.stringify({ "subsonic-response": content }, (_, value) => value ?? undefined)
    : xmlDocument(element("subsonic-response", { xmlns: "http://subsonic.org/restapi", ...content }));
  return new Response(body, {
    status,
    headers: { ...openToApps, "content-type": `${json ? "application/json" : "text/xml"}; charset=utf-8` },
  });
}

const isObject = (value: PayloadValue): value is Payload => typeof value === "object" && value !== null;

/** An element by its own name: names come from us, never from a record. */
function element(name: string, content: PayloadValue): Xml {
  const tag = { text: name };
  if (!isObject(content) || Array.isArray(content))
    return xml`<${tag}>${content === null || content === undefined ? "" : String(content)}</${tag}>`;
  const fields = Object.entries(content).filter(([, value]) => value !== null && value !== undefined);
  const attributes = fields.filter(([key, value]) => key !== "value" && !isObject(value));
  const children = fields.filter(([, value]) => isObject(value));
  return xml`<${tag}${attributes.map(([key, value]) => xml` ${{ text: key }}="${String(value)}"`)}>${
    content.value === undefined ? "" : String(content.value)
  }${children.map(([key, value]) =>
    Array.isArray(value) ? value.map((each) => element(key, each)) : element(key, value),
  )}</${tag}>`;
}
