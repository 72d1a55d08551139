-- History by month, so that old months go whole; and what an embargo holds back.
alter table article add column embargoed_until timestamptz;
alter table article add column version_created timestamptz;
update article set embargoed_until = (document ->> 'embargoedUntil')::timestamptz,
    version_created = (document ->> 'versionCreated')::timestamptz;
alter table article alter column version_created set not null;

-- When the topic took the tombstone, which is in the record.
alter table article_taken_down add column taken_down timestamptz;
-- The last tombstone: what comes after it has to be taken down again for those who read the topic.
alter table article_taken_down add column last bigint;
update article_taken_down set last = "offset";
alter table article_taken_down alter column last set not null;
create index article_taken_down_sequence on article_taken_down (partition, "offset");

alter table article_revision rename to article_revision_whole;
alter index article_revision_pkey rename to article_revision_whole_pkey;

create table article_revision (
    id              uuid        not null,
    revision        int         not null,
    generation      int         not null,
    kind            text        not null,
    version_created timestamptz not null,
    embargoed_until timestamptz,
    document        jsonb       not null,
    feed            uuid        not null,
    raw_id          text        not null,
    raw_topic       text,
    raw_partition   int,
    raw_offset      bigint,
    topic           text        not null,
    partition       int         not null,
    "offset"        bigint      not null,
    primary key (id, revision, generation, version_created)
) partition by range (version_created);
create index article_revision_sequence on article_revision (partition, "offset");
create index article_revision_embargoed on article_revision (embargoed_until) where embargoed_until > version_created;

-- Makes the partition of the month that an instant is in (UTC), unless it is there.
create function keep_month(instant timestamptz) returns void
    language plpgsql as $$
declare
    first timestamp := date_trunc('month', instant at time zone 'UTC');
    name  text := 'article_revision_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass(name) is null then
        perform pg_advisory_xact_lock(hashtext('article_revision'));
        execute format('create table if not exists %I partition of article_revision for values from (%L) to (%L)',
            name, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
    end if;
end $$;

select keep_month(month) from (select distinct date_trunc('month', version_created, 'UTC') as month
    from article_revision_whole) as months;
insert into article_revision
select id, revision, generation, kind, version_created, (document ->> 'embargoedUntil')::timestamptz, document, feed,
    raw_id, raw_topic, raw_partition, raw_offset, topic, partition, "offset"
from article_revision_whole;
drop table article_revision_whole;

-- Revisions whose embargo has ended, in the order in which that was seen: readers of changes get them by this number.
create table article_release (
    seq        bigint primary key,
    id         uuid   not null,
    revision   int    not null,
    generation int    not null,
    unique (id, revision, generation)
);

-- The first offset of each partition whose history is kept; a reader of changes that stands before it has missed some.
create table change_floor (
    partition int    primary key,
    position  bigint not null
);
