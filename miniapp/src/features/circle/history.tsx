import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { AnswerView } from "../../ui/states.tsx";
import { Para } from "../../ui/words.tsx";

/** What stood here before it was changed: answers may be about those words. */
export function History({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const texts = useAsk("circle.history", open ? { id } : null, { freshMs: 0 });
  return (
    <>
      <Button small kind="plain" icon="history" onTap={() => setOpen(true)}>
        看改以前的内容
      </Button>
      <Sheet open={open} title="改以前的内容" onClose={() => setOpen(false)}>
        <AnswerView answer={texts} rows={2}>
          {({ items }) => (
            <Stack>
              {items.map(({ at, text }) => (
                <Box key={at}>
                  <Para size="note">{`${dateText(at)} 改掉的`}</Para>
                  <Box class="post-text">{text}</Box>
                </Box>
              ))}
            </Stack>
          )}
        </AnswerView>
      </Sheet>
    </>
  );
}
