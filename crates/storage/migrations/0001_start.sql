-- Schema 1. One text for SQLite and PostgreSQL: only TEXT and BIGINT columns.
-- Instants are milliseconds since 1970 (UTC), flags are 0 or 1, JSON is TEXT the database never looks into.
-- `shop` is on every table a shop owns, so that a second shop needs no migration.

create table shop (
  id          text not null primary key,
  name        text not null,
  prefix      text not null unique,           -- first part of an order number, so numbers of two shops never meet in one ERP
  next_number bigint not null,
  origins     text not null,                  -- JSON list of the web origins that may embed this shop
  created     bigint not null
);

-- The text of a template never changes: its key is the hash of its content.
create table template (
  revision text not null primary key,
  text     text not null,
  created  bigint not null
);

create table product (
  shop     text not null references shop (id),
  key      text not null,
  name     text not null,
  template text not null references template (revision),
  position bigint not null,
  options  text not null,
  created  bigint not null,
  updated  bigint not null,
  primary key (shop, key)
);

-- Every revision a product ever had: a cart priced with an older one is still understood.
create table product_revision (
  shop      text not null,
  product   text not null,
  revision  text not null references template (revision),
  since     bigint not null,                  -- first published
  published bigint not null,                  -- last published (a roll back publishes again)
  primary key (shop, product, revision),
  foreign key (shop, product) references product (shop, key)
);

create table orders (
  id        text not null primary key,
  shop      text not null references shop (id),
  number    text not null,
  token     text not null unique,             -- the customer's key to the status page
  idem      text not null,                    -- the client's idempotency key
  cart_hash text not null,
  customer  text not null,
  comment   text,
  locale    text not null,
  currency  text not null,
  total     text not null,
  status    text not null,
  placed_at bigint not null,
  status_at bigint not null,
  events    bigint not null,                  -- number of the last event, from 1 for placing it; raising it locks the order
  unique (shop, number),
  unique (shop, idem)
);
create index orders_recent on orders (shop, placed_at, id);

create table order_line (
  order_id text not null references orders (id),
  position bigint not null,
  product  text not null,
  template text not null references template (revision),
  answers  text not null,
  run      text not null,
  quote    text not null,
  total    text not null,
  primary key (order_id, position)
);

-- What happened since; the first event of every order is its own row above.
create table order_event (
  order_id text not null references orders (id),
  seq      bigint not null,
  at       bigint not null,
  kind     text not null,
  data     text not null,
  primary key (order_id, seq)
);

-- One forwarding of one order to one target. `next_at` is when the row next needs somebody:
-- the time of the next attempt, or the end of the lease while an attempt runs.
-- `target` has no foreign key on purpose: an order is never refused because a connection is missing.
create table delivery (
  id            text not null primary key,
  order_id      text not null references orders (id),
  target        text not null,
  kind          text not null,
  seq           bigint not null,
  idem_key      text not null unique,
  payload       text not null,
  payload_sha   text not null,
  state         text not null check (state in ('pending', 'leased', 'unknown', 'done', 'dead', 'cancelled')),
  needs_check   bigint not null,              -- 1: an earlier attempt may have had its effect, look before sending
  attempt       bigint not null,
  created       bigint not null,
  first_at      bigint,
  next_at       bigint not null,
  lease_owner   text,
  lease_token   bigint not null,              -- raised by every claim; a settle with an older one is fenced
  target_fault  bigint not null,              -- 1: the last attempt failed for a reason of the target, not of this order
  remote_id     text,
  remote_number text,
  error_class   text,
  error         text,
  ended         bigint,
  unique (order_id, target, seq)
);
create index delivery_due on delivery (target, next_at) where state in ('pending', 'unknown', 'leased');
create index delivery_dead on delivery (target, ended) where state = 'dead';

create table delivery_attempt (
  delivery_id text not null references delivery (id),
  lease_token bigint not null,
  attempt     bigint not null,
  owner       text not null,
  started     bigint not null,
  ended       bigint,                         -- null: the worker died or still runs
  outcome     text,
  class       text,
  http        bigint,
  ms          bigint,
  remote_id   text,
  excerpt     text,
  primary key (delivery_id, lease_token)
);

-- A configured connection: what it may do (set by the administrator) and how it is doing (kept by the outbox).
create table target (
  id             text not null primary key,
  rate_ms        bigint not null,             -- one request per so many milliseconds; 0: unlimited
  burst_ms       bigint not null,             -- how far ahead of that pace it may run
  max_inflight   bigint not null,
  tat            bigint not null,             -- GCRA: theoretical arrival time of the next request
  paused_at      bigint,
  pause_reason   text,
  breaker        text not null check (breaker in ('closed', 'open', 'recovering')),
  breaker_count  bigint not null,             -- closed: faults in a row; recovering: successes in a row
  breaker_opened bigint not null,             -- how often in a row it opened; sets how long it stays open
  breaker_until  bigint not null,
  failing_since  bigint,
  created        bigint not null,
  updated        bigint not null
);

-- Events received from targets, once each.
create table inbox (
  target    text not null,
  event_key text not null,
  received  bigint not null,
  body      text not null,
  state     text not null check (state in ('new', 'done', 'failed')),
  ended     bigint,
  note      text,
  primary key (target, event_key)
);
create index inbox_new on inbox (received) where state = 'new';

create table admin_user (
  id            text not null primary key,
  name          text not null unique,
  password_hash text not null,
  role          text not null,
  created       bigint not null,
  updated       bigint not null,
  disabled_at   bigint
);

-- Sessions and set-up tokens are kept as hashes: a stolen copy of the database opens nothing.
create table session (
  id_hash   text not null primary key,
  user_id   text not null references admin_user (id),
  created   bigint not null,
  last_seen bigint not null,
  idle_until bigint not null,
  abs_until bigint not null
);
create index session_owner on session (user_id);

create table setup_token (
  hash    text not null primary key,
  created bigint not null,
  expires bigint not null,
  used    bigint
);

-- Written by the readiness probe: the one way to know that writes still work.
create table probe (
  id bigint not null primary key,
  at bigint not null
);
