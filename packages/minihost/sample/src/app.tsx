import Taro, { useDidHide, useDidShow, useLaunch, usePageNotFound } from "@tarojs/taro";
import type { PropsWithChildren } from "react";
import "./app.scss";

export default function App(props: PropsWithChildren) {
  useLaunch((options) => console.log("[app] launch", options.path, JSON.stringify(options.query)));
  useDidShow((options) => console.log("[app] show", options?.path, JSON.stringify(options?.query)));
  useDidHide(() => console.log("[app] hide"));
  usePageNotFound(() => Taro.reLaunch({ url: "/pages/index/index?lost=1" }));
  return props.children;
}
