-- Notices: the working copy and its state, every version, who did what, the public face that lists read, search terms, portals.

CREATE TABLE notice (
  id char(26) NOT NULL,
  region char(12) NOT NULL,
  origin varchar(8) NOT NULL,
  state varchar(10) NOT NULL,
  author char(26) NOT NULL,
  reviewer char(26),
  publisher char(26),
  version int NOT NULL,
  public_version int,
  title varchar(100) NOT NULL,
  category varchar(16) NOT NULL,
  reach varchar(8) NOT NULL,
  pinned tinyint NOT NULL,
  note varchar(200),
  scheduled_at datetime(3),
  published_at datetime(3),
  changed_at datetime(3) NOT NULL,
  created_at datetime(3) NOT NULL,
  creator char(26) NOT NULL,
  idem_key char(64) NOT NULL,
  idem_digest char(64) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY notice_key (creator, idem_key),
  KEY notice_region (region, changed_at, id),
  KEY notice_changed (changed_at, id),
  KEY notice_state (state, region)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice_version (
  notice char(26) NOT NULL,
  version int NOT NULL,
  title varchar(100) NOT NULL,
  category varchar(16) NOT NULL,
  reach varchar(8) NOT NULL,
  body mediumtext NOT NULL,
  words mediumtext NOT NULL,
  attachments text NOT NULL,
  digest char(64) NOT NULL,
  written_by char(26) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (notice, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice_step (
  id char(26) NOT NULL,
  notice char(26) NOT NULL,
  version int NOT NULL,
  move varchar(16) NOT NULL,
  done_by char(26) NOT NULL,
  note varchar(200),
  at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY notice_step_of (notice, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a notice that is or was public; shelf 0 withdrawn, 1 shown here, 2 shown in the whole subtree.
CREATE TABLE notice_face (
  id char(26) NOT NULL,
  region char(12) NOT NULL,
  shelf tinyint NOT NULL,
  category varchar(16) NOT NULL,
  pinned tinyint NOT NULL,
  published_at datetime(3) NOT NULL,
  updated_at datetime(3) NOT NULL,
  version int NOT NULL,
  title varchar(100) NOT NULL,
  summary varchar(120) NOT NULL,
  cover varchar(120),
  portal char(26),
  url varchar(2000),
  withdrawn_at datetime(3),
  withdrawn_reason varchar(200),
  PRIMARY KEY (id),
  KEY notice_face_list (region, shelf, pinned, published_at, id),
  KEY notice_face_column (region, shelf, category, pinned, published_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Clustered in the order in which hits are shown; what a notice has in it is kept beside it, so that it can be taken out.
CREATE TABLE notice_term (
  region char(12) NOT NULL,
  shelf tinyint NOT NULL,
  term varchar(24) NOT NULL,
  weight tinyint NOT NULL,
  published_at datetime(3) NOT NULL,
  notice char(26) NOT NULL,
  category varchar(16) NOT NULL,
  PRIMARY KEY (region, shelf, term, weight, published_at, notice)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice_indexed (
  notice char(26) NOT NULL,
  region char(12) NOT NULL,
  shelf tinyint NOT NULL,
  published_at datetime(3) NOT NULL,
  terms mediumtext NOT NULL,
  PRIMARY KEY (notice)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE portal (
  id char(26) NOT NULL,
  region char(12) NOT NULL,
  reach varchar(8) NOT NULL,
  category varchar(16) NOT NULL,
  name varchar(40) NOT NULL,
  url varchar(2000) NOT NULL,
  url_hash char(64) NOT NULL,
  active tinyint NOT NULL,
  etag varchar(500),
  last_modified varchar(100),
  items int NOT NULL,
  dropped int NOT NULL,
  checked_at datetime(3),
  fresh_at datetime(3),
  failing_since datetime(3),
  fault varchar(200),
  stale tinyint NOT NULL,
  created_at datetime(3) NOT NULL,
  creator char(26) NOT NULL,
  idem_key varchar(80) NOT NULL,
  idem_digest char(64) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY portal_address (region, url_hash),
  UNIQUE KEY portal_key (creator, idem_key),
  KEY portal_due (active, checked_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a portal said about an item the last time, to tell what is new, changed or gone.
CREATE TABLE notice_upstream (
  notice char(26) NOT NULL,
  portal char(26) NOT NULL,
  guid_hash char(64) NOT NULL,
  url_hash char(64) NOT NULL,
  digest char(64) NOT NULL,
  published_at datetime(3),
  missing tinyint NOT NULL,
  gone tinyint NOT NULL,
  PRIMARY KEY (notice),
  UNIQUE KEY notice_upstream_guid (portal, guid_hash),
  KEY notice_upstream_url (portal, url_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
