import { z } from "zod";

/** Addresses of works, one a line → what each ends with: « https://…/oeuvres/fil-d-eau?x » is fil-d-eau. Each once. */
export const slugList = z
  .string()
  .max(20_000, "tooLong")
  .default("")
  .transform((typed) => [
    ...new Set(
      typed
        .split(/\s+/)
        .map(
          (line) =>
            line
              .replace(/[?#].*$/, "")
              .replace(/\/+$/, "")
              .split("/")
              .at(-1) ?? "",
        )
        .filter(Boolean),
    ),
  ]);
