-- How many papers like those that its reader saved are in a digest, at most.
alter table subscription add column for_you smallint not null default 3;
