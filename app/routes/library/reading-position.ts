import { missing } from "#app/http/door.server.ts";

export function loader(): never {
  throw missing();
}
