-- Tenants, the people who work for them, their WhatsApp numbers, and the role
-- the application works as.
--
-- The role owns nothing, so that forced row-level security binds it. It cannot
-- log in: whoever the server connects as is made a member of it and takes it on
-- at the start of each transaction (SET LOCAL), which holds behind a
-- transaction-pooling proxy too.
DO $$
BEGIN
    CREATE ROLE orcazap_app NOLOGIN NOINHERIT;
EXCEPTION
    -- Roles belong to the cluster: another database of it has made this one, perhaps just now.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

GRANT orcazap_app TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO orcazap_app;

-- Readiness compares the schema's version with the program's. The table is made
-- by whatever runs the migrations, before the first of them.
DO $$
BEGIN
    IF to_regclass('_sqlx_migrations') IS NOT NULL THEN
        GRANT SELECT ON _sqlx_migrations TO orcazap_app;
    END IF;
END
$$;

-- Who our customers are. Read before a tenant is known (host name, sign-up), so
-- it has no policy; it holds nothing but what the host name shows anyway.
CREATE TABLE tenants (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    created_at timestamptz NOT NULL
);

-- `shop_version` rises with every change of catalogue, price book, rules or
-- settings: a cached shop with the same number is still right.
CREATE TABLE settings (
    tenant_id uuid PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    shop_version bigint NOT NULL DEFAULT 1,
    time_zone text NOT NULL DEFAULT 'America/Sao_Paulo' CHECK (char_length(time_zone) BETWEEN 1 AND 64),
    policy jsonb NOT NULL DEFAULT '{}',
    texts jsonb NOT NULL DEFAULT '{}',
    quote_validity_hours integer NOT NULL DEFAULT 48 CHECK (quote_validity_hours BETWEEN 1 AND 8784),
    open_days jsonb NOT NULL DEFAULT '{}'
);

-- Apart from settings, because every new conversation locks it for its turn.
CREATE TABLE counters (
    tenant_id uuid PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    next_number integer NOT NULL DEFAULT 1001
);

CREATE TABLE users (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id uuid NOT NULL,
    email text NOT NULL CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    role text NOT NULL CHECK (role IN ('owner', 'attendant')),
    password_hash text NOT NULL,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email)
);

CREATE TABLE sessions (
    tenant_id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id);

CREATE TABLE channels (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id uuid NOT NULL,
    phone_number_id text NOT NULL CHECK (char_length(phone_number_id) BETWEEN 1 AND 64),
    display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 120),
    access_token bytea,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused')),
    paused_reason text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Routing, not content: which store a webhook belongs to, before a tenant can
-- be set, and whether its deliveries may go out. Ids only, no policy.
CREATE TABLE channel_directory (
    phone_number_id text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    UNIQUE (tenant_id, channel_id),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels ON DELETE CASCADE
);

-- Every act of a person, and what the system did that a person may ask about.
CREATE TABLE audit (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL CHECK (actor IN ('person', 'customer', 'timer', 'system')),
    person_id uuid,
    action text NOT NULL CHECK (char_length(action) BETWEEN 1 AND 64),
    conversation_id uuid,
    detail jsonb NOT NULL DEFAULT '{}',
    request_id text,
    PRIMARY KEY (tenant_id, id),
    CHECK ((actor = 'person') = (person_id IS NOT NULL))
);
CREATE INDEX audit_by_conversation ON audit (tenant_id, conversation_id, id);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['settings', 'counters', 'users', 'sessions', 'channels', 'audit'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format(
            'CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
            t
        );
    END LOOP;
END
$$;

-- Removing a store takes all it has along, whatever the policies say: not from here.
GRANT SELECT, INSERT, UPDATE ON tenants TO orcazap_app;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON settings, counters, users, sessions, channels, channel_directory
    TO orcazap_app;
-- What was done stays done.
GRANT SELECT, INSERT ON audit TO orcazap_app;
