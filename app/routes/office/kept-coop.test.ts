import { expect, test } from "vitest";
import type { Viewer } from "#domain/people/viewer.ts";
import { keptCoop } from "./kept-coop.ts";

const role = (slug: string, role: "treasurer" | "admin" | "curator") => ({
  coopId: `id of ${slug}`,
  coopSlug: slug,
  coopName: slug,
  role,
});
const viewer = {
  roles: [
    role("fleuve", "treasurer"),
    role("fleuve", "admin"),
    role("halles", "admin"),
    role("rives", "curator"),
  ],
} as Viewer;
const at = (search: string) => keptCoop(viewer, new URL(`http://shop/bureau${search}`));

test("the office is of the co-op that the address names, else of the first, each once", () => {
  expect(at("").coop.slug).toBe("fleuve");
  expect(at("?coop=halles").coop.slug).toBe("halles");
  expect(at("?coop=").coops.map(({ slug }) => slug)).toEqual(["fleuve", "halles"]);
});

test.each(["rives", "unknown"])("one that is not theirs, %s, does not become another", (slug) => {
  expect(() => at(`?coop=${slug}`)).toThrow(expect.objectContaining({ status: 404 }));
});
