import { useEffect, useRef, useState } from "react";
import { isWeb } from "../platform/env.ts";
import { canSpeak, speak } from "../platform/speak.ts";
import { Button } from "./button.tsx";

/** Reads a text aloud and stops. Not there where the platform cannot speak. */
export function SpeakButton({ text }: { text: string }) {
  // The server draws it too (most browsers can), so that nothing moves when the app takes over.
  const [able, setAble] = useState(isWeb && (typeof document === "undefined" || canSpeak()));
  const [on, setOn] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => {
    setAble(canSpeak());
    return () => stop.current?.();
  }, []);
  if (!able) return null;
  const press = () => {
    if (on) return stop.current?.();
    setOn(true);
    stop.current = speak(text, () => setOn(false));
  };
  return (
    <Button icon={on ? "circle-stop" : "volume-2"} onTap={press}>
      {on ? "停止朗读" : "朗读"}
    </Button>
  );
}
