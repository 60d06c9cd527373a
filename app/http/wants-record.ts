/** Whether a request asks for the record of a thing and not for its page: JSON-LD is named, and not after HTML in the order of `q`. */
export function wantsRecord(accept: string | null | undefined): boolean {
  // Nearly everybody: browsers name no JSON.
  if (!accept || !/json/i.test(accept)) return false;
  const weights = new Map(
    accept.split(",").map((each) => {
      const [type = "", ...parameters] = each
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((parameter) => parameter.startsWith("q="));
      return [type, q === undefined ? 1 : Number(q.slice(2)) || 0];
    }),
  );
  const record = Math.max(weights.get("application/ld+json") ?? 0, weights.get("application/json") ?? 0);
  return record > 0 && record >= (weights.get("text/html") ?? 0);
}
