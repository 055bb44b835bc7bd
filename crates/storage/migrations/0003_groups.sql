-- Schema 3. Lines that were put into the cart together.

alter table order_line add column "group" text;    -- JSON; null: ordered by itself
