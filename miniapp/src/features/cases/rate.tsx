import { caseTags, isBad, ratingLevels, ratingTags, type Stars } from "@weimenhu/domain/cases/rating";
import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useTyped } from "../../hooks/use-typed.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { AreaField, Check, Radios } from "../../ui/field.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Heading, Note, Para } from "../../ui/words.tsx";
import type { WholeCase } from "../../wire.ts";

const levels = [5, 4, 3, 2, 1] as const;
const choices = levels.map((stars) => ({ key: `${stars}`, word: `${stars} 星 ${ratingLevels[stars]}` }));

type Props = { file: WholeCase; onDone: (words: string | null, waits?: boolean) => void };

/** The five-level rating: voluntary, once, nothing chosen beforehand. Nobody else reads it; only what is wrong needs words. */
export function RateCard({ file, onDone }: Props) {
  const [stars, setStars] = useState<Stars | null>(null);
  const [tags, setTags] = useState<readonly number[]>([]);
  const { text, set: setText, forget, kept } = useTyped(`rate:${file.id}`, "");
  const rate = useAct("cases.rate", true, kept, `@${file.steps.length}`);
  const [tried, setTried] = useState(false);
  const choose = (key: string) => {
    setStars(levels.find((one) => `${one}` === key) ?? null);
    setTags([]);
  };
  const reopens = stars !== null && isBad(stars) && file.may.includes("rateBadly");
  const words = text.trim();
  const ended = (done: unknown) => {
    if (done === null) return;
    forget();
    onDone(reopens ? "已评价，这件事会重新办理" : "已评价，谢谢您", reopens);
  };
  const run = async () => {
    setTried(true);
    if (stars === null || (reopens && words === "")) return;
    ended(await rate.run({ id: file.id, stars, tags: [...tags], ...(reopens ? { text: words } : {}) }));
  };
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>您对这次办理满意吗？</Heading>
        <Para size="small">评不评都可以。办事的人看不到您评没评、评了几星，只看得到全村每个月的合计。</Para>
        <Radios label="满意程度" choices={choices} value={stars === null ? null : `${stars}`} onChange={choose} />
        {tried && stars === null ? <Note tone="seal">请先选几星</Note> : null}
        {stars === null ? null : (
          <>
            {reopens ? (
              <Note tone="rice">
                评 1 星或 2 星，这件事会重新办理，15 个工作日内办完。办事的人只看到“重开”和您写的话
                {file.round === "first" ? "。" : "；这件事已经重开过，再重开，他们能猜到您评得低。"}
              </Note>
            ) : null}
            <Box role="group" label="可以选几条">
              {caseTags[stars].map((tag) => (
                <Check
                  key={tag}
                  label={ratingTags[stars][tag] ?? ""}
                  checked={tags.includes(tag)}
                  onChange={(on) => setTags(on ? [...tags, tag] : tags.filter((one) => one !== tag))}
                />
              ))}
            </Box>
            {reopens ? (
              <AreaField
                label="哪里没解决"
                value={text}
                onChange={setText}
                maxLength={500}
                error={tried && words === "" ? "请写哪里没解决" : null}
              />
            ) : null}
          </>
        )}
        <FaultNote fault={rate.fault} onRetry={run} />
        <Button busy={rate.busy} icon="star" onTap={run}>
          发送评价
        </Button>
      </Stack>
    </Card>
  );
}
