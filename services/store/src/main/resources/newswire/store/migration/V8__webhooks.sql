-- Who is told of the changes to what a search finds, and how far each is. No projections of a topic: a rebuild leaves them
-- alone.
create table webhook (
    id             uuid        primary key,
    url            text        not null,
    description    text,
    search         jsonb       not null,
    -- Sealed if a key is configured. The former one signs too until its time is over.
    secret         text        not null,
    former_secret  text,
    former_until   timestamptz,
    -- Cursor of changes: all before it were delivered or did not match.
    position       text        not null,
    status         text        not null check (status in ('active', 'paused', 'disabled')),
    -- Of the definition.
    revision       int         not null default 1,
    -- Raised by each store that takes the webhook over and by each change; whoever had it before writes nothing any more.
    epoch          bigint      not null default 0,
    holder         uuid,
    held_until     timestamptz,
    next_attempt   timestamptz not null default now(),
    failures       int         not null default 0,
    failing_since  timestamptz,
    problem        text,
    disabled       timestamptz,
    delivered      bigint      not null default 0,
    last_delivered timestamptz,
    created        timestamptz not null default now()
);

-- What each receiver has been told of, so that it is told too when that stops matching or goes.
create table webhook_article (
    webhook uuid not null references webhook on delete cascade,
    article uuid not null,
    primary key (webhook, article)
);

-- The last attempts.
create table webhook_delivery (
    number  bigint      generated always as identity,
    webhook uuid        not null references webhook on delete cascade,
    at      timestamptz not null default now(),
    message text        not null,
    type    text        not null,
    article uuid,
    attempt int         not null,
    status  int,
    problem text,
    millis  int         not null,
    primary key (webhook, number)
);
