-- A number that is paused for days gathers messages, and every look for the next
-- one to send would pass over all of them. They are marked, and the look goes
-- through an index without them.
ALTER TABLE deliveries ADD COLUMN parked boolean NOT NULL DEFAULT false;
CREATE INDEX deliveries_open ON deliveries (id) WHERE NOT parked;
CREATE INDEX deliveries_parked ON deliveries (tenant_id, channel_id) WHERE parked;

UPDATE deliveries d SET parked = true
FROM channel_directory c
WHERE c.tenant_id = d.tenant_id AND c.channel_id = d.channel_id AND c.paused;
