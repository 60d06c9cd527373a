import { permissions, type Role, type Verb } from "#domain/people/permissions.ts";
import type { Locale } from "#i18n/locale.ts";
import { permissionWords } from "#i18n/permissions.ts";

const verbs = Object.keys(permissions) as Verb[];
const roles: Role[] = ["curator", "treasurer", "admin"];

/** The very table that the house goes by: what each role opens. */
export function PermissionTable({ locale }: { locale: Locale }) {
  const words = permissionWords(locale);
  const opens = (verb: Verb, role: Role) => (permissions[verb].roles as readonly Role[]).includes(role);
  return (
    <details>
      <summary>{words.title}</summary>
      <div className="stack stack-tight">
        <p className="soft">{words.lead}</p>
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{words.verb}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {words.roles[role]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {verbs.map((verb) => (
              <tr key={verb}>
                <th scope="row">
                  {words.verbs[verb]}
                  {permissions[verb].platform && <span className="soft small">{words.platformOnly}</span>}
                </th>
                {roles.map((role) => (
                  <td key={role} data-label={words.roles[role]}>
                    {opens(verb, role) ? (
                      <span className="tag good">{words.yes}</span>
                    ) : (
                      <span className="soft">{words.no}</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
