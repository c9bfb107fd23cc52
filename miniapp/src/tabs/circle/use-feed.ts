import { useCallback, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useLive } from "../../hooks/use-live.ts";
import { usePages } from "../../hooks/use-pages.ts";
import { ask, faultIn } from "../../rpc.ts";
import { useSession } from "../../session.ts";
import type { InputOf, PostCard } from "../../wire.ts";

type Input = InputOf<"circle.feed"> & { village: string; which: "village" | "followed" | "mine" };

/** What a reader would notice: the addresses of private pictures are others each time. */
const told = (post: PostCard): string =>
  JSON.stringify(post, (name, value: unknown) => (name === "url" || name === "small" ? undefined : value));

/**
 * A feed that stays true while it is read: what is on the screen changes in place (an answer came, a case went on), and what
 * is new is only counted until the reader asks for it, so that nothing jumps under the finger. `keep`: for reading without a
 * network.
 */
export function useFeed(input: Input, keep: boolean) {
  const pages = usePages("circle.feed", input, { keep });
  const of = JSON.stringify(input);
  const [found, setFound] = useState({ of, fresh: 0 });
  const villages = useSession((session) => session.me?.villages);
  const { items, replace, first } = pages;

  const look = async () => {
    if (first.data === null || first.busy) return;
    try {
      const page = await ask("circle.feed", input);
      const known = new Map(items.map((post) => [post.id, post]));
      for (const post of page.items) {
        const before = known.get(post.id);
        if (before && told(before) !== told(post)) replace(({ id }) => id === post.id, post);
      }
      const newest = items[0]?.id ?? "";
      setFound({ of, fresh: page.items.filter(({ id }) => id > newest).length });
    } catch (error) {
      console.warn("the feed was not looked at again", faultIn(error).zh);
    }
  };
  const scopes = input.which === "village" ? [input.village] : (villages ?? []).map(({ code }) => code);
  useLive(
    scopes.map((code) => `village:${code}`),
    () => void look(),
  );

  const { retry } = first;
  const renew = useCallback(() => {
    setFound({ of, fresh: 0 });
    outdate("circle.");
    retry();
  }, [of, retry]);
  return { pages, fresh: found.of === of ? found.fresh : 0, renew };
}
