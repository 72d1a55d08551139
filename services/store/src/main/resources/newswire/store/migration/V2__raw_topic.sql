-- The third part of where the raw article stands.
alter table article add column raw_topic text;
alter table article_revision add column raw_topic text;
