/** What the log may keep of a job: its ids. The link of a mail signs somebody in, and an address is its owner's. */
export function payloadInLog(payload: unknown): Record<string, unknown> {
  const told = { ...(payload as Record<string, unknown>) };
  for (const secret of ["link", "email"]) if (secret in told) told[secret] = "…";
  return told;
}
