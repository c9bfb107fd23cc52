-- Pictures and files. The bytes lie in a folder under content-addressed names; these rows say whose they are and what uses them.

CREATE TABLE media (
  id char(26) NOT NULL,
  uploader char(26) NOT NULL,
  idem_key varchar(80) NOT NULL,
  sent char(64) NOT NULL,
  digest char(64) NOT NULL,
  kind varchar(8) NOT NULL,
  name varchar(120) NOT NULL,
  bytes int NOT NULL,
  width int,
  height int,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY media_key (uploader, idem_key),
  KEY media_digest (digest),
  KEY media_age (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE media_use (
  owner varchar(60) NOT NULL,
  media char(26) NOT NULL,
  PRIMARY KEY (owner, media),
  KEY media_use_media (media)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
