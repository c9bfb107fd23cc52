-- One word sealed and indexed with the first server's keys: a later start with other keys is told by it.
CREATE TABLE key_canary (
  id INT NOT NULL PRIMARY KEY,
  sealed VARCHAR(255) NOT NULL,
  idx CHAR(64) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
