-- Who enqueues a job under an order key raises its row here and holds it to the commit, so that the numbers of the jobs of one
-- key rise in the order of their commits.
CREATE TABLE outbox_order (
  order_key varchar(120) NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (order_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
