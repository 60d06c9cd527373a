import { missing } from "#app/http/door.server.ts";

export function loader() {
  throw missing();
}

export function action() {
  throw missing();
}

/** Never rendered: the loader always answers 404, and the frame shows it. */
export default function Missing() {
  return null;
}
