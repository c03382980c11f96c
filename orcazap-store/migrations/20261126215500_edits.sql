-- What a person changed in a quote, beside who did: the list that the quote's page
-- shows. Null where nobody did, and in quotes kept before it was.
ALTER TABLE quotes ADD COLUMN edit_data jsonb;
