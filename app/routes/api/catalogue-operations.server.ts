import { z } from "zod";
import { coverSteps } from "#app/components/cover-address.ts";
import { shortId } from "#app/components/short-id.ts";
import type { FeedCredit, FeedWork } from "#domain/feeds/feed-work.ts";
import { findHarvested, harvestPage } from "#domain/feeds/harvest-queries.server.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { findPerson, listNamedCoops, listPeople } from "#domain/integrations/public-queries.server.ts";
import { findRecordOfKey, recordsOfKey } from "#domain/integrations/record-queries.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import type { Corrections } from "#domain/metadata/corrections.ts";
import { addressesAt } from "#i18n/paths.ts";
import { etagOf } from "./etag.server.ts";
import { ApiProblem, type Call, cursor, cursorOf, isId, limit, operation, since } from "./operation.ts";
import * as shapes from "./shapes.ts";

const slug = z.string().max(200).optional();

export const catalogueOperations = [
  operation({
    name: "listWorks",
    path: "/works",
    scope: null,
    query: z.strictObject({ cursor, limit, coop: slug, changedSince: since }),
    answer: shapes.workList,
    async run({ db, house, query }) {
      const { works, more } = await harvestPage(db, {
        span: {
          from: query.changedSince?.toISOString() ?? null,
          until: null,
          set: query.coop === undefined ? null : ["coop", query.coop],
        },
        after: query.cursor,
        limit: query.limit,
        records: true,
      });
      const last = works.at(-1);
      return {
        items: works.map(({ id, kind, at, record }) => ({
          id,
          kind,
          changedAt: at,
          work: record && shownWork(record, house.settings.publicUrl),
        })),
        next: more && last ? cursorOf(last.at, last.id) : null,
      };
    },
  }),
  operation({
    name: "getWork",
    path: "/works/{id}",
    scope: null,
    answer: shapes.work,
    async run({ db, house, id }) {
      const found = await findRecord(db, isId(id) ? { id } : { slug: id });
      if (found) return shownWork(found, house.settings.publicUrl);
      throw new ApiProblem(isId(id) && (await findHarvested(db, id)) ? "gone" : "not_found");
    },
  }),
  operation({
    name: "listPeople",
    path: "/people",
    scope: null,
    query: z.strictObject({ cursor: z.uuid().optional(), limit }),
    answer: shapes.personList,
    async run({ db, query }) {
      const { people, more } = await listPeople(db, { after: query.cursor ?? null, limit: query.limit });
      return { items: people, next: more ? (people.at(-1)?.id ?? null) : null };
    },
  }),
  operation({
    name: "getPerson",
    path: "/people/{id}",
    scope: null,
    answer: shapes.personWhole,
    run: ({ db, id }) => orMissing(findPerson(db, id)),
  }),
  operation({
    name: "listCoops",
    path: "/coops",
    scope: null,
    answer: shapes.coopList,
    run: async ({ db }) => ({ items: await listNamedCoops(db), next: null }),
  }),
  operation({
    name: "getCoop",
    path: "/coops/{id}",
    scope: null,
    answer: shapes.coop,
    run: ({ db, id }) => orMissing(listNamedCoops(db, id).then(([coop]) => coop ?? null)),
  }),
  operation({
    name: "listRecords",
    path: "/records",
    scope: "catalogue:read",
    query: z.strictObject({ cursor, limit }),
    answer: shapes.recordList,
    async run({ db, key, query }) {
      const { records, more } = await recordsOfKey(db, key, { after: query.cursor, limit: query.limit });
      const last = records.at(-1);
      return { items: records, next: more && last ? cursorOf(last.updatedAt, last.id) : null };
    },
  }),
  operation({
    name: "getRecord",
    path: "/records/{id}",
    scope: "catalogue:read",
    answer: shapes.recordWhole,
    run: async (call) => shownRecord(await heldRecord(call)),
  }),
  operation({
    name: "changeRecord",
    method: "PATCH",
    path: "/records/{id}",
    scope: "catalogue:write",
    body: shapes.recordChanges,
    answer: shapes.recordWhole,
    async run(call) {
      const { db, house, key, body, ifMatch } = call;
      const held = await heldRecord(call);
      if (ifMatch !== null && ifMatch !== "*" && ifMatch !== etagOf(JSON.stringify(shownRecord(held))))
        throw new ApiProblem("changed_since");
      await correctRecord(db, house, {
        personId: key.personId,
        workId: held.record.id,
        as: "curator",
        values: body as Corrections,
        // What somebody else writes between our look and the deed is not written over unseen.
        seen: held.seen,
      });
      return shownRecord(await heldRecord(call));
    },
  }),
];

async function heldRecord({ db, key, id }: Pick<Call<unknown, unknown>, "db" | "key" | "id">) {
  return orMissing(isId(id) ? findRecordOfKey(db, key, id) : Promise.resolve(null));
}

const shownRecord = ({ record, fields }: Awaited<ReturnType<typeof heldRecord>>) => ({ ...record, fields });

export async function orMissing<T>(found: Promise<T | null>): Promise<T> {
  const value = await found;
  if (value === null) throw new ApiProblem("not_found");
  return value;
}

/** A published work as programs are told it. */
function shownWork(work: FeedWork, publicUrl: string) {
  const to = addressesAt(publicUrl);
  const cover = work.covers[0];
  const step = coverSteps[Math.min(work.covers.length, coverSteps.length) - 1] ?? coverSteps[0];
  const { covers, credits, editions, tracks, sampleEpub, samplePages, translations, sortTitle, ...kept } =
    work;
  return {
    ...kept,
    contributors: credits.map(shownCredit),
    formats: editions.map(({ types, ...edition }) => ({ ...edition, mediaTypes: types })),
    tracks: tracks.map(({ credits: theirs, preview, ...track }) => ({
      ...track,
      previewUrl: preview && to("media", "fr", { id: preview.id }),
      contributors: theirs.map(shownCredit),
    })),
    coverUrl: cover ? to("cover", "fr", { id: shortId(cover.id), file: `${step}.jpg` }) : null,
    pages: { fr: to("work", "fr", { slug: work.slug }), en: to("work", "en", { slug: work.slug }) },
  };
}

const shownCredit = ({ id, slug, name, kind, role, identifiers }: FeedCredit) => ({
  personId: id,
  slug,
  name,
  kind,
  role,
  identifiers,
});
