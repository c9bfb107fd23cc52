-- Appointments of our own schedules: windows of a service hall, visits at home.
CREATE TABLE appointment_offer (
  id char(26) NOT NULL,
  -- Who serves it; below it lies for whom it is.
  region char(12) NOT NULL,
  sort varchar(8) NOT NULL,
  name varchar(60) NOT NULL,
  -- Where: the hall and its window; of a visit who comes.
  house varchar(60) NOT NULL,
  address varchar(120) NOT NULL,
  phone varchar(20) NOT NULL,
  -- JSON: what to bring, line by line.
  bring text NOT NULL,
  -- JSON: the windows of the week.
  week text NOT NULL,
  release_days tinyint NOT NULL,
  release_at smallint NOT NULL,
  cancel_at smallint NOT NULL,
  sort_order int NOT NULL,
  state varchar(8) NOT NULL,
  version int NOT NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY appointment_offer_region (region, state, sort_order)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE appointment_closure (
  id char(26) NOT NULL,
  offer char(26) NOT NULL,
  day char(10) NOT NULL,
  from_at smallint NOT NULL,
  to_at smallint NOT NULL,
  why varchar(60) NOT NULL,
  by_person char(26) NOT NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY appointment_closure_day (offer, day),
  KEY appointment_closure_by (by_person)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE appointment_slot (
  id char(26) NOT NULL,
  offer char(26) NOT NULL,
  day char(10) NOT NULL,
  start_at datetime(3) NOT NULL,
  end_at datetime(3) NOT NULL,
  opens_at datetime(3) NOT NULL,
  capacity smallint NOT NULL,
  taken smallint NOT NULL,
  -- The last queue number that was given: a freed place does not give its number to somebody else.
  issued int NOT NULL,
  closed tinyint NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY appointment_slot_start (offer, start_at),
  KEY appointment_slot_day (offer, day),
  CONSTRAINT appointment_slot_room CHECK (taken >= 0 AND taken <= capacity)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whoever an appointment is for, by the blind index of the ID number: how many of theirs are still to come.
CREATE TABLE appointment_attendee (
  attendee char(64) NOT NULL,
  open smallint NOT NULL,
  PRIMARY KEY (attendee),
  CONSTRAINT appointment_attendee_open CHECK (open >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE appointment (
  id char(26) NOT NULL,
  offer char(26) NOT NULL,
  slot char(26) NOT NULL,
  region char(12) NOT NULL,
  attendee char(64) NOT NULL,
  -- The account of whoever it is for, where there is one; and who booked.
  person char(26) DEFAULT NULL,
  holder char(26) NOT NULL,
  state varchar(10) NOT NULL,
  number int NOT NULL,
  day char(10) NOT NULL,
  start_at datetime(3) NOT NULL,
  -- Of a visit: where to, as its holder wrote.
  place varchar(80) NOT NULL,
  note varchar(200) NOT NULL,
  idem_key char(64) NOT NULL,
  idem_digest char(64) NOT NULL,
  -- One a person, offer and day, for as long as the place is theirs.
  day_key char(64) DEFAULT NULL,
  created_at datetime(3) NOT NULL,
  ended_at datetime(3) DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY appointment_idem (holder, idem_key),
  UNIQUE KEY appointment_day (day_key),
  KEY appointment_mine (holder, start_at, id),
  KEY appointment_person (person, start_at, id),
  KEY appointment_slot_list (slot, number),
  KEY appointment_attendee_list (attendee, start_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What happened to an appointment, in order; never changed.
CREATE TABLE appointment_step (
  appointment char(26) NOT NULL,
  number int NOT NULL,
  move varchar(10) NOT NULL,
  actor char(26) DEFAULT NULL,
  text varchar(200) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (appointment, number),
  KEY appointment_step_actor (actor)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER appointment_step_no_update BEFORE UPDATE ON appointment_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of an appointment are never changed';

CREATE TRIGGER appointment_step_no_delete BEFORE DELETE ON appointment_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of an appointment are never deleted';
