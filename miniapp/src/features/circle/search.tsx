import { useReachBottom } from "@tarojs/taro";
import { caseStateNames, caseStates } from "@weimenhu/domain/cases/state";
import { postKindKeys, postKinds } from "@weimenhu/domain/circle/post";
import { useMemo, useState } from "react";
import { usePages } from "../../hooks/use-pages.ts";
import { pageQuery } from "../../platform/navigate.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { Chips, PickField, TextField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { PostCard } from "../../ui/post-card.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import type { InputOf } from "../../wire.ts";

type Where = "village" | "followed" | "mine";
type Asked = { q: string; kind: number; state: number };

/** Finds what was said, by its words, its kind and how far its handling is. */
export default function SearchPosts() {
  const [{ village }] = useState(pageQuery);
  const place = useSession((session) => session.place);
  const code = village ?? place?.code ?? null;
  const [q, setQ] = useState("");
  const [kind, setKind] = useState(0);
  const [state, setState] = useState(0);
  const [where, setWhere] = useState<Where>(code === null ? "followed" : "village");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [missing, setMissing] = useState(false);
  const start = () => {
    const empty = q.trim() === "" && kind === 0 && state === 0;
    setMissing(empty);
    if (!empty) setAsked({ q: q.trim(), kind, state });
  };
  return (
    <Page title="搜大家说的话">
      <SignedInOnly>
        {() => (
          <Stack gap={3}>
            <Box role="search">
              <Stack gap={3}>
                <TextField
                  label="想找什么"
                  hint="输几个字，比如：路灯"
                  value={q}
                  onChange={(next) => {
                    setQ(next);
                    setMissing(false);
                  }}
                  onDone={start}
                  doneWord="search"
                  maxLength={50}
                  error={missing ? "请写想找的几个字，或选一类" : null}
                />
                <PickField
                  label="哪一类"
                  options={["全部", ...postKindKeys.map((key) => postKinds[key])]}
                  at={kind}
                  onChange={setKind}
                />
                <PickField
                  label="办理情况"
                  options={["不限", ...caseStates.map((key) => caseStateNames[key])]}
                  at={state}
                  onChange={setState}
                />
                <Chips
                  label="在哪里找"
                  choices={[
                    ...(code === null ? [] : [{ key: "village" as const, word: "本村" }]),
                    { key: "followed", word: "我关注的村" },
                    { key: "mine", word: "我发的" },
                  ]}
                  value={where}
                  onChange={setWhere}
                  wrap
                />
                <Button kind="primary" icon="search" onTap={start}>
                  搜索
                </Button>
              </Stack>
            </Box>
            {asked ? <Found asked={asked} where={where} code={code} /> : null}
          </Stack>
        )}
      </SignedInOnly>
    </Page>
  );
}

function Found({ asked, where, code }: { asked: Asked; where: Where; code: string | null }) {
  const input = useMemo((): InputOf<"circle.feed"> => {
    const kind = postKindKeys[asked.kind - 1];
    const state = caseStates[asked.state - 1];
    return {
      which: where,
      limit: 10,
      ...(code !== null && where === "village" ? { village: code } : {}),
      ...(asked.q === "" ? {} : { q: asked.q }),
      ...(kind ? { kind } : {}),
      ...(state ? { state } : {}),
    };
  }, [asked, where, code]);
  const pages = usePages("circle.feed", input);
  useReachBottom(pages.loadMore);
  return (
    <AnswerView answer={pages.first} rows={5} about="villageTalk">
      {() =>
        pages.items.length === 0 ? (
          <Card>
            <Empty words="没有找到。换个说法，或少选几样再试" icon="search" />
          </Card>
        ) : (
          <Section title="找到的">
            <Stack gap={3}>
              {pages.items.map((post) => (
                <PostCard
                  key={post.id}
                  post={post}
                  village={where !== "village"}
                  onLiked={(liked) => pages.replace(({ id }) => id === post.id, { ...post, ...liked })}
                />
              ))}
              <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            </Stack>
          </Section>
        )
      }
    </AnswerView>
  );
}
