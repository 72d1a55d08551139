-- The store finds the words itself, for all languages: its own lexemes instead of PostgreSQL's. Articles that are there
-- already are read by the store after this, the newest first, and are found by their words from then on.
alter table article drop column search, drop column search_config;
drop function search_query, prefix_query(regconfig, text), prefix_query(text), search_configuration;

alter table article
    -- As WordVector writes it; absent until the article was read.
    add column words    tsvector,
    -- Which version of the analyzers has read it.
    add column analysis smallint not null default 0,
    -- Names, for counting.
    add column subjects text[];
-- Read for nearly every hit of a phrase and for every rank: not to be unpacked each time.
alter table article alter column words set storage external;
create index article_words on article using gin (words);
create index article_newest_of_language on article (split_part(lower(language), '-', 1), sorted desc, id desc);

-- The analyzers that have read an article: those that a query asks for.
create table article_analyzer (
    name text primary key
);
-- The versions of the analyzers that have read all articles.
create table article_analysis (
    version smallint primary key
);
