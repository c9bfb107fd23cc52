/**
 * Sentences to begin with where a place has none of its own yet: that it is taken up, needs time, needs to be told more, or is
 * done. As soon as a village, town or county keeps sentences for its cadres, those stand in their place.
 */
export const replyStarters: readonly string[] = [
  "您反映的事已经受理。我们先去现场看看，再告诉您怎么办。",
  "这件事要多几天才能办好。办到哪一步，我们会在这里告诉您。",
  "请补充一下：具体在什么地方、什么时候发生的。写在下面的评论里就行，方便我们去看。",
  "已经办好了，请您看看满意不满意。没有解决的，点“还没解决（重开）”，我们再来。",
];
