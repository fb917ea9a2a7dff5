-- 004_accounts.sql: who may log in, and who is.
--
-- Written by `tsunagari account` and `tsunagari serve`.  No column of this
-- file is public.  Tokens are kept as hashes, passwords as Argon2id.

CREATE TABLE accounts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,     -- named by audit
    login    TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 2 AND 40),
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    role     TEXT NOT NULL CHECK (role IN ('member', 'viewer', 'screener',
                 'tuner', 'admin')),
    organisation_id INTEGER REFERENCES organisations(id),
    password TEXT NOT NULL,
    locked   INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (role <> 'member' OR organisation_id IS NOT NULL)
) STRICT;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions(account_id);

CREATE TABLE login_failures (       -- wrong passwords of an account
    id       INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX login_failures_account ON login_failures(account_id, at);
