import "#app/styles/account.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { enterSignedIn } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { accountWords } from "#i18n/account.ts";
import { frameWords } from "#i18n/frame.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await enterSignedIn(args);
  return { email: viewer.email, passkeys: viewer.passkeys };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).title, hidden: true });
};

const rooms = ["accountPasskeys", "accountSessions", "accountMail", "devices", "accountPrivacy"] as const;

/** The doors of one's account. */
export default function Account() {
  const { email, passkeys } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = accountWords(locale);
  return (
    <div className="page account stack stack-loose">
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead breakable">{words.lead(email)}</p>
      </header>
      <ul className="account-rooms plain-list">
        {rooms.map((room) => (
          <li key={room}>
            <Link className="card stack stack-tight" to={pathTo(room, locale)}>
              <h2>{words.rooms[room].title}</h2>
              <p className="soft">{words.rooms[room].lead}</p>
              {room === "accountPasskeys" && (
                <p>
                  <span className={passkeys > 0 ? "tag good" : "tag"}>{words.keys(passkeys)}</span>
                </p>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <Form method="post" action={pathTo("signOut", locale)}>
        <button type="submit" className="button quiet">
          {frameWords(locale).nav.signOut}
        </button>
      </Form>
    </div>
  );
}
