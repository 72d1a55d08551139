-- Articles that a person took out of the group of copies that they would be in. No projection of a topic: a rebuild leaves it
-- alone.
create table article_apart (
    id uuid primary key
);
