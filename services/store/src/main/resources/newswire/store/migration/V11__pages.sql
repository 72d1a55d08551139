-- Browsers that signed in, and with which key. No projection of a topic: a rebuild leaves it alone.
create table web_session (
    -- SHA-256 of what the cookie says, in hex.
    hash     text        primary key,
    -- SHA-256 of the key, in hex: when the key is revoked or changed, the session is good for nothing.
    key_hash text        not null,
    expires  timestamptz not null
);
