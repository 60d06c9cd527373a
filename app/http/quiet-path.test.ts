import { expect, test } from "vitest";
import { quietPath } from "./quiet-path.ts";

test.each([
  ["/connexion/kJ3secret", "/connexion/…"],
  ["/en/sign-in/kJ3secret", "/en/sign-in/…"],
  ["/EN/Sign-in/kJ3secret.data", "/en/sign-in/…"],
  ["/merci/0199.secret", "/merci/…"],
  ["/en/purchases/0199.secret", "/en/purchases/…"],
  ["/connexion", "/connexion"],
  ["/oeuvres/les-eaux-hautes", "/oeuvres/les-eaux-hautes"],
])("%s is logged as %s", (path, logged) => expect(quietPath(path)).toBe(logged));
