-- A manager stands between the owner and the attendants: what a role may give away
-- alone is in the store's policy.
ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('owner', 'manager', 'attendant'));
