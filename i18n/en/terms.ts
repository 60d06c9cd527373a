import type { terms as fr } from "../fr/terms.ts";

export const terms: typeof fr = [
  {
    from: "2026-01-01T00:00:00-05:00",
    sentences: [
      "Your files can be downloaded as soon as you have paid, by the link in the receipt, as often as needed.",
      "A faulty file, a purchase made by mistake? Write to the co-op named on the receipt: it can refund all or part.",
      "A full refund ends access to the files.",
    ],
  },
];
