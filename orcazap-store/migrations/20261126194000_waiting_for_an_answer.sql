-- A message that may not leave the window waits for the customer to write; in its
-- place went out the template that it names. When they do, it is queued again.
ALTER TABLE outbound_messages
    ADD COLUMN waits_for uuid,
    ADD CONSTRAINT outbound_waits_for
        FOREIGN KEY (tenant_id, waits_for) REFERENCES outbound_messages;
CREATE INDEX outbound_waiting ON outbound_messages (tenant_id, contact_id)
    WHERE waits_for IS NOT NULL AND state = 'held';
CREATE INDEX outbound_by_waiting ON outbound_messages (tenant_id, waits_for)
    WHERE waits_for IS NOT NULL;
