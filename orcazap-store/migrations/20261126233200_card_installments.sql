-- Only a card is paid in instalments: a price book with such a term for any other
-- method is refused, so that none may be kept.
ALTER TABLE payment_terms NO FORCE ROW LEVEL SECURITY;
DELETE FROM payment_terms WHERE installments IS NOT NULL AND method <> 'credit_card';
ALTER TABLE payment_terms ADD CONSTRAINT payment_terms_card_installments
    CHECK (installments IS NULL OR method = 'credit_card');
ALTER TABLE payment_terms FORCE ROW LEVEL SECURITY;
