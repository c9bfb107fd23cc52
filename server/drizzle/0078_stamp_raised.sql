-- When a version stamp was last raised: whoever begins to watch a scope learns whether it changed just before.
ALTER TABLE version_stamp
  ADD COLUMN raised_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3);
