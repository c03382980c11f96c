-- The account of a number, by which news of templates finds its store, and the
-- templates of each account as the platform last told of them.
ALTER TABLE channel_directory ADD COLUMN IF NOT EXISTS account_id text;
CREATE INDEX IF NOT EXISTS channel_directory_by_account ON channel_directory (account_id);

-- Nothing in a template is secret: the platform's reviewers read all of it.
CREATE TABLE templates (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    account_id text NOT NULL CHECK (char_length(account_id) BETWEEN 1 AND 128),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 512),
    language text NOT NULL CHECK (char_length(language) BETWEEN 1 AND 16),
    platform_id text CHECK (char_length(platform_id) <= 128),
    category text NOT NULL CHECK (char_length(category) <= 64),
    status text NOT NULL CHECK (char_length(status) BETWEEN 1 AND 64),
    quality text CHECK (char_length(quality) <= 64),
    reason text CHECK (char_length(reason) <= 500),
    components jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id, name, language)
);
ALTER TABLE templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE templates FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON templates
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON templates TO orcazap_app;
