-- How a store's assistant speaks: language, tone, emoji, the name it goes by, and
-- texts in the store's own words, a row each with who wrote it. They take the
-- place of `settings.texts`, which nothing ever wrote: one object could not be
-- changed by two people at once.
ALTER TABLE settings DROP COLUMN texts;
ALTER TABLE settings
    ADD COLUMN language text NOT NULL DEFAULT 'pt-BR' CHECK (language IN ('pt-BR', 'en', 'es', 'sw')),
    ADD COLUMN tone text NOT NULL DEFAULT 'informal' CHECK (tone IN ('informal', 'formal')),
    ADD COLUMN emoji boolean NOT NULL DEFAULT true,
    ADD COLUMN spoken_name text CHECK (char_length(spoken_name) BETWEEN 1 AND 120);

CREATE TABLE texts (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    language text NOT NULL CHECK (language IN ('pt-BR', 'en', 'es', 'sw')),
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 64),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 1500),
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL,
    PRIMARY KEY (tenant_id, language, key),
    FOREIGN KEY (tenant_id, changed_by) REFERENCES users
);

ALTER TABLE texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE texts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON texts
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON texts TO orcazap_app;
