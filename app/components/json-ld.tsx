import { useContext } from "react";
import { NonceContext } from "#app/http/nonce.ts";

/** What the page tells machines: a JSON-LD document in which every `<` is escaped. */
export function JsonLd({ script }: { script: string | null }) {
  const nonce = useContext(NonceContext);
  if (script === null) return null;
  return (
    <script
      type="application/ld+json"
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own JSON, in which every `<` is escaped
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
