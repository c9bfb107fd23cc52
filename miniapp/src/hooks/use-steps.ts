import { useDidHide, useDidShow } from "@tarojs/taro";
import { useEffect, useRef } from "react";
import { isWeb } from "../platform/env.ts";
import { focusAgain, focusHeading, focusIsLost, stepEnds, takePressed } from "../platform/step.ts";

/** The page on which the site was opened: there the browser knows best where to begin. */
let begun = false;

/** Where reading begins on a page of the site (see platform/step). `heading`: which of the page's parts is its heading. */
export function useSteps(heading: string): void {
  const left = useRef<HTMLElement | null>(null);
  const begins = useRef(false);
  useDidShow(() => {
    if (!isWeb) return;
    stepEnds();
    if (left.current) focusAgain(left.current);
    else if (begun) {
      begins.current = true;
      focusHeading();
    }
    left.current = null;
    begun = true;
  });
  useDidHide(() => {
    if (!isWeb) return;
    left.current = takePressed();
    begins.current = false;
  });
  // An article's own heading comes later and takes the place of the bar's.
  useEffect(() => {
    if (isWeb && heading !== "" && begins.current && focusIsLost()) focusHeading();
  }, [heading]);
}
