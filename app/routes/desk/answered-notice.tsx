import { deskWords } from "#i18n/desk.ts";
import type { Locale } from "#i18n/locale.ts";

export type Answered = { title: string; decision: "published" | "returned" | "withdrawn" };

/** The submission that was just answered, as the address of the next page carries it; anything but an id is nothing. */
export function answeredId(url: URL): string | null {
  const id = url.searchParams.get("fait");
  return id && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
}

/** Says what the last answer did, on the page where the curator lands. */
export function AnsweredNotice({ locale, answered }: { locale: Locale; answered: Answered | null }) {
  if (!answered) return null;
  const words = deskWords(locale);
  const say = { published: words.published, returned: words.returned, withdrawn: words.takenBack }[
    answered.decision
  ];
  return (
    <p className="notice good" role="status">
      {say(answered.title || words.noTitle)}
    </p>
  );
}
