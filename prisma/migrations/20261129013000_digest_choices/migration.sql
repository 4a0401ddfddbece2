-- With fewer new papers a digest waits for the next one.
alter table subscription add column min_papers smallint not null default 3;
-- What its subject is: the first paper's title, or the date.
create type digest_subject as enum ('title', 'date');
alter table subscription add column subject digest_subject not null default 'title';
