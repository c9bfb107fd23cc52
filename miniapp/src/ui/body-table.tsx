import { Text, View } from "@tarojs/components";
import type { Cell } from "@weimenhu/domain/body";
import type { ReactNode } from "react";
import { isWeb } from "../platform/env.ts";
import { type Ways, Words } from "./body-words.tsx";
import { Box } from "./box.tsx";
import { cardsOf, columnsOf, type Told } from "./table-cards.ts";

/** From here on a table does not fit a phone even in small letters. */
const many = 5;

/**
 * A real table on the site, a grid with joined cells on phones. On a narrow screen the style sheet shows a table of several
 * columns as a card for each row (`b-cards`: in the elder editions, `b-many`: in every one); others scroll in their own box.
 */
export function TableView({ rows, ways, top }: { rows: Cell[][]; ways: Ways; top: string }) {
  const cards = cardsOf(rows);
  const form = cards === null ? "" : cards.columns < many ? " b-cards" : " b-cards b-many";
  const style = isWeb ? undefined : { gridTemplateColumns: `repeat(${columnsOf(rows)}, auto)` };
  const table = (
    <Box role="table" class={`b-table${form}`} style={style}>
      <Rows>
        {(cards?.heads ?? rows).map((row, i) => (
          <Box key={i} role="row" class={cards ? "b-row b-heads" : "b-row"}>
            {row.map((cell, k) => (
              <CellView key={k} told={{ cell, label: "", carried: false }} ways={ways} />
            ))}
          </Box>
        ))}
        {cards?.rows.map((row, i) => (
          <Box key={`r${i}`} role="row" class="b-row">
            {row.map((told, k) => (
              <CellView key={k} told={told} ways={ways} />
            ))}
          </Box>
        ))}
      </Rows>
    </Box>
  );
  const label = cards ? "表格" : "表格，可左右滑动";
  return (
    <View className={`b-scroll${top}`} {...(isWeb ? { tabIndex: 0, role: "group", "aria-label": label } : {})}>
      {table}
    </View>
  );
}

/** HTML wants rows in a group; on phones nothing may stand between the grid and its rows. */
const Rows = ({ children }: { children: ReactNode }) =>
  isWeb ? <View {...{ role: "rowgroup" }}>{children}</View> : <>{children}</>;

function CellView({ told: { cell, label, carried }, ways }: { told: Told; ways: Ways }) {
  const kinds = [cell.head && "b-head", carried && "b-carried", cell.c.length === 0 && "b-empty"];
  const look = ["b-cell", ...kinds].filter(Boolean).join(" ");
  const role = cell.head ? "columnheader" : "cell";
  const words = (
    <>
      {label === "" ? null : <Text className="b-label">{`${label}：`}</Text>}
      <Words words={cell.c} ways={ways} />
    </>
  );
  if (isWeb) {
    const spans = carried ? {} : { colSpan: cell.span, rowSpan: cell.rows };
    return (
      <View className={look} {...{ role, ...spans }}>
        {words}
      </View>
    );
  }
  const style: Record<string, string> = {};
  if (cell.span) style.gridColumn = `span ${cell.span}`;
  if (cell.rows && !carried) style.gridRow = `span ${cell.rows}`;
  return (
    <Box role={role} class={look} style={style}>
      {words}
    </Box>
  );
}
