-- People, how they sign in, who is a verified villager of which village, and who holds which role.
-- Columns phone, name, id_card, secret and sealed hold encrypted text; *_index are keyed blind indexes.

CREATE TABLE person (
  id char(26) NOT NULL,
  state varchar(8) NOT NULL,
  phone varchar(255),
  phone_index char(64),
  elder tinyint NOT NULL,
  merged_into char(26),
  created_at datetime(3) NOT NULL,
  ended_at datetime(3),
  PRIMARY KEY (id),
  UNIQUE KEY person_phone (phone_index)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE identity (
  provider varchar(12) NOT NULL,
  subject varchar(128) NOT NULL,
  person_id char(26) NOT NULL,
  bound tinyint NOT NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (provider, subject),
  KEY identity_person (person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE session (
  id char(26) NOT NULL,
  token_hash char(64) NOT NULL,
  person_id char(26) NOT NULL,
  channel varchar(8) NOT NULL,
  device varchar(60) NOT NULL,
  provider varchar(12),
  subject varchar(128),
  bound tinyint NOT NULL,
  strong_until datetime(3),
  created_at datetime(3) NOT NULL,
  seen_at datetime(3) NOT NULL,
  ended_at datetime(3),
  PRIMARY KEY (id),
  UNIQUE KEY session_token (token_hash),
  KEY session_person (person_id, ended_at),
  KEY session_seen (seen_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE login_code (
  phone_index char(64) NOT NULL,
  code_id char(26) NOT NULL,
  code_hash char(64) NOT NULL,
  sealed varchar(255),
  tries tinyint NOT NULL,
  sent_at datetime(3) NOT NULL,
  expires_at datetime(3) NOT NULL,
  used_at datetime(3),
  day char(10) NOT NULL,
  day_count int NOT NULL,
  PRIMARY KEY (phone_index),
  KEY login_code_sent (sent_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE try_count (
  name varchar(120) NOT NULL,
  until_at datetime(3) NOT NULL,
  tries int NOT NULL,
  PRIMARY KEY (name),
  KEY try_count_until (until_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE totp (
  person_id char(26) NOT NULL,
  secret varchar(255) NOT NULL,
  last_step bigint NOT NULL,
  enrolled_at datetime(3) NOT NULL,
  confirmed_at datetime(3),
  PRIMARY KEY (person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE consent (
  person_id char(26) NOT NULL,
  what varchar(12) NOT NULL,
  version varchar(40) NOT NULL,
  channel varchar(8) NOT NULL,
  given_at datetime(3) NOT NULL,
  PRIMARY KEY (person_id, what, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- open_key is person:region while an application waits or stands, so there is never a second one.
CREATE TABLE villager (
  id char(26) NOT NULL,
  person_id char(26) NOT NULL,
  region char(12) NOT NULL,
  state varchar(8) NOT NULL,
  name varchar(255),
  id_card varchar(255),
  id_index char(64),
  group_name varchar(40) NOT NULL,
  apply_key varchar(64) NOT NULL,
  open_key char(39),
  applied_at datetime(3) NOT NULL,
  decided_at datetime(3),
  decided_by char(26),
  reason varchar(20),
  note varchar(400),
  PRIMARY KEY (id),
  UNIQUE KEY villager_open (open_key),
  UNIQUE KEY villager_apply (person_id, apply_key),
  KEY villager_queue (state, applied_at, id),
  KEY villager_region (region, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One ID number is one person in the whole county, and one person has one ID number.
CREATE TABLE real_name (
  id_index char(64) NOT NULL,
  person_id char(26) NOT NULL,
  PRIMARY KEY (id_index),
  UNIQUE KEY real_name_person (person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE roster (
  region char(12) NOT NULL,
  id_index char(64) NOT NULL,
  name varchar(255) NOT NULL,
  id_card varchar(255) NOT NULL,
  group_name varchar(40) NOT NULL,
  household varchar(40) NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (region, id_index),
  KEY roster_group (region, group_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- open_key is person:region:role while the grant stands.
CREATE TABLE role_grant (
  id char(26) NOT NULL,
  person_id char(26) NOT NULL,
  region char(12) NOT NULL,
  role varchar(10) NOT NULL,
  since datetime(3) NOT NULL,
  until_at datetime(3),
  given_by char(26),
  ended_at datetime(3),
  ended_by char(26),
  reason varchar(400),
  open_key varchar(52),
  PRIMARY KEY (id),
  UNIQUE KEY role_grant_open (open_key),
  KEY role_grant_person (person_id, ended_at),
  KEY role_grant_role (role, ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
