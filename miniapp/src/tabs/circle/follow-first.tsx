import { useEffect } from "react";
import type { Place } from "../../place.ts";
import { useSession } from "../../session.ts";
import { Card, Stack } from "../../ui/card.tsx";
import { Para } from "../../ui/words.tsx";
import { Membership } from "./village.tsx";

/** Instead of the feed, for somebody who does not follow this village yet. */
export function FollowFirst({ place, onFollowed }: { place: Place; onFollowed?: () => void }) {
  const me = useSession((session) => session.me);
  const mine = me?.villages.find(({ code }) => code === place.code) ?? null;
  useEffect(() => {
    if (mine) onFollowed?.();
  }, [mine, onFollowed]);
  return (
    <Card>
      <Stack gap={3}>
        <Para>{`关注${place.name}，就能看到大家说的话、村里怎么答复`}</Para>
        <Membership code={place.code} name={place.name} me={me} mine={mine} />
      </Stack>
    </Card>
  );
}
