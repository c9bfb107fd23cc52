-- What the kernel keeps. Times are UTC. Plain SQL that MariaDB, MySQL and TiDB share; triggers are skipped where there are none.

CREATE TABLE version_stamp (
  scope varchar(120) NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (scope)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE outbox (
  id bigint NOT NULL AUTO_INCREMENT,
  kind varchar(64) NOT NULL,
  idem_key varchar(160) NOT NULL,
  order_key varchar(120),
  region char(12),
  payload mediumtext NOT NULL,
  state varchar(8) NOT NULL,
  attempts int NOT NULL,
  due_at datetime(3) NOT NULL,
  token char(26),
  lease_until datetime(3),
  fault varchar(500),
  created_at datetime(3) NOT NULL,
  ended_at datetime(3),
  PRIMARY KEY (id),
  UNIQUE KEY outbox_key (kind, idem_key),
  KEY outbox_due (state, due_at),
  KEY outbox_order (order_key, state, id),
  KEY outbox_token (token)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE tick_run (
  job varchar(64) NOT NULL,
  slot datetime(3) NOT NULL,
  state varchar(8) NOT NULL,
  started_at datetime(3) NOT NULL,
  ended_at datetime(3),
  PRIMARY KEY (job, slot)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE audit (
  shard tinyint NOT NULL,
  seq bigint NOT NULL,
  at datetime(3) NOT NULL,
  act varchar(64) NOT NULL,
  actor char(26),
  on_whom varchar(64),
  region char(12),
  channel varchar(8) NOT NULL,
  ip varchar(45) NOT NULL,
  detail text NOT NULL,
  mac char(64) NOT NULL,
  PRIMARY KEY (shard, seq),
  KEY audit_region (region, at),
  KEY audit_actor (actor, at),
  KEY audit_whom (on_whom, at),
  KEY audit_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE audit_head (
  shard tinyint NOT NULL,
  seq bigint NOT NULL,
  mac char(64) NOT NULL,
  seal char(64) NOT NULL,
  PRIMARY KEY (shard)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO audit_head (shard, seq, mac, seal) VALUES (0, 0, '', ''), (1, 0, '', ''), (2, 0, '', ''), (3, 0, '', ''), (4, 0, '', ''), (5, 0, '', ''), (6, 0, '', ''), (7, 0, '', '');

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are never changed';

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are never deleted';
