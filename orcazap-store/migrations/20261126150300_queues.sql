-- What is to be done next. These tables are read across stores, so they have no
-- policy, and for that reason they hold ids and times and nothing else.

-- One row a new message (or report); inserted and deleted, never updated, and
-- claimed above a low-water mark.
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    at timestamptz NOT NULL
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX jobs_by_contact ON jobs (tenant_id, contact_id);

-- Contacts whose turn failed, and when it is tried again.
CREATE TABLE retries (
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, contact_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts ON DELETE CASCADE
);
CREATE INDEX retries_due ON retries (due_at);

CREATE TABLE timers (
    tenant_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    code text NOT NULL,
    contact_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, code),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations ON DELETE CASCADE
);
CREATE INDEX timers_due ON timers (due_at);
CREATE INDEX timers_by_contact ON timers (tenant_id, contact_id);

-- One row an outgoing message that is not settled. The oldest of a contact is
-- the only one that may go out; while it is on its way `due_at` is the end of
-- its lease. No index on `due_at`, so that moving it stays in the page.
CREATE TABLE deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    message_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    UNIQUE (tenant_id, message_id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES outbound_messages ON DELETE CASCADE
) WITH (
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX deliveries_by_contact ON deliveries (tenant_id, contact_id, id);

-- Webhook updates for a number that no store has, sealed, the latest few kept
-- so that an operator can see what a wrong configuration loses.
CREATE TABLE unrouted_events (
    id uuid PRIMARY KEY,
    phone_number_id text NOT NULL CHECK (char_length(phone_number_id) <= 64),
    body bytea NOT NULL,
    received_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON jobs, retries, timers, deliveries, unrouted_events
    TO orcazap_app;
