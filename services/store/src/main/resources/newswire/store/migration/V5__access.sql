-- Who may do what. No projections of a topic: a rebuild leaves them alone.
create table api_key (
    id      text        primary key,
    name    text        not null,
    -- SHA-256 of the whole key, in hex: the key itself is shown once and kept nowhere.
    hash    text        not null,
    scopes  text[]      not null,
    created timestamptz not null,
    revoked timestamptz
);

-- Who changed what.
create table audit (
    number  bigint      generated always as identity primary key,
    at      timestamptz not null,
    who     text        not null,
    method  text        not null,
    path    text        not null,
    status  int         not null,
    request text        not null
);
