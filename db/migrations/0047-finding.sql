-- Finding among a million works. What grows with the catalogue is only ever read by an index, and bounded:
--   work_search   one row for each published work: its words, and signs such as `coop=…` among them, so that one GIN index answers
--                 words and choices together; beside them what shelves are sorted and counted by.
--   search_start  from which letters on a title or a name may be typed: a range of a btree answers the first letters, at any size.
--   search_word   each word once. A misspelling is forgiven against the words, whose number grows like the root of the works, not
--                 against the works.
--   shelf_count   how many works stand where: counts without words are sums of a few hundred rows.
-- Indexing is a function here because three ask for it: the verbs, a trigger (a work leaves the shop, a price changes), the seed.

drop function works_resembling(text);
drop index work_search_words;
truncate work_search;
alter table work_search
  drop column words,
  add column heading text collate "C" not null,  -- the title as it is sorted: plain, without its first article
  add column kind text not null,
  add column coop_id uuid not null,
  add column language text not null,             -- primary tag alone, or ''
  add column price integer not null,
  add column published_at timestamptz not null;
create index work_search_newest on work_search (published_at desc, work_id desc);
create index work_search_heading on work_search (heading, work_id);
create index work_search_price on work_search (price, work_id);
-- New words are searched at once from the pending list; a large one would cost every search, so it is emptied early.
alter index work_search_document set (gin_pending_list_limit = 256);
alter table work_search alter column document set statistics 400;

create table search_start (
  noun text not null check (noun in ('work', 'agent')),
  place smallint not null check (place in (0, 1)),   -- 0: the first word, 1: a later one
  start text collate "C" not null,
  ref uuid not null
);
create index search_start_typed on search_start (noun, place, start, ref);
create index search_start_ref on search_start (ref);

-- « Petit Prince, Le », « Le Petit Prince » and « petit prince » are one heading.
create function heading_of(words text) returns text language sql immutable strict parallel safe as $$
  select trim(regexp_replace(
    regexp_replace(
      regexp_replace(plain(translate(words, '’', '''')), '\s*,\s*(les?|la|l''|une?|des|the|an?)\s*$', ''),
      '[^[:alnum:]]+', ' ', 'g'),
    '^ ?(les?|la|l|une?|des|the|an?) (?=.)', ''))
$$;

-- A word and what is left of it when one letter is dropped. Two words that are one letter wrong, missing, too many or swapped share
-- one of these, so that an equality finds what a distance would have to compute for every word.
create function without_one_letter(word text) returns text[] language sql immutable strict parallel safe as $$
  select array_agg(distinct left(word, i - 1) || substr(word, i + 1)) || word from generate_series(1, length(word)) i
$$;

create table search_word (
  word text collate "C" primary key,
  variants text[] not null generated always as (without_one_letter(word)) stored
);
create index search_word_variants on search_word using gin (variants);
create index search_word_trigrams on search_word using gin (word gin_trgm_ops);

create function words_of(words text) returns setof text language sql immutable strict parallel safe as $$
  select distinct word from regexp_split_to_table(plain(words), '[^[:alnum:]]+') word
  where length(word) between 3 and 30 and word !~ '^[0-9]+$'
$$;

-- What a work is, as lexemes no text can contain.
create function shelf_signs(coop uuid, kind text, language text, price integer, subjects jsonb)
  returns text[] language sql immutable parallel safe as $$
  select array['coop=' || coop, 'kind=' || kind, 'lang=' || lower(split_part(coalesce(language, ''), '-', 1)),
      'price=' || case when price = 0 then 'none' else 'some' end]
    || array(select 'subject=' || left(plain(s ->> 'label'), 100) from jsonb_array_elements(subjects) s
        where s ->> 'label' is not null)
$$;

-- Weights: A the title, B the people, C series, publisher and subjects, D the description and the track titles. Title, people and
-- subjects are read in both tongues, since a French shop holds English titles and the reverse; each description in its own.
create function index_works(ids uuid[]) returns void language plpgsql as $$
begin
  delete from search_start where ref = any (ids);
  delete from work_search where work_id = any (ids)
    and not exists (select from work w where w.id = work_id and w.state = 'published');

  with shown as materialized (
    select w.id, w.kind, w.coop_id, w.language, w.price, w.published_at, w.description, w.subjects, t.*
    from work w cross join lateral (
      select
        translate(concat_ws(' ', w.title, w.subtitle), '’', '''') as title,
        heading_of(concat_ws(' ', nullif(w.sort_title, ''), case when coalesce(w.sort_title, '') = '' then w.title end)) as heading,
        coalesce((select string_agg(distinct a.name, ' ') from contribution c join agent a on a.id = c.agent_id
          where c.work_id = w.id), '') as people,
        translate(concat_ws(' ', w.series ->> 'name', w.publisher,
          (select string_agg(s.value ->> 'label', ' ') from jsonb_array_elements(w.subjects) s)), '’', '''') as about,
        coalesce((select translate(string_agg(r.title, ' ' order by r.disc, r.position), '’', '''') from recording r
          where r.work_id = w.id), '') as tracks
    ) t
    where w.id = any (ids) and w.state = 'published'),
  written as (
    insert into work_search (work_id, document, heading, kind, coop_id, language, price, published_at)
    select s.id,
      setweight(to_tsvector('fr', s.title) || to_tsvector('en', s.title), 'A')
        || setweight(to_tsvector('fr', s.people) || to_tsvector('en', s.people), 'B')
        || setweight(to_tsvector('fr', s.about) || to_tsvector('en', s.about), 'C')
        || setweight(to_tsvector('fr', coalesce(s.description ->> 'fr', '') || ' ' || s.tracks)
                     || to_tsvector('en', coalesce(s.description ->> 'en', '') || ' ' || s.tracks), 'D')
        || array_to_tsvector(shelf_signs(s.coop_id, s.kind, s.language, s.price, s.subjects)),
      left(s.heading, 120), s.kind, s.coop_id, lower(split_part(coalesce(s.language, ''), '-', 1)), s.price, s.published_at
    from shown s
    on conflict (work_id) do update set document = excluded.document, heading = excluded.heading, kind = excluded.kind,
      coop_id = excluded.coop_id, language = excluded.language, price = excluded.price, published_at = excluded.published_at),
  started as (
    insert into search_start (noun, place, start, ref)
    select 'work', 0, left(heading, 60), id from shown where heading <> ''
    union all
    -- From each of the first words on: « grandes eaux » finds « La marée des grandes eaux ».
    select 'work', 1, left(array_to_string(w.words[i:], ' '), 60), w.id
    from (select id, string_to_array(heading, ' ') as words from shown) w cross join generate_series(2, 6) i
    where length(w.words[i]) > 2 and w.words[i] not in ('les', 'des', 'une', 'the', 'and', 'aux', 'sur', 'par', 'for', 'dans'))
  insert into search_word (word)
  select distinct w.word from shown s cross join words_of(concat_ws(' ', s.title, s.people, s.about)) w (word)
  where not exists (select from search_word k where k.word = w.word)
  order by 1
  on conflict do nothing;

  perform index_agents(array(select distinct c.agent_id from contribution c join work w on w.id = c.work_id
    -- A name that changes is seen to below.
    where c.work_id = any (ids) and w.state = 'published' and not exists (select from search_start x where x.ref = c.agent_id)));
end $$;

-- The names of people and groups, from each of their words on: « roy gab » and « gabrielle r » find the same person.
create function index_agents(ids uuid[]) returns void language plpgsql as $$
begin
  delete from search_start where ref = any (ids);
  insert into search_start (noun, place, start, ref)
  select 'agent', case when i = 1 then 0 else 1 end,
    left(array_to_string(n.words[i:] || n.words[:i - 1], ' '), 60), n.id
  from (select id, string_to_array(trim(regexp_replace(plain(name), '[^[:alnum:]]+', ' ', 'g')), ' ') as words
    from agent where id = any (ids)) n
  cross join generate_series(1, least(5, cardinality(n.words))) i
  where length(n.words[i]) > 1;
end $$;

create function agent_renamed() returns trigger language plpgsql as $$
begin
  if exists (select from search_start where ref = new.id) then perform index_agents(array[new.id]); end if;
  return null;
end $$;
create trigger agent_searched after update of name on agent for each row
  when (old.name is distinct from new.name) execute function agent_renamed();

-- What leaves the shop leaves the search in the same transaction, whichever verb took it out; so does a price.
create function work_moved_on_shelf() returns trigger language plpgsql as $$
begin
  perform index_works(array[new.id]);
  return null;
end $$;
create trigger work_searched after update of state, price on work for each row
  when (new.state is distinct from old.state and 'published' in (old.state, new.state)
    or new.state = 'published' and new.price is distinct from old.price)
  execute function work_moved_on_shelf();

-- How many published works there are of each sort. Kept by statements, so that many rows at once cost one addition for each sort.
create table shelf_count (
  coop_id uuid not null references coop,
  kind text not null,
  language text not null,
  free boolean not null,
  works integer not null,
  primary key (coop_id, kind, language, free)
);

create function count_on_shelf() returns trigger language plpgsql as $$
declare
  come text := 'select coop_id, kind, language, price, 1 as n from come where state = ''published''';
  gone text := 'select coop_id, kind, language, price, -1 as n from gone where state = ''published''';
begin
  -- In the order of the key, so that two at once wait for each other instead of locking each other up.
  execute format('insert into shelf_count as s (coop_id, kind, language, free, works)
    select coop_id, kind, lower(split_part(coalesce(language, %L), %L, 1)), price = 0, sum(n)
    from (%s) moved group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
    on conflict (coop_id, kind, language, free) do update set works = s.works + excluded.works', '', '-',
    case tg_op when 'INSERT' then come when 'DELETE' then gone else come || ' union all ' || gone end);
  return null;
end $$;

create trigger work_counted_in after insert on work referencing new table as come
  for each statement execute function count_on_shelf();
create trigger work_counted_out after delete on work referencing old table as gone
  for each statement execute function count_on_shelf();
create trigger work_counted_anew after update on work referencing old table as gone new table as come
  for each statement execute function count_on_shelf();

-- Numbers that one types whole.
create index identifier_typed on identifier (value);
-- What a person's page and a co-op's people are read by.
create index identifier_agent on identifier (agent_id) where agent_id is not null;
create index agent_member on agent (member_id) where member_id is not null;
create index recording_isrc on recording (isrc) where isrc is not null;
-- « Close to this one »: the same series, and what else the people of a work made.
create index work_shop_series on work ((series ->> 'name')) where state = 'published' and series is not null;

select index_works(array(select id from work where state = 'published'));
insert into shelf_count (coop_id, kind, language, free, works)
select coop_id, kind, lower(split_part(coalesce(language, ''), '-', 1)), price = 0, count(*)
from work where state = 'published' group by 1, 2, 3, 4;
