-- What a store sells and how it prices: catalogue, price book, rules.
CREATE TABLE products (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    sku text NOT NULL CHECK (char_length(sku) BETWEEN 1 AND 64),
    position integer NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 300),
    category text NOT NULL CHECK (char_length(category) <= 120),
    unit text NOT NULL,
    price numeric NOT NULL CHECK (price >= 0),
    cost numeric CHECK (cost >= 0),
    cost_date date,
    weight_kg numeric NOT NULL CHECK (weight_kg >= 0),
    volume_m3 numeric NOT NULL CHECK (volume_m3 >= 0),
    pack_qty numeric CHECK (pack_qty > 0),
    pack_unit text,
    step numeric NOT NULL CHECK (step > 0),
    aliases text[] NOT NULL DEFAULT '{}' CHECK (cardinality(aliases) <= 100),
    stock numeric CHECK (stock >= 0),
    max_auto_qty numeric CHECK (max_auto_qty >= 0),
    substitutes text[] NOT NULL DEFAULT '{}' CHECK (cardinality(substitutes) <= 100),
    PRIMARY KEY (tenant_id, sku),
    CHECK ((pack_qty IS NULL) = (pack_unit IS NULL))
);
CREATE INDEX products_in_order ON products (tenant_id, position, sku);

CREATE TABLE tiers (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    position integer NOT NULL,
    scope text NOT NULL CHECK (scope IN ('item', 'category', 'store')),
    key text CHECK (char_length(key) <= 120),
    min_qty numeric NOT NULL,
    pct numeric NOT NULL,
    PRIMARY KEY (tenant_id, position),
    CHECK ((scope = 'store') = (key IS NULL))
);

CREATE TABLE payment_terms (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    position integer NOT NULL,
    method text NOT NULL,
    installments smallint CHECK (installments BETWEEN 1 AND 255),
    pct numeric NOT NULL,
    PRIMARY KEY (tenant_id, position)
);

CREATE TABLE freight_rules (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    position integer NOT NULL,
    bairro text CHECK (char_length(bairro) BETWEEN 1 AND 80),
    cep_from text CHECK (cep_from ~ '^[0-9]{8}$'),
    cep_to text CHECK (cep_to ~ '^[0-9]{8}$'),
    base numeric NOT NULL CHECK (base >= 0),
    per_kg numeric NOT NULL CHECK (per_kg >= 0),
    included_kg numeric NOT NULL CHECK (included_kg >= 0),
    truck_kg numeric CHECK (truck_kg > 0),
    truck_m3 numeric CHECK (truck_m3 > 0),
    free_above numeric,
    PRIMARY KEY (tenant_id, position),
    CHECK ((bairro IS NULL) <> (cep_from IS NULL)),
    CHECK ((cep_from IS NULL) = (cep_to IS NULL))
);

CREATE TABLE price_points (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    position integer NOT NULL,
    sku text NOT NULL CHECK (char_length(sku) BETWEEN 1 AND 64),
    qty numeric NOT NULL CHECK (qty > 0),
    price numeric NOT NULL CHECK (price >= 0),
    PRIMARY KEY (tenant_id, position)
);

-- `data` is the core's PriceList: whom it is for, from when to when, and its
-- prices by product, which are only ever read together.
CREATE TABLE price_lists (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    position integer NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (tenant_id, position)
);

CREATE TABLE approval_rules (
    tenant_id uuid PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    data jsonb NOT NULL DEFAULT '{}'
);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY[
        'products', 'tiers', 'payment_terms', 'freight_rules', 'price_points', 'price_lists',
        'approval_rules'
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
