/** Dates, times, numbers with a dash, sizes: what no line may break. One group, so that `split` keeps them at odd places. */
export const whole =
  /(\d{4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号](?: ?周[一二三四五六日]|（周[一二三四五六日]）)?|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[:：]\d{2}|\d{3,4}-\d{7,8}|\d+(?:\.\d+)? [KM]?B\b)/;
