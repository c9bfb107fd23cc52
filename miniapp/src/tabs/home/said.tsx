import { useAsk } from "../../hooks/use-ask.ts";
import { useLive } from "../../hooks/use-live.ts";
import type { Place } from "../../place.ts";
import { to } from "../../platform/navigate.ts";
import { List, Section } from "../../ui/card.tsx";
import { PostRow } from "../../ui/post-row.tsx";
import type { Me } from "../../wire.ts";

/** What was last said in the village and how far it is; nothing for who does not follow it. */
export function Said({ me, place }: { me: Me; place: Place }) {
  const follows = me.villages.some(({ code }) => code === place.code);
  const posts = useAsk("circle.feed", follows ? { village: place.code, limit: 3 } : null);
  useLive(follows ? [`village:${place.code}`] : [], posts.retry);
  const items = posts.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="大家说" more={{ words: "全部", to: to("circle") }}>
      <List label="大家说">
        {items.map((post) => (
          <PostRow key={post.id} post={post} />
        ))}
      </List>
    </Section>
  );
}
