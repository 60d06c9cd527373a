import { type HearingPolicy, hearingPolicies, mostFreePlays } from "#domain/delivery/streams.ts";

/** As typed, to show again. */
export type HearingTyped = { hearing: string; freePlays: string };

/** What a form says of hearing; `asked` is null where its choice is none of ours, or the number of plays no such number. */
export function readHearing(form: FormData): {
  typed: HearingTyped;
  asked: { policy: HearingPolicy; freePlays: number | null } | null;
} {
  const hearing = String(form.get("hearing") ?? "").slice(0, 20);
  const plays = String(form.get("freePlays") ?? "").trim();
  const policy = hearingPolicies.find((each) => each === hearing);
  const freePlays = plays === "" ? null : Number(plays);
  const makesSense =
    freePlays === null || (Number.isInteger(freePlays) && freePlays >= 1 && freePlays <= mostFreePlays);
  return {
    typed: { hearing, freePlays: plays.slice(0, 20) },
    asked: policy && makesSense ? { policy, freePlays } : null,
  };
}
