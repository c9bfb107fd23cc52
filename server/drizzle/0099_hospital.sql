-- Appointments at a hospital (挂号): the hospital sells the places, these rows say what it last told.
ALTER TABLE appointment_offer
  -- The department's name in the hospital's system; null where the schedule is our own.
  ADD COLUMN source varchar(80) DEFAULT NULL AFTER sort,
  -- 医疗机构诊疗科目名录; empty where the hospital tells none.
  ADD COLUMN code varchar(8) NOT NULL DEFAULT '' AFTER source,
  MODIFY COLUMN name varchar(120) NOT NULL,
  MODIFY COLUMN house varchar(255) NOT NULL,
  ADD UNIQUE KEY appointment_offer_source (source);

CREATE TABLE appointment_doctor (
  -- The doctor in one department, in the hospital's system.
  ref varchar(80) NOT NULL,
  offer char(26) NOT NULL,
  name varchar(120) NOT NULL,
  title varchar(120) NOT NULL,
  good_at varchar(120) NOT NULL,
  PRIMARY KEY (ref),
  KEY appointment_doctor_offer (offer)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE appointment_slot
  -- Whose half-day it is; empty where the schedule is our own.
  ADD COLUMN doctor varchar(80) NOT NULL DEFAULT '' AFTER offer,
  DROP KEY appointment_slot_start,
  ADD UNIQUE KEY appointment_slot_start (offer, doctor, start_at);

ALTER TABLE appointment
  -- The place in the hospital's system, and which of its changes was taken in last.
  ADD COLUMN hospital_ref varchar(80) DEFAULT NULL,
  ADD COLUMN hospital_version varchar(80) DEFAULT NULL,
  -- Why there is none: a word of the hospital's, or what it says to it.
  ADD COLUMN why varchar(120) NOT NULL DEFAULT '',
  ADD KEY appointment_waits (state, created_at);

-- How far the hospital's changes have been read.
CREATE TABLE appointment_mark (
  id tinyint NOT NULL,
  mark varchar(255) NOT NULL,
  read_at datetime(3) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
