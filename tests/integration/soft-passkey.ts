/** An authenticator in software: makes a key for a site and signs what the site asks, as a phone would; wrongly where a test wants it. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

type Wrong = {
  origin?: string;
  rpId?: string;
  /** Nobody's finger, face or code. */
  unverified?: boolean;
  /** Another question than the one that was put. */
  challenge?: string;
};

const sha256 = (bytes: string | Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64url");
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export class SoftPasskey {
  readonly credentialId = randomBytes(32);
  private readonly keys: { publicKey: KeyObject; privateKey: KeyObject };
  private userHandle = "";
  private readonly site: { origin: string; rpId: string };
  counter: number;

  constructor(site: { origin: string; rpId: string }, counter = 0) {
    this.site = site;
    this.counter = counter;
    this.keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  /** Answers what a site asks of `navigator.credentials.create`. */
  register(
    options: { challenge: string; user: { id: string } },
    wrong: Wrong = {},
  ): RegistrationResponseJSON {
    this.userHandle = options.user.id;
    const { x, y } = this.keys.publicKey.export({ format: "jwk" });
    // COSE: an EC2 key on P-256 for ES256 (RFC 9053).
    const cose = map([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, "base64url")],
      [-3, Buffer.from(y!, "base64url")],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.credentialId, cose]);
    const authData = Buffer.concat([this.head(0x40, wrong), attested]);
    const attestation = map([
      ["fmt", "none"],
      ["attStmt", new Map<never, never>()],
      ["authData", authData],
    ]);
    return {
      id: base64url(this.credentialId),
      rawId: base64url(this.credentialId),
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.client("webauthn.create", options.challenge, wrong),
        attestationObject: base64url(attestation),
        transports: ["internal"],
      },
    };
  }

  /** Answers what a site asks of `navigator.credentials.get`. */
  prove(options: { challenge: string }, wrong: Wrong = {}): AuthenticationResponseJSON {
    if (this.counter > 0) this.counter += 1;
    const authData = this.head(0, wrong);
    const client = this.client("webauthn.get", options.challenge, wrong);
    const signed = Buffer.concat([authData, sha256(Buffer.from(client, "base64url"))]);
    return {
      id: base64url(this.credentialId),
      rawId: base64url(this.credentialId),
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: client,
        authenticatorData: base64url(authData),
        signature: base64url(sign("sha256", signed, this.keys.privateKey)),
        userHandle: this.userHandle,
      },
    };
  }

  private head(flags: number, wrong: Wrong): Buffer {
    const present = 0x01;
    const verified = wrong.unverified ? 0 : 0x04;
    return Buffer.concat([
      sha256(wrong.rpId ?? this.site.rpId),
      Buffer.from([flags | present | verified]),
      uint32(this.counter),
    ]);
  }

  private client(type: string, challenge: string, wrong: Wrong): string {
    return base64url(
      JSON.stringify({
        type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? this.site.origin,
        crossOrigin: false,
      }),
    );
  }
}

type Cbor = number | string | Uint8Array | Map<never, never>;

/** As much of CBOR (RFC 8949) as a key and an attestation need. */
function map(entries: readonly (readonly [number | string, Cbor])[]): Buffer {
  return Buffer.concat([
    start(5, entries.length),
    ...entries.flatMap(([key, value]) => [item(key), item(value)]),
  ]);
}

function item(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? start(1, -1 - value) : start(0, value);
  if (typeof value === "string")
    return Buffer.concat([start(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) return start(5, 0);
  return Buffer.concat([start(2, value.length), value]);
}

function start(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(kind << 5) | length]);
  if (length < 256) return Buffer.from([(kind << 5) | 24, length]);
  return Buffer.from([(kind << 5) | 25, length >> 8, length & 0xff]);
}
