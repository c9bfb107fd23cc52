import { type SheetMove, sheetMoves, sheetWordsFor } from "@weimenhu/domain/cases/move-words";
import { useState } from "react";
import { useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Section, Stack } from "../../ui/card.tsx";
import type { WholeCase } from "../../wire.ts";
import { MoveSheet } from "./move-sheet.tsx";
import { isFromAbove } from "./places.ts";

/** What else may be done with this case, each in a sheet of its own. */
export function Moves({ file, onDone }: { file: WholeCase; onDone: (words: string | null) => void }) {
  const [move, setMove] = useState<SheetMove | null>(null);
  const { me } = useSession();
  const wordsOf = (one: SheetMove) => sheetWordsFor(one, me !== null && isFromAbove(me, file.village));
  const moves = sheetMoves.filter((one) => file.may.includes(one));
  if (moves.length === 0) return null;
  return (
    <Section title="其他办法">
      <Stack gap={3}>
        {moves.map((one) => (
          <Button key={one} kind={wordsOf(one).danger ? "danger" : "plain"} onTap={() => setMove(one)}>
            {wordsOf(one).word}
          </Button>
        ))}
        {move ? (
          <MoveSheet
            key={move}
            file={file}
            move={move}
            words={wordsOf(move)}
            onClose={() => setMove(null)}
            onDone={(words) => {
              setMove(null);
              onDone(words);
            }}
          />
        ) : null}
      </Stack>
    </Section>
  );
}
