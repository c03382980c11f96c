-- Who writes, what was said, what was offered and what came of it.

-- Phone number, user id and name are sealed (AES-256-GCM under a key id).
CREATE TABLE contacts (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id uuid NOT NULL,
    phone bytea,
    user_id bytea,
    name bytea,
    opted_out_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (phone IS NOT NULL OR user_id IS NOT NULL)
);

-- Keyed hashes of phone number and user id: a contact is found by either.
CREATE TABLE contact_keys (
    tenant_id uuid NOT NULL,
    lookup bytea NOT NULL CHECK (octet_length(lookup) = 32),
    contact_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, lookup),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts ON DELETE CASCADE
);
CREATE INDEX contact_keys_by_contact ON contact_keys (tenant_id, contact_id);

-- `data` is the core's Conversation; the columns beside it are what lists sort and filter by.
CREATE TABLE conversations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    state text NOT NULL,
    data jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    last_message_at timestamptz NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels
);
-- A contact has one open conversation at most.
CREATE UNIQUE INDEX conversations_open ON conversations (tenant_id, contact_id) WHERE closed_at IS NULL;
CREATE INDEX conversations_recent ON conversations (tenant_id, last_message_at, id);
CREATE INDEX conversations_by_contact ON conversations (tenant_id, contact_id);

CREATE TABLE dead_letters (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    attempts integer NOT NULL,
    error text NOT NULL CHECK (char_length(error) <= 2000),
    at timestamptz NOT NULL,
    retried_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts
);

-- `body` is sealed: it holds the platform's JSON, phone number and all.
-- A message waits while `processed_at` is null.
CREATE TABLE inbound_messages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    provider_id text NOT NULL CHECK (char_length(provider_id) BETWEEN 1 AND 512),
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    conversation_id uuid,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 64),
    body bytea NOT NULL,
    sent_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    processed_at timestamptz,
    dead_letter_id uuid,
    request_id text CHECK (char_length(request_id) <= 200),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, provider_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels,
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, dead_letter_id) REFERENCES dead_letters
);
CREATE INDEX inbound_waiting ON inbound_messages (tenant_id, contact_id) WHERE processed_at IS NULL;
CREATE INDEX inbound_by_conversation ON inbound_messages (tenant_id, conversation_id, sent_at, id);
CREATE INDEX inbound_by_dead_letter ON inbound_messages (tenant_id, dead_letter_id)
    WHERE dead_letter_id IS NOT NULL;

-- How far a message has come. Reports only ever raise it, so that repeats and
-- wrong order do no harm; a failure is overtaken by the delivery of a later attempt.
CREATE FUNCTION message_rank(state text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE state
        WHEN 'queued' THEN 0
        WHEN 'sent' THEN 2
        WHEN 'failed' THEN 3
        WHEN 'delivered' THEN 4
        WHEN 'read' THEN 5
        ELSE 1
    END;

-- `body` is sealed: the words as lists show them, and the platform's body
-- without the address, which is opened at the moment of sending. `report_due` says that the conversation has yet to hear
-- what became of its quote.
CREATE TABLE outbound_messages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('quote', 'question', 'courtesy', 'person', 'template')),
    quote_revision integer CHECK (quote_revision > 0),
    body bytea NOT NULL,
    state text NOT NULL CHECK (state IN (
        'queued', 'attempting', 'uncertain', 'sent', 'delivered', 'read', 'failed', 'dropped', 'held'
    )),
    attempt integer NOT NULL DEFAULT 0,
    provider_id text CHECK (char_length(provider_id) <= 512),
    error text CHECK (char_length(error) <= 2000),
    written_by uuid,
    request_id text CHECK (char_length(request_id) <= 200),
    created_at timestamptz NOT NULL,
    state_at timestamptz NOT NULL,
    report_due boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels
);
CREATE INDEX outbound_by_conversation ON outbound_messages (tenant_id, conversation_id, created_at, id);
CREATE INDEX outbound_by_provider ON outbound_messages (tenant_id, provider_id)
    WHERE provider_id IS NOT NULL;
CREATE INDEX outbound_reports ON outbound_messages (tenant_id, conversation_id) WHERE report_due;
CREATE INDEX outbound_unsettled ON outbound_messages (tenant_id, state)
    WHERE state IN ('failed', 'held', 'uncertain');

-- Statuses whose message is not known yet by its provider's id.
CREATE TABLE orphan_statuses (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    provider_id text NOT NULL CHECK (char_length(provider_id) BETWEEN 1 AND 512),
    state text NOT NULL CHECK (state IN ('sent', 'delivered', 'read', 'failed')),
    error text CHECK (char_length(error) <= 2000),
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, provider_id, state)
);

-- `data` is the core's Quote with its trace, `order_data` the Order it was priced from.
CREATE TABLE quotes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    number integer NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    data jsonb NOT NULL,
    order_data jsonb NOT NULL,
    subtotal numeric NOT NULL,
    adjustment numeric NOT NULL,
    freight numeric,
    total numeric NOT NULL,
    cost numeric,
    margin_pct numeric,
    valid_until timestamptz NOT NULL,
    price_book_version bigint NOT NULL,
    edited_by uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number, revision),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations
);
CREATE INDEX quotes_recent ON quotes (tenant_id, created_at, id);
CREATE INDEX quotes_by_conversation ON quotes (tenant_id, conversation_id, revision);

CREATE TABLE quote_lines (
    tenant_id uuid NOT NULL,
    quote_id uuid NOT NULL,
    position integer NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    qty numeric NOT NULL,
    unit_price numeric NOT NULL,
    gross numeric NOT NULL,
    discount numeric NOT NULL,
    net numeric NOT NULL,
    cost numeric,
    PRIMARY KEY (tenant_id, quote_id, position),
    FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes ON DELETE CASCADE
);

CREATE TABLE approvals (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    quote_id uuid NOT NULL,
    reasons jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    reminded_at timestamptz,
    closed_at timestamptz,
    outcome text CHECK (outcome IN ('approved', 'edited', 'rejected', 'superseded')),
    closed_by uuid,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, quote_id),
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes
);
CREATE INDEX approvals_open ON approvals (tenant_id, opened_at, id) WHERE closed_at IS NULL;
CREATE INDEX approvals_by_conversation ON approvals (tenant_id, conversation_id);

-- One a conversation: accepting twice is accepting once.
CREATE TABLE sales_orders (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    quote_id uuid NOT NULL,
    total numeric NOT NULL,
    delivery jsonb,
    placed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, conversation_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes
);
CREATE INDEX sales_orders_recent ON sales_orders (tenant_id, placed_at, id);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY[
        'contacts', 'contact_keys', 'conversations', 'dead_letters', 'inbound_messages',
        'outbound_messages', 'orphan_statuses', 'quotes', 'quote_lines', 'approvals', 'sales_orders'
    ] LOOP
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
