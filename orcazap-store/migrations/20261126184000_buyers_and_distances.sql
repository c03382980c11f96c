-- At whose prices a contact buys: the keys of the price lists for a group and for one
-- customer. A list may go and come back, so nothing points at it.
ALTER TABLE contacts
    ADD COLUMN customer_group text CHECK (char_length(customer_group) BETWEEN 1 AND 120),
    ADD COLUMN customer_key text CHECK (char_length(customer_key) BETWEEN 1 AND 120);

-- Freight by distance as the crow flies: a rule's outer edge, and where the trucks start.
ALTER TABLE freight_rules
    ADD COLUMN up_to_km numeric CHECK (up_to_km > 0),
    DROP CONSTRAINT freight_rules_check,
    ADD CONSTRAINT freight_rules_one_area CHECK (num_nonnulls(bairro, cep_from, up_to_km) = 1);

ALTER TABLE settings
    ADD COLUMN origin_lat numeric CHECK (origin_lat BETWEEN -90 AND 90),
    ADD COLUMN origin_lon numeric CHECK (origin_lon BETWEEN -180 AND 180),
    ADD CONSTRAINT settings_origin_is_whole CHECK ((origin_lat IS NULL) = (origin_lon IS NULL));
