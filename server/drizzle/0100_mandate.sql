-- Mandates (授权): a family member or an agent acts for somebody who agreed to it.
CREATE TABLE mandate (
  id char(26) NOT NULL,
  -- Who acts.
  person_id char(26) NOT NULL,
  kind varchar(8) NOT NULL,
  relation varchar(8) NOT NULL,
  scopes varchar(80) NOT NULL,
  -- The village that knows the principal.
  region char(12) NOT NULL,
  state varchar(8) NOT NULL,
  days smallint NOT NULL,
  -- Of the principal: null once it is over.
  name varchar(255) DEFAULT NULL,
  id_card varchar(255) DEFAULT NULL,
  id_index char(64) NOT NULL,
  -- Where the principal reads messages, as whoever asked says.
  phone varchar(255) DEFAULT NULL,
  asked_at datetime(3) NOT NULL,
  consent varchar(8) DEFAULT NULL,
  -- Where the signed paper lies.
  paper varchar(40) NOT NULL DEFAULT '',
  decided_by char(26) DEFAULT NULL,
  decided_at datetime(3) DEFAULT NULL,
  until_at datetime(3) DEFAULT NULL,
  ended_at datetime(3) DEFAULT NULL,
  ended_by char(26) DEFAULT NULL,
  note varchar(200) NOT NULL DEFAULT '',
  ask_key char(64) NOT NULL,
  ask_digest char(64) NOT NULL,
  -- One that waits or stands for these two.
  open_key char(64) DEFAULT NULL,
  code_id char(26) DEFAULT NULL,
  code_hash char(64) DEFAULT NULL,
  -- Phone and code, until they were sent.
  code_sealed varchar(255) DEFAULT NULL,
  code_until datetime(3) DEFAULT NULL,
  code_tries tinyint NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY mandate_ask (person_id, ask_key),
  UNIQUE KEY mandate_open (open_key),
  KEY mandate_principal (id_index),
  KEY mandate_queue (state, region, asked_at, id),
  KEY mandate_decided (decided_by),
  KEY mandate_ended (ended_by),
  KEY mandate_ended_at (ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE appointment
  -- By which it was booked for somebody else.
  ADD COLUMN mandate char(26) DEFAULT NULL AFTER holder;

ALTER TABLE appointment_wait
  ADD COLUMN mandate char(26) DEFAULT NULL AFTER holder;
