import { type RawBuilder, sql } from "kysely";
import { rolesFor } from "../people/permitted.server.ts";
import type { Credit } from "./byline.ts";

/**
 * A cover, in every size made from it: `widths` in pixels, smallest first, each as AVIF, WebP and JPEG (their addresses follow from
 * `id` and size); `height` of the largest; `colour` is what to show while it comes.
 */
export type Cover = { id: string; widths: number[]; height: number | null; colour: string | null };

/** `open`: the buyer names the price, from `amount` (the floor, 0 allowed); amounts in minor units of `currency`. */
export type Price = { kind: "fixed" | "open"; amount: number; suggested: number | null; currency: string };

/** A work as shelves show it. */
export type WorkCard = {
  id: string;
  slug: string;
  kind: "book" | "album";
  title: string;
  subtitle: string | null;
  language: string | null;
  credits: Credit[];
  coop: { slug: string; name: string };
  price: Price;
  cover: Cover | null;
};

/** The cover that the work has chosen; for a `work` named `w`. The JPEG stands for the three formats of a size. */
export const coverOf: RawBuilder<unknown> = sql`(
  select jsonb_build_object('id', w.cover_id,
    'widths', jsonb_agg(coalesce((a.facts ->> 'width')::int, a.position) order by a.position),
    'height', (array_agg((a.facts ->> 'height')::int order by a.position desc))[1], 'colour', min(a.facts ->> 'colour'))
  from asset chosen join asset a on a.work_id = chosen.work_id and a.role = 'cover' and a.replaced_at is null
    and a.upload_id is not distinct from chosen.upload_id and a.media_type = 'image/jpeg'
  where chosen.id = w.cover_id having count(*) > 0)`;

/** The people of the work itself (those of one track stand with the track), in the order of the record. */
export const creditsOf: RawBuilder<unknown> = sql`coalesce((
  select jsonb_agg(jsonb_build_object('name', g.name, 'slug', g.slug, 'role', c.role) order by c.position, g.name)
  from contribution c join agent g on g.id = c.agent_id
  where c.work_id = w.id and c.recording_id is null), '[]')`;

export const priceOf: RawBuilder<unknown> = sql`jsonb_build_object('kind', w.price_kind, 'amount', w.price,
  'suggested', w.suggested_price, 'currency', w.currency)`;

/** A card as one json value, for a `work` named `w`. */
export const cardOf: RawBuilder<WorkCard> = sql`jsonb_build_object('id', w.id, 'slug', w.slug, 'kind', w.kind, 'title', w.title,
  'subtitle', w.subtitle, 'language', w.language, 'credits', ${creditsOf},
  'coop', (select jsonb_build_object('slug', o.slug, 'name', o.name) from coop o where o.id = w.coop_id),
  'price', ${priceOf}, 'cover', ${coverOf})`;

/**
 * Who may look at a `work` named `w`: everybody once it is published; before that, and after, its own member and those who decide
 * at the desk of its co-op, not who keeps its books. `personId` null is a stranger.
 */
export const seenBy = (personId: string | null): RawBuilder<boolean> =>
  personId === null
    ? sql`w.state = 'published'`
    : sql`(w.state = 'published'
        or exists (select from member m where m.id = w.member_id and m.person_id = ${personId})
        or exists (select from coop_role r where r.coop_id = w.coop_id and r.person_id = ${personId}
          and r.role in (${rolesFor("judgeWorks")})))`;
