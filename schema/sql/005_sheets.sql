-- 005_sheets.sql: entry sheets that are being written on the site, and the
-- mails about them.
--
-- Written by `tsunagari serve`; nothing here is public, and no view of
-- 003_views.sql reads it: what is on a sheet reaches entries (submitted, not
-- published) when its link is used, and nothing before.

CREATE TABLE sheets (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,     -- of the receipt number
    side     TEXT NOT NULL CHECK (side IN ('need', 'offer')),
    state    TEXT NOT NULL CHECK (state IN ('draft', 'mailed', 'received',
                 'withdrawn')),
    entry_id INTEGER REFERENCES entries(id),        -- once received
    mails_n  INTEGER NOT NULL DEFAULT 0 CHECK (mails_n >= 0),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (state IN ('draft', 'mailed') OR entry_id IS NOT NULL)
) STRICT;
CREATE INDEX sheets_state ON sheets(state, updated_at);
CREATE INDEX sheets_entry ON sheets(entry_id);

CREATE TABLE sheet_links (          -- who has the token has the sheet
    token_hash TEXT PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES sheets(id) ON DELETE CASCADE,
    kind     TEXT NOT NULL CHECK (kind IN ('draft', 'mail')),
                                    -- draft: the browser that writes it;
                                    -- mail: who reads the given address
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_links_sheet ON sheet_links(sheet_id);

CREATE TABLE sheet_fields (         -- as typed, in the form's order
    sheet_id INTEGER NOT NULL REFERENCES sheets(id) ON DELETE CASCADE,
    seq      INTEGER NOT NULL,
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (sheet_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE mails (                -- until they are delivered
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,         -- emptied when delivered: it has links
    created_at TEXT NOT NULL,
    delivered_at TEXT
) STRICT;
CREATE INDEX mails_waiting ON mails(id) WHERE delivered_at IS NULL;
