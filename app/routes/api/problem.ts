/** What the API says no with, and the status of each. Its words are in `i18n/…/api.ts`. */
export const problemStatus = {
  bad_request: 400,
  no_key: 401,
  unknown_key: 401,
  scope_missing: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  changed_since: 412,
  too_large: 413,
  not_json: 415,
  invalid: 422,
  too_many_calls: 429,
} as const;
export type ProblemCode = keyof typeof problemStatus;
