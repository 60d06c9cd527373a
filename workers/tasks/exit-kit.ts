import { forgetKit } from "#domain/bench/forget-kit.server.ts";
import { makeKit } from "#domain/bench/make-kit.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { addressesAt } from "#i18n/paths.ts";
import type { Task } from "./task.ts";

export const makeExitKitTask: Task<"make-exit-kit"> = async (db, house, { kitId }) => {
  const address = addressesAt(house.settings.publicUrl);
  await makeKit(db, house, {
    kitId,
    address,
    // The cover itself lies beside the record.
    addresses: { work: (slug) => address("work", "fr", { slug }), cover: () => "" },
    readMe: (locale) => `${benchWords(locale).kit.readMe.join("\r\n")}\r\n`,
  });
};

export const forgetExitKitTask: Task<"forget-exit-kit"> = (db, house, { kitId }) =>
  forgetKit(db, house, kitId);
