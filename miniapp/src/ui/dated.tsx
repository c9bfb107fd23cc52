import { Text } from "@tarojs/components";
import { Fragment, type Key, type ReactNode } from "react";

/** Dates, times, numbers with a dash, sizes. */
const whole =
  /(\d{4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号](?: ?周[一二三四五六日])?|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[:：]\d{2}|\d{3,4}-\d{7,8}|\d+(?:\.\d+)? [KM]?B\b)/;

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
