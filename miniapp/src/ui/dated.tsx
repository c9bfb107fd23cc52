import { Text } from "@tarojs/components";
import { Fragment, type Key, type ReactNode } from "react";
import { whole } from "./whole.ts";

/** The same words, in which no line ends in the middle of a date: browsers may break between 11月 and 22日. */
export function dated(words: string, key?: Key): ReactNode {
  const parts = words.split(whole);
  if (parts.length === 1) return words;
  return (
    <Fragment key={key}>
      {parts.map((part, i) =>
        i % 2 === 0 ? (
          part
        ) : (
          <Text key={i} className="whole">
            {part}
          </Text>
        ),
      )}
    </Fragment>
  );
}
