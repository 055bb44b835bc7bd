-- Schema 2. How an order is handed over, when the buyer would like to have it, and their consent.

alter table orders add column shipping text;       -- JSON; null: nothing was said about it
alter table orders add column issue_date text;     -- a day such as 2026-12-01
alter table orders add column consent_at bigint;   -- when the buyer agreed that personal data are processed
