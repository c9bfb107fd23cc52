import { useAgree } from "../hooks/use-agree.ts";
import { AgreeWords, agreeTitle } from "./agree-sheet.tsx";
import { Button } from "./button.tsx";
import { Card, Stack } from "./card.tsx";
import { Heading } from "./words.tsx";

/** Above a form whose words are not taken before the privacy text of now is agreed to: said before anything is typed. */
export function AgreeFirst() {
  const agreeing = useAgree();
  if (!agreeing.wanted) return null;
  return (
    <Card>
      <Stack gap={3}>
        <Heading level={2}>{agreeTitle}</Heading>
        <AgreeWords agreeing={agreeing} />
        <Button icon="check" busy={agreeing.busy} onTap={() => void agreeing.agree()}>
          同意
        </Button>
      </Stack>
    </Card>
  );
}
