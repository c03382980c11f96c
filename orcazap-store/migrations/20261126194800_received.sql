-- What a platform brings besides customers' messages: the store's own words from
-- its phone, messages that another assistant had, the chats of before, files, news
-- of the account, and changes of who somebody is.

-- Whose words they are, and whether they ask for an answer: a customer's, a
-- customer's that another assistant has (`standby`), the store's from its phone
-- (`phone`), and of the chats before the number was connected a customer's
-- (`past`) or the store's (`past_phone`).
ALTER TABLE inbound_messages
    ADD COLUMN source text NOT NULL DEFAULT 'customer'
    CHECK (source IN ('customer', 'standby', 'phone', 'past', 'past_phone'));
-- Those that belong to no conversation yet.
CREATE INDEX inbound_past ON inbound_messages (tenant_id, contact_id)
    WHERE conversation_id IS NULL AND source IN ('past', 'past_phone');

-- Ids that a contact had, or has beside its own, sealed: they still find it.
ALTER TABLE contacts ADD COLUMN aliases bytea;

-- What webhooks tell of a number, learnt from them: news of an account name no
-- number, and some software leaves the number's id out.
ALTER TABLE channel_directory
    ADD COLUMN IF NOT EXISTS account_id text,
    ADD COLUMN display_number text;
CREATE INDEX IF NOT EXISTS channel_directory_by_account ON channel_directory (account_id);
CREATE INDEX channel_directory_by_display ON channel_directory (display_number);

-- The app secrets and the word of the handshake of a number with an app of its
-- own; sealed.
ALTER TABLE channels
    ADD COLUMN app_secrets bytea,
    ADD COLUMN verify_token bytea;

-- News for the store's people. `body` is sealed; `fingerprint` is a digest of what
-- is told, so that a repeated webhook tells nothing twice.
CREATE TABLE notices (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id uuid NOT NULL,
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    channel_id uuid,
    contact_id uuid,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 64),
    severity text NOT NULL CHECK (severity IN ('info', 'attention', 'critical')),
    body bytea NOT NULL,
    at timestamptz NOT NULL,
    seen_at timestamptz,
    seen_by uuid,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, fingerprint),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels,
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts
);
CREATE INDEX notices_unseen ON notices (tenant_id, id) WHERE seen_at IS NULL;
CREATE INDEX notices_by_contact ON notices (tenant_id, contact_id) WHERE contact_id IS NOT NULL;

-- Files that came in. `file_name` is the sender's and sealed, as is `content_key`,
-- the key of this one file: without it its bytes are nothing. They lie sealed in
-- `media_parts`, or in an object store under the store's and the file's id.
CREATE TABLE media (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    reference text NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 2048),
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 64),
    claimed_type text CHECK (char_length(claimed_type) <= 128),
    claimed_sha256 text CHECK (char_length(claimed_sha256) <= 128),
    file_name bytea,
    content_key bytea,
    state text NOT NULL CHECK (state IN ('waiting', 'kept', 'lost')),
    attempts integer NOT NULL DEFAULT 0,
    content_type text CHECK (char_length(content_type) <= 128),
    size bigint CHECK (size >= 0),
    error text CHECK (char_length(error) <= 64),
    created_at timestamptz NOT NULL,
    kept_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'kept') = (content_type IS NOT NULL AND size IS NOT NULL AND kept_at IS NOT NULL)),
    FOREIGN KEY (tenant_id, message_id) REFERENCES inbound_messages ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels
);
CREATE INDEX media_by_message ON media (tenant_id, message_id);

CREATE TABLE media_parts (
    tenant_id uuid NOT NULL,
    media_id uuid NOT NULL,
    part integer NOT NULL CHECK (part >= 0),
    bytes bytea NOT NULL,
    PRIMARY KEY (tenant_id, media_id, part),
    FOREIGN KEY (tenant_id, media_id) REFERENCES media ON DELETE CASCADE
);
-- Sealed bytes do not shrink.
ALTER TABLE media_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['notices', 'media', 'media_parts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format(
            'CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
            t
        );
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO orcazap_app', t);
    END LOOP;
END
$$;

-- Files that are to be fetched, read across stores: ids and times only. While one
-- is being fetched `due_at` is the end of its lease.
CREATE TABLE media_fetches (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    media_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    UNIQUE (tenant_id, media_id),
    FOREIGN KEY (tenant_id, media_id) REFERENCES media ON DELETE CASCADE
);
CREATE INDEX media_fetches_due ON media_fetches (due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON media_fetches TO orcazap_app;
