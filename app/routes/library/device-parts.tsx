import { Form } from "@remix-run/react";
import type { DeviceKind } from "#domain/library/create-device.server.ts";
import { devicesWords } from "#i18n/devices.ts";
import { date, dateTime } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";

type Shown = {
  id: string;
  kind: DeviceKind;
  name: string;
  createdAt: Date | string;
  usedAt: Date | string | null;
};

/** The devices that may come in, each with the button that ends it. */
export function DeviceList({ devices, locale }: { devices: Shown[]; locale: Locale }) {
  const words = devicesWords(locale);
  if (devices.length === 0)
    return (
      <div className="empty">
        <h3>{words.emptyTitle}</h3>
        <p className="soft">{words.empty}</p>
      </div>
    );
  return (
    <ul className="device-list plain-list">
      {devices.map((device) => (
        <li key={device.id} id={device.id}>
          <div>
            <h3>{device.name}</h3>
            <p className="small soft">
              {words.kinds[device.kind]} · {words.since(date(locale, new Date(device.createdAt)))} ·{" "}
              {device.usedAt ? words.used(dateTime(locale, new Date(device.usedAt))) : words.neverUsed}
            </p>
          </div>
          <Form method="post">
            <input type="hidden" name="act" value="revoke" />
            <input type="hidden" name="id" value={device.id} />
            <input type="hidden" name="name" value={device.name} />
            <button type="submit" className="button quiet small">
              {words.revoke}
              <span className="visually-hidden">, {device.name}</span>
            </button>
          </Form>
        </li>
      ))}
    </ul>
  );
}

/** What goes into the device, once. */
export function MadePassword({
  made,
  address,
  login,
  locale,
}: {
  made: { name: string; password: string | null };
  address: string;
  login: string;
  locale: Locale;
}) {
  const { made: words } = devicesWords(locale);
  if (made.password === null)
    return (
      <p className="notice warn" role="status">
        {words.again}
      </p>
    );
  return (
    <section className="notice good stack device-made" role="status" aria-labelledby="device-made">
      <h2 id="device-made">{words.title(made.name)}</h2>
      <dl>
        <div>
          <dt>{words.address}</dt>
          <dd>
            <code>{address}</code>
          </dd>
        </div>
        <div>
          <dt>{words.login}</dt>
          <dd>
            <code>{login}</code>
          </dd>
        </div>
        <div>
          <dt>{words.password}</dt>
          <dd>
            <code className="device-password">{made.password}</code>
          </dd>
        </div>
      </dl>
      <p>{words.once}</p>
    </section>
  );
}

/** In plain words, what to press in an e-reader and in a player. */
export function DeviceHelp({
  addresses,
  login,
  locale,
}: {
  addresses: { reader: string; reader2: string; player: string };
  login: string;
  locale: Locale;
}) {
  const { help, made } = devicesWords(locale);
  return (
    <section className="stack" aria-labelledby="devices-help">
      <h2 id="devices-help">{help.title}</h2>
      <div className="device-help">
        {(["reader", "player"] as const).map((kind) => (
          <section key={kind} className="stack" aria-labelledby={`help-${kind}`}>
            <h3 id={`help-${kind}`}>{help[kind].title}</h3>
            <ol className="stack stack-tight">
              {help[kind].steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <dl>
              <div>
                <dt>{made.address}</dt>
                <dd>
                  <code>{addresses[kind]}</code>
                </dd>
              </div>
              <div>
                <dt>{made.login}</dt>
                <dd>
                  <code>{login}</code>
                </dd>
              </div>
            </dl>
            <ul className="stack stack-tight small soft">
              {help[kind].apps.map((app) => (
                <li key={app}>{app}</li>
              ))}
            </ul>
            {kind === "reader" && (
              <p className="small soft">
                {help.reader.json} <code>{addresses.reader2}</code>
              </p>
            )}
          </section>
        ))}
      </div>
      <p className="notice small">{help.safe}</p>
    </section>
  );
}
