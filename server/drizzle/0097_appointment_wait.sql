-- Who waits for a freed place of one offer on one day, in the order in which they came.
CREATE TABLE appointment_wait (
  id char(26) NOT NULL,
  offer char(26) NOT NULL,
  day char(10) NOT NULL,
  attendee char(64) NOT NULL,
  person char(26) DEFAULT NULL,
  holder char(26) NOT NULL,
  place varchar(80) NOT NULL,
  note varchar(200) NOT NULL,
  state varchar(8) NOT NULL,
  -- What it became.
  appointment char(26) DEFAULT NULL,
  idem_key char(64) NOT NULL,
  idem_digest char(64) NOT NULL,
  -- One a person, offer and day, while they wait.
  open_key char(64) DEFAULT NULL,
  created_at datetime(3) NOT NULL,
  ended_at datetime(3) DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY appointment_wait_open (open_key),
  UNIQUE KEY appointment_wait_idem (holder, idem_key),
  KEY appointment_wait_line (offer, day, state, id),
  KEY appointment_wait_holder (holder, state, day),
  KEY appointment_wait_person (person)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Until then it may be given back without a trace, whatever the hour: whoever was promoted, or pressed by mistake.
ALTER TABLE appointment ADD COLUMN free_until datetime(3) DEFAULT NULL AFTER ended_at;
