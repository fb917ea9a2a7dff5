-- 015_coverage.sql: a plan's coverage is counted once, when it is written.
--
-- Written by match and by what amends a plan; read by reports.

-- JSON: by place, sector, theme, kind (optimizer/plan/cover.h); null: a run
-- of before, which is counted when it is asked for.
ALTER TABLE runs ADD COLUMN coverage TEXT;
