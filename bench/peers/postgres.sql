-- The bench's data in PostgreSQL as a team that knows row level security would lay it out: what is shown in `chart`, what only the policies read in
-- `privacy`; the same rules as bench/sql.js. postgres-fill.js runs this, then copies the rows, then runs what stands after the line of dashes.
DROP SCHEMA IF EXISTS chart, privacy CASCADE;
CREATE SCHEMA chart;
CREATE SCHEMA privacy;

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'phi_app') THEN
    CREATE ROLE phi_nurse NOLOGIN;
    CREATE ROLE phi_plan NOLOGIN;
    CREATE ROLE phi_app LOGIN PASSWORD 'phi' IN ROLE phi_nurse, phi_plan;
  END IF;
END $$;
GRANT USAGE ON SCHEMA chart, privacy TO phi_nurse, phi_plan;

-- ${CLASSES} is src/vocabulary/sensitivity.ts in the order of the bits.
CREATE FUNCTION privacy.classes_of(mask integer) RETURNS text[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT ARRAY(SELECT name FROM unnest('${CLASSES}'::text[]) WITH ORDINALITY AS class(name, place) WHERE mask & (1 << (place - 1)::int) <> 0 ORDER BY place) $$;

CREATE TABLE chart.member (id text NOT NULL, member_number text, name_given text[], name_family text, name_text text, birth_date text, gender text);
CREATE TABLE chart.medication (
  member_id text NOT NULL, id text NOT NULL, code_system text, code text, code_display text, status text, dosage text, started_at text,
  encounter_id text, recorded_at timestamptz, record_date timestamptz, labels integer NOT NULL, labelled boolean NOT NULL, governed_by text NOT NULL, classes text[] GENERATED ALWAYS AS (privacy.classes_of(labels)) STORED);
CREATE TABLE chart.condition (
  member_id text NOT NULL, id text NOT NULL, code_system text, code text, code_display text, status text, onset_at text,
  encounter_id text, recorded_at timestamptz, record_date timestamptz, labels integer NOT NULL, labelled boolean NOT NULL, governed_by text NOT NULL, classes text[] GENERATED ALWAYS AS (privacy.classes_of(labels)) STORED);
CREATE TABLE chart.care_gap (
  member_id text NOT NULL, id text NOT NULL, measure text, status text, due_at text,
  encounter_id text, recorded_at timestamptz, record_date timestamptz, labels integer NOT NULL, labelled boolean NOT NULL, governed_by text NOT NULL);
CREATE TABLE privacy.care_team (member_id text NOT NULL, practitioner_id text NOT NULL, start_at timestamptz, end_at timestamptz);
CREATE TABLE privacy.coverage (member_id text NOT NULL, plan_id text NOT NULL, start_at timestamptz, end_at timestamptz);
CREATE TABLE privacy.authorization_scope (member_id text NOT NULL, recipient text NOT NULL, purpose text NOT NULL, class_mask integer NOT NULL, start_at timestamptz NOT NULL, end_at timestamptz);
CREATE TABLE privacy.restriction_scope (member_id text NOT NULL, type text NOT NULL, recipient text NOT NULL, purpose text NOT NULL, class_mask integer NOT NULL, encounter_id text, record_id text, recorded_before timestamptz, start_at timestamptz NOT NULL, end_at timestamptz);

-- ----------------------------------------------------------------------------------------------------------------------------------------------
-- Rows came in the order of these keys, so the heap lies as MariaDB's clustered tables do; what policies ask is answered by an index alone.
ALTER TABLE chart.member ADD PRIMARY KEY (id);
ALTER TABLE chart.medication ADD PRIMARY KEY (member_id, id), ADD CONSTRAINT medication_member FOREIGN KEY (member_id) REFERENCES chart.member;
ALTER TABLE chart.condition ADD PRIMARY KEY (member_id, id), ADD CONSTRAINT condition_member FOREIGN KEY (member_id) REFERENCES chart.member;
ALTER TABLE chart.care_gap ADD PRIMARY KEY (member_id, id), ADD CONSTRAINT care_gap_member FOREIGN KEY (member_id) REFERENCES chart.member;
CREATE INDEX ON privacy.care_team (practitioner_id, member_id) INCLUDE (start_at, end_at);
CREATE INDEX ON privacy.coverage (member_id, plan_id) INCLUDE (start_at, end_at);
CREATE INDEX ON privacy.authorization_scope (member_id) INCLUDE (recipient, purpose, class_mask, start_at, end_at);
CREATE INDEX ON privacy.restriction_scope (member_id, type) INCLUDE (recipient, purpose, class_mask, encounter_id, record_id, recorded_before, start_at, end_at);

-- Who reaches whom. A nurse's panel is small: its ids are read first, and the page is found by them. A plan covers nearly everybody: each member
-- is looked up as the page goes along (OFFSET 0 keeps the planner from hashing the whole of coverage for a page).
ALTER TABLE chart.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY panel ON chart.member FOR SELECT TO phi_nurse USING (id = ANY (ARRAY(
  SELECT t.member_id FROM privacy.care_team t WHERE t.practitioner_id = (SELECT current_setting('phi.practitioner_id')) AND t.start_at <= now() AND (t.end_at IS NULL OR t.end_at > now()))));
CREATE POLICY covered ON chart.member FOR SELECT TO phi_plan USING (EXISTS (
  SELECT FROM privacy.coverage c WHERE c.member_id = member.id AND c.plan_id = (SELECT current_setting('phi.plan_id')) AND c.start_at <= now() AND (c.end_at IS NULL OR c.end_at > now()) OFFSET 0));

DO $$
DECLARE
  shown record;
  recipients text := $q$ANY ((SELECT current_setting('phi.recipients')::text[])::text[])$q$;
  purposes text := $q$ANY ((SELECT current_setting('phi.purposes')::text[])::text[])$q$;
  authorized text := format('SELECT %%s FROM privacy.authorization_scope a WHERE a.member_id = %%s.member_id AND a.recipient = %s AND a.purpose = %s AND a.start_at <= now() AND (a.end_at IS NULL OR a.end_at > now())', recipients, purposes);
  unrestricted text := format('NOT EXISTS (SELECT FROM privacy.restriction_scope x WHERE x.member_id = %%1$s.member_id AND x.type = %%2$L AND (x.recipient = ''*'' OR x.recipient = %s) AND (x.purpose = ''*'' OR x.purpose = %s) AND x.start_at <= now() AND (x.end_at IS NULL OR x.end_at > now()) AND %%3$s)', recipients, purposes);
  -- What a restriction narrows to, where it does: classes, an encounter, a record, what was recorded before it ended for later records.
  narrowed text := '(x.class_mask = 0 OR x.class_mask & %1$s.labels <> 0) AND (x.encounter_id IS NULL OR x.encounter_id = %1$s.encounter_id) AND (x.record_id IS NULL OR x.record_id = %1$s.id) AND (x.recorded_before IS NULL OR %1$s.recorded_at IS NULL OR %1$s.recorded_at < x.recorded_before)';
BEGIN
  FOR shown IN SELECT * FROM (VALUES ('medication', 'Medication'), ('condition', 'Condition'), ('care_gap', 'CareGap')) AS each(name, type) LOOP
    EXECUTE format('ALTER TABLE chart.%I ENABLE ROW LEVEL SECURITY', shown.name);
    -- What a nurse sees: Part 2 by authorization, no other author's psychotherapy note, no agreed restriction for nurses.
    EXECUTE format('CREATE POLICY nurse ON chart.%1$I FOR SELECT TO phi_nurse USING (labelled AND governed_by = ''NOTICE'' AND labels & 256 = 0 AND (labels & 2 = 0 OR EXISTS (%2$s AND a.class_mask & 2 <> 0)) AND %3$s)',
      shown.name, format(authorized, '1', shown.name), format(unrestricted, shown.name, shown.type, format(narrowed, shown.name)));
    -- What a plan sees: dated inside its coverage, every special class by authorization, no restriction for plans.
    EXECUTE format('CREATE POLICY plan ON chart.%1$I FOR SELECT TO phi_plan USING (labelled AND governed_by = ''NOTICE'' AND EXISTS (SELECT FROM privacy.coverage c WHERE c.member_id = %1$I.member_id AND c.plan_id = (SELECT current_setting(''phi.plan_id'')) AND c.start_at <= %1$I.record_date AND (c.end_at IS NULL OR %1$I.record_date < c.end_at)) AND (labels = 0 OR labels & ~COALESCE((%2$s), 0) = 0) AND %3$s)',
      shown.name, format(authorized, 'bit_or(a.class_mask)', shown.name), format(unrestricted, shown.name, shown.type, format(narrowed, shown.name)));
  END LOOP;
END $$;

-- Columns: what is shown; the bits, flags and dates that only the policies read are granted to nobody.
GRANT SELECT (id, member_number, name_given, name_family, name_text, birth_date, gender) ON chart.member TO phi_nurse, phi_plan;
GRANT SELECT (member_id, id, code_system, code, code_display, status, dosage, started_at, classes) ON chart.medication TO phi_nurse, phi_plan;
GRANT SELECT (member_id, id, code_system, code, code_display, status, onset_at, classes) ON chart.condition TO phi_nurse, phi_plan;
GRANT SELECT (member_id, id, measure, status, due_at) ON chart.care_gap TO phi_nurse, phi_plan;
GRANT SELECT ON ALL TABLES IN SCHEMA privacy TO phi_nurse, phi_plan;

-- PostGraphile's names; records are reached by their member alone, as in every other contender.
COMMENT ON TABLE chart.medication IS E'@behavior -query:resource:list -query:resource:connection -query:resource:single';
COMMENT ON TABLE chart.condition IS E'@behavior -query:resource:list -query:resource:connection -query:resource:single';
COMMENT ON TABLE chart.care_gap IS E'@behavior -query:resource:list -query:resource:connection -query:resource:single';
COMMENT ON CONSTRAINT medication_member ON chart.medication IS '@foreignFieldName medications';
COMMENT ON CONSTRAINT condition_member ON chart.condition IS '@foreignFieldName conditions';
COMMENT ON CONSTRAINT care_gap_member ON chart.care_gap IS '@foreignFieldName careGaps';
COMMENT ON COLUMN chart.medication.classes IS '@name labels';
COMMENT ON COLUMN chart.condition.classes IS '@name labels';
