-- 016_potentials.sql: what proves a plan's bound beside its shadow prices.
--
-- Written by match with the plan; read by certify.  Row prices that belong
-- to them stand in shadow_prices, kinds agreed:demand, agreed:budget,
-- agreed:partners, agreed:floor, agreed:programme.

CREATE TABLE potentials (           -- what an offer pays a need
    run_id   INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    line_key TEXT NOT NULL,
    offer_key TEXT NOT NULL,
    prices   TEXT NOT NULL,         -- of 1, 2, ... units, 1e-6 milli-points
    PRIMARY KEY (run_id, line_key, offer_key)
) STRICT, WITHOUT ROWID;
