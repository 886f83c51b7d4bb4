-- Format 1 of an archive. What was captured is written once and never changed:
-- `version.text` is the source that every offset counts in, in code points from 0.
-- What was read in it (reading, statement, event, entity, the two indexes) follows from it
-- and says which engine made it.

-- Facts about the archive itself, and how far its counters are.
CREATE TABLE property (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- The programs that made readings.
CREATE TABLE engine (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- The ledger: everything that was given to be read.
CREATE TABLE input (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL UNIQUE,          -- a path or an address
  kind TEXT NOT NULL CHECK (kind IN ('file', 'page', 'feed', 'sitemap', 'stream', 'archive')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'done', 'failed')),
  size INTEGER,                        -- of a file, in bytes, when it was begun
  modified INTEGER,                    -- nanoseconds since 1970 in UTC
  records INTEGER NOT NULL DEFAULT 0,  -- how many are dealt with, from the first on
  reason TEXT,                         -- why it failed
  begun TEXT,
  ended TEXT
) STRICT;

-- A record of which no reading could be had.
CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  input_id INTEGER NOT NULL REFERENCES input,
  record INTEGER NOT NULL,             -- its number in the input, from 1
  place TEXT NOT NULL,                 -- file, record, line, byte, for people
  stage TEXT NOT NULL CHECK (stage IN ('fetch', 'open', 'parse', 'read')),
  reason TEXT NOT NULL,
  version_id INTEGER REFERENCES version, -- its text, where that is kept
  at TEXT NOT NULL,
  mended TEXT                          -- when a later attempt succeeded
) STRICT;
CREATE INDEX failure_open ON failure (input_id, record) WHERE mended IS NULL;

-- Records that were passed over on purpose, counted.
CREATE TABLE skipped (
  input_id INTEGER NOT NULL REFERENCES input,
  reason TEXT NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (input_id, reason)
) STRICT, WITHOUT ROWID;

-- Addresses that are polled, each with where it stands, in JSON: what it said of its last
-- change, when it is to be asked next, how often it failed.
CREATE TABLE feed (
  address TEXT PRIMARY KEY,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outlet (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                  -- as it was first written
  folded TEXT NOT NULL UNIQUE
) STRICT;

-- Copies and near copies of one article over outlets.
CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  merged_into INTEGER REFERENCES story -- the story that it turned out to be
) STRICT;

-- An article of one outlet, with its versions over time.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  outlet_id INTEGER REFERENCES outlet,
  current_id INTEGER REFERENCES version DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- What a document is known by: hashes of its address, of its id and of its words.
CREATE TABLE document_key (
  key BLOB PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document
) STRICT, WITHOUT ROWID;

-- One wording of a document. `id` is the day of publication (days since 1970-01-01; 0 if
-- there is none to go by) shifted left by 32 bits, plus a number: order by id is order in time.
CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document,
  number INTEGER NOT NULL,             -- among the document's versions, from 1
  given_id TEXT NOT NULL,              -- as the input names the article
  title TEXT,
  text TEXT NOT NULL,
  sha256 BLOB NOT NULL,                -- of the text in UTF-8
  title_sha256 BLOB,
  published TEXT,                      -- YYYY-MM-DD or YYYY-MM
  published_from TEXT CHECK (published_from IN ('field', 'page', 'feed', 'address', 'given', 'http', 'text')),
  published_doubt TEXT CHECK (published_doubt IN ('future', 'early')),
  author TEXT,
  language TEXT,
  address TEXT,
  story_id INTEGER REFERENCES story,
  UNIQUE (document_id, number)
) STRICT;
CREATE INDEX version_story ON version (story_id);
CREATE INDEX version_given ON version (given_id);

-- An occasion on which a version was met.
CREATE TABLE capture (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES version,
  input_id INTEGER NOT NULL REFERENCES input,
  record INTEGER NOT NULL,             -- its number in the input, from 1
  address TEXT,                        -- where it stood, with tracking parameters and all
  taken TEXT,                          -- when the page was had, if that is known
  noted TEXT NOT NULL                  -- when the archive took it in
) STRICT;
CREATE INDEX capture_version ON capture (version_id);

-- What tells copies of a version.
CREATE TABLE fingerprint (
  version_id INTEGER PRIMARY KEY REFERENCES version,
  outlet_id INTEGER REFERENCES outlet,
  agency TEXT,                         -- the news agency that it is credited to
  sketch BLOB NOT NULL                 -- see `fingerprint.rs`
) STRICT;

-- Keys that near copies share.
CREATE TABLE band (
  key INTEGER NOT NULL,
  version_id INTEGER NOT NULL REFERENCES version,
  PRIMARY KEY (key, version_id)
) STRICT, WITHOUT ROWID;

-- The whole reading of a version: the JSON of the output contract, deflated.
CREATE TABLE reading (
  version_id INTEGER PRIMARY KEY REFERENCES version,
  engine_id INTEGER NOT NULL REFERENCES engine,
  made TEXT NOT NULL,
  json BLOB NOT NULL
) STRICT;

-- Somebody or something over all articles.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                  -- how it is first met; of a linked one, most often
  type TEXT NOT NULL,                  -- as what it was first met
  link TEXT,                           -- Wikidata
  country TEXT,
  sector TEXT,
  split_from INTEGER REFERENCES entity, -- from whom somebody told it apart
  -- These two follow from the decisions that are not undone.
  renamed TEXT,                        -- the name that somebody gave it instead
  merged_into INTEGER REFERENCES entity -- whom it is, as somebody decided
) STRICT;
CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entity_renamed ON entity (renamed) WHERE renamed IS NOT NULL;
CREATE INDEX entity_split ON entity (split_from) WHERE split_from IS NOT NULL;
CREATE INDEX entity_link ON entity (link) WHERE link IS NOT NULL;

-- The names by which it was met, each with the type as which it was.
CREATE TABLE entity_name (
  id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL REFERENCES entity,
  type TEXT NOT NULL,
  folded TEXT NOT NULL,
  name TEXT                            -- as it was first written, if that is not `folded`
) STRICT;
CREATE INDEX entity_name_folded ON entity_name (folded);
CREATE INDEX entity_name_entity ON entity_name (entity_id);

-- By which name of which entity of the archive an entity of a reading goes.
CREATE TABLE appearance (
  version_id INTEGER NOT NULL REFERENCES version,
  local TEXT NOT NULL,                 -- e1, he1 …
  name_id INTEGER NOT NULL REFERENCES entity_name,
  PRIMARY KEY (version_id, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_name ON appearance (name_id, version_id);

-- What people decided about entities. Nothing is deleted: an undoing is a decision too.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,            -- names it in every archive that takes it over
  made TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,                  -- JSON, by kind: merge, split, rename, undo
  undone_by INTEGER REFERENCES decision
) STRICT;

-- A statement of a current or earlier version; `id` as that of a version.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES version,
  local TEXT NOT NULL,                 -- s1, in a headline hs1
  within TEXT,                         -- the statement that it stands in
  form TEXT NOT NULL,
  act TEXT NOT NULL,
  speaker_id INTEGER REFERENCES entity,
  channel TEXT,
  platform TEXT,
  said_on TEXT,
  starts INTEGER NOT NULL,             -- of its content, in code points of text or title
  ends INTEGER NOT NULL,
  confidence REAL NOT NULL
) STRICT;
CREATE INDEX statement_version ON statement (version_id);
CREATE INDEX statement_speaker ON statement (speaker_id, id);

CREATE TABLE statement_side (
  statement_id INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('addressee', 'via')),
  place INTEGER NOT NULL,              -- in its list, from 0
  entity_id INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (statement_id, role, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_side_entity ON statement_side (entity_id, role, statement_id);

-- An event; `id` as that of a version.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES version,
  local TEXT NOT NULL,                 -- v1, in a headline hv1
  type TEXT NOT NULL,
  mode TEXT,
  status TEXT NOT NULL,
  statement TEXT,                      -- the statement that tells it
  claimed_by INTEGER REFERENCES entity,
  date_begin TEXT,
  date_end TEXT,
  score REAL NOT NULL,
  starts INTEGER NOT NULL,             -- of its trigger
  ends INTEGER NOT NULL,
  confidence REAL NOT NULL
) STRICT;
CREATE INDEX event_version ON event (version_id);
CREATE INDEX event_type ON event (type, id);

CREATE TABLE event_side (
  event_id INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'place')),
  place INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (event_id, role, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_side_entity ON event_side (entity_id, role, event_id);

-- The search indexes over current versions. `words` are terms of title and text, or of a
-- statement's content; `marks` are what can be filtered by. Rows have the ids of `version`
-- and `statement`. Contentless: what they hold follows from the texts.
CREATE VIRTUAL TABLE article_index USING fts5 (
  words, marks, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE statement_index USING fts5 (
  words, marks, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- The planner's tables, now: made later, their roots would push a page of the schema to the
-- end of the file, and a file that is cut off there could not be read at all.
ANALYZE;
