import { useState } from "react";
import { accountWords } from "#i18n/account.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { useHydrated } from "./hydrated.ts";

type Answer = { options?: unknown; to?: string; refusal?: string; kept?: boolean };

async function call(asked: object): Promise<Answer> {
  const answer = await fetch(pathTo("passkeys", "fr"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
  });
  return answer.json().catch(() => ({})) as Promise<Answer>;
}

/** The browser's part is fetched when it is wanted: most who come never need it. */
const browserPart = () => import("@simplewebauthn/browser");

type State = { busy: boolean; said: string | null };

/** Runs one exchange with the device; what it throws (a person who said no, a device that cannot) becomes words. */
function useDevice(locale: Locale, refused: string) {
  const [state, setState] = useState<State>({ busy: false, said: null });
  const words = accountWords(locale).signIn;
  async function run(work: () => Promise<string | null>) {
    setState({ busy: true, said: words.waiting });
    const said = await work().catch(() => refused);
    setState({ busy: false, said });
  }
  return { ...state, run };
}

function Said({ busy, said }: State) {
  return (
    <p className={busy ? "soft small" : "notice bad"} role="status" hidden={said === null}>
      {said}
    </p>
  );
}

/** The button that signs in, or shows anew who one is, with a passkey. Nothing without JavaScript. */
export function PasskeySignIn({
  locale,
  destination,
  label,
  quiet = false,
}: {
  locale: Locale;
  destination: string | null;
  label: string;
  quiet?: boolean;
}) {
  const hydrated = useHydrated();
  const words = accountWords(locale).signIn;
  const device = useDevice(locale, words.refused);
  if (!hydrated) return null;
  const signIn = () =>
    device.run(async () => {
      const { startAuthentication } = await browserPart();
      const asked = await call({ call: "askSignIn", locale });
      if (!asked.options) return asked.refusal ?? words.refused;
      const response = await startAuthentication({
        optionsJSON: asked.options as Parameters<typeof startAuthentication>[0]["optionsJSON"],
      });
      const done = await call({ call: "signIn", response, destination, locale });
      if (!done.to) return done.refusal ?? words.refused;
      // The whole page anew: who looks at it is somebody else now.
      window.location.assign(done.to);
      return words.waiting;
    });
  return (
    <div className="stack">
      <button
        type="button"
        className={quiet ? "button quiet" : "button"}
        onClick={signIn}
        disabled={device.busy}
      >
        {label}
      </button>
      <Said {...device} />
    </div>
  );
}

/** Names a new passkey and has the device make it. */
export function PasskeyAdd({ locale, onwards }: { locale: Locale; onwards: string }) {
  const hydrated = useHydrated();
  const { passkeys: words, signIn } = accountWords(locale);
  const device = useDevice(locale, signIn.unknown);
  const [name, setName] = useState(words.nameDefault);
  if (!hydrated) return <p className="notice">{words.noScript}</p>;
  const add = () =>
    device.run(async () => {
      const { startRegistration } = await browserPart();
      const asked = await call({ call: "askNew", locale });
      if (asked.to) window.location.assign(asked.to);
      if (!asked.options) return asked.refusal ?? signIn.unknown;
      const response = await startRegistration({
        optionsJSON: asked.options as Parameters<typeof startRegistration>[0]["optionsJSON"],
      });
      const done = await call({ call: "keep", response, name: name.trim() || words.nameDefault, locale });
      if (!done.kept) return done.refusal ?? signIn.unknown;
      window.location.assign(onwards);
      return signIn.waiting;
    });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div className="field">
        <label htmlFor="passkey-name">{words.name}</label>
        <span className="hint" id="passkey-name-hint">
          {words.nameHint}
        </span>
        <input
          id="passkey-name"
          aria-describedby="passkey-name-hint"
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <button type="submit" className="button" disabled={device.busy}>
        {words.add}
      </button>
      <Said {...device} />
    </form>
  );
}
