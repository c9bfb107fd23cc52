-- With the name and number of an application that ended goes the group.
UPDATE villager SET group_name = '' WHERE id_index IS NULL;
