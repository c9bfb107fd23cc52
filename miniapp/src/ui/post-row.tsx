import { caseStateNames } from "@weimenhu/domain/cases/state";
import { postKinds } from "@weimenhu/domain/circle/post";
import { now } from "../platform/clock.ts";
import { to } from "../platform/navigate.ts";
import type { PostCard as Post } from "../wire.ts";
import { Box } from "./box.tsx";
import { dayText } from "./date.ts";
import { dated } from "./dated.tsx";
import { folded } from "./folded.ts";
import { Tap } from "./tap.tsx";
import { Tag } from "./words.tsx";

/** A post in a line: its first words, who, when, and how far its handling is. */
export function PostRow({ post }: { post: Post }) {
  return (
    <Tap class="row" to={to("post", { id: post.id })}>
      <Box class="grow">
        <Box>{folded(post.text, 40, 1)}</Box>
        <Box class="row-under">
          <Tag>{postKinds[post.kind]}</Tag>
          {post.case ? (
            <Tag
              tone={post.case.state === "closed" ? "pine" : "rice"}
              icon={post.case.state === "closed" ? "check" : "clock"}
            >
              {caseStateNames[post.case.state]}
            </Tag>
          ) : null}
          <Box class="t-note row-meta">{dated(`${post.by.name} · ${dayText(post.at, now())}`)}</Box>
        </Box>
      </Box>
    </Tap>
  );
}
