-- What people made of dead letters; the letters themselves stay. No projection of a topic.
create table dead_letter_fate (
    id    uuid        primary key,
    fate  text        not null,
    at    timestamptz not null
);
alter table dead_letter add column topic text;
update dead_letter set topic = letter #>> '{record,topic}';
