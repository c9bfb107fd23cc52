-- The region tree (county, towns, villages by 12-digit code) and who follows which village.

CREATE TABLE region (
  code char(12) NOT NULL,
  name varchar(40) NOT NULL,
  sort int NOT NULL,
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE follow (
  person_id char(26) NOT NULL,
  region char(12) NOT NULL,
  home_at datetime(3),
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (person_id, region),
  KEY follow_region (region)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
