import { type RawBuilder, sql } from "kysely";

/**
 * Which editions (`e`) of a work a right (`d`) opens: those on sale, and one that its buyer bought, by this right or another, before a
 * newer took its place in a merge; a page of payment that was open by then shows what was sold.
 */
export const andHeld: RawBuilder<unknown> = sql`and (e.former_of is null or exists (
  select from download_right o join sale_line sold on sold.id = o.sale_line_id join sale on sale.id = sold.sale_id
  where o.work_id = d.work_id and o.ended_at is null and (o.id = d.id or o.person_id = d.person_id or o.email = d.email)
    and work_leads(sold.work_id, e.former_of) and sale.opened_at <= e.former_at))`;
