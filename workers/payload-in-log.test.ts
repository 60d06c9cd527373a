import { expect, test } from "vitest";
import { payloadInLog } from "./payload-in-log.ts";

test("the log keeps the ids of a job, and no key to the house", () => {
  expect(payloadInLog({ saleId: "0199" })).toEqual({ saleId: "0199" });
  const told = payloadInLog({
    email: "ana@exemple.coop",
    link: "https://shop/connexion/kJ3secret",
    locale: "fr",
  });
  expect(JSON.stringify(told)).not.toMatch(/secret|ana@/);
  expect(told).toMatchObject({ locale: "fr" });
});
