// The ways in which the API says no. Types, codes and statuses follow Stripe's pages "Errors" and "Error codes".

export type ErrorType =
  | "api_error"
  | "card_error"
  | "idempotency_error"
  | "invalid_request_error"
  | "authentication_error";

export type ErrorBody = {
  error: {
    type: ErrorType;
    message: string;
    code?: string;
    param?: string;
    doc_url?: string;
    decline_code?: string;
    charge?: string;
  };
};

/** Thrown by whatever refuses a call; http.ts answers it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly type: ErrorType;
  readonly code: string | undefined;
  readonly param: string | undefined;
  /**
   * Whether the answer is kept under the idempotency key. Stripe keeps what an endpoint answered once it began to
   * work, and not what failed in validation or collided with another call ("Idempotent requests").
   */
  readonly kept: boolean;
  constructor(
    status: number,
    message: string,
    more: { type?: ErrorType; code?: string | undefined; param?: string | undefined; kept?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.type = more.type ?? "invalid_request_error";
    this.code = more.code;
    this.param = more.param;
    this.kept = more.kept ?? true;
  }

  body(): ErrorBody {
    const { code, param } = this;
    return {
      error: {
        ...(code !== undefined && {
          code,
          doc_url: `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`,
        }),
        message: this.message,
        ...(param !== undefined && { param }),
        type: this.type,
      },
    };
  }
}

/** A parameter is wrong: nothing has begun, nothing is kept. */
export const wrongParameter = (code: string | undefined, param: string, message: string) =>
  new Refusal(400, message, { code, param, kept: false });

export const missing = (kind: string, id: string, param = "id") =>
  new Refusal(404, `No such ${kind}: '${id}'`, { code: "resource_missing", param, kept: false });

/** An amount as Stripe writes it in its messages. */
export const shown = (amount: number, currency: string) => `${(amount / 100).toFixed(2)} ${currency}`;
