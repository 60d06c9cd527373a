-- How many works there are in a language: without it PostgreSQL takes every language for a rare one, and reads the whole shop to find
-- what is a step away by its index.
create statistics work_primary_language on (lower(split_part(language, '-', 1))) from work;
