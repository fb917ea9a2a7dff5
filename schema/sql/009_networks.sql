-- 009_networks.sql: which organisations belong to other networks.
--
-- Written by `tsunagari import networks`; read by staff's pages and reports.

CREATE TABLE organisation_networks (
    organisation_id INTEGER NOT NULL REFERENCES organisations(id)
               ON DELETE CASCADE,
    network    TEXT NOT NULL CHECK (length(network) BETWEEN 1 AND 180),
    number     TEXT NOT NULL DEFAULT '',    -- as that network counts
    listed_on  TEXT NOT NULL CHECK (listed_on IS date(listed_on)),
    PRIMARY KEY (organisation_id, network)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_networks_network ON organisation_networks(network);
