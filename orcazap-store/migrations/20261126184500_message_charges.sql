-- What the platform charges for, one row an attempt that it took: estimated when
-- it is sent, then as its reports say. Months and conversations are added up from
-- these rows, so that a repeated or late report changes nothing twice.
--
-- `source` is who said the category: 0 our estimate, 1 the report that it was
-- sent, 2 the report that it arrived; a higher one stands. Charged is what
-- arrived: `month` is that of `delivered_at` in Brasília, which keeps no summer
-- time. `outside` says that the window was closed: those count for the daily limit.
CREATE TABLE message_charges (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    attempt integer NOT NULL,
    conversation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    category text NOT NULL CHECK (char_length(category) BETWEEN 1 AND 64),
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 64),
    source smallint NOT NULL,
    outside boolean NOT NULL DEFAULT false,
    sent_at timestamptz NOT NULL,
    delivered_at timestamptz,
    month date GENERATED ALWAYS AS (
        date_trunc('month', delivered_at AT TIME ZONE INTERVAL '-03:00')::date
    ) STORED,
    PRIMARY KEY (tenant_id, message_id, attempt),
    FOREIGN KEY (tenant_id, message_id) REFERENCES outbound_messages ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels
);
CREATE INDEX message_charges_by_month
    ON message_charges (tenant_id, month, channel_id, delivered_at, message_id, attempt)
    WHERE month IS NOT NULL;
-- The free messages of a month are its first.
CREATE INDEX message_charges_in_allowance
    ON message_charges (tenant_id, channel_id, month, delivered_at, message_id, attempt)
    WHERE month IS NOT NULL AND category = 'service' AND kind = 'regular';
CREATE INDEX message_charges_by_conversation ON message_charges (tenant_id, conversation_id);
CREATE INDEX message_charges_by_contact ON message_charges (tenant_id, contact_id);
CREATE INDEX message_charges_outside ON message_charges (tenant_id, sent_at) WHERE outside;

ALTER TABLE message_charges ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_charges FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON message_charges
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON message_charges TO orcazap_app;

-- The customer's last word opens the window of 24 hours.
CREATE INDEX inbound_by_contact ON inbound_messages (tenant_id, contact_id, channel_id, sent_at);

-- What the platform allows a number: 20 messages a second instead of 80 while the
-- phone's app is used beside it, and so many people a day outside the window
-- (null: not known, which is taken for the lowest tier).
ALTER TABLE channels
    ADD COLUMN coexistence boolean NOT NULL DEFAULT false,
    ADD COLUMN daily_limit integer CHECK (daily_limit >= 0);
