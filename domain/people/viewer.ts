/** Who looks at a page: the person, where they are a member, what they do in each co-op, and how they were let in. */
export type Viewer = {
  id: string;
  email: string;
  name: string | null;
  members: { id: string; name: string; slug: string; coopId: string; coopSlug: string; coopName: string }[];
  roles: {
    coopId: string;
    coopSlug: string;
    coopName: string;
    /** `platform`: the co-op that owns the Stripe account. */
    coopMoney: "platform" | "own";
    role: "curator" | "treasurer" | "admin";
  }[];
  session: {
    id: string;
    /** By a link in their mailbox, or by a passkey. */
    proof: "link" | "passkey";
    /** When they last showed who they are. */
    provenAt: Date;
  };
  /** How many passkeys they have. */
  passkeys: number;
};
