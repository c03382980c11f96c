-- How long a store's bursts settle is asked for when turns are looked for across
-- stores, before a tenant is set: beside the name, and kept in step with the policy
-- by every change of the settings.
ALTER TABLE tenants
    ADD COLUMN settle_seconds integer NOT NULL DEFAULT 4 CHECK (settle_seconds BETWEEN 0 AND 60);

-- Forced, the policy would hide every row from the owner who migrates.
ALTER TABLE settings NO FORCE ROW LEVEL SECURITY;
UPDATE tenants t
SET settle_seconds = least((s.policy ->> 'settle_seconds')::bigint, 60)
FROM settings s
WHERE s.tenant_id = t.id AND s.policy ? 'settle_seconds';
ALTER TABLE settings FORCE ROW LEVEL SECURITY;

-- Whether attendants see what goods cost and what the store earns on them.
ALTER TABLE settings ADD COLUMN attendants_see_costs boolean NOT NULL DEFAULT true;
