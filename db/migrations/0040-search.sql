-- Works whose words resemble a query that nothing matches: typos, half a word, a missing accent. The threshold belongs to the
-- function, so that no session has to set it and the trigram index serves; 0.45 still finds « marre » for « marée ».
create function works_resembling(query text) returns table (work_id uuid, nearness real)
  language sql stable parallel safe
  set pg_trgm.word_similarity_threshold = 0.45
  as $$
    select s.work_id, word_similarity(plain(query), s.words)
    from work_search s
    where plain(query) <% s.words
    order by 2 desc
    limit 200
  $$;

-- A person's page, and who else made what.
create index contribution_work on contribution (work_id, position);
create index identifier_work on identifier (work_id) where work_id is not null;
create index identifier_edition on identifier (edition_id) where edition_id is not null;
