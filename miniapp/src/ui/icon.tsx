import { View } from "@tarojs/components";
import { aria } from "./box.tsx";
import type { IconName } from "./icon-names.ts";

export type { IconName };

/** A picture for the eye only: the words beside it (or the label around it) say the same. */
export function Icon({ name, size = "m" }: { name: IconName; size?: "s" | "m" | "l" | "xl" }) {
  return <View className={`icon i-${name}${size === "m" ? "" : ` icon-${size}`}`} {...aria({ hidden: true })} />;
}
