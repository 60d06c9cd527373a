import type { RefusalCode } from "#i18n/fr/refusals.ts";

/**
 * The "no" that a person may be shown: a code with words in both tongues (`i18n/*\/refusals.ts`). Only `app/http` turns it into
 * a status. Anything else thrown is a bug.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** What the words need: a title, an amount in minor units, a limit. */
  readonly details: Record<string, string | number>;

  constructor(code: RefusalCode, details: Record<string, string | number> = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}
