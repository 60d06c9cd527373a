import { missing } from "#app/http/door.server.ts";

export function loader(): never {
  throw missing();
}

export default function Soon() {
  return null;
}
