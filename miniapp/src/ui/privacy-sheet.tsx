import { Button as Native } from "@tarojs/components";
import { useDidShow } from "@tarojs/taro";
import { useCallback, useEffect, useRef, useState } from "react";
import { to } from "../platform/navigate.ts";
import { askHere, askHereNoMore, type PrivacyAnswer } from "../platform/privacy.ts";
import { Slot } from "./box.tsx";
import { Sheet } from "./sheet.tsx";
import { Tap } from "./tap.tsx";
import { Para } from "./words.tsx";

const agreeId = "agree-privacy";

/**
 * WeChat wants the person's consent before photos or the phone number are touched: the page in front asks, and passes the
 * answer on. A page that is left without an answer says no.
 */
export function PrivacySheet() {
  const [open, setOpen] = useState(false);
  const waiting = useRef<PrivacyAnswer[]>([]);
  const close = useCallback((agreed: boolean) => {
    for (const give of waiting.current.splice(0)) give(agreed, agreed ? agreeId : undefined);
    setOpen(false);
  }, []);
  const ask = useCallback((give: PrivacyAnswer) => {
    waiting.current.push(give);
    setOpen(true);
  }, []);
  useEffect(() => {
    askHere(ask);
    return () => {
      askHereNoMore(ask);
      close(false);
    };
  }, [ask, close]);
  useDidShow(() => askHere(ask));
  const native = { openType: "agreePrivacyAuthorization", onAgreePrivacyAuthorization: () => close(true) };
  return (
    <Slot>
      <Sheet
        open={open}
        title="用到您的信息前，请先看看"
        onClose={() => close(false)}
        closeWord="不同意"
        foot={
          <Native id={agreeId} className="btn btn-primary" {...(native as { openType: "agreePrivacyAuthorization" })}>
            同意
          </Native>
        }
      >
        <Para>选照片、验证手机号要用到您的信息，只用来办您自己的事。不同意也能照常看公告。</Para>
        <Tap class="textlink" to={to("document", { name: "privacy" })}>
          看《隐私保护说明》
        </Tap>
      </Sheet>
    </Slot>
  );
}
