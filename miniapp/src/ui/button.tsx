import { Button as Native } from "@tarojs/components";
import type { ReactNode } from "react";
import { platform } from "../platform/env.ts";
import type { Target } from "../platform/navigate.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Tap } from "./tap.tsx";

export type ButtonProps = {
  /** primary: at most one on a screen */
  kind?: "primary" | "second" | "plain" | "danger";
  to?: Target | undefined;
  replace?: boolean | undefined;
  onTap?: (() => void) | undefined;
  /** Cannot be pressed now; `busyText` says what is going on. */
  busy?: boolean | undefined;
  busyText?: string | undefined;
  disabled?: boolean | undefined;
  small?: boolean | undefined;
  icon?: IconName | undefined;
  /** Said to screen readers instead of the words; must contain them. */
  label?: string | undefined;
  children: ReactNode;
};

export function Button(props: ButtonProps) {
  const { kind = "second", busy = false } = props;
  const off = busy || props.disabled === true;
  const look = `btn btn-${kind}${props.small ? " btn-small" : ""}${off ? " btn-off" : ""}`;
  return (
    <Tap
      class={look}
      to={off ? undefined : props.to}
      replace={props.replace}
      onTap={props.onTap}
      disabled={off ? true : undefined}
      label={props.label}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      {busy ? (props.busyText ?? "请稍等…") : props.children}
    </Tap>
  );
}

type PhoneEvent = { detail: { code?: string; errMsg?: string } };

/**
 * The platform's own button for sharing or for the verified phone number; not for the site.
 * WeChat gives `code` by the event; Alipay only the permission (`onAllowed`), then `platform/login` asks for the number.
 */
export function PlatformButton(props: {
  does: "share" | "phone";
  kind?: "primary" | "second";
  onPhoneCode?: (code: string) => void;
  onAllowed?: () => void;
  onRefused?: () => void;
  children: ReactNode;
}) {
  const look = `btn btn-${props.kind ?? "second"}`;
  if (props.does === "share") {
    return (
      <Native className={look} openType="share">
        {props.children}
      </Native>
    );
  }
  if (platform === "alipay") {
    const allowed = () => props.onAllowed?.();
    const refused = () => props.onRefused?.();
    return (
      <Native className={look} openType="getAuthorize" scope="phoneNumber" onGetAuthorize={allowed} onError={refused}>
        {props.children}
      </Native>
    );
  }
  const onPhone = (event: PhoneEvent) =>
    event.detail.code ? props.onPhoneCode?.(event.detail.code) : props.onRefused?.();
  return (
    <Native className={look} openType="getPhoneNumber" onGetPhoneNumber={onPhone}>
      {props.children}
    </Native>
  );
}
