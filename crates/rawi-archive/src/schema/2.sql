-- Format 2: what people say of readings, and what pages ask besides.

-- What people say of a statement, an event or a whole article, kept apart from what was
-- read. Nothing is deleted: an undoing is a correction too. It is pinned to characters of a
-- text, not to rows, so that it survives another reading of the same text.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,            -- names it in every archive that takes it over
  made TEXT NOT NULL,                  -- of two that stand the later one holds
  who TEXT NOT NULL,
  note TEXT,
  version_id INTEGER NOT NULL REFERENCES version,
  part TEXT NOT NULL CHECK (part IN ('text', 'headline')),
  sha256 BLOB NOT NULL,                -- of the text or title that all offsets count in
  about TEXT NOT NULL CHECK (about IN ('statement', 'event', 'article')),
  type TEXT,                           -- of an event, as it was when it was first judged
  starts INTEGER NOT NULL,             -- of the content or trigger, as it was then
  ends INTEGER NOT NULL,
  what TEXT NOT NULL,                  -- JSON, by kind: accept, reject, correct, add, review, undo
  undone_by INTEGER REFERENCES correction
) STRICT;
CREATE INDEX correction_version ON correction (version_id);

-- How many readings an engine has made is told on a page.
CREATE INDEX reading_engine ON reading (engine_id);

-- Who is of a country is asked by a page. Most entities are of none that is known.
CREATE INDEX entity_country ON entity (country) WHERE country IS NOT NULL;
