-- Prefixes, other orders, and texts that are nearly the same.
create index article_first_seen on article (first_created desc, id desc);

-- Words that begin so, in any language's reading. To be given letters and digits only.
create function prefix_query(config regconfig, word text) returns tsquery
    language sql immutable parallel safe
    return to_tsquery(config, word || ':*');

create function prefix_query(word text) returns tsquery
    language sql immutable parallel safe
    return to_tsquery('simple'::regconfig, word || ':*')
        || to_tsquery('danish'::regconfig, word || ':*')
        || to_tsquery('german'::regconfig, word || ':*')
        || to_tsquery('english'::regconfig, word || ':*')
        || to_tsquery('spanish'::regconfig, word || ':*')
        || to_tsquery('french'::regconfig, word || ':*')
        || to_tsquery('italian'::regconfig, word || ':*')
        || to_tsquery('dutch'::regconfig, word || ':*')
        || to_tsquery('portuguese'::regconfig, word || ':*')
        || to_tsquery('russian'::regconfig, word || ':*')
        || to_tsquery('swedish'::regconfig, word || ':*');

-- Four bands of the similarity hash: of two that differ in three bits or fewer, one band is the same.
create index article_band_1 on article (substr(document #>> '{fingerprints,simHash}', 1, 4));
create index article_band_2 on article (substr(document #>> '{fingerprints,simHash}', 5, 4));
create index article_band_3 on article (substr(document #>> '{fingerprints,simHash}', 9, 4));
create index article_band_4 on article (substr(document #>> '{fingerprints,simHash}', 13, 4));
