/** A “no” of S3: HTTP status, code and words as Amazon documents them, for the SDK knows errors by their code. */
export class S3Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "S3Refusal";
    this.status = status;
    this.code = code;
  }
}

export const noSuchKey = () => new S3Refusal(404, "NoSuchKey", "The specified key does not exist.");
export const noSuchUpload = () =>
  new S3Refusal(404, "NoSuchUpload", "This upload is over, or was never begun.");
export const invalid = (message: string) => new S3Refusal(400, "InvalidRequest", message);
export const notImplemented = (what: string) =>
  new S3Refusal(501, "NotImplemented", `${what}: this small server does not do that.`);
