-- Everything here is a projection of the topics: dropped and read again from the beginning, it comes out the same.
-- Hence no column says when a row was written.

-- How far each partition is in the tables. Written in the transaction that writes the rows.
create table ingest_offset (
    topic       text   not null,
    partition   int    not null,
    next        bigint not null,
    -- Raised by each consumer that takes the partition over; an older owner's writes are refused.
    owner_epoch bigint not null,
    primary key (topic, partition)
);

-- The text search configuration that fits a language: stemming where PostgreSQL knows it, plain words otherwise.
create function search_configuration(language text) returns regconfig
    language sql immutable parallel safe
    return case split_part(lower(language), '-', 1)
        when 'da' then 'danish'::regconfig
        when 'de' then 'german'::regconfig
        when 'en' then 'english'::regconfig
        when 'es' then 'spanish'::regconfig
        when 'fr' then 'french'::regconfig
        when 'it' then 'italian'::regconfig
        when 'nl' then 'dutch'::regconfig
        when 'pt' then 'portuguese'::regconfig
        when 'ru' then 'russian'::regconfig
        when 'sv' then 'swedish'::regconfig
        else 'simple'::regconfig
    end;

-- The latest revision of each article.
create table article (
    id            uuid        primary key,
    revision      int         not null,
    generation    int         not null,
    document      jsonb       not null,
    title         text        not null,
    url           text,
    publisher     text,
    language      text        not null,
    pub_status    text        not null,
    published     timestamptz,
    first_created timestamptz not null,
    -- The publisher's date, or else our first sight: what the newest is counted by.
    sorted        timestamptz not null,
    search_config regconfig   not null,
    search        tsvector    not null,
    -- Lineage.
    feed          uuid        not null,
    raw_id        text        not null,
    raw_partition int,
    raw_offset    bigint,
    topic         text        not null,
    partition     int         not null,
    "offset"      bigint      not null
);
create index article_newest on article (sorted desc, id desc);
create index article_newest_of_feed on article (feed, sorted desc, id desc);
create index article_newest_of_publisher on article (lower(publisher), sorted desc, id desc);
create index article_search on article using gin (search);

-- Every revision of each article.
create table article_revision (
    id              uuid        not null,
    revision        int         not null,
    generation      int         not null,
    kind            text        not null,
    version_created timestamptz not null,
    document        jsonb       not null,
    feed            uuid        not null,
    raw_id          text        not null,
    raw_partition   int,
    raw_offset      bigint,
    topic           text        not null,
    partition       int         not null,
    "offset"        bigint      not null,
    primary key (id, revision, generation)
);

-- Articles that were taken down: they stay away, whatever comes later.
create table article_taken_down (
    id        uuid   primary key,
    topic     text   not null,
    partition int    not null,
    "offset"  bigint not null
);

create table feed (
    id         uuid   primary key,
    revision   int    not null,
    definition jsonb  not null,
    xml_url    text   not null,
    title      text   not null,
    partition  int    not null,
    "offset"   bigint not null
);
create index feed_by_title on feed (lower(title), id);

create table feed_state (
    id        uuid   primary key,
    state     jsonb  not null,
    status    text   not null,
    partition int    not null,
    "offset"  bigint not null
);

create table dead_letter (
    id        uuid        primary key,
    letter    jsonb       not null,
    stage     text        not null,
    reason    text        not null,
    failed    timestamptz not null,
    partition int         not null,
    "offset"  bigint      not null
);
create index dead_letter_newest on dead_letter (failed desc, id desc);

-- What a search finds in any language: each configuration's reading of the words. Narrowed by each row's own afterwards.
create function search_query(words text) returns tsquery
    language sql immutable parallel safe
    return websearch_to_tsquery('simple'::regconfig, words)
        || websearch_to_tsquery('danish'::regconfig, words)
        || websearch_to_tsquery('german'::regconfig, words)
        || websearch_to_tsquery('english'::regconfig, words)
        || websearch_to_tsquery('spanish'::regconfig, words)
        || websearch_to_tsquery('french'::regconfig, words)
        || websearch_to_tsquery('italian'::regconfig, words)
        || websearch_to_tsquery('dutch'::regconfig, words)
        || websearch_to_tsquery('portuguese'::regconfig, words)
        || websearch_to_tsquery('russian'::regconfig, words)
        || websearch_to_tsquery('swedish'::regconfig, words);
