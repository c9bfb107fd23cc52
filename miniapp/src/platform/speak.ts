import { isWeb } from "./env.ts";

/** Can this platform read aloud? Where it cannot, the button is not shown. */
export function canSpeak(): boolean {
  return isWeb && typeof speechSynthesis !== "undefined" && typeof SpeechSynthesisUtterance !== "undefined";
}

/** Reads a text aloud in short pieces (long ones are cut off by some browsers); `done` is called at the end or when stopped. */
export function speak(text: string, done: () => void): () => void {
  const pieces = text.match(/[^。！？；\n]{1,120}[。！？；\n]?/g) ?? [];
  let stopped = false;
  const finish = () => {
    if (stopped) return;
    stopped = true;
    done();
  };
  speechSynthesis.cancel();
  pieces.forEach((piece, i) => {
    const utterance = new SpeechSynthesisUtterance(piece);
    utterance.lang = "zh-CN";
    utterance.rate = 0.9;
    utterance.onerror = finish;
    if (i === pieces.length - 1) utterance.onend = finish;
    speechSynthesis.speak(utterance);
  });
  if (pieces.length === 0) finish();
  return () => {
    speechSynthesis.cancel();
    finish();
  };
}
