import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Stack } from "../../ui/card.tsx";
import { dayText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";

type Line = OutputOf<"circle.blocked">["items"][number];

/** Whom I do not see, and how to see them again. */
export default function Blocked() {
  return (
    <Page title="不看的人">
      <SignedInOnly>{() => <Lines />}</SignedInOnly>
    </Page>
  );
}

const nameOf = ({ person }: Line): string => person ?? "一条匿名内容";

function Lines() {
  const answer = useAsk("circle.blocked", {}, { freshMs: 0 });
  const unblock = useAct("circle.unblock");
  const [of, setOf] = useState<string | null>(null);
  const [back, setBack] = useState<string | null>(null);
  const takeBack = async (line: Line) => {
    setOf(line.of);
    setBack(null);
    if (!(await unblock.run({ of: line.of }))) return;
    setBack(line.person === null ? "这条匿名内容" : `${line.person}发的内容和评论`);
    outdate("circle.");
    answer.retry();
  };
  return (
    <Stack>
      {back === null ? null : (
        <Note live tone="pine">
          {`又能看到${back}了`}
        </Note>
      )}
      <FaultNote fault={unblock.fault} />
      <AnswerView answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <Empty words="没有不看的人。不想看谁说的话，在那条的“更多”里点“不看这个人”" icon="user-x" />
            </Card>
          ) : (
            <List label="不看的人">
              {items.map((line) => (
                <Box key={line.of} class="row">
                  <Box class="grow">
                    <Stack gap={2}>
                      <Box class="t-strong">{nameOf(line)}</Box>
                      {line.text === "" ? null : <Para size="small">{line.text}</Para>}
                      <Para size="small">{`${dayText(line.at)} 起不看`}</Para>
                      <Button
                        small
                        label={`恢复：${nameOf(line)}`}
                        busy={unblock.busy && of === line.of}
                        onTap={() => void takeBack(line)}
                      >
                        恢复
                      </Button>
                    </Stack>
                  </Box>
                </Box>
              ))}
            </List>
          )
        }
      </AnswerView>
    </Stack>
  );
}
